"""The graduating classes, counted student by student: no fact or query has a part in it.

`cohort_member` makes the same classes out of files, in SQL. This is the plain reading of the rule
that its figures are held against.
"""

from __future__ import annotations

from typing import NamedTuple

from accord.station.synth.draws import Ints
from accord.station.synth.enrolment import COMPLETED, YEAR_END, reasons
from accord.station.synth.population import Population, Year

_FIRST_GRADE, _YEARS = 9, 4
_LEFT_WITH_PROOF = ("T160", "T180", "T200", "T240", "T460", "E130")


class _Stay(NamedTuple):
    """A primary enrolment in high school; `starts` is the calendar year in which it begins."""

    starts: int
    last: int
    grade: int
    reason: str


class Classes:
    """Everybody's way through high school, and the diplomas of the years told so far."""

    def __init__(self, population: Population) -> None:
        self._first_year = population.years[0].year.start
        self._stays: dict[int, list[_Stay]] = {}
        self._graduates: set[int] = set()
        codes = reasons(population.profile)
        for year in population.years:
            self._follow(year, codes)

    def told(self, year: Year, graduates: Ints) -> dict[str, int] | None:
        """The class whose four years end in `year`; `graduates` are the year's, and years come in
        order. Nothing where the records begin too late."""
        self._graduates.update(graduates.tolist())
        ends = year.year.start
        if ends - _YEARS + 1 < self._first_year:
            return None
        outcomes = [
            self._outcome(student, stays, ends)
            for student, stays in self._stays.items()
            if stays[0].starts - (stays[0].grade - _FIRST_GRADE) + _YEARS - 1 == ends
        ]
        return {
            "members": len(outcomes) - outcomes.count("removed"),
            "graduates": outcomes.count("graduate"),
            "dropouts": outcomes.count("dropout"),
        }

    def _follow(self, year: Year, codes: tuple[str, ...]) -> None:
        spells, roll = year.spells, year.roll
        here = [
            (spells.last[spell], spells.row[spell], spells.reason[spell])
            for spell in range(len(spells))
            if spells.attended[spell] and roll.grade[spells.row[spell]] >= _FIRST_GRADE
        ]
        for last, row, reason in sorted(here):
            stay = _Stay(year.year.start, int(last), int(roll.grade[row]), codes[reason])
            self._stays.setdefault(int(roll.student[row]), []).append(stay)

    def _outcome(self, student: int, stays: list[_Stay], ends: int) -> str:
        final = [stay for stay in stays if stay.starts <= ends][-1]
        if student in self._graduates:
            return "graduate"
        if final.reason == COMPLETED:
            return "completer"
        if stays[-1].starts > ends or (final.starts == ends and final.reason == YEAR_END):
            return "enrolled"
        return "removed" if final.reason in _LEFT_WITH_PROOF else "dropout"
