"""Made-up districts, straight to the sums that a measure would hold: no student is ever written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from accord.base.periods import grade_number, grade_text
from accord.indicators.definition import Definition
from accord.station.engines.request import sums_schema

DISTRICT = "99100010000000"
PERIOD = "2023-24"
RACES = (
    "african-american", "american-indian", "asian", "filipino", "hispanic", "pacific-islander",
    "white", "two-or-more", "race-not-reported",
)  # fmt: skip
GENDERS = ("female", "male", "nonbinary", "gender-not-reported")
CROSSED = "english-learners-with-disabilities"
_RACE_SHARES = (0.08, 0.006, 0.11, 0.03, 0.6, 0.004, 0.1, 0.055, 0.015)
_GENDER_SHARES = (0.487, 0.51, 0.002, 0.001)
_SPREAD_OF_SCHOOLS = 25.0
_SPAN = {"elementary": (-1, 5), "middle": (6, 8), "high": (9, 12)}
_TESTED_GRADES = (3, 4, 5, 6, 7, 8, 11)
_SUBJECTS = {"grade-3-reading": "ela", "reclassified-success": "ela"}
"""Of definitions whose names don't end in theirs."""

Vector = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Students:
    """One entry a student. `second` is another school of the year, or -1; `scores` are those in
    subjects that have their own, `score` that in every other."""

    grade: Vector
    school: Vector
    second: Vector
    groups: dict[str, Flags]
    chronic: Flags
    suspended: Flags
    stable: Flags
    days: Vector
    days_absent: Vector
    tested: Flags
    score: Vector
    scores: Mapping[str, Vector] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.grade)


def students(seed: int, size: int, schools: tuple[int, int, int], moving: float) -> Students:
    """`size` students in so many elementary, middle and high schools; some are in two of them."""
    chance = np.random.default_rng(seed)
    grade = chance.integers(-1, 13, size)
    school, second = _schools(chance, grade, schools, moving)
    groups = _groups(chance, school, sum(schools))
    need = groups["disadvantaged"] * 0.1 + groups["students-with-disabilities"] * 0.1
    absent = np.minimum((chance.gamma(1.2, 9 + 40 * need)).astype(np.int64), 170)
    level = chance.normal(0, 1, size) - 4 * need
    return Students(
        grade=grade,
        school=school,
        second=second,
        groups=groups,
        chronic=absent >= 18,
        suspended=chance.random(size) < 0.03 + need / 3,
        stable=chance.random(size) < 0.92,
        days=chance.choice([180, 180, 180, 90], size),
        days_absent=absent,
        tested=chance.random(size) < 0.975,
        score=(2500 + 90 * level).astype(np.int64),
    )


def write_measure(
    folder: Path, people: Students, definitions: list[Definition], period: str = PERIOD
) -> Path:
    """The sums of `people` by every level, organisation, grade and group, as an engine writes."""
    for fact in ("student_year", "test_result"):
        here = [each for each in definitions if each.fact == fact]
        if here:
            path = folder / fact / f"{period}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(_sums(people, here, fact), path)
    return folder


def true_counts(
    people: Students, definition: Definition
) -> dict[tuple[str, str, str], tuple[int, int]]:
    """How many are counted, and of how many, by school, grade and group: a rate's two numbers."""
    counted, terms = _terms(people, definition)
    (term,) = terms.values()
    counted = counted & _spoken_of(people, definition)
    found = {}
    for level, organisation, grade, here in _places(people, _in_fact(people, definition.fact)):
        school = organisation if level == "school" else ""
        for group, members in people.groups.items():
            inside = here & members & counted
            place = (school, "" if grade is None else grade_text(grade), group)
            found[place] = int(term[inside].sum()), int(inside.sum())
    return found


def _in_fact(people: Students, fact: str) -> Flags:
    inside: Flags = np.isin(people.grade, _TESTED_GRADES)
    return inside if fact == "test_result" else people.grade > -9


def _schools(
    chance: np.random.Generator, grade: Vector, schools: tuple[int, int, int], moving: float
) -> tuple[Vector, Vector]:
    school = np.zeros(len(grade), dtype=np.int64)
    second = np.full(len(grade), -1, dtype=np.int64)
    first = 0
    for (low, high), count in zip(_SPAN.values(), schools, strict=True):
        here = (grade >= low) & (grade <= high)
        sizes = chance.lognormal(0, 0.45, count)
        school[here] = first + chance.choice(count, here.sum(), p=sizes / sizes.sum())
        leavers = here & (chance.random(len(grade)) < moving)
        second[leavers] = first + chance.integers(0, count, leavers.sum())
        first += count
    second[second == school] = -1
    return school, second


def _groups(chance: np.random.Generator, school: Vector, schools: int) -> dict[str, Flags]:
    size = len(school)
    mix = chance.dirichlet(np.array(_RACE_SHARES) * _SPREAD_OF_SCHOOLS, schools)
    race = (mix[school].cumsum(axis=1) > chance.random(size)[:, None]).argmax(axis=1)
    gender = chance.choice(len(GENDERS), size, p=_GENDER_SHARES)
    learner = chance.random(size) < 0.2
    reclassified = ~learner & (chance.random(size) < 0.12)
    disabled = chance.random(size) < 0.13
    return {
        "all": np.ones(size, dtype=bool),
        **{name: race == number for number, name in enumerate(RACES)},
        **{name: gender == number for number, name in enumerate(GENDERS)},
        "english-learners": learner,
        "reclassified": reclassified,
        "ever-english-learners": learner | reclassified,
        "disadvantaged": chance.random(size) < 0.72,
        "students-with-disabilities": disabled,
        "foster": chance.random(size) < 0.007,
        "homeless": chance.random(size) < 0.03,
        CROSSED: learner & disabled,
    }


def _terms(people: Students, definition: Definition) -> tuple[Flags, dict[str, Vector]]:
    """Who counts, and each sum's term, for the definitions of the shipped catalogue."""
    every = np.ones(len(people), dtype=bool)
    subject = _SUBJECTS.get(definition.id, definition.id.rpartition("-")[-1])
    score = people.scores.get(subject, people.score)
    distance = score - 2520
    if definition.id.startswith("test-participation"):
        return every, {"took_part": people.tested}
    if definition.id.startswith("met-standard") or definition.id == "grade-3-reading":
        return people.tested, {"met": distance >= 0}
    if definition.id == "reclassified-success":
        return people.tested & people.groups["reclassified"], {"met": distance >= 0}
    if definition.id.startswith("advanced"):
        return people.tested, {"advanced": distance >= 80}
    if definition.id.startswith("mean-scale-score"):
        return people.tested, {"scores": score, "squared_scores": score**2}
    if definition.id.startswith("distance-from-standard"):
        return every, {
            "took_part": people.tested,
            "scored": people.tested,
            "distances": np.where(people.tested, distance, 0),
            "squared_distances": np.where(people.tested, distance**2, 0),
            "lowest_distances": np.where(people.tested, 0, 2190 - 2520),
        }
    return {
        "chronic-absenteeism": (every, {"chronic": people.chronic}),
        "severe-chronic-absenteeism": (every, {"severe": people.days_absent >= 36}),
        "suspension-rate": (every, {"suspended_students": people.suspended}),
        "stability-rate": (every, {"stable_students": people.stable}),
        "attendance-rate": (
            every,
            {"attended": people.days - people.days_absent, "expected": people.days},
        ),
    }[definition.id]


def _spoken_of(people: Students, definition: Definition) -> Flags:
    """Who is in a grade that the definition is about."""
    if definition.grades is None:
        return np.ones(len(people), dtype=bool)
    return np.isin(people.grade, [grade_number(grade) for grade in definition.grades])


def _sums(people: Students, definitions: list[Definition], fact: str) -> pa.Table:
    schema = sums_schema(definitions)
    columns: dict[str, list[object]] = {name: [] for name in schema.names}
    added = [(each, *_terms(people, each), _spoken_of(people, each)) for each in definitions]
    for level, organisation, grade, here in _places(people, _in_fact(people, fact)):
        for group, members in people.groups.items():
            for name, value in zip(schema.names, (level, organisation, grade, group), strict=False):
                columns[name].append(value)
            for definition, counted, terms, spoken_of in added:
                inside = here & members & counted & spoken_of
                totals = {"members": int(inside.sum())} | {
                    name: int(term[inside].sum()) for name, term in terms.items()
                }
                for name, key in definition.sum_keys.items():
                    if len(columns[key]) < len(columns["group"]):
                        columns[key].append(_stored(totals[name], schema.field(key).type))
    return pa.table({name: pa.array(columns[name], schema.field(name).type) for name in columns})


def _stored(total: int, kind: pa.DataType) -> int | Decimal:
    return total if pa.types.is_integer(kind) else Decimal(total)


def _places(people: Students, in_fact: Flags) -> Iterator[tuple[str, str, int | None, Flags]]:
    grades = np.unique(people.grade[in_fact]).tolist()
    schools = np.unique(np.concatenate([people.school, people.second])).tolist()
    places = [("district", DISTRICT, in_fact)] + [
        ("school", f"{int(DISTRICT) + 1 + number}",
         in_fact & ((people.school == number) | (people.second == number)))
        for number in schools if number >= 0
    ]  # fmt: skip
    for level, organisation, here in places:
        if here.any():
            yield level, organisation, None, here
            for grade in grades:
                if (here & (people.grade == grade)).any():
                    yield level, organisation, grade, here & (people.grade == grade)
