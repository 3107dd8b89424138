"""What a student is in one year: programmes, and membership of every group that effects name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Flags, Floats
from accord.station.synth.english import English
from accord.station.synth.population import Population, Year
from accord.station.synth.profile import RACES, Profile, by_grade
from accord.station.synth.schools import TK
from accord.station.synth.students import Students

PROGRAMMES = ("sed", "disability", "foster", "homeless", "migrant", "gifted")
_FIRST_GIFTED_GRADE = 3


@dataclass(frozen=True)
class Membership:
    """Flags for each row of a year's roll, by the name of the group."""

    flags: dict[str, Flags]

    def __getitem__(self, group: str) -> Flags:
        return self.flags[group]

    def offset(self, table: dict[str, float]) -> Floats:
        """The sum of the entries of `table` for the groups that each student is in."""
        total = np.zeros(len(self.flags["male"]))
        for group, amount in table.items():
            total[self.flags[group]] += amount
        return total


def membership_of(population: Population, english: English, year: Year) -> Membership:
    """Groups of the year's students, English status as on the census day."""
    rng = population.setting.stream("status", year.year)
    students, student = population.students, year.roll.student
    day = year.calendar.days[year.calendar.census]
    flags = {race: students.race[student] == code for code, race in enumerate(RACES)}
    flags["male"] = students.male[student]
    flags["EL"] = english.learner(student, day)
    flags["RFEP"] = english.fluent_again(student, day)
    return Membership(flags | _programmes(population.profile, students, year, rng))


def _programmes(
    profile: Profile, students: Students, year: Year, rng: np.random.Generator
) -> dict[str, Flags]:
    rules, student = profile.programmes, year.roll.student
    count = len(student)
    poor = students.disadvantaged[student]
    rate = float(poor.mean())
    changes = rules.disadvantage_changes * np.where(poor, (1 - rate) / max(rate, 1e-9), 1.0)
    poor = poor ^ (rng.random(count) < changes)
    hardship = students.hardship_uniform[student]
    foster = _half_lasting(hardship, rules.foster, rng)
    homeless = _half_lasting(1 - hardship, rules.homeless, rng)
    migrant = poor & (np.abs(hardship - 0.5) < rules.migrant / max(rate, 1e-9) / 2)
    return {
        "sed": poor | foster | homeless | migrant,
        "disability": _disability(profile, students, year),
        "foster": foster,
        "homeless": homeless,
        "migrant": migrant,
        "gifted": _gifted(students, rules.gifted)[student]
        & (year.roll.grade >= _FIRST_GIFTED_GRADE),
    }


def _half_lasting(uniform: Floats, rate: float, rng: np.random.Generator) -> Flags:
    """Half of those in the status have been in it for years; the others are in it this year."""
    return np.asarray((uniform < rate / 2) | (rng.random(len(uniform)) < rate / 2))


def _disability(profile: Profile, students: Students, year: Year) -> Flags:
    rules, student = profile.programmes, year.roll.student
    rate = np.array(by_grade(rules.disability))[year.roll.grade - TK]
    male = students.male[student]
    factor = np.where(male, rules.disability_male_factor, 1.0)
    return np.asarray(students.disability_uniform[student] < rate * factor / factor.mean())


def _gifted(students: Students, rate: float) -> Flags:
    promise = students.mathematics + students.ela + 2 * (students.gifted_uniform - 0.5)
    return np.asarray(promise > np.quantile(promise, 1 - rate))
