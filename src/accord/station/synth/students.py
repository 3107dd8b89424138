"""Who the students are: what stays with them from their first day in the district to their last."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from accord.base.periods import SchoolYear
from accord.station.synth.draws import Dates, Flags, Floats, Ints, chance, choose, pick
from accord.station.synth.profile import GENDERS, RACES, Profile
from accord.station.synth.schools import TK, Map

EO, IFEP, EL = range(3)
_MALE = GENDERS.index("M")
_GENDER_SHARES = {"F": 0.486, "M": 0.511, "X": 0.003}
_KINDERGARTEN_AGE = 5  # years old by September 1 of the kindergarten year (Education Code 48000)


@dataclass(frozen=True)
class Students:
    """One entry a student, in the order they were first enrolled.

    `uniform` columns decide yearly statuses: a student is disadvantaged while theirs is under the
    neighbourhood's rate, and so on. Abilities, `absence` and `conduct` are in standard deviations.
    """

    home: Ints
    race: Ints
    gender: Ints
    birth: Dates
    language: Ints
    first_year: Ints
    first_grade: Ints
    us_year: Ints
    initial: Ints
    disadvantaged: Flags
    disability_uniform: Floats
    gifted_uniform: Floats
    hardship_uniform: Floats
    mathematics: Floats
    ela: Floats
    absence: Floats
    conduct: Floats

    def __len__(self) -> int:
        return len(self.home)

    @property
    def male(self) -> Flags:
        return np.asarray(self.gender == _MALE)


def languages(profile: Profile) -> tuple[str, ...]:
    """The codes that `Students.language` counts; English first."""
    found = ["00"]
    for shares in profile.english.languages.values():
        found += [code for code in shares if code not in found]
    return tuple(found)


def enrol_new(
    around: Map, year: SchoolYear, grade: Ints, settled: bool, rng: np.random.Generator
) -> Students:
    """New students, one for each entry of `grade`; `settled` ones have always lived here.

    Others from grade 1 on may be in their first year in a school of the United States.
    """
    count, profile, homes = len(grade), around.profile, around.homes
    home = choose(rng, homes.weight[None, :], np.zeros(count, dtype=np.int64))
    race = choose(rng, homes.race, home)
    tilt = np.array([profile.neighbourhoods.disadvantaged_race.get(name, 0.0) for name in RACES])
    poor = np.log(homes.disadvantaged / (1 - homes.disadvantaged))[home] + tilt[race]
    disadvantaged = rng.random(count) < chance(poor)
    newcomer = (rng.random(count) < profile.english.newcomer) & (grade > 0) & (not settled)
    us_year = np.where(newcomer, year.start, year.start - np.maximum(grade, 0))
    initial = _first_status(profile, race, disadvantaged, newcomer, rng)
    mathematics, ela = _abilities(profile, count, rng)
    return Students(
        home=home,
        race=race,
        gender=pick(rng, _GENDER_SHARES, count),
        birth=_births(year, grade, rng),
        language=_languages(profile, race, initial, rng),
        first_year=np.full(count, year.start),
        first_grade=grade,
        us_year=us_year,
        initial=initial,
        disadvantaged=disadvantaged,
        disability_uniform=rng.random(count),
        gifted_uniform=rng.random(count),
        hardship_uniform=rng.random(count),
        mathematics=mathematics,
        ela=ela,
        absence=rng.normal(size=count),
        conduct=rng.normal(size=count),
    )


def joined(batches: list[Students]) -> Students:
    """All batches as one, in order."""
    return Students(
        **{
            field.name: np.concatenate([getattr(batch, field.name) for batch in batches])
            for field in fields(Students)
        }
    )


def _first_status(
    profile: Profile, race: Ints, disadvantaged: Flags, newcomer: Flags, rng: np.random.Generator
) -> Ints:
    learner = np.array([profile.english.initial_el.get(name, 0.0) for name in RACES])[race]
    fluent = np.array([profile.english.initial_ifep.get(name, 0.0) for name in RACES])[race]
    # Poorer families are more often recent ones; the factors keep the shares of each race near.
    learner = learner * np.where(disadvantaged, 1.1, 0.65)
    learner = np.where(newcomer & (learner > 0), 0.9, learner)
    draw = rng.random(len(race))
    return np.where(draw < learner, EL, np.where(draw < learner + fluent, IFEP, EO))


def _languages(profile: Profile, race: Ints, initial: Ints, rng: np.random.Generator) -> Ints:
    codes = languages(profile)
    other = profile.english.languages
    weights = np.zeros((len(RACES), len(codes)))
    for row, name in enumerate(RACES):
        for code, share in other.get(name, other["NR"]).items():
            weights[row, codes.index(code)] = share
    return np.where(initial == EO, 0, choose(rng, weights, race))


def _births(year: SchoolYear, grade: Ints, rng: np.random.Generator) -> Dates:
    """Of the usual age: five by September 1 in kindergarten; in TK, five within half a year."""
    years = year.start - _KINDERGARTEN_AGE - np.maximum(grade, 0)
    latest = (years - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 8
    days = (rng.random(len(grade)) * 365).astype(np.int64)
    younger = np.where(grade == TK, -(days // 2) - 1, days)
    return np.asarray(latest.astype("datetime64[D]") - younger)


def _abilities(profile: Profile, count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    shared = rng.normal(size=(3, count))
    common = np.sqrt(profile.tests.between_subjects)
    own = np.sqrt(1 - profile.tests.between_subjects)
    return common * shared[0] + own * shared[1], common * shared[0] + own * shared[2]
