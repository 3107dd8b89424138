"""The mess of real files: lines that no import should take, planted beside good ones.

Every planted line is a damaged copy right after a line that stays whole, so that refusing all of
them loses nothing and the district's true figures are those of the other lines. Where each one
stands, and what is wrong with it, goes into the district's truth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accord.station.synth.layout import FileLayout

Cells = list[str]

_CONFLICT = "conflicting-pair"
_DIFFERENCE = 6

_CODED = {
    "students": "gender",
    "enrolments": "grade",
    "attendance": "absence_exempt",
    "absences": "reason",
    "incidents": "action",
    "english_status": "status",
    "programmes": "programme",
    "tests": "subject",
    "tests_side_by_side": "mathematics_tested",
}
_DATED = {
    "students": "birth_date",
    "enrolments": "entry_date",
    "absences": "date",
    "incidents": "date",
    "english_status": "start_date",
    "tests": "test_date",
    "tests_side_by_side": "mathematics_test_date",
}
_TOO_MANY = {
    "days_expected": "999",
    "periods_expected": "5994",
    "scale_score": "99999",
    "mathematics_scale_score": "99999",
}  # by field, the first that a file has

KINDS = {
    "unknown-code": "quarantined: a code that the district doesn't use",
    "impossible-date": "quarantined: a thirtieth of February",
    "number-out-of-range": "quarantined: a number beyond anything possible",
    "exit-before-entry": "quarantined: an enrolment that ends a year before it begins",
    "blank-student": "quarantined: no student",
    "too-few-fields": "quarantined: the last field is missing",
    "too-many-fields": "quarantined: one field too many",
    "conflicting-pair": "quarantined: two lines for nobody known, which contradict each other",
    "repeated-line": "set aside: the line before it once more",
    "unknown-student": "loaded, for quality checks to name: a student without any other record",
    "unknown-school": "loaded, for quality checks to name: a school that isn't among the schools",
}
"""What should become of each kind of planted line, and why."""


@dataclass(frozen=True)
class Fault:
    """A planted line: the row it follows, counted from 0, and what is wrong with it."""

    row: int
    kind: str


def plan(rows: int, shares: dict[str, float], rng: np.random.Generator) -> list[Fault]:
    """Where to plant what, in order of rows; a row is followed by one fault at most.

    `shares` of `rows`, by kind, and at least one of each kind; a file with fewer than ten good
    lines for each is left clean.
    """
    counts = {kind: max(round(share * rows), 1) for kind, share in shares.items()}
    if sum(counts.values()) * 10 > rows:
        return []
    kinds = np.repeat(np.array(list(counts), dtype=object), list(counts.values()))
    chosen = rng.choice(rows, size=len(kinds), replace=False, shuffle=True)
    found = (Fault(int(row), str(kind)) for row, kind in zip(chosen, kinds, strict=True))
    return sorted(found, key=lambda fault: fault.row)


def plant(
    lines: bytes, first: int, faults: list[Fault], layout: FileLayout, delimiter: str
) -> bytes:
    """`lines`, the first of which is row `first`, with the faults of these rows planted."""
    if not faults:
        return lines
    ends = np.flatnonzero(np.frombuffer(lines, dtype=np.uint8) == ord("\n")) + 1
    pieces, done = [], 0
    for fault in faults:
        index = fault.row - first
        begin = int(ends[index - 1]) if index else 0
        end = int(ends[index])
        cells = lines[begin : end - 1].decode().split(delimiter)
        damaged = [delimiter.join(line) for line in _damaged(fault.kind, cells, layout)]
        pieces += [lines[done:end], *(f"{line}\n".encode() for line in damaged)]
        done = end
    return b"".join([*pieces, lines[done:]])


def lines_of(kind: str) -> int:
    """How many lines a fault of this kind plants."""
    return 2 if kind == _CONFLICT else 1


def _damaged(kind: str, cells: Cells, layout: FileLayout) -> list[Cells]:
    if kind != _CONFLICT:
        return [_DAMAGE[kind](cells, layout)]
    stranger = _DAMAGE["unknown-student"](cells, layout)
    counted = layout.position(_counted(layout))
    return [stranger, _changed(stranger, counted, lambda cell: str(int(cell) + _DIFFERENCE))]


def _with(field: str, text: Callable[[str], str]) -> Callable[[Cells, FileLayout], Cells]:
    """Damage the cell of one field."""
    return lambda cells, layout: _changed(cells, layout.position(field), text)


def _changed(cells: Cells, position: int | None, text: Callable[[str], str]) -> Cells:
    if position is None:
        raise ValueError("this kind of mess needs a field that the file doesn't have")
    return [text(cell) if place == position else cell for place, cell in enumerate(cells)]


def _bad_code(cells: Cells, layout: FileLayout) -> Cells:
    return _changed(cells, layout.position(_CODED[layout.extract]), lambda _: "ZZ")


def _bad_date(cells: Cells, layout: FileLayout) -> Cells:
    position = layout.position(_DATED[layout.extract])
    form = list(layout.columns.values())[position or 0].date
    february = form.replace("%m", "02").replace("%d", "30")
    return _changed(cells, position, lambda cell: february.replace("%Y", _year_in(cell)))


def _bad_number(cells: Cells, layout: FileLayout) -> Cells:
    field = _counted(layout)
    return _changed(cells, layout.position(field), lambda _: _TOO_MANY[field])


def _counted(layout: FileLayout) -> str:
    return next(field for field in _TOO_MANY if layout.position(field) is not None)


def _exit_first(cells: Cells, layout: FileLayout) -> Cells:
    entry = cells[layout.position("entry_date") or 0]
    field = "exit_date" if layout.position("exit_date") is not None else "open_exit_date"
    earlier = str(int(_year_in(entry)) - 1)
    before = entry.replace(_year_in(entry), earlier)
    return _changed(cells, layout.position(field), lambda _: before)


def _year_in(cell: str) -> str:
    found = re.search(r"\d{4}", cell)
    return found[0] if found else "2023"


_DAMAGE: dict[str, Callable[[Cells, FileLayout], Cells]] = {
    "unknown-code": _bad_code,
    "impossible-date": _bad_date,
    "number-out-of-range": _bad_number,
    "exit-before-entry": _exit_first,
    "blank-student": _with("student", lambda _: ""),
    "unknown-student": _with("student", lambda cell: "98" + cell[2:]),
    "unknown-school": _with("school", lambda cell: cell[:7] + "9999999"),
    "too-few-fields": lambda cells, _: cells[:-1],
    "too-many-fields": lambda cells, _: [*cells, "?"],
    "repeated-line": lambda cells, _: cells,
}
