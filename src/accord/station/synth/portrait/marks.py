"""Marks of each semester in grades 6 to 12, and who has passed algebra."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Flags, Floats, Ints
from accord.station.synth.population import Population, Year

LETTERS = ("F", "D", "C", "B", "A")
SUBJECTS = ("english", "mathematics", "science", "social_science", "world_language")
REQUIREMENTS = ("b", "c", "d", "a", "e")
COURSES = ("below", "algebra_1", "beyond")
_ENGLISH, _MATHEMATICS = 0, 1
_CORE = 4
_C = LETTERS.index("C")
_FIRST_GRADE, _EIGHT, _NINE = 6, 8, 9
_MOST_CORE_FAILURES, _FEWEST_PASSED = 1, len(SUBJECTS) * 2


@dataclass(frozen=True)
class YearOfMarks:
    """One row a student of grades 6 to 12 who is there all year: row of the roll and school, the
    marks (student, subject, semester) as positions in `LETTERS`, the course of mathematics, and
    whether algebra has been passed by the end."""

    row: Ints
    school: Ints
    mark: Ints
    mathematics: Ints
    algebra_passed: Flags

    def in_grade(self, year: Year, grade: int) -> Flags:
        return np.asarray(year.roll.grade[self.row] == grade)

    def on_track(self) -> Flags:
        """Ten courses passed, and one core failure at the most."""
        failed = self.mark == 0
        passed = (~failed).sum(axis=(1, 2)) >= _FEWEST_PASSED
        core = failed[:, :_CORE].sum(axis=(1, 2)) <= _MOST_CORE_FAILURES
        return np.asarray(passed & core)

    def below_c_in_mathematics(self) -> Flags:
        return np.asarray((self.mark[:, _MATHEMATICS] < _C).any(axis=1))


class Marks:
    """The marks of one district, year after year: who has passed algebra goes on."""

    def __init__(self, population: Population) -> None:
        self.population = population
        self.rules = population.profile.portrait.marks
        self._passed = np.zeros(len(population.students), dtype=np.bool_)

    def of(self, year: Year) -> YearOfMarks:
        """The year's marks. Years must come in order."""
        rng = self.population.setting.stream("marks", year.year)
        roll, students = year.roll, self.population.students
        whole = (roll.first == 0) & (roll.last == year.calendar.last)
        row = np.flatnonzero(whole & (roll.grade >= _FIRST_GRADE))
        student, grade = roll.student[row], roll.grade[row]
        ability = np.stack(
            [
                students.mathematics[student] if subject == "mathematics" else students.ela[student]
                for subject in SUBJECTS
            ],
            axis=1,
        )
        luck = self.rules.luck * rng.normal(size=(len(row), len(SUBJECTS), 2))
        mark = np.searchsorted(np.array(self.rules.cuts), ability[:, :, None] + luck)
        placed = self._placed(grade, students.mathematics[student])
        mathematics = np.where(self._passed[student], 2, np.where(placed, 1, 0))
        passes = (mathematics > 0) & (mark[:, _MATHEMATICS, 1] >= _C)
        self._passed[student[passes]] = True
        return YearOfMarks(row, roll.school[row], mark, mathematics, self._passed[student].copy())

    def _placed(self, grade: Ints, ability: Floats) -> Flags:
        """Who sits in algebra: the ablest of grade 8, and everyone from grade 9 on."""
        placed = np.asarray(grade >= _NINE)
        eight = grade == _EIGHT
        if eight.any():
            cut = np.quantile(ability[eight], 1 - self.rules.algebra_in_eight)
            placed = placed | (eight & (ability > cut))
        return placed
