"""Where each student is enrolled, from which day to which, in one school year.

A roll has one row a student: the school they begin in and the days between which they belong to
the district. Its spells have one row an enrolment: transfers, returns and second schools make more
of them than students.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.calendar import Calendar
from accord.station.synth.draws import Flags, Floats, Ints, choose, pick
from accord.station.synth.profile import Profile
from accord.station.synth.schools import TK, Map
from accord.station.synth.students import Students

TRANSFER, YEAR_END, COMPLETED = "T160", "E155", "E230"
PRIMARY, SECONDARY = range(2)
_LAST_GRADE, _FIRST_SHARED_GRADE = 12, 11
_SETTLE = 15  # days of instruction at the least between two moves
_SHORTEST_ABSENCE = 5  # days of instruction between leaving and coming back
_LATE_EXIT = 12  # days by which a careless school dates an exit late, at most


@dataclass(frozen=True)
class Roll:
    """Students of one year. Days are positions in the calendar, the first and the last included.

    `repeats`: in the same grade next year; in grade 12, does not complete this year.
    """

    student: Ints
    grade: Ints
    home: Ints
    school: Ints
    first: Ints
    last: Ints
    repeats: Flags

    def __len__(self) -> int:
        return len(self.student)


@dataclass(frozen=True)
class Spells:
    """Enrolments of one year, sorted by row of the roll, kind and day.

    `exit` is the day the school wrote down, which overlaps in a few records; `last` is the true
    one. `reason` counts positions in `reasons(profile)`.
    """

    row: Ints
    school: Ints
    first: Ints
    last: Ints
    exit: Ints
    reason: Ints
    kind: Ints

    def __len__(self) -> int:
        return len(self.row)

    @property
    def attended(self) -> Flags:
        """Enrolments whose days of instruction count: the primary ones."""
        return np.asarray(self.kind == PRIMARY)


def reasons(profile: Profile) -> tuple[str, ...]:
    """The exit reasons that `Spells.reason` counts, as records write them."""
    always = (YEAR_END, COMPLETED, TRANSFER)
    return (*always, *(code for code in profile.mobility.exit_reasons if code not in always))


def moving_odds(around: Map, students: Students, student: Ints) -> Floats:
    """How likely each student is to move, against one who is not disadvantaged."""
    factor = around.profile.mobility.disadvantaged_factor
    return np.where(students.disadvantaged[student], factor, 1.0)


def any_home(around: Map, count: int, rng: np.random.Generator) -> Ints:
    """A neighbourhood for each of `count` students, in proportion to who lives in each."""
    return choose(rng, around.homes.weight[None, :], np.zeros(count, dtype=np.int64))


def seat(around: Map, grade: Ints, home: Ints, rng: np.random.Generator) -> Ints:
    """The school each student goes to: their neighbourhood's, another's, or a small one."""
    count, mobility = len(grade), around.profile.mobility
    elsewhere = any_home(around, count, rng)
    lives = np.where(rng.random(count) < mobility.other_school, elsewhere, home)
    school = around.homes.feeds[lives, grade - TK]
    for kind, share in (("alternative", mobility.alternative), ("other", mobility.independent)):
        small = around.schools.of_type(kind)
        if len(small):
            chosen = small[rng.integers(0, len(small), count)]
            goes = (rng.random(count) < share) & around.teaches(chosen, grade)
            school = np.where(goes, chosen, school)
    return np.asarray(school)


def spells_of(
    around: Map,
    students: Students,
    roll: Roll,
    calendar: Calendar,
    rng: np.random.Generator,
) -> Spells:
    """The enrolments of a year's students."""
    mobility = around.profile.mobility
    count = len(roll)
    row = np.arange(count)
    codes = reasons(around.profile)
    completes = (roll.grade == _LAST_GRADE) & ~roll.repeats
    at_end = np.where(completes, codes.index(COMPLETED), codes.index(YEAR_END))
    going = np.array([codes.index(code) for code in mobility.exit_reasons])
    leaves = roll.last < calendar.last
    reason = np.where(leaves, going[pick(rng, mobility.exit_reasons, count)], at_end)

    odds = mobility.transfer * moving_odds(around, students, roll.student)
    to = seat(around, roll.grade, any_home(around, count, rng), rng)
    moves = (rng.random(count) < odds) & (to != roll.school)
    moves &= roll.last - roll.first > 2 * _SETTLE
    room = np.maximum(roll.last - roll.first - 2 * _SETTLE, 1)
    day = roll.first + _SETTLE + (rng.random(count) * room).astype(np.int64)
    careless = rng.random(count) < mobility.overlap
    late = np.where(moves & careless, rng.integers(2, _LATE_EXIT, count), 0)
    until = np.where(moves, day, roll.last)
    begun = _part(
        row, roll.school, roll.first, until, np.where(moves, codes.index(TRANSFER), reason)
    )
    moved = _part(row, to, day + 1, roll.last, reason)

    end = np.full(count, calendar.last)
    returns = leaves & (roll.last < calendar.last - 2 * _SETTLE)
    returns &= rng.random(count) < mobility.back_same_year
    back = roll.last + rng.integers(_SHORTEST_ABSENCE, _SETTLE, count)
    returned = _part(row, np.where(moves, to, roll.school), back, end, at_end)

    high = around.schools.of_type("high")
    other = high[rng.integers(0, len(high), count)]
    both = (roll.grade >= _FIRST_SHARED_GRADE) & ~leaves & ~moves & (other != roll.school)
    both &= rng.random(count) < mobility.secondary
    second = _part(row, other, roll.first, end, at_end)

    parts = [begun, moved[:, moves], returned[:, returns], second[:, both]]
    table = np.concatenate(parts, axis=1)
    kind = np.repeat([PRIMARY, PRIMARY, PRIMARY, SECONDARY], [part.shape[1] for part in parts])
    written = table[3] + np.concatenate([late, np.zeros(len(kind) - count, dtype=np.int64)])
    order = np.lexsort((table[2], kind, table[0]))
    row, school, first, last, reason = table[:, order]
    return Spells(row, school, first, last, written[order], reason, kind[order])


def at_year_end(spells: Spells, calendar: Calendar) -> tuple[Ints, Ints]:
    """Rows of the roll that are still there on the last day, and the school of each."""
    there = np.flatnonzero(spells.attended & (spells.last == calendar.last))
    return spells.row[there], spells.school[there]


def on_day(spells: Spells, day: int) -> Ints:
    """The attended enrolments that hold `day`: at most one a student."""
    return np.flatnonzero(spells.attended & (spells.first <= day) & (day <= spells.last))


def _part(row: Ints, school: Ints, first: Ints, last: Ints, reason: Ints) -> Ints:
    return np.stack([row, school, first, last, reason])
