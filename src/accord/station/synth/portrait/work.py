"""What is done at schools: who leads them, how many are trained, and interim tests by season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Flags, Ints
from accord.station.synth.enrolment import on_day
from accord.station.synth.population import Population, Year

SEASONS = ("fall", "winter", "spring")
_TESTED = (3, 8)
_STAFF = (8, 40)
_AT = (30, 85, 140)  # days of instruction


@dataclass(frozen=True)
class Interim:
    """One season's assessment of mathematics: the enrolments tested and who met the benchmark."""

    season: str
    day: int
    spell: Ints
    met: Flags


@dataclass(frozen=True)
class WorkYear:
    """One year: the principal of each school by number, staff and those trained, interim tests."""

    principal: Ints
    staff: Ints
    trained: Ints
    interim: tuple[Interim, ...]


class Work:
    """The schools of one district, year after year: principals stay or go."""

    def __init__(self, population: Population) -> None:
        self.population = population
        self.rules = population.profile.portrait.work
        self._principal = np.arange(len(population.around.schools))
        self._next = len(self._principal)

    def of(self, year: Year) -> WorkYear:
        """One year. Years must come in order."""
        rng = self.population.setting.stream("work", year.year)
        schools = len(self._principal)
        if year is not self.population.years[0]:
            goes = np.flatnonzero(rng.random(schools) >= self.rules.stays)
            self._principal = self._principal.copy()
            self._principal[goes] = self._next + np.arange(len(goes))
            self._next += len(goes)
        staff = rng.integers(*_STAFF, schools)
        return WorkYear(
            principal=self._principal,
            staff=staff,
            trained=rng.binomial(staff, self.rules.trained),
            interim=tuple(self._interim(year, place, rng) for place in range(len(SEASONS))),
        )

    def _interim(self, year: Year, place: int, rng: np.random.Generator) -> Interim:
        day = min(_AT[place], year.calendar.last)
        spell = on_day(year.spells, day)
        grade = year.roll.grade[year.spells.row[spell]]
        spell = spell[(grade >= _TESTED[0]) & (grade <= _TESTED[1])]
        season = SEASONS[place]
        met = rng.random(len(spell)) < self.rules.benchmark[season]
        return Interim(season, day, spell, met)
