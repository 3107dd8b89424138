"""The years of a district: who stays, who leaves, who arrives, and into which grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from accord.base.periods import GRADES, SchoolYear
from accord.station.synth.calendar import Calendar, calendar_of
from accord.station.synth.draws import Flags, Ints, share_out
from accord.station.synth.enrolment import (
    Roll,
    Spells,
    any_home,
    at_year_end,
    moving_odds,
    seat,
    spells_of,
)
from accord.station.synth.profile import Profile, Setting, of_year
from accord.station.synth.schools import TK, Map
from accord.station.synth.students import Students, enrol_new, joined

_LAST_GRADE = 12
_STAYS_AT_LEAST = 3  # days of instruction before a student who leaves in the year goes
_LATEST_ARRIVAL = 20  # days of instruction left when the last arrivals come
_NO_SCHOOL = -1


@dataclass(frozen=True)
class Year:
    """One school year of the district."""

    calendar: Calendar
    roll: Roll
    spells: Spells

    @property
    def year(self) -> SchoolYear:
        return self.calendar.year


@dataclass(frozen=True)
class Population:
    """Every student ever enrolled, in order of their first day, and every year."""

    around: Map
    students: Students
    years: tuple[Year, ...]

    @property
    def setting(self) -> Setting:
        return self.around.setting

    @property
    def profile(self) -> Profile:
        return self.around.profile


class _Cohort(NamedTuple):
    """Students about to begin a year: the grade they are due in, where they live, their school."""

    student: Ints
    grade: Ints
    home: Ints
    school: Ints

    def of(self, which: Flags | Ints) -> _Cohort:
        return _Cohort(*(column[which] for column in self))

    def per_grade(self) -> Ints:
        return np.bincount(self.grade - TK, minlength=len(GRADES))


_NOBODY = _Cohort(*np.zeros((4, 0), dtype=np.int64))


def populate(around: Map, years: Sequence[SchoolYear], count: int) -> Population:
    """Run the district through `years`; `count` students on census day of a year of size 1."""
    flow = _Flow(around, count)
    done = tuple(flow.run(calendar_of(year, around.profile.calendar)) for year in years)
    return Population(around, flow.students, done)


class _Flow:
    """The district between two years: who is due back, and who has gone but may return."""

    def __init__(self, around: Map, count: int) -> None:
        self.around, self.profile, self.count = around, around.profile, count
        self._batches: list[Students] = []
        self._due = _NOBODY
        self._gone = _NOBODY

    @property
    def students(self) -> Students:
        self._batches = [joined(self._batches)]
        return self._batches[0]

    def run(self, calendar: Calendar) -> Year:
        rng = self.around.setting.stream("population", calendar.year)
        on_time = self._on_time(calendar.year, rng)
        late = self._late(calendar.year, rng)
        everyone = _joined(on_time, late)
        arrives = np.zeros(len(everyone.student), dtype=np.int64)
        arrives[len(on_time.student) :] = rng.integers(
            1, calendar.last - _LATEST_ARRIVAL, len(late.student)
        )
        roll = self._roll(everyone, arrives, calendar, rng)
        spells = spells_of(self.around, self.students, roll, calendar, rng)
        self._close(roll, spells, calendar, rng)
        return Year(calendar, roll, spells)

    def _on_time(self, year: SchoolYear, rng: np.random.Generator) -> _Cohort:
        """Those due back, then former students and new ones until every grade has its size."""
        due = self._moved(self._due, rng)
        shares = np.array([self.profile.grades[text] for text in GRADES])
        size = share_out(round(self.count * of_year(self.profile.size, year)), shares)
        places = np.maximum(size - due.per_grade(), 0)
        back = self._former(places, rng)
        grade = np.repeat(np.arange(len(GRADES)) + TK, places - back.per_grade())
        return _joined(due, back, self._new(grade, year, rng))

    def _late(self, year: SchoolYear, rng: np.random.Generator) -> _Cohort:
        """New students who arrive in the course of the year."""
        shares = np.array([self.profile.grades[text] for text in GRADES])
        size = self.count * of_year(self.profile.size, year)
        arrivals = share_out(round(self.profile.mobility.arrive_in_year * size), shares)
        return self._new(np.repeat(np.arange(len(GRADES)) + TK, arrivals), year, rng)

    def _moved(self, due: _Cohort, rng: np.random.Generator) -> _Cohort:
        moves = rng.random(len(due.student)) < self.profile.mobility.move_home
        elsewhere = any_home(self.around, len(due.student), rng)
        return due._replace(
            home=np.where(moves, elsewhere, due.home),
            school=np.where(moves, _NO_SCHOOL, due.school),
        )

    def _former(self, places: Ints, rng: np.random.Generator) -> _Cohort:
        wanted = (places * self.profile.mobility.back_later).astype(np.int64)
        chosen = []
        for column, number in enumerate(wanted):
            candidates = np.flatnonzero(self._gone.grade == column + TK)
            chosen.append(rng.permutation(candidates)[:number])
        found = np.sort(np.concatenate(chosen))
        back = self._gone.of(found)
        away = np.ones(len(self._gone.student), dtype=np.bool_)
        away[found] = False
        self._gone = self._gone.of(away)
        return back

    def _new(self, grade: Ints, year: SchoolYear, rng: np.random.Generator) -> _Cohort:
        first = sum(len(batch) for batch in self._batches)
        batch = enrol_new(self.around, year, grade, not self._batches, rng)
        self._batches.append(batch)
        nowhere = np.full(len(grade), _NO_SCHOOL)
        return _Cohort(first + np.arange(len(grade)), grade, batch.home, nowhere)

    def _roll(
        self, cohort: _Cohort, arrives: Ints, calendar: Calendar, rng: np.random.Generator
    ) -> Roll:
        count, mobility = len(arrives), self.profile.mobility
        stays = (cohort.school != _NO_SCHOOL) & self.around.teaches(cohort.school, cohort.grade)
        seats = seat(self.around, cohort.grade, cohort.home, rng)
        odds = moving_odds(self.around, self.students, cohort.student)
        leaves = rng.random(count) < mobility.leave_in_year * odds / odds.mean()
        room = calendar.last - arrives - _STAYS_AT_LEAST
        goes = arrives + _STAYS_AT_LEAST + (rng.random(count) * room).astype(np.int64)
        again = np.where(cohort.grade == _LAST_GRADE, mobility.fifth_year, mobility.repeat_grade)
        return Roll(
            student=cohort.student,
            grade=cohort.grade,
            home=cohort.home,
            school=np.where(stays, cohort.school, seats),
            first=arrives,
            last=np.where(leaves, goes, calendar.last),
            repeats=rng.random(count) < again,
        )

    def _close(
        self, roll: Roll, spells: Spells, calendar: Calendar, rng: np.random.Generator
    ) -> None:
        """Part the year's students into those due back and those gone; who completed is done."""
        row, school = at_year_end(spells, calendar)
        final = np.full(len(roll), _NO_SCHOOL)
        final[row] = school
        odds = moving_odds(self.around, self.students, roll.student)
        rate = self.profile.mobility.leave_in_summer * odds / odds.mean()
        stays = (final != _NO_SCHOOL) & (rng.random(len(roll)) >= rate)
        after = _Cohort(roll.student, roll.grade + ~roll.repeats, roll.home, final)
        unfinished = after.grade <= _LAST_GRADE
        self._due = after.of(stays & unfinished)
        older = self._gone._replace(grade=self._gone.grade + 1)
        gone = _joined(older, after.of(~stays & unfinished))
        self._gone = gone._replace(school=np.full(len(gone.school), _NO_SCHOOL))


def _joined(*cohorts: _Cohort) -> _Cohort:
    return _Cohort(*(np.concatenate(column) for column in zip(*cohorts, strict=True)))
