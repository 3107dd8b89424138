"""Drafts: worked examples to begin from, and the parties' keys put in the place of “pending”.

Keys are put into the text as it stands, so that its comments and order stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from accord.base.documents import check_document, parse_yaml
from accord.base.errors import AccordError, InputError, StateError
from accord.charter.model import Charter
from accord.charter.values import PENDING

EXAMPLES = ("cedar-harbor", "three-districts")
"""The charters that come with the software: made-up districts; real, anonymised state tests."""

_PENDING_KEY = re.compile(rf"""\bkey:\s*(["']?){PENDING}\1""")


def example(name: str) -> str:
    """The text of one of the `EXAMPLES`, every key pending."""
    return (files("accord.charter") / "examples" / f"{name}.yaml").read_text(encoding="utf-8")


def fill_keys(text: str, keys: Mapping[str, str], file: str) -> str:
    """The charter's text with public keys in the place of “pending”, by district.

    `file` is the name used in messages. Raises `InputError` when the text is no charter, names no
    such district or hides a key among others on one line, and `StateError` when a district has a
    different key already.
    """
    charter = _parse(text, file)
    lines = text.splitlines(keepends=True)
    for district, key in keys.items():
        party = charter.party(district)
        if party is None:
            raise InputError.because(
                f"The charter has no party “{district}”.",
                f"Its parties are: {', '.join(party.id for party in charter.parties)}.",
                file=file,
                field="parties",
            )
        if party.has_key and party.key != key:
            raise StateError.because(
                f"{party.name} has another key in this charter already.",
                "Put “pending” in its place if the key is to change; signatures then fall.",
                file=file,
                field="parties",
            )
        if not party.has_key:
            line = _line_of_key(text, file, charter.parties.index(party))
            lines[line] = _PENDING_KEY.sub(f'key: "{key}"', lines[line], count=1)
    filled = "".join(lines)
    found = {party.id: party.key for party in _parse(filled, file).parties}
    if any(found[district] != key for district, key in keys.items()):
        raise _not_alone(file)
    return filled


def _parse(text: str, file: str) -> Charter:
    value, source = parse_yaml(text.encode(), file)
    return check_document(value, source, Charter)


def _line_of_key(text: str, file: str, index: int) -> int:
    _, source = parse_yaml(text.encode(), file)
    line = source.line_of(("parties", index, "key"))
    if line is None:
        raise _not_alone(file)
    return line - 1


def _not_alone(file: str) -> AccordError:
    return InputError.because(
        "A key can't be put in its place here.",
        "Write “key: pending” on a line of its own for each party.",
        file=file,
        field="parties",
    )
