"""English learners: when each student was first assessed, and when some were reclassified.

A learner may be reclassified in any year from grade 1 on, with a chance that depends on the grade,
on ability in English and on the district's rules of the year. Years before the student came to the
district count as well: an entrant in grade 7 may have been reclassified elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.base.periods import SchoolYear
from accord.station.synth.draws import Dates, Flags, Floats, Ints, chance
from accord.station.synth.population import Population
from accord.station.synth.profile import Profile, by_grade, of_year
from accord.station.synth.schools import TK
from accord.station.synth.students import EL, EO, Students

STATUSES = ("EO", "IFEP", "EL", "RFEP", "TBD")
_RFEP, _TBD = STATUSES.index("RFEP"), STATUSES.index("TBD")
_ASSESSED_WITHIN = 28  # calendar days from enrolment to the first status (5 CCR 11518.5 allows 30)
_OPENING = np.timedelta64(45, "D")  # from July 1 to the usual first weeks of school
_AUTUMN = np.timedelta64(90, "D")  # from July 1 to the start of a year's reclassifications


@dataclass(frozen=True)
class English:
    """Per student: first status and its date, and the date of reclassification or NaT."""

    initial: Ints
    since: Dates
    pending: Flags
    enrolled: Dates
    reclassified: Dates

    def learner(self, student: Ints, day: np.datetime64 | Dates) -> Flags:
        """Who is an English learner on `day`, one for all or one each."""
        began = (self.initial[student] == EL) & (self.since[student] <= day)
        return np.asarray(began & ~self.fluent_again(student, day))

    def fluent_again(self, student: Ints, day: np.datetime64 | Dates) -> Flags:
        """Who has been reclassified by `day`. A comparison with NaT is false."""
        return np.asarray(self.reclassified[student] <= day)

    def history(self) -> tuple[Ints, Ints, Dates]:
        """Student, position in `STATUSES` and start of every status, by student and date."""
        everyone = np.arange(len(self.initial))
        waited = np.flatnonzero(self.pending)
        done = np.flatnonzero(~np.isnat(self.reclassified))
        student = np.concatenate([everyone, waited, done])
        status = np.concatenate(
            [self.initial, np.full(len(waited), _TBD), np.full(len(done), _RFEP)]
        )
        start = np.concatenate([self.since, self.enrolled[waited], self.reclassified[done]])
        order = np.lexsort((start, student))
        return student[order], status[order], start[order]


def english_of(population: Population) -> English:
    """Every student's way through the statuses."""
    rng = population.setting.stream("english")
    profile, students = population.profile, population.students
    enrolled = _first_days(population)
    recent = students.us_year == students.first_year
    pending = recent & (students.initial != EO)
    pending &= rng.random(len(students)) < profile.english.pending
    opening = _july(students.us_year) + _OPENING
    wait = rng.integers(0, _ASSESSED_WITHIN, len(students)) + np.where(pending, 1, 0)
    began: Dates = np.where(recent, enrolled, opening)
    since = began + wait.astype("timedelta64[D]")
    ways = _Ways(profile, students)
    for before in range(1, 13):
        ways.earlier(before, rng)
    for year in population.years:
        roll = year.roll
        position = roll.first + (rng.random(len(roll)) * (roll.last - roll.first)).astype(np.int64)
        day = year.calendar.days[position]
        eligible = day - since[roll.student] > np.timedelta64(_ASSESSED_WITHIN, "D")
        ways.advance(roll.student[eligible], roll.grade[eligible], day[eligible], year.year, rng)
    return English(students.initial, since, pending, enrolled, ways.reclassified)


class _Ways:
    """The reclassifications found so far."""

    def __init__(self, profile: Profile, students: Students) -> None:
        self.profile, self.students = profile, students
        self.hazard = np.array(by_grade(profile.english.hazard))
        self.reclassified = np.full(len(students), np.datetime64("NaT", "D"))

    def earlier(self, before: int, rng: np.random.Generator) -> None:
        """A year spent elsewhere, `before` years before the first one here."""
        students = self.students
        elsewhere = np.flatnonzero(students.us_year <= students.first_year - before)
        day = _july(students.first_year[elsewhere] - before) + _AUTUMN
        day = day + rng.integers(0, 240, len(elsewhere))
        grade = np.maximum(students.first_grade[elsewhere] - before, TK)
        first = SchoolYear(int(students.first_year.min()) - before)
        self.advance(elsewhere, grade, day, first, rng)

    def advance(
        self, student: Ints, grade: Ints, day: Dates, year: SchoolYear, rng: np.random.Generator
    ) -> None:
        rules, draw = self.profile.english, rng.random(len(student))
        hazard = np.clip(self.hazard[grade - TK], 1e-9, 1 - 1e-9)
        logit: Floats = np.log(hazard / (1 - hazard)) + np.log(of_year(rules.odds, year))
        logit = logit + rules.ability * self.students.ela[student]
        learner = (self.students.initial[student] == EL) & np.isnat(self.reclassified[student])
        now = learner & (draw < chance(logit))
        self.reclassified[student[now]] = day[now]


def _first_days(population: Population) -> Dates:
    found = np.full(len(population.students), np.datetime64("NaT", "D"))
    for year in reversed(population.years):
        found[year.roll.student] = year.calendar.days[year.roll.first]
    return found


def _july(start: Ints) -> Dates:
    months = (start - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 6
    return np.asarray(months.astype("datetime64[D]"))
