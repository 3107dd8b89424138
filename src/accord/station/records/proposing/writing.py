"""A proposal as the text of a mapping: what was found, and in comments what a person completes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from glob import escape

from accord.station.records.model import Field
from accord.station.records.proposing.proposal import Proposal, ProposedField

_OPEN = "FILL_IN"
_DIGITS = re.compile(
    r"\d[\d_-]*"
)  # of a name: the year or batch, which the next file has differently


def proposal_text(proposal: Proposal) -> str:
    """YAML with comments. What is marked FILL_IN is completed before anything is imported."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield f"# Proposed for {proposal.file.name}. Nothing is imported by it as it stands:"
    yield f"# check every line and complete what is marked {_OPEN}."
    yield "mapping: 1"
    yield f"as_of: {_OPEN}              # the day that the file describes, like 2024-06-30"
    yield "data_status: unofficial"
    yield "sources:"
    yield f"  - name: {proposal.table.name.replace('_', '-')}"
    yield f"    files: {_text(_DIGITS.sub('*', escape(proposal.file.name)))}"
    yield f"    format: {{delimiter: {proposal.delimiter}, trim: true}}"
    if proposal.table.person:
        column = _text(proposal.person) if proposal.person else _OPEN
        yield f"    {proposal.table.person.type.value}: {column}"
    yield "    tables:"
    yield f"      - table: {proposal.table.name}      # {proposal.table.title}"
    yield "        columns:"
    for each in proposal.fields:
        yield f"          {each.field.name}: {_column(each)}"
        if each.open_codes:
            told = ", ".join(each.field.codes) if each.field.codes else "true, false"
            yield f"            # each {_OPEN} is one of: {told}"
    for item in proposal.missing:
        yield f"          {item.name}: {_missing(item)}"
    if proposal.unused:
        yield f"# Columns not used: {', '.join(proposal.unused)}"


def _column(each: ProposedField) -> str:
    parts = [f"column: {_text(each.column)}"]
    if each.date:
        parts.append(f"date: {_text(each.date)}")
    elif each.field.type.value == "date":
        parts.append(f"date: {_OPEN}")
    if each.form:
        parts.append(f"format: {each.form}")
    codes = [f"{_text(code)}: {_value(meaning)}" for code, meaning in each.codes]
    codes += [f"{_text(code)}: {_OPEN}" for code in each.open_codes]
    if codes:
        parts.append(f"codes: {{{', '.join(codes)}}}")
    return parts[0].removeprefix("column: ") if len(parts) == 1 else f"{{{', '.join(parts)}}}"


def _missing(item: Field) -> str:
    return f"{_OPEN}      # required: {item.meaning}"


def _value(meaning: bool | str) -> str:
    return str(meaning).lower() if isinstance(meaning, bool) else meaning


def _text(value: str) -> str:
    """A text as YAML takes it, in quotation marks where it needs them."""
    simple = value.replace("_", "").isalnum() and not value[:1].isdigit()
    reserved = value.lower() in ("true", "false", "null", "yes", "no")
    return value if simple and not reserved else json.dumps(value, ensure_ascii=False)
