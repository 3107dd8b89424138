"""Which table a file could fill, from which columns, in which formats and codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.station.records.formats.model import plain
from accord.station.records.formats.sample import DELIMITERS, Sample, take_sample
from accord.station.records.model import Field, FieldType, Table, record_model
from accord.station.records.proposing.words import words

_MOST_CODES = 15
_LONGEST_CODE = 40
_NAMED = {",": "comma", "^": "caret", "\t": "tab", "|": "pipe", ";": "semicolon"}
_YEAR_STYLES = ("YYYY-YYYY", "YYYY-YY", "YYYY last", "YYYY first")


@dataclass(frozen=True)
class ProposedField:
    """A field and the column that could fill it; `open_codes` are codes that a person explains."""

    field: Field
    column: str
    date: str | None = None
    form: str | None = None
    codes: tuple[tuple[str, bool | str], ...] = ()
    open_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A mapping to be completed: the table, its fields, those not found, columns not used."""

    file: Path
    delimiter: str
    table: Table
    person: str | None
    fields: tuple[ProposedField, ...]
    missing: tuple[Field, ...]
    unused: tuple[str, ...]


def propose(file: Path, table: str | None = None) -> Proposal:
    """A proposal for `file`, for the table that it fits best or the one named.

    Raises `InputError` when it has no header or nothing is found in it.
    """
    sample = take_sample(file)
    delimiter, header, rows = _cut(sample)
    tables = _tables(table)
    best = max(tables, key=lambda each: _score(each, header))
    if not _columns_of(best, header):
        raise InputError.because(
            "No column of the first line is one that is known here.",
            "Check that the first line names the columns, or write the mapping by hand: "
            "docs/how-to/write-a-mapping.md.",
            file=file,
            line=1,
        )
    found = _columns_of(best, header)
    fields = tuple(
        _proposed(best.field(name), column, [row[header.index(column)] for row in rows])
        for name, column in found.items()
    )
    needed = [item for item in best.fields if item.required and item.default is None]
    missing = tuple(
        item for item in needed if item.name not in found and not item.is_filled_by_itself
    )
    person = _person(best, header)
    used = {*found.values(), person}
    return Proposal(
        file=file,
        delimiter=delimiter,
        table=best,
        person=person,
        fields=fields,
        missing=missing,
        unused=tuple(name for name in header if name and name not in used),
    )


def _cut(sample: Sample) -> tuple[str, list[str], list[list[str]]]:
    """The delimiter that gives most columns, the header and the lines under it."""
    cut = {sign: sample.cells(sign) for sign in DELIMITERS}
    sign = max(cut, key=lambda each: len(cut[each][0]))
    first, *rest = cut[sign]
    width = len(first)
    return _NAMED[sign], list(first), [[*row, *[""] * width][:width] for row in rest]


def _tables(name: str | None) -> Sequence[Table]:
    model = record_model()
    if name is None:
        return [table for table in model.tables if not table.apart]
    if name not in model.table_names:
        raise InputError.because(
            f"There is no table “{name}”.", f"Use one of: {', '.join(model.table_names)}."
        )
    return [model.table(name)]


def _score(table: Table, header: Sequence[str]) -> int:
    """How many of a table's fields are there, less those that it needs and that are not."""
    if table.person and _person(table, header) is None:
        return -len(table.fields)
    found = _columns_of(table, header)
    lacking = [
        item
        for item in table.fields
        if item.required
        and item.default is None
        and item.type is not FieldType.SCHOOL_YEAR
        and not item.is_filled_by_itself
        and item.name not in found
    ]
    return len(found) - len(lacking)


def _person(table: Table, header: Sequence[str]) -> str | None:
    """The column that says whom a line is about, for a table that is about people."""
    return _first(header, table.person.type.value) if table.person else None


def _columns_of(table: Table, header: Sequence[str]) -> dict[str, str]:
    """The column for every field that has one; a column fills one field."""
    taken = {_person(table, header)}
    found = {}
    for item in table.fields:
        if item.is_filled_by_itself:
            continue
        column = _first([name for name in header if name not in taken], item.name)
        if column is not None:
            found[item.name] = column
            taken.add(column)
    return found


def _first(header: Sequence[str], field: str) -> str | None:
    """The column whose name comes first among the spellings of a field."""
    by_name = {plain(name): name for name in reversed(header) if plain(name)}
    spellings = (*words().words.get(field, ()), plain(field))
    return next((by_name[each] for each in spellings if each in by_name), None)


def _proposed(item: Field, column: str, cells: Sequence[str]) -> ProposedField:
    filled = [cell for cell in cells if cell]
    match item.type:
        case FieldType.DATE:
            return ProposedField(item, column, date=_date_format(filled))
        case FieldType.SCHOOL_YEAR:
            return ProposedField(item, column, form=_year_style(filled))
        case FieldType.CODE | FieldType.BOOLEAN:
            return _with_codes(item, column, filled)
        case _:
            return ProposedField(item, column)


def _date_format(cells: Sequence[str]) -> str | None:
    """The first format in which every cell is a day."""
    return next((form for form in words().dates if cells and _all_dates(cells, form)), None)


def _all_dates(cells: Sequence[str], form: str) -> bool:
    try:
        for cell in cells:
            datetime.strptime(cell, form)
    except ValueError:
        return False
    return True


def _year_style(cells: Sequence[str]) -> str | None:
    """How school years are written; a single year is taken for the one in which it ends."""
    if cells and all(cell.isdigit() and len(cell) == 4 for cell in cells):
        return _YEAR_STYLES[2]
    try:
        for cell in cells:
            SchoolYear.parse(cell)
    except ValueError:
        return None
    return None


def _with_codes(item: Field, column: str, cells: Sequence[str]) -> ProposedField:
    """Codes that are known, and those that a person explains: few and short ones, or none."""
    spelled = sorted(set(cells))
    if all(cell in item.codes for cell in spelled) and item.type is FieldType.CODE:
        return ProposedField(item, column)
    known = words().codes.get(item.name, {})
    codes = tuple(
        (cell, known.get(cell, cell)) for cell in spelled if cell in known or cell in item.codes
    )
    rest = [cell for cell in spelled if cell not in known and cell not in item.codes]
    if len(rest) > _MOST_CODES or any(len(cell) > _LONGEST_CODE for cell in rest):
        rest = []
    if item.type is FieldType.BOOLEAN and not codes:
        rest = []
    return ProposedField(item, column, codes=codes, open_codes=tuple(rest))
