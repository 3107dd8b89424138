"""What is true of a made-up district: its figures, its effects, and the mess planted in its files.

The figures are counted from what was drawn, not from the files, by the plainest reading of each
rule. Whoever reads the files back should find the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from accord.station.synth.absence import Attendance
from accord.station.synth.discipline import OTHER, Incidents
from accord.station.synth.drawn import DrawnYear
from accord.station.synth.draws import Flags, Floats, Ints
from accord.station.synth.effects import Effects
from accord.station.synth.english import English
from accord.station.synth.enrolment import on_day
from accord.station.synth.export import Written
from accord.station.synth.mess import KINDS
from accord.station.synth.population import Population, Year
from accord.station.synth.profile import Profile
from accord.station.synth.scale import marks_of
from accord.station.synth.status import Membership
from accord.station.synth.tests import Results

_FEWEST_DAYS = 31
_RULES = {
    "census": "students enrolled in a school of the district on the first Wednesday of October",
    "students": "students enrolled on any day of the year",
    "late_exits": "enrolments whose exit is dated after the student had moved to another school",
    "chronic": (
        "students absent on a tenth or more of the days expected of them in the district, of those "
        f"expected on {_FEWEST_DAYS} days or more and not exempt; a day partly attended is "
        "attended, and a day after a move to another school is that school's alone"
    ),
    "suspended": "students whose suspensions, in school and out of school, add up to a day or more",
    "learners": "English learners on census day, of the students enrolled on it",
    "learners_at_last": "of the same students, English learners on their last day of the year",
    "reclassified": "students reclassified between the first and the last day of instruction",
    "distance": "mean of score less standard, over students tested; met: at the standard or above",
}


@dataclass
class Truth:
    """Collects the truth of a district, year after year."""

    population: Population
    english: English
    effects: Effects
    figures: dict[str, Any] = field(default_factory=dict)
    realised: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def profile(self) -> Profile:
        return self.population.profile

    def add(self, drawn: DrawnYear) -> None:
        """Count one year."""
        year, membership, results = drawn.year, drawn.membership, drawn.results
        here = on_day(year.spells, year.calendar.census)
        row = year.spells.row[here]
        first, last = year.calendar.days[0], year.calendar.days[-1]
        reclassified = self.english.reclassified[year.roll.student]
        self.figures[str(year.year)] = {
            "census": len(here),
            "students": len(year.roll),
            "enrolments": len(year.spells),
            "late_exits": int((year.spells.exit > year.spells.last).sum()),
            "learners": int(membership["EL"][row].sum()),
            "learners_at_last": int(self._learners_at_last(year)[row].sum()),
            "reclassified": int(((first <= reclassified) & (reclassified <= last)).sum()),
            "suspended": int(_suspended(year, drawn.incidents).sum()),
            "chronic": self._chronic(year, drawn.attendance),
            "tests": {result.subject: self._scores(year, result) for result in results},
        }
        for result in results:
            self._realise(year, membership, result)

    def document(self, students: int, files: Sequence[Written]) -> dict[str, Any]:
        """The whole truth, as JSON."""
        around, effects = self.population.around, self.profile.effects
        described = [
            effect.model_dump() | {"realised": self.realised.get(effect.id, {})}
            for effect in (effects.strand, effects.effort, effects.bright, *effects.trends)
            if effect is not None
        ]
        named = {
            effect.id: [around.schools.code[school] for school in schools]
            for effect, schools in (
                (effects.strand, self.effects.strand_schools),
                (effects.bright, self.effects.bright_schools),
            )
            if effect is not None
        }
        for effect in described:
            if effect["id"] in named:
                effect["named_schools"] = named[effect["id"]]
        return {
            "about": "Every student and school here is made up. " + self.profile.about,
            "profile": self.profile.profile,
            "dated": self.profile.dated,
            "district": self.profile.district.id,
            "seed": self.population.setting.seed,
            "students": students,
            "years": list(self.figures),
            "rules": _RULES,
            "figures": self.figures,
            "effects": described,
            "reclassification_odds": self.profile.english.odds,
            "mess": KINDS,
            "files": {
                written.file: {"rows": written.rows, "planted": written.planted}
                for written in files
            },
        }

    def _learners_at_last(self, year: Year) -> Flags:
        """Who of the roll is an English learner on the last day that a school has them for."""
        last = np.zeros(len(year.roll), dtype=np.int64)
        counts = np.flatnonzero(year.spells.attended)
        np.maximum.at(last, year.spells.row[counts], year.spells.exit[counts])
        return self.english.learner(year.roll.student, year.calendar.days[last])

    def _chronic(self, year: Year, attendance: Attendance) -> dict[str, int]:
        row = year.spells.row[attendance.spell]
        count = len(year.roll)
        expected = np.bincount(row, attendance.expected, count)
        exempt = np.bincount(row, attendance.exempt, count) > 0
        counted = (expected >= _FEWEST_DAYS) & ~exempt
        chronic = {
            name: int((counted & (np.bincount(row, missed, count) * 10 >= expected)).sum())
            for name, missed in (("with", attendance.missed), ("without", attendance.unhelped))
        }
        found = {"numerator": chronic["with"], "denominator": int(counted.sum())}
        effort = self.profile.effects.effort
        if effort is not None:
            self.realised.setdefault(effort.id, {})[str(year.year)] = {
                "numerator": chronic["with"],
                "numerator_without_effort": chronic["without"],
                "denominator": found["denominator"],
                "points": _rounded(100 * (chronic["with"] - chronic["without"]) / counted.sum()),
            }
        return found

    def _scores(self, year: Year, result: Results) -> dict[str, Any]:
        marks = marks_of(result.subject, year.year, year.roll.grade[result.row])
        distance = (result.score - marks.standard)[result.tested]
        return {
            "rows": len(result.row),
            "tested": int(result.tested.sum()),
            "met": int((distance >= 0).sum()),
            "distance_sum": int(distance.sum()),
        }

    def _realise(self, year: Year, membership: Membership, result: Results) -> None:
        """The mean points by which each effect on scores raised the students it touched."""
        for name, (touched, points) in self.effects.parts(
            result.subject, year, membership, result.spell
        ).items():
            which = result.tested & touched
            self.realised.setdefault(name, {})[str(year.year)] = {
                "tested": int(which.sum()),
                "mean_points": _mean(points[which]),
                "mean_points_of_all_tested": _mean(np.where(touched, points, 0)[result.tested]),
            }


def _suspended(year: Year, incidents: Incidents) -> Flags:
    counts = incidents.action != OTHER
    row: Ints = year.spells.row[incidents.spell[counts]]
    days = np.bincount(row, incidents.length[counts], len(year.roll))
    return np.asarray(days >= 1)


def _mean(points: Floats) -> float:
    return _rounded(float(points.mean())) if len(points) else 0.0


def _rounded(value: float) -> float:
    return round(float(value), 3)
