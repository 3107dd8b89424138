"""The files of the rest of a district's records, and the truth about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from accord.base.documents import read_document
from accord.base.periods import grade_text
from accord.station.synth.draws import Ints
from accord.station.synth.english import English
from accord.station.synth.export import Exporter, Written
from accord.station.synth.extracts import Extracts
from accord.station.synth.layout import Layout
from accord.station.synth.population import Population, Year
from accord.station.synth.portrait.classes import Classes
from accord.station.synth.portrait.english import LEVELS, SUB_LEVELS, Levels, Proficiency
from accord.station.synth.portrait.leaving import Class, class_of
from accord.station.synth.portrait.marks import (
    COURSES,
    LETTERS,
    REQUIREMENTS,
    SUBJECTS,
    Marks,
    YearOfMarks,
)
from accord.station.synth.portrait.work import Work, WorkYear
from accord.station.synth.words import (
    BLANK,
    Table,
    Words,
    constant,
    flags,
    numbers,
    stacked,
)

LAYOUT = Path(__file__).parent / "layout.yaml"
MAPPING = Path(__file__).parent / "mapping.yaml"
_GRADES = tuple(grade_text(number) for number in range(-1, 13))
_TERMS = ("S1", "S2")
_HIGH_SCHOOL = 9
_FALL, _FALL_END = (8, 26), (12, 15)


class Portrait:
    """Draws the rest of a district's records year after year, then writes them."""

    def __init__(self, population: Population, english: English, extracts: Extracts) -> None:
        self.population, self.extracts = population, extracts
        self._proficiency = Proficiency(population, english)
        self._marks, self._work = Marks(population), Work(population)
        self._classes = Classes(population)
        self._led: Ints | None = None
        self._tables: dict[str, list[Table]] = {}
        self.truth: dict[str, dict[str, Any]] = {}

    def add(self, year: Year) -> None:
        """Draw one year. Years must come in order."""
        levels, marks = self._proficiency.levels(year), self._marks.of(year)
        leaving, work = class_of(self.population, year), self._work.of(year)
        made: dict[str, Table] = {
            "proficiency": self._levels_table(year, levels),
            "courses": self._courses_table(year, marks),
            "completions": self._completions_table(year, leaving),
            "pathways": self._pathways_table(year, leaving),
            "college_exams": self._exams_table(year, leaving),
            "interim_tests": self._interim_table(year, work),
            "staff_assignments": self._staff_table(year, work),
            "implementation": self._work_table(year, work),
        }
        if year is not self.population.years[-1]:
            made["postsecondary"] = self._college_table(year, leaving)
        for extract, table in made.items():
            self._tables.setdefault(extract, []).append(table)
        self.truth[str(year.year)] = _truth(year, levels, marks, leaving, work) | {
            "principals_kept": _kept(self._led, work),
            "class": self._classes.told(year, year.roll.student[leaving.row]),
        }
        self._led = work.principal

    def write(self, folder: Path) -> list[Written]:
        """Write every file into `folder`."""
        layout, _ = read_document(LAYOUT, Layout)
        exporter = Exporter(folder, layout, self.population.setting)
        return [
            exporter.write(file, _whole(self._tables[file.extract]))
            for file in layout.files
            if file.extract in self._tables
        ]

    def _levels_table(self, year: Year, levels: Levels) -> Table:
        step = np.where(levels.tested, levels.step, BLANK)
        return self._of_spells(year, levels.spell) | {
            "test_date": np.full(len(step), year.calendar.days[levels.day]),
            "tested": flags(levels.tested),
            "achievement_level": Words(step, LEVELS),
            "sub_level": Words(step, SUB_LEVELS),
        }

    def _courses_table(self, year: Year, marks: YearOfMarks) -> Table:
        shape = marks.mark.shape
        student, subject, term = (axis.ravel() for axis in np.indices(shape))
        row = marks.row[student]
        is_high = year.roll.grade[row] >= _HIGH_SCHOOL
        mathematics = np.where(
            subject == SUBJECTS.index("mathematics"), marks.mathematics[student], BLANK
        )
        return self._of_rows(year, row, marks.school[student]) | {
            "term": Words(term, _TERMS),
            "course_code": Words(subject, tuple(name[:3].upper() for name in SUBJECTS)),
            "mark": Words(marks.mark.ravel(), LETTERS),
            "subject": Words(subject, SUBJECTS),
            "a_g": Words(np.where(is_high, subject, BLANK), REQUIREMENTS),
            "mathematics": Words(mathematics, COURSES),
        }

    def _completions_table(self, year: Year, leaving: Class) -> Table:
        count = len(leaving.row)
        return self._of_rows(year, leaving.row) | {
            "date": np.full(count, year.calendar.days[-1]),
            "kind": constant("100", count),
            "a_g_met": flags(leaving.a_g),
        }

    def _pathways_table(self, year: Year, leaving: Class) -> Table:
        row = leaving.row[leaving.pathway]
        return self._of_rows(year, row) | {
            "pathway": constant("153", len(row)),
            "completed": flags(np.ones(len(row), dtype=np.bool_)),
        }

    def _exams_table(self, year: Year, leaving: Class) -> Table:
        count = len(leaving.exam_row)
        return self._of_rows(year, leaving.exam_row) | {
            "exam": constant("calculus-ab", count),
            "score": numbers(leaving.exam_score),
        }

    def _college_table(self, year: Year, leaving: Class) -> Table:
        """A line for each fall in college, and one for whoever was not found."""
        parts = [(np.flatnonzero(~leaving.college), None), (np.flatnonzero(leaving.college), 1)]
        if year is not self.population.years[-2]:
            parts.append((np.flatnonzero(leaving.persists), 2))
        tables: list[Table] = []
        for place, years in parts:
            count = len(place)
            found = years is not None
            first, last = (
                np.datetime64(f"{year.year.start + (years or 1)}-{month:02d}-{day:02d}", "D")
                for month, day in (_FALL, _FALL_END)
            )
            nothing = np.datetime64("NaT", "D")
            four = leaving.four_year[place].astype(np.int64) if found else np.full(count, BLANK)
            tables.append(
                self._of_rows(year, leaving.row[place])
                | {
                    "found": flags(np.full(count, found)),
                    "college": Words(four, ("two", "four")),
                    "college_kind": Words(four, ("two_year", "four_year")),
                    "start_date": np.full(count, first if found else nothing),
                    "end_date": np.full(count, last if found else nothing),
                    "searched_on": np.full(count, np.datetime64(self._searched(), "D")),
                }
            )
        return _whole(tables)

    def _searched(self) -> str:
        """The Clearinghouse was last asked at the end of the last year."""
        return str(self.population.years[-1].year.last_day)

    def _interim_table(self, year: Year, work: WorkYear) -> Table:
        return _whole(
            [
                self._of_spells(year, each.spell)
                | {
                    "season": constant(each.season, len(each.spell)),
                    "test_date": np.full(len(each.spell), year.calendar.days[each.day]),
                    "met": flags(each.met),
                }
                for each in work.interim
            ]
        )

    def _staff_table(self, year: Year, work: WorkYear) -> Table:
        """One line a school and year: posts are written down anew each July."""
        count = len(work.principal)
        return {
            "staff": Words(
                work.principal, tuple(f"P{n:04d}" for n in range(work.principal.max() + 1))
            ),
            "school": Words(np.arange(count), self.population.around.schools.code),
            "start_date": np.full(count, np.datetime64(year.year.first_day, "D")),
            "end_date": np.full(count, np.datetime64(year.year.last_day, "D")),
        }

    def _work_table(self, year: Year, work: WorkYear) -> Table:
        count = len(work.staff)
        return {
            "school": Words(np.arange(count), self.population.around.schools.code),
            "school_year": constant(str(year.year), count),
            "strand": constant("mathematics", count),
            "counted": numbers(work.trained),
            "out_of": numbers(work.staff),
        }

    def _of_spells(self, year: Year, spell: Ints) -> Table:
        return self._of_rows(year, year.spells.row[spell], year.spells.school[spell])

    def _of_rows(self, year: Year, row: Ints, school: Ints | None = None) -> Table:
        where = year.roll.school[row] if school is None else school
        return {
            "student": Words(year.roll.student[row], self.extracts.local_ids),
            "school": Words(where, self.population.around.schools.code),
            "school_year": constant(str(year.year), len(row)),
            "grade": Words(year.roll.grade[row] + 1, _GRADES),
        }


def _truth(
    year: Year, levels: Levels, marks: YearOfMarks, leaving: Class, work: WorkYear
) -> dict[str, Any]:
    """What a reader should find, counted from what was drawn."""
    eight, nine = marks.in_grade(year, 8), marks.in_grade(year, 9)
    middle = year.roll.grade[marks.row] <= 8
    fall = work.interim[0]
    return {
        "levels_tested": int(levels.tested.sum()),
        "levels_compared": levels.compared,
        "levels_up": levels.up,
        "algebra_by_eight": _share(marks.algebra_passed, eight),
        "algebra_by_nine": _share(marks.algebra_passed, nine),
        "on_track_nine": _share(marks.on_track(), nine),
        "mathematics_below_c": _share(marks.below_c_in_mathematics(), middle),
        "graduates": len(leaving.row),
        "a_g": int(leaving.a_g.sum()),
        "first_fall": int(leaving.college.sum()),
        "interim_fall": {"numerator": int(fall.met.sum()), "denominator": len(fall.met)},
        "schools": len(work.principal),
        "trained": {"numerator": int(work.trained.sum()), "denominator": int(work.staff.sum())},
    }


def _kept(led: Ints | None, work: WorkYear) -> int | None:
    """Schools with the principal of the year before; nothing in the first year."""
    return None if led is None else int((work.principal == led).sum())


def _share(yes: Any, among: Any) -> dict[str, int]:
    return {"numerator": int((yes & among).sum()), "denominator": int(among.sum())}


def _whole(tables: Sequence[Table]) -> Table:
    return {name: stacked([table[name] for table in tables]) for name in tables[0]}
