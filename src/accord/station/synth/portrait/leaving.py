"""Diplomas of each June, and what came with them and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Flags, Ints
from accord.station.synth.population import Population, Year

_SENIOR, _FIRST_EXAM_GRADE = 12, 11


@dataclass(frozen=True)
class Class:
    """The graduates of a year, one entry each, and who of grades 11 and 12 sat an examination."""

    row: Ints
    a_g: Flags
    pathway: Flags
    college: Flags
    four_year: Flags
    persists: Flags
    exam_row: Ints
    exam_score: Ints


def class_of(population: Population, year: Year) -> Class:
    """Everyone who completes grade 12, and what the profile's shares make of each."""
    rng = population.setting.stream("leaving", year.year)
    roll, rules = year.roll, population.profile.portrait.leaving
    there = roll.last == year.calendar.last
    row = np.flatnonzero(there & (roll.grade == _SENIOR) & ~roll.repeats)
    promise = population.students.ela[roll.student[row]] + rng.normal(size=len(row))
    a_g = promise > (np.quantile(promise, 1 - rules.a_g) if len(row) else 0)
    college = rng.random(len(row)) < rules.college
    able = np.flatnonzero(there & (roll.grade >= _FIRST_EXAM_GRADE))
    exam_row = able[rng.random(len(able)) < rules.advanced]
    return Class(
        row=row,
        a_g=np.asarray(a_g),
        pathway=rng.random(len(row)) < rules.pathway,
        college=college,
        four_year=college & (rng.random(len(row)) < rules.four_year),
        persists=college & (rng.random(len(row)) < rules.persists),
        exam_row=exam_row,
        exam_score=rng.integers(1, 6, len(exam_row)),
    )
