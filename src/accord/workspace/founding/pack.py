"""The replication pack: what another pair of districts needs to found a partnership like this one.

Nothing in it belongs to the districts that it was made from; the charter says what to fill in.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from accord.base.documents import check_document, parse_yaml
from accord.base.words import day_words
from accord.charter.document import memorandum, write_word
from accord.charter.model import Charter
from accord.charter.replicating import blank_charter
from accord.charter.sign import SignedCharter
from accord.indicators.catalogue import Catalogue
from accord.indicators.definition import Definition
from accord.workspace.founding.conditions import Conditions, load_conditions

CHARTER_FILE = "charter.yaml"


def pack_bytes(charter: Charter, known: Catalogue, today: date) -> bytes:
    """The pack as a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(charter, known, today):
            archive.writestr(name, content)
    return made.getvalue()


def _files(charter: Charter, known: Catalogue, today: date) -> Iterator[tuple[str, bytes]]:
    text = blank_charter(charter, today)
    value, source = parse_yaml(text.encode(), CHARTER_FILE)
    blank = check_document(value, source, Charter)
    used = [known.definition(entry.definition) for entry in blank.indicators]
    yield "README.md", _readme(used, today).encode()
    yield "conditions.md", _conditions(load_conditions()).encode()
    yield CHARTER_FILE, text.encode()
    yield "memorandum.docx", _word(SignedCharter(blank, source, None), known)
    for definition in used:
        yield f"definitions/{definition.reference}.yaml", _written(definition).encode()


def _word(blank: SignedCharter, known: Catalogue) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "memorandum.docx"
        write_word(memorandum(blank, known), path)
        return path.read_bytes()


def _written(definition: Definition) -> str:
    plain = definition.written.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=True
    )
    return str(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=96))


def _conditions(known: Conditions) -> str:
    lines = [
        "# Conditions for success",
        "",
        f"As of {day_words(known.dated)}. Each district answers by itself first: yes, not yet, or "
        "we don’t know, and why. Then lay the answers side by side and begin where they differ. "
        "There is no score.",
    ]
    for condition in known.conditions:
        source = known.source_of(condition)
        told = "" if condition.verified else "; told of it, not held against its wording"
        lines += [
            "",
            f"## {condition.asks}",
            "",
            condition.why,
            "",
            f"Source: {source.title}, {source.words}, {source.address}{told}",
        ]
    return "\n".join(lines) + "\n"


def _readme(used: list[Definition], today: date) -> str:
    listed = "\n".join(f"- {one.title}: {one.question} (`{one.reference}`)" for one in used)
    text = (files("accord.workspace.founding") / "pack_readme.md").read_text(encoding="utf-8")
    return text.format(day=day_words(today), listed=listed)
