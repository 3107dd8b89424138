"""Attendance of one year: days expected of each enrolment, and each day missed.

A student's rate of absence is lognormal: group, grade, school, the student's own habit and the
luck of the year add up in its logarithm, and the days missed scatter about it as counts do. The
level is set so that about the profile's share of students would be chronically absent; an
attendance effort then multiplies every rate. Both worlds share every draw, so that the effort's
true effect is known to the student.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from accord.station.synth.discipline import MOST, OUT, Incidents
from accord.station.synth.draws import Flags, Floats, Ints
from accord.station.synth.population import Population, Year
from accord.station.synth.profile import Profile, by_grade, of_year
from accord.station.synth.schools import TK
from accord.station.synth.status import Membership

REASONS = ("excused", "unexcused", "suspension_out", "other")
_EXCUSED, _UNEXCUSED, _SUSPENDED, _OTHER = range(4)
_CHRONIC = 0.1  # of days expected: the share that `Absence.chronic` speaks of
_MOST_ABSENT = 0.7
_OTHER_SHARE = 0.02


@dataclass(frozen=True)
class Attendance:
    """Expected and missed days of a year's enrolments, and each absence as an event.

    `spell` names the enrolments that count; the event columns are sorted by it and by day. A day
    of which a half was attended is an event, but not among `missed`. `unhelped` are the days each
    would have missed without the district's effort. A school that dates an exit late goes on
    expecting the student, and marks every such day as missed: those are in `claimed` and among the
    events, but not in `expected` and `missed`.
    """

    spell: Ints
    expected: Ints
    claimed: Ints
    exempt: Flags
    missed: Ints
    unhelped: Ints
    event_spell: Ints
    event_day: Ints
    event_reason: Ints
    event_half: Flags


def attendance_of(
    population: Population, year: Year, membership: Membership, incidents: Incidents
) -> Attendance:
    """A year's attendance, suspensions out of school included among the absences."""
    rng = population.setting.stream("absence", year.year)
    spells, rules = year.spells, population.profile.absence
    spell = np.flatnonzero(spells.attended)
    expected = spells.last[spell] - spells.first[spell] + 1
    blocks = _Blocks.of(incidents, len(spells))
    suspended = blocks.length[spell].sum(axis=1)
    rate = _rates(population, year, membership, rng)[spells.row[spell]]
    luck, halved = rng.normal(size=len(spell)), rng.random(len(spell))
    exempt = rng.random(len(year.roll)) < rules.exempt
    room = expected - suspended

    def days(rate: Floats) -> tuple[Ints, Ints]:
        mean = rate * expected
        count = np.rint(mean + np.sqrt(mean) * luck).astype(np.int64)
        missed = np.clip(count, 0, room)
        halves = np.floor(missed * rules.half_days + halved).astype(np.int64)
        return missed, np.minimum(halves, missed)

    missed, halves = days(rate * _effort(population.profile, year))
    unhelped, unhelped_halves = days(rate)
    ordinary = _Ordinary(spell, missed, halves, room, rules.excused)
    events = _joined(
        ordinary.events(blocks, year, rng),
        _runs(*blocks.runs(), _SUSPENDED),
        _runs(spell, spells.last[spell] + 1, spells.exit[spell] - spells.last[spell], _UNEXCUSED),
    )
    order = np.lexsort((events.day, events.spell))
    return Attendance(
        spell=spell,
        expected=expected,
        claimed=spells.exit[spell] - spells.first[spell] + 1,
        exempt=exempt[spells.row[spell]],
        missed=missed - halves + suspended,
        unhelped=unhelped - unhelped_halves + suspended,
        event_spell=events.spell[order],
        event_day=events.day[order],
        event_reason=events.reason[order],
        event_half=events.half[order],
    )


class _Events(NamedTuple):
    spell: Ints
    day: Ints
    reason: Ints
    half: Flags


@dataclass(frozen=True)
class _Blocks:
    """For each enrolment, the first day and whole days of each suspension out of school."""

    start: Ints
    length: Ints

    @classmethod
    def of(cls, incidents: Incidents, spells: int) -> _Blocks:
        start = np.zeros((spells, MOST), dtype=np.int64)
        length = np.zeros((spells, MOST), dtype=np.int64)
        out = np.flatnonzero((incidents.action == OUT) & (incidents.length >= 1))
        spell = incidents.spell[out]
        turn = np.arange(len(out)) - np.searchsorted(spell, spell)
        start[spell, turn] = incidents.day[out]
        length[spell, turn] = incidents.length[out].astype(np.int64)
        return cls(start, length)

    def runs(self) -> tuple[Ints, Ints, Ints]:
        """Enrolment, first day and length of each suspension."""
        spell, turn = np.nonzero(self.length)
        return spell, self.start[spell, turn], self.length[spell, turn]

    def skipped(self, spell: Ints, day: Ints) -> Ints:
        """Days counted without the suspensions, as days of the calendar."""
        for turn in range(MOST):
            begun = day >= self.start[spell, turn]
            day = day + np.where(begun, self.length[spell, turn], 0)
        return day


def _rates(
    population: Population, year: Year, membership: Membership, rng: np.random.Generator
) -> Floats:
    rules, roll = population.profile.absence, year.roll
    log = np.array(by_grade(rules.grade))[roll.grade - TK] + membership.offset(rules.group)
    log = log + population.around.schools.absence[roll.school]
    log = log + rules.student * population.students.absence[roll.student]
    log = log + rules.year * rng.normal(size=len(roll))
    share = of_year(rules.chronic, year.year)
    level = np.log(_CHRONIC) - float(np.quantile(log, 1 - share))
    return np.asarray(np.minimum(np.exp(log + level), _MOST_ABSENT))


def _effort(profile: Profile, year: Year) -> float:
    effort = profile.effects.effort
    if effort is None or str(year.year) < min(effort.factor):
        return 1.0
    return of_year(effort.factor, year.year)


@dataclass(frozen=True)
class _Ordinary:
    """Absences other than suspensions, before they have a day: how many of each enrolment."""

    spell: Ints
    missed: Ints
    halves: Ints
    room: Ints
    excused: float

    def events(self, blocks: _Blocks, year: Year, rng: np.random.Generator) -> _Events:
        """Distinct days for each enrolment, in runs as illness gives them."""
        entry, turn = _repeated(self.missed)
        missed, owner = self.missed[entry], self.spell[entry]
        width = len(year.calendar.days) + 1
        # Sorted draws plus their rank are distinct. The exponent puts a few more late in the year.
        draw = rng.random(len(entry)) ** 0.9 * (self.room[entry] - missed + 1)
        draw = np.sort(entry * width + draw.astype(np.int64)) - entry * width
        day = blocks.skipped(owner, year.spells.first[owner] + draw + turn)
        first_half = rng.integers(0, width, len(self.spell))
        half = (turn + first_half[entry]) % np.maximum(missed, 1) < self.halves[entry]
        told = (1 - _OTHER_SHARE) * np.cumsum([self.excused, 1 - self.excused])
        kind = np.searchsorted(told, rng.random(len(entry)), side="right")
        return _Events(owner, day, np.array([_EXCUSED, _UNEXCUSED, _OTHER])[kind], half)


def _runs(spell: Ints, first: Ints, length: Ints, reason: int) -> _Events:
    """A whole day's absence on each day of each run."""
    entry, turn = _repeated(length)
    count = len(entry)
    return _Events(
        spell[entry], first[entry] + turn, np.full(count, reason), np.zeros(count, dtype=np.bool_)
    )


def _repeated(times: Ints) -> tuple[Ints, Ints]:
    """Each position as often as `times` says, and which of its own repetitions each one is."""
    entry = np.repeat(np.arange(len(times)), times)
    return entry, np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)


def _joined(*parts: _Events) -> _Events:
    return _Events(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
