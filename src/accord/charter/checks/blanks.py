"""What is still to be filled in of a blank charter: nobody signs a sentence with a hole in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from accord.base.documents import Place
from accord.charter.checks.findings import Findings
from accord.charter.model import Charter
from accord.charter.replicating import BLANK_PARTIES
from accord.charter.values import FILL_IN

_REMEDY = "Write your own words in its place."
_BEFORE, _SHOWN = 20, 80


def check_blanks(charter: Charter, findings: Findings) -> None:
    """A problem at every text that still says what to fill in, and at ids that stand for a code."""
    for place, text in _texts((), charter.canonical()):
        if FILL_IN in text:
            findings.add(place, f"This is still to be filled in: “{_around(text)}”.", _REMEDY)
    for index, party in enumerate(charter.parties):
        if party.id in BLANK_PARTIES:
            findings.add(
                ("parties", index, "id"),
                f"“{party.id}” stands for a district’s code.",
                "Write the official code, here and wherever this id comes again.",
            )


def _around(text: str) -> str:
    """Where to look in a long text."""
    start = max(text.index(FILL_IN) - _BEFORE, 0)
    return f"{'…' if start else ''}{text[start : start + _SHOWN]}"


def _texts(place: Place, value: Any) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts((*place, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts((*place, index), inner)
