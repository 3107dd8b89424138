"""Levels of English of each spring: a learner moves along six steps, 1 to 4 with two halves each of
levels 2 and 3, and leaves them on being reclassified."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Flags, Ints
from accord.station.synth.english import English
from accord.station.synth.enrolment import on_day
from accord.station.synth.population import Population, Year

LEVELS = ("1", "2", "2", "3", "3", "4")
SUB_LEVELS = ("1", "2L", "2H", "3L", "3H", "4")
_TOP = len(LEVELS) - 1
_WINDOW = 60  # days of instruction before the last
_FIRST_STEPS = 4  # a first result is on one of so many steps
_NEVER = -1


@dataclass(frozen=True)
class Levels:
    """One entry a learner expected: the enrolment, whether tested, and the step (0 to 5)."""

    spell: Ints
    tested: Flags
    step: Ints
    day: int
    compared: int
    up: int


class Proficiency:
    """The tests of one district, year after year."""

    def __init__(self, population: Population, english: English) -> None:
        self.population, self.english = population, english
        self.rules = population.profile.portrait.proficiency
        self._last = np.full(len(population.students), _NEVER)

    def levels(self, year: Year) -> Levels:
        """The year's levels. Years must come in order: a step starts from last year's."""
        rng = self.population.setting.stream("proficiency", year.year)
        day = year.calendar.last - _WINDOW
        spell = on_day(year.spells, day)
        student = year.roll.student[year.spells.row[spell]]
        learns = self.english.learner(student, year.calendar.days[day])
        learns &= year.roll.grade[year.spells.row[spell]] >= 0
        spell, student = spell[learns], student[learns]
        before = self._last[student]
        draw = rng.random(len(spell))
        moved = np.where(draw < self.rules.rise, 1, 0) - (draw > 1 - self.rules.fall)
        fresh = rng.integers(0, _FIRST_STEPS, len(spell))
        step = np.where(before == _NEVER, fresh, np.clip(before + moved, 0, _TOP))
        tested = rng.random(len(spell)) < self.rules.tested
        compared = tested & (before != _NEVER)
        up = compared & ((step > before) | ((step == _TOP) & (before == _TOP)))
        self._last[:] = _NEVER
        self._last[student[tested]] = step[tested]
        return Levels(spell, tested, step, day, int(compared.sum()), int(up.sum()))
