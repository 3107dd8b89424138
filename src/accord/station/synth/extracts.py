"""What a district's systems hold, as tables in the words of the student data model.

Fields and codes are those of records (`station/records/model/`); a layout then writes them in
the district's own columns, codes and formats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from accord.base.periods import grade_text
from accord.station.synth.absence import REASONS
from accord.station.synth.discipline import ACTIONS
from accord.station.synth.drawn import DrawnYear
from accord.station.synth.draws import Ints
from accord.station.synth.english import STATUSES, English
from accord.station.synth.enrolment import reasons
from accord.station.synth.population import Population, Year
from accord.station.synth.profile import GENDERS, RACES
from accord.station.synth.scale import TEST
from accord.station.synth.schools import TK
from accord.station.synth.status import PROGRAMMES
from accord.station.synth.students import languages
from accord.station.synth.tests import Results
from accord.station.synth.words import BLANK, Table, Words, constant, flags, numbers, stacked

_GRADES = tuple(grade_text(number) for number in range(TK, 13))
_PERIODS = 6  # class periods in a day, for districts that count absence by period
_SPACE, _STEP = 9_999_991, 7_654_321  # a prime of seven digits, and a step around it


class Extracts:
    """The tables of one district."""

    def __init__(self, population: Population, english: English) -> None:
        self.population, self.english, self.profile = population, english, population.profile

    @cached_property
    def local_ids(self) -> tuple[str, ...]:
        """District-local student ids, no two alike, in no order."""
        rules, count = self.profile.student_ids, len(self.population.students)
        scattered = (np.arange(count) + self.population.setting.seed % _SPACE) * _STEP % _SPACE
        return tuple(f"{rules.prefix}{number:0{rules.digits}d}" for number in scattered)

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """Nobody could take these for a person's."""
        count = len(self.population.students)
        return tuple(f"Student-{number:06d}" for number in range(1, count + 1))

    def of_year(self, extract: str, drawn: DrawnYear) -> Table:
        """The rows of one year, for a file a year."""
        tables: dict[str, Callable[[DrawnYear], Table]] = {
            "students": self.students,
            "enrolments": self.enrolments,
            "attendance": self.attendance,
            "absences": self.absences,
            "incidents": self.incidents,
            "programmes": self.programmes,
            "tests": self.tests,
            "tests_side_by_side": self.tests_side_by_side,
        }
        return tables[extract](drawn)

    def of_all(self, extract: str, incidents: Sequence[Table]) -> Table:
        """All rows at once, for a file that holds every year; `incidents` are one table a year."""
        if extract == "incidents":
            return {name: stacked([table[name] for table in incidents]) for name in incidents[0]}
        return self.schools() if extract == "schools" else self.english_status()

    def schools(self) -> Table:
        """One row a school."""
        schools = self.population.around.schools
        count = len(schools)
        kinds = {"alternative": "high"}
        types = tuple(kinds.get(kind, kind) for kind in schools.type)
        return {
            "school": Words(np.arange(count), schools.code),
            "name": Words(np.arange(count), schools.name),
            "school_type": Words(np.arange(count), types),
            "alternative": flags(np.isin(schools.type, ("alternative", "other"))),
            "charter": flags(np.zeros(count, dtype=np.bool_)),
            "grade_low": Words(schools.low - TK, _GRADES),
            "grade_high": Words(schools.high - TK, _GRADES),
        }

    def students(self, drawn: DrawnYear) -> Table:
        """One row a student of the year, with the year's programmes as columns beside."""
        students, year = self.population.students, drawn.year
        student = year.roll.student
        order = np.argsort(student)
        student = student[order]
        rng = self.population.setting.stream("mess", "race", year.year)
        differs = rng.random(len(student)) < self.profile.mess.race_changes
        other = rng.integers(0, len(RACES), len(student))
        return {
            "student": self._students(student),
            "school_year": self._year(year, student),
            "last_name": constant("Madeup", len(student)),
            "first_name": Words(student, self.first_names),
            "birth_date": students.birth[student],
            "gender": Words(students.gender[student], GENDERS),
            "race_ethnicity": Words(np.where(differs, other, students.race[student]), RACES),
            "primary_language": Words(students.language[student], languages(self.profile)),
            **{name: flags(drawn.membership[name][order]) for name in PROGRAMMES},
        }

    def programmes(self, drawn: DrawnYear) -> Table:
        """One row a student, programme and year."""
        student = drawn.year.roll.student
        members = [np.flatnonzero(drawn.membership[name]) for name in PROGRAMMES]
        row = np.concatenate(members)
        kind = np.repeat(np.arange(len(PROGRAMMES)), [len(found) for found in members])
        order = np.lexsort((kind, student[row]))
        row, kind = row[order], kind[order]
        return {
            "student": self._students(student[row]),
            "school_year": self._year(drawn.year, row),
            "programme": Words(kind, PROGRAMMES),
        }

    def enrolments(self, drawn: DrawnYear) -> Table:
        """One row an enrolment, by school.

        The ``open_`` columns leave the exit blank where the student stayed until the year's end.
        """
        year = drawn.year
        spells, roll, days = year.spells, year.roll, year.calendar.days
        order = np.lexsort((spells.row, spells.school))
        row = spells.row[order]
        until_end = spells.exit[order] == year.calendar.last
        reason = spells.reason[order]
        exits = days[spells.exit[order]]
        return {
            "student": self._students(roll.student[row]),
            "school": self._schools(spells.school[order]),
            "school_year": self._year(year, row),
            "grade": Words(roll.grade[row] - TK, _GRADES),
            "entry_date": days[spells.first[order]],
            "exit_date": exits,
            "open_exit_date": np.where(until_end, np.datetime64("NaT", "D"), exits),
            "exit_reason": Words(reason, reasons(self.profile)),
            "open_exit_reason": Words(np.where(until_end, BLANK, reason), reasons(self.profile)),
            "enrolment_type": Words(spells.kind[order], ("primary", "secondary")),
        }

    def attendance(self, drawn: DrawnYear) -> Table:
        """One row a student and school: days expected, over all the student's stays there."""
        year, attendance = drawn.year, drawn.attendance
        spells = year.spells
        key = spells.school[attendance.spell] * len(year.roll) + spells.row[attendance.spell]
        place, position = np.unique(key, return_inverse=True)
        expected = np.bincount(position, attendance.claimed).astype(np.int64)
        exempt = np.zeros(len(place), dtype=np.bool_)
        exempt[position] = attendance.exempt
        school, row = np.divmod(place, len(year.roll))
        return {
            "student": self._students(year.roll.student[row]),
            "school": self._schools(school),
            "school_year": self._year(year, row),
            "days_expected": numbers(expected),
            "periods_expected": numbers(expected * _PERIODS),
            "absence_exempt": flags(exempt),
        }

    def absences(self, drawn: DrawnYear) -> Table:
        """One row a day missed, by school, student and day."""
        year, attendance = drawn.year, drawn.attendance
        spells = year.spells
        school = spells.school[attendance.event_spell]
        order = np.argsort(school, kind="stable")
        spell, half = attendance.event_spell[order], attendance.event_half[order]
        return {
            "student": self._students(year.roll.student[spells.row[spell]]),
            "school": self._schools(spells.school[spell]),
            "school_year": self._year(year, spell),
            "date": year.calendar.days[attendance.event_day[order]],
            "periods": Words(half.astype(np.int64), (str(_PERIODS), str(_PERIODS // 2))),
            "reason": Words(attendance.event_reason[order], REASONS),
        }

    def incidents(self, drawn: DrawnYear) -> Table:
        """One row an incident, by day."""
        year, incidents = drawn.year, drawn.incidents
        spells = year.spells
        order = np.argsort(incidents.day, kind="stable")
        spell = incidents.spell[order]
        lengths, length = np.unique(incidents.length[order], return_inverse=True)
        return {
            "student": self._students(year.roll.student[spells.row[spell]]),
            "school": self._schools(spells.school[spell]),
            "school_year": self._year(year, spell),
            "date": year.calendar.days[incidents.day[order]],
            "action": Words(incidents.action[order], ACTIONS),
            "days": Words(length, tuple(f"{number:g}" for number in lengths)),
        }

    def english_status(self) -> Table:
        """One row a status, by student and start."""
        student, status, start = self.english.history()
        return {
            "student": self._students(student),
            "status": Words(status, STATUSES),
            "start_date": start,
        }

    def tests(self, drawn: DrawnYear) -> Table:
        """One row a student and subject."""
        parts = [self._results(drawn.year, result) for result in drawn.results]
        return {name: stacked([part[name] for part in parts]) for name in parts[0]}

    def tests_side_by_side(self, drawn: DrawnYear) -> Table:
        """One row a student; each subject's columns carry its name in front."""
        parts = {result.subject: self._results(drawn.year, result) for result in drawn.results}
        shared = ("student", "school", "school_year", "grade", "first_year_el")
        first = next(iter(parts.values()))
        return {name: first[name] for name in shared} | {
            f"{subject}_{name}": part[name]
            for subject, part in parts.items()
            for name in ("test_date", "tested", "scale_score", "achievement_level")
        }

    def _results(self, year: Year, result: Results) -> Table:
        row = result.row
        untested = ~result.tested
        day = year.calendar.days[result.day]
        return {
            "student": self._students(year.roll.student[row]),
            "school": self._schools(year.spells.school[result.spell]),
            "school_year": self._year(year, row),
            "test": constant(TEST, len(row)),
            "subject": constant(result.subject, len(row)),
            "grade": Words(year.roll.grade[row] - TK, _GRADES),
            "test_date": np.where(untested, np.datetime64("NaT", "D"), day),
            "tested": flags(result.tested),
            "scale_score": numbers(result.score, untested),
            "achievement_level": numbers(result.level, untested),
            "first_year_el": flags(result.newcomer),
        }

    def _students(self, student: Ints) -> Words:
        return Words(student, self.local_ids)

    def _schools(self, school: Ints) -> Words:
        return Words(school, self.population.around.schools.code)

    def _year(self, year: Year, like: Ints) -> Words:
        return constant(str(year.year), len(like))
