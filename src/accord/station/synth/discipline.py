"""Incidents of one year: who is suspended, when, for how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Flags, Floats, Ints, chance, level_for, pick
from accord.station.synth.population import Population, Year
from accord.station.synth.profile import by_grade, of_year
from accord.station.synth.schools import TK
from accord.station.synth.status import Membership

ACTIONS = ("suspension_out", "suspension_in", "other")
OUT, IN, OTHER = range(3)
MOST = 4  # incidents of one student in a year
_SHORTEST_STAY = 20  # days of instruction; shorter enrolments have no incidents


@dataclass(frozen=True)
class Incidents:
    """One entry an incident, by enrolment and day; `length` in days of instruction."""

    spell: Ints
    day: Ints
    action: Ints
    length: Floats

    def __len__(self) -> int:
        return len(self.spell)


def incidents_of(population: Population, year: Year, membership: Membership) -> Incidents:
    """A year's incidents. No two of a student's overlap."""
    rng = population.setting.stream("discipline", year.year)
    rules = population.profile.discipline
    spell = _longest(year)
    suspended = _suspended(population, year, membership, rng)[year.spells.row[spell]]
    other = ~suspended & (rng.random(len(spell)) < rules.other)
    chosen = np.flatnonzero(suspended | other)
    more = rng.random((len(chosen), MOST - 1)) < rules.again
    number = np.where(suspended[chosen], 1 + np.cumprod(more, axis=1).sum(axis=1), 1)
    entry = np.repeat(chosen, number)
    turn = np.arange(len(entry)) - np.repeat(np.cumsum(number) - number, number)
    days = np.array([float(text) for text in rules.days])
    length = days[pick(rng, rules.days, len(entry))]
    action = np.where(rng.random(len(entry)) < rules.in_school, IN, OUT)
    action = np.where(other[entry], OTHER, action)
    length = np.where(action == OTHER, 0.0, length)
    # Each incident has a slot of its own in the enrolment, so that none overlap.
    first, last = year.spells.first[spell[entry]], year.spells.last[spell[entry]]
    slot = (last - first + 1) // np.repeat(number, number)
    room = slot - np.ceil(length).astype(np.int64)
    day = first + turn * slot + (rng.random(len(entry)) * np.maximum(room, 1)).astype(np.int64)
    return Incidents(spell[entry], day, action, length)


def _longest(year: Year) -> Ints:
    """The longest counted enrolment of each student, where it is long enough."""
    spells = year.spells
    length = np.where(spells.attended, spells.last - spells.first + 1, 0)
    order = np.lexsort((length, spells.row))
    final = np.append(spells.row[order][1:] != spells.row[order][:-1], True)
    best = order[final]
    return np.asarray(best[length[best] >= _SHORTEST_STAY])


def _suspended(
    population: Population, year: Year, membership: Membership, rng: np.random.Generator
) -> Flags:
    rules, roll = population.profile.discipline, year.roll
    logit = np.array(by_grade(rules.grade))[roll.grade - TK] + membership.offset(rules.group)
    logit = logit + population.around.schools.conduct[roll.school]
    logit = logit + rules.student * population.students.conduct[roll.student]
    level = level_for(of_year(rules.suspended, year.year), logit)
    return np.asarray(rng.random(len(roll)) < chance(logit + level))
