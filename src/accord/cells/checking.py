"""The rules that every row of a cell table keeps, checked on whole columns at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from accord.base.errors import InputError, Problem
from accord.base.periods import GRADES, SchoolYear
from accord.cells.cell import DATA_STATUSES, NUMBERS, TEXT_COLUMNS, State

_MOST_PROBLEMS = 20
_MAY_BE_EMPTY = ("school", "grade")
_LONGEST_TEXT = 200
_REMEDY = "Ask the sender for the file as their station wrote it."


def check_rows(columns: pa.Table, *, name: str, first_line: int) -> None:
    """Raise `InputError` naming the first rows that break a rule.

    `columns` has the schema of a cell table; row 0 is line `first_line` of the file `name`.
    """
    problems: list[Problem] = []
    for field, what, broken in _broken(columns):
        for row in pc.indices_nonzero(broken).to_pylist():
            if len(problems) == _MOST_PROBLEMS:
                raise InputError(*problems)
            problems.append(
                Problem(what=what, remedy=_REMEDY, file=name, line=first_line + row, field=field)
            )
    if problems:
        raise InputError(*problems)


def _broken(columns: pa.Table) -> Iterator[tuple[str, str, pa.ChunkedArray]]:
    """Each rule as: the field it is about, what a broken row is told, which rows break it."""
    for column in (*TEXT_COLUMNS, "state"):
        yield from _broken_text(columns[column], column)
    yield _unless(columns, "state", "This is no state of a cell.", {s.value for s in State})
    yield _unless(columns, "grade", "This is no grade.", {"", *GRADES})
    yield _unless(columns, "data_status", "This is no data status.", set(DATA_STATUSES))
    yield _unless_reads(columns, "period", "This is no school year.", SchoolYear.parse)
    yield _unless_reads(columns, "as_of", "This is no date.", date.fromisoformat)
    for state in State:
        here = pc.equal(columns["state"], state.value)
        for column in NUMBERS:
            empty = pc.is_null(columns[column])
            if column in state.needs:
                yield column, f"A {state} cell needs this number.", pc.and_(here, empty)
            elif column not in state.allows:
                what = f"A {state} cell can't have this number."
                yield column, what, pc.and_(here, pc.invert(empty))
    zero = pa.scalar(0)
    yield (
        "denominator", "A published cell has a denominator above zero.",
        _true(pc.less_equal(columns["denominator"], zero)),
    )  # fmt: skip
    yield (
        "standard_error", "A standard error is not negative.",
        _true(pc.less(columns["standard_error"], zero)),
    )  # fmt: skip
    yield (
        "low", "The low end of a band is above its high end.",
        _true(pc.greater(columns["low"], columns["high"])),
    )  # fmt: skip
    yield "group", "An earlier row is about the same cell.", _repeated(columns)


def _broken_text(column: pa.ChunkedArray, name: str) -> Iterator[tuple[str, str, pa.ChunkedArray]]:
    yield name, "This field has no text.", pc.is_null(column)
    if name not in _MAY_BE_EMPTY:
        yield name, "This field is empty.", _true(pc.equal(column, ""))
    yield name, "This text is too long.", _true(pc.greater(pc.utf8_length(column), _LONGEST_TEXT))
    unfit = pc.match_substring_regex(column, r"[\x00-\x1f\x7f]")
    yield name, "This text holds a control character.", _true(unfit)


def _unless(
    columns: pa.Table, name: str, what: str, known: set[str]
) -> tuple[str, str, pa.ChunkedArray]:
    choices = pa.array(sorted(known), pa.string())
    return name, what, pc.invert(pc.is_in(columns[name], value_set=choices))


def _unless_reads(
    columns: pa.Table, name: str, what: str, read: Callable[[str], object]
) -> tuple[str, str, pa.ChunkedArray]:
    """Rows whose text `read` refuses or would spell otherwise; each different text is read once."""
    known = {text for text in pc.unique(columns[name]).to_pylist() if _reads(text, read)}
    return _unless(columns, name, what, known)


def _reads(text: str | None, read: Callable[[str], object]) -> bool:
    try:
        return text is not None and str(read(text)) == text
    except ValueError:
        return False


def _repeated(columns: pa.Table) -> pa.ChunkedArray:
    keys = columns.select(TEXT_COLUMNS).append_column(
        "row", pa.array(range(columns.num_rows), pa.int64())
    )
    first = keys.group_by(list(TEXT_COLUMNS)).aggregate([("row", "min")])["row_min"]
    return pc.invert(pc.is_in(keys["row"], value_set=first.combine_chunks()))


def _true(mask: pa.ChunkedArray) -> pa.ChunkedArray:
    """The mask with *unknown* (a null was compared) as false."""
    return pc.fill_null(mask, False)
