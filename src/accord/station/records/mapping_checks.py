"""A mapping against the record model: every mistake that can be seen without a data file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from accord.base.documents import Place, Source, read_document
from accord.base.errors import InputError, Problem
from accord.station.records.mapping import ColumnMapping, ImportMapping, SourceMapping, TableMapping
from accord.station.records.model import Field, FieldType, Table, record_model
from accord.station.records.values import CDS, SCHOOL_YEAR_FORMATS, stored_literal

_DELIMITER_NAMES = ("auto", "comma", "tab", "caret", "semicolon", "pipe")
_DIRECTIVE = re.compile(r"%-?(.)", re.DOTALL)
_DIRECTIVES = set("YymdbBHMSpIf")
_WHO = {FieldType.STUDENT: "students", FieldType.STAFF: "staff"}
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f]")


def read_mapping(path: Path) -> tuple[ImportMapping, Source]:
    """Read a mapping file. Raises `InputError` with every problem found, `MachineError`."""
    mapping, written = read_document(path, ImportMapping)
    problems = list(mapping_problems(mapping, written))
    if problems:
        raise InputError(*problems)
    return mapping, written


def mapping_problems(mapping: ImportMapping, written: Source) -> Iterator[Problem]:
    """Every mistake of a mapping that can be seen without a data file."""
    seen: set[str] = set()
    for index, source in enumerate(mapping.sources):
        place = ("sources", index)
        if source.name in seen:
            yield written.problem(
                (*place, "name"), "Two sources have this name.", "Give each its own."
            )
        seen.add(source.name)
        yield from _source_problems(source, place, written)


def _source_problems(source: SourceMapping, place: Place, written: Source) -> Iterator[Problem]:
    delimiter = source.format.delimiter
    if delimiter not in _DELIMITER_NAMES and (len(delimiter) != 1 or delimiter in '"\n\r\0'):
        yield written.problem(
            (*place, "format", "delimiter"),
            "A delimiter is one character.",
            f"Write it, or one of {', '.join(_DELIMITER_NAMES)}.",
        )
    if len(set(source.format.columns)) < len(source.format.columns):
        yield written.problem(
            (*place, "format", "columns"), "A column is named twice.", "Give each its own name."
        )
    if _holds_control_characters(source):
        yield written.problem(
            place, "A name or value holds control characters.", "Write it as it is shown."
        )
    for number, table in enumerate(source.tables):
        inner = (*place, "tables", number)
        yield from _table_problems(source, table, inner, written)


def _table_problems(
    source: SourceMapping, mapping: TableMapping, place: Place, written: Source
) -> Iterator[Problem]:
    model = record_model()
    if mapping.table not in model.table_names:
        yield written.problem(
            (*place, "table"),
            f"There is no table “{mapping.table}” in the record model.",
            _did_you_mean(mapping.table, model.table_names),
        )
        return
    table = model.table(mapping.table)
    if mapping.repeats == "observe" and not table.observable:
        yield written.problem(
            (*place, "repeats"),
            f"Rows of {table.name} can't be observed several times.",
            "Leave “repeats” out; rows that say the same are then stored once.",
        )
    if table.person and getattr(source, table.person.type) is None:
        who, key = _WHO[table.person.type], table.person.type.value
        yield written.problem(
            place,
            f"The table {table.name} is about {who}, but the source names no {key} column.",
            f"Give the source its “{key}”.",
        )
    fillable = [item.name for item in table.fields if not item.is_filled_by_itself]
    for name, column in mapping.columns.items():
        here = (*place, "columns", name)
        if name in fillable:
            yield from _column_problems(table.field(name), column, here, written)
        else:
            yield _unknown_field(table, name, fillable, here, written)
    for item in table.fields:
        needed = item.required and item.default is None and not item.is_filled_by_itself
        if needed and item.name not in mapping.columns:
            yield written.problem(
                (*place, "columns"),
                f"The required field “{item.name}” of {table.name} is not filled.",
                "Give it a column or a constant.",
            )


def _unknown_field(
    table: Table, name: str, fillable: list[str], place: Place, written: Source
) -> Problem:
    if name in table.columns:
        what = f"The field “{name}” fills itself."
        return written.problem(place, what, "Leave it out.")
    what = f"The table {table.name} has no field “{name}”."
    return written.problem(place, what, _did_you_mean(name, fillable))


def _column_problems(
    field: Field, mapping: ColumnMapping, place: Place, written: Source
) -> Iterator[Problem]:
    if mapping.constant is not None:
        yield from _value_problems(field, mapping.constant, (*place, "constant"), written)
        return
    for key, value in (mapping.codes or {}).items():
        here = (*place, "codes", key)
        if value is None and field.required:
            yield written.problem(here, "A required field can't be blank.", "Give it a code.")
        elif value is not None:
            yield from _value_problems(field, value, here, written)
    if mapping.blank is not None:
        yield from _value_problems(field, mapping.blank, (*place, "blank"), written)
    if mapping.codes is not None and not mapping.codes:
        yield written.problem(
            (*place, "codes"), "No code is translated here.", "List them, or leave “codes” out."
        )
    for setting, types in (
        ("date", (FieldType.DATE,)),
        ("format", (FieldType.SCHOOL_YEAR, FieldType.ID)),
        ("unit", (FieldType.DECIMAL,)),
    ):
        if getattr(mapping, setting) is not None and field.type not in types:
            yield written.problem(
                (*place, setting),
                f"A field of type {field.type.value} has no “{setting}”.",
                f"Leave it out; it is for fields of type {' or '.join(types)}.",
            )
    yield from _format_problems(field, mapping, place, written)


def _format_problems(
    field: Field, mapping: ColumnMapping, place: Place, written: Source
) -> Iterator[Problem]:
    if mapping.date is not None and field.type is FieldType.DATE:
        for form in mapping.date:
            if not _is_date(form):
                yield written.problem(
                    (*place, "date"),
                    "This is not a format of dates.",
                    "Use %Y or %y, %m or %b, and %d, with what stands between: %m/%d/%Y.",
                )
    if mapping.unknown == "keep" and field.required:
        yield written.problem(
            (*place, "unknown"),
            "A line can't be kept without a required field.",
            "Leave “unknown” out; a line with an unknown code then waits in quarantine.",
        )
    formats = {FieldType.SCHOOL_YEAR: SCHOOL_YEAR_FORMATS, FieldType.ID: (CDS,)}
    known = formats.get(field.type)
    if mapping.format is not None and known and mapping.format not in known:
        yield written.problem(
            (*place, "format"), "This format is not known.", f"Use one of: {', '.join(known)}."
        )


def _value_problems(
    field: Field, value: bool | int | str, place: Place, written: Source
) -> Iterator[Problem]:
    try:
        stored_literal(field, value)
    except ValueError as error:
        near = _near(str(value), field.codes) if field.codes else ""
        said = str(error)
        yield written.problem(
            place,
            f"The field “{field.name}” can't hold this value.",
            near or said[0].upper() + said[1:] + ".",
        )


def _is_date(form: str) -> bool:
    """Whether a format has a year, a month and a day, and only directives that are known."""
    used = _DIRECTIVE.findall(form)
    parts = all(any(sign in used for sign in part) for part in ("Yy", "mbB", "d"))
    return parts and set(used) <= _DIRECTIVES and form.count("%") == len(used)


def _holds_control_characters(source: SourceMapping) -> bool:
    plain = source.model_dump(mode="json", exclude={"format": {"delimiter"}})
    return any(_CONTROL.search(text) for text in _texts(plain))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (str(key), *_texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    return _near(name, known) or f"Use one of: {', '.join(known)}."


def _near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), n=1)
    return f"Did you mean “{found[0]}”?" if found else ""
