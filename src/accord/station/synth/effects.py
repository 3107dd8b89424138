"""What works in a made-up district, and by how much: the truth that analyses can be held against.

Effects are points added to scores that were drawn without them, so that the truth is known for
every student and every mean, not only as the figure in the profile.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from accord.base.periods import SchoolYear
from accord.station.synth.draws import Flags, Floats, Ints
from accord.station.synth.enrolment import on_day
from accord.station.synth.population import Population, Year
from accord.station.synth.profile import Profile
from accord.station.synth.schools import TK, Map
from accord.station.synth.status import Membership

_FIRST_TESTED = 3
_MIDDLE_GRADE = 7  # the school that has it names a feeder pattern


@dataclass
class Effects:
    """Effects on scores. `gained` are the points each student has kept of the strand's work."""

    profile: Profile
    strand_schools: Ints
    bright_schools: Ints
    gained: Floats = field(repr=False)

    def advance(self, year: Year) -> None:
        """Add one year of the strand to the students whom it had in the middle of the year."""
        strand = self.profile.effects.strand
        if strand is None or year.year < SchoolYear.parse(strand.since):
            return
        spell = on_day(year.spells, year.calendar.last - len(year.calendar.days) // 2)
        reached = np.isin(year.spells.school[spell], self.strand_schools)
        reached &= np.isin(year.roll.grade[year.spells.row[spell]], strand.grades)
        self.gained[year.roll.student[year.spells.row[spell[reached]]]] += strand.points

    def points(self, subject: str, year: Year, membership: Membership, spell: Ints) -> Floats:
        """Points to add to the score of each of these enrolments' students."""
        parts = self.parts(subject, year, membership, spell).values()
        return np.asarray(sum((part for _, part in parts), np.zeros(len(spell))))

    def parts(
        self, subject: str, year: Year, membership: Membership, spell: Ints
    ) -> dict[str, tuple[Flags, Floats]]:
        """By effect on this subject: which of the enrolments' students it touches, and by how
        many points."""
        row = year.spells.row[spell]
        school = year.spells.school[spell]
        effects, found = self.profile.effects, {}
        if effects.strand and effects.strand.subject == subject:
            gained = self.gained[year.roll.student[row]]
            found[effects.strand.id] = (gained > 0, gained)
        if effects.bright and effects.bright.subject == subject:
            at = np.isin(school, self.bright_schools)
            found[effects.bright.id] = (at, np.where(at, effects.bright.points, 0.0))
        for trend in effects.trends:
            years = max(year.year.start - SchoolYear.parse(trend.since).start, 0)
            member = membership[trend.group][row]
            if trend.subject == subject:
                found[trend.id] = (member, np.where(member, trend.points * years, 0.0))
        return found


def effects_of(population: Population) -> Effects:
    """Choose the schools that take part; nothing has been gained yet."""
    profile, around = population.profile, population.around
    rng = population.setting.stream("effects")
    strand, bright = profile.effects.strand, profile.effects.bright
    nothing = np.zeros(0, dtype=np.int64)
    return Effects(
        profile=profile,
        strand_schools=_patterns(around, strand.share, strand.grades, rng) if strand else nothing,
        bright_schools=_poorest_half(around, bright.schools, rng) if bright else nothing,
        gained=np.zeros(len(population.students)),
    )


def _patterns(around: Map, share: float, grades: list[int], rng: np.random.Generator) -> Ints:
    """Schools of the chosen feeder patterns that teach any of the grades."""
    middle = around.homes.feeds[:, _MIDDLE_GRADE - TK]
    patterns = np.unique(middle)
    chosen = rng.permutation(patterns)[: max(round(share * len(patterns)), 1)]
    columns = np.array(grades) - TK
    return np.unique(around.homes.feeds[np.isin(middle, chosen)][:, columns])


def _poorest_half(around: Map, number: int, rng: np.random.Generator) -> Ints:
    """First schools of neighbourhoods that are poorer than most, a third of them at most."""
    poor: Flags = around.homes.poverty >= np.median(around.homes.poverty)
    first = around.homes.feeds[poor, _FIRST_TESTED - TK]
    candidates = np.unique(first)
    return np.sort(rng.permutation(candidates)[: max(min(number, len(candidates) // 3), 1)])
