"""State tests of each spring: who is tested, and how they score.

A score is the standard of the grade, plus the district's distance from it, plus the student's
place among the others: groups, school, lasting ability, a slow drift and the luck of the day,
scaled so that mean and spread are exactly the profile's. Built-in effects are added on top, in
points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Flags, Floats, Ints, chance, level_for
from accord.station.synth.effects import Effects
from accord.station.synth.english import English
from accord.station.synth.enrolment import on_day
from accord.station.synth.population import Population, Year
from accord.station.synth.profile import (
    SUBJECTS,
    TESTED_GRADES,
    Subject,
    by_grade,
    of_year,
)
from accord.station.synth.scale import marks_of
from accord.station.synth.schools import TK
from accord.station.synth.status import Membership

_WINDOW_OPENS = 45  # days of instruction before the last; whoever is enrolled then is expected
_WINDOW_DAYS = 30
_ABILITY_OF_ABSENTEES = 0.25  # log-odds of being tested for each unit of ability


@dataclass(frozen=True)
class Results:
    """One entry a student expected to take a subject's test; score and level are 0 where none.

    A `newcomer` is an English learner in the first twelve months of school in the United States.
    """

    subject: str
    row: Ints
    spell: Ints
    newcomer: Flags
    tested: Flags
    day: Ints
    score: Ints
    level: Ints


class Testing:
    """The tests of one district, year after year: drifts and effects carry over."""

    def __init__(self, population: Population, english: English, effects: Effects) -> None:
        self.population, self.english, self.effects = population, english, effects
        self.rules = population.profile.tests
        count = len(population.students)
        rng = population.setting.stream("tests", "drift")
        self._drift = {subject: rng.normal(size=count) for subject in SUBJECTS}

    def results(self, year: Year, membership: Membership) -> tuple[Results, ...]:
        """The year's results, one entry a subject. Years must come in order."""
        self.effects.advance(year)
        window = year.calendar.last - _WINDOW_OPENS
        spell = on_day(year.spells, window)
        row = year.spells.row[spell]
        expected = np.isin(year.roll.grade[row], TESTED_GRADES)
        spell, row = spell[expected], row[expected]
        return tuple(self._subject(subject, year, membership, spell) for subject in SUBJECTS)

    def _subject(self, subject: str, year: Year, membership: Membership, spell: Ints) -> Results:
        rng = self.population.setting.stream("tests", subject, year.year)
        row = year.spells.row[spell]
        grade = year.roll.grade[row]
        place = self._place(subject, year, membership, rng)[row]
        base = self._scaled(subject, year, grade, place)
        raw = base + self.effects.points(subject, year, membership, spell)
        marks = marks_of(subject, year.year, grade)
        score = np.clip(np.rint(raw), marks.lowest, marks.highest).astype(np.int64)
        newcomer = self._newcomers(year, row)
        tested = self._tested(year, row, place, rng) & ~(newcomer & (subject == "ela"))
        opens = year.calendar.last - _WINDOW_OPENS
        last = np.minimum(year.spells.last[spell], opens + _WINDOW_DAYS)
        day = opens + (rng.random(len(row)) * (last - opens + 1)).astype(np.int64)
        return Results(
            subject=subject,
            row=row,
            spell=spell,
            newcomer=newcomer,
            tested=tested,
            day=day,
            score=np.where(tested, score, 0),
            level=np.where(tested, marks.level(score), 0),
        )

    def _place(
        self, subject: str, year: Year, membership: Membership, rng: np.random.Generator
    ) -> Floats:
        """Where each student of the roll stands among the others, in standard deviations."""
        rules, students, roll = self.rules, self.population.students, year.roll
        drift, kept = self._drift[subject], rules.drift_kept
        fresh = rng.normal(size=len(roll))
        drift[roll.student] = kept * drift[roll.student] + np.sqrt(1 - kept**2) * fresh
        luck = np.sqrt(1 - rules.lasting - rules.drifting) * rng.normal(size=len(roll))
        ability = students.mathematics if subject == "mathematics" else students.ela
        own = np.sqrt(rules.lasting) * ability + np.sqrt(rules.drifting) * drift
        school = self.population.around.schools.learning[roll.school]
        return np.asarray(own[roll.student] + luck + school + membership.offset(rules.group))

    def _scaled(self, subject: str, year: Year, grade: Ints, place: Floats) -> Floats:
        rules = self.rules.subjects[subject]
        points = np.zeros(len(grade))
        for number in TESTED_GRADES:
            here = grade == number
            if here.any():
                centred = place[here] - place[here].mean()
                spread = max(float(centred.std()), 1e-9)
                mean = self._mean(rules, subject, number, year)
                points[here] = mean + centred / spread * rules.deviation[str(number)]
        return points

    def _mean(self, rules: Subject, subject: str, grade: int, year: Year) -> float:
        standard = int(marks_of(subject, year.year, np.array([grade])).standard[0])
        of_all = of_year(self.rules.year, year.year)
        return standard + rules.distance + rules.grade[str(grade)] + of_all

    def _tested(self, year: Year, row: Ints, place: Floats, rng: np.random.Generator) -> Flags:
        logit = np.array(by_grade(self.rules.participation_grade))[year.roll.grade[row] - TK]
        logit = logit + _ABILITY_OF_ABSENTEES * place
        level = level_for(of_year(self.rules.participation, year.year), logit)
        return np.asarray(rng.random(len(row)) < chance(logit + level))

    def _newcomers(self, year: Year, row: Ints) -> Flags:
        student = year.roll.student[row]
        day = year.calendar.days[year.calendar.last - _WINDOW_OPENS]
        first = self.population.students.us_year[student] == year.year.start
        return np.asarray(first & self.english.learner(student, day))
