"""The schools of a made-up district, and the neighbourhoods that fill them.

Every elementary and K–8 school has a neighbourhood. Neighbourhoods lie along a line on which
poverty changes smoothly; stretches of the line feed a middle school, longer ones a high school.
That alone makes schools as unequal as those of real districts, the more so the younger the grade.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.base.periods import GRADES, grade_number
from accord.station.synth.draws import Flags, Floats, Ints, chance, level_for
from accord.station.synth.profile import RACES, Neighbourhoods, Profile, SchoolKind, Setting

TK = grade_number("TK")
_NEIGHBOURHOOD_TYPES = ("elementary", "k8")
_NEEDED = ("elementary", "middle", "high")


@dataclass(frozen=True)
class SchoolList:
    """One entry a school; `quality` in standard deviations of student scores and of log rates."""

    code: tuple[str, ...]
    name: tuple[str, ...]
    type: tuple[str, ...]
    low: Ints
    high: Ints
    learning: Floats
    absence: Floats
    conduct: Floats

    def __len__(self) -> int:
        return len(self.code)

    def of_type(self, *types: str) -> Ints:
        """Positions of the schools of these types."""
        return np.array([i for i, kind in enumerate(self.type) if kind in types], dtype=np.int64)


@dataclass(frozen=True)
class Homes:
    """One entry a neighbourhood; `feeds[n, grade - TK]` is the school that takes it there."""

    weight: Floats
    poverty: Floats
    disadvantaged: Floats
    race: Floats
    feeds: Ints

    def __len__(self) -> int:
        return len(self.weight)


@dataclass(frozen=True)
class Map:
    """Schools and the neighbourhoods around them."""

    setting: Setting
    schools: SchoolList
    homes: Homes

    @property
    def profile(self) -> Profile:
        return self.setting.profile

    def teaches(self, school: Ints, grade: Ints) -> Flags:
        """Whether each school has each grade."""
        schools = self.schools
        return np.asarray((schools.low[school] <= grade) & (grade <= schools.high[school]))


def lay_out(setting: Setting, students: int) -> Map:
    """Schools in proportion to the number of students, at least one of each needed type."""
    profile, rng = setting.profile, setting.stream("schools")
    size = students / profile.students
    kinds = [
        kind
        for kind in profile.schools.kinds
        for _ in range(max(round(kind.count * size), 1 if kind.type in _NEEDED else 0))
    ]
    schools = _school_list(profile, kinds, rng)
    return Map(setting, schools, _homes(profile.neighbourhoods, kinds, schools, rng))


def _school_list(profile: Profile, kinds: list[SchoolKind], rng: np.random.Generator) -> SchoolList:
    count = len(kinds)
    effect = profile.schools.effect
    names = _names(profile, count, rng)
    prefix = profile.district.id[:7]
    return SchoolList(
        code=tuple(f"{prefix}{number:07d}" for number in range(1, count + 1)),
        name=tuple(f"{name} {kind.title}" for name, kind in zip(names, kinds, strict=True)),
        type=tuple(kind.type for kind in kinds),
        low=np.array([grade_number(kind.low) for kind in kinds]),
        high=np.array([grade_number(kind.high) for kind in kinds]),
        learning=rng.normal(0, effect["learning"], count),
        absence=rng.normal(0, effect["absence"], count),
        conduct=rng.normal(0, effect["conduct"], count),
    )


def _names(profile: Profile, count: int, rng: np.random.Generator) -> list[str]:
    """Single names first, then double ones, each list shuffled: as many as are needed."""
    single = list(profile.schools.names)
    rng.shuffle(single)
    double = [f"{name} {second}" for second in profile.schools.second_names for name in single]
    plenty = [*single, *double]
    rounds = -(-count // len(plenty))
    return [f"{name}{f' {turn + 1}' if turn else ''}" for turn in range(rounds) for name in plenty][
        :count
    ]


def _homes(
    rules: Neighbourhoods, kinds: list[SchoolKind], schools: SchoolList, rng: np.random.Generator
) -> Homes:
    first = schools.of_type(*_NEIGHBOURHOOD_TYPES)
    count = len(first)
    rng.shuffle(first)  # so that K–8 schools stand anywhere along the line
    weight = np.exp(rng.normal(0, [kinds[school].spread for school in first]))
    place = (np.arange(count) + 0.5) / count
    poverty = 1.2 * np.sin(2 * np.pi * place + rng.uniform(0, 2 * np.pi))
    poverty = poverty + rng.normal(0, 0.75, count)
    poverty = (poverty - poverty.mean()) / max(float(poverty.std()), 1e-9)
    logit = rules.spread * poverty
    disadvantaged = chance(logit + level_for(rules.disadvantaged, logit, weight))
    feeds = np.empty((count, len(GRADES)), dtype=np.int64)
    stretches = {
        kind: _stretch(schools.of_type(kind), weight, kinds, rng) for kind in ("middle", "high")
    }
    for home in range(count):
        for column in range(len(GRADES)):
            feeds[home, column] = next(
                school
                for school in (first[home], stretches["middle"][home], stretches["high"][home])
                if schools.low[school] <= column + TK <= schools.high[school]
            )
    races = _races(rules, poverty, weight, rng)
    return Homes(weight / weight.sum(), poverty, disadvantaged, races, feeds)


def _stretch(
    schools: Ints, weight: Floats, kinds: list[SchoolKind], rng: np.random.Generator
) -> Ints:
    """For each neighbourhood the school of its stretch of the line, stretches of unequal length."""
    length = np.exp(rng.normal(0, [kinds[school].spread for school in schools]))
    ends = np.cumsum(length) / length.sum()
    before = (np.cumsum(weight) - weight / 2) / weight.sum()
    return np.asarray(schools[np.minimum(np.searchsorted(ends, before), len(schools) - 1)])


def _races(
    rules: Neighbourhoods, poverty: Floats, weight: Floats, rng: np.random.Generator
) -> Floats:
    """Each neighbourhood's shares of each race, which add up to the district's shares."""
    base = np.array([rules.race[race] for race in RACES])
    tilt = np.array([rules.race_tilt.get(race, 0.0) for race in RACES])
    noise = rng.normal(0, rules.race_noise, (len(poverty), len(RACES)))
    shares = base * np.exp(poverty[:, None] * tilt + noise)
    for _ in range(20):
        shares = shares / shares.sum(axis=1, keepdims=True)
        shares = shares * (base / np.average(shares, axis=0, weights=weight))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
