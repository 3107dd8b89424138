"""Between which scores a mean lies, whoever took the test: what every reader knows of a sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from accord.base.periods import GRADES
from accord.cells.places import Places, Whole
from accord.indicators.definition import Definition
from accord.indicators.language.nodes import Column as Named
from accord.indicators.language.nodes import Compare, IsIn, Literal, Node
from accord.indicators.language.walk import columns_of, parts_of
from accord.indicators.scores import Scale, ScaledTest

_DISTANCE = "distance"


@dataclass(frozen=True)
class Reach:
    """What the scores of each place's students can add up to: `least` and `most`.

    `furthest` is how far apart the scores of one of them can be.
    """

    least: Whole
    most: Whole
    furthest: Whole


def reach_of(
    definition: Definition,
    period: str,
    places: Places,
    tests: Mapping[str, ScaledTest],
    sums: tuple[Whole, Whole],
) -> Reach:
    """What every reader knows of the sums of scores, one for each place.

    `sums` are the scores added up and the students with one. How many students of each grade there
    are counts as known, so all grades together reach no further than their grades.
    """
    low, high = _obtainable(definition, period, places, tests, sums)
    students = sums[1]
    own = np.stack([students * low, students * high])
    furthest = high - low
    key = places.organisation * len(places.groups) + places.group
    size = len(places.organisations) * len(places.groups)
    graded = (places.grade > 0) & (students > 0)
    within = [
        np.bincount(key[graded], weights=numbers[graded], minlength=size).astype(np.int64)[key]
        for numbers in (students, *own)
    ]
    widest = np.zeros(size, dtype=np.int64)
    np.maximum.at(widest, key[graded], furthest[graded])
    told = (places.grade == 0) & (within[0] == students)
    return Reach(
        np.where(told, within[1], own[0]),
        np.where(told, within[2], own[1]),
        np.where(told, widest[key], furthest),
    )


def _obtainable(
    definition: Definition,
    period: str,
    places: Places,
    tests: Mapping[str, ScaledTest],
    sums: tuple[Whole, Whole],
) -> tuple[Whole, Whole]:
    """The lowest and the highest score of a student, one of each for each place.

    `sums` are as above. Of the tests that the definition
    names it is the one whose scores hold every mean. Where none does, the lowest and the highest
    mean are taken: a reader can't know more of the scale than that.
    """
    total, students = sums
    some = students > 0
    for scales in _scales(definition, period, tests):
        low, high = _ends(definition, scales)
        by_grade = np.array(
            [(low.get(grade, min(low.values())), high.get(grade, max(high.values())))
             for grade in places.grades]
        )  # fmt: skip
        least, most = by_grade[places.grade].T
        if ((total >= students * least) & (total <= students * most))[some].all():
            return least, most
    means = total[some] / students[some] if some.any() else np.zeros(1)
    lowest, highest = int(np.floor(means.min())), int(np.ceil(means.max()))
    return np.full(len(total), lowest), np.full(len(total), highest)


def _scales(
    definition: Definition, period: str, tests: Mapping[str, ScaledTest]
) -> Iterator[dict[str, Scale]]:
    """The scales by grade of each test and subject that the definition's population names."""
    for test in _constants(definition.population, "test"):
        for subject in _constants(definition.population, "subject"):
            if test in tests:
                found = {grade: tests[test].scale(subject, grade, period) for grade in GRADES}
                scales = {grade: scale for grade, scale in found.items() if scale is not None}
                if scales:
                    yield scales


def _ends(
    definition: Definition, scales: Mapping[str, Scale]
) -> tuple[dict[str, int], dict[str, int]]:
    """The lowest and highest term of the sum by grade: a score, or its distance from standard."""
    assert definition.spread is not None
    (term,) = [each.term for each in definition.sums if each.name == definition.spread.total]
    is_distance = _DISTANCE in columns_of(term)
    zero = {grade: (scale.standard or 0) if is_distance else 0 for grade, scale in scales.items()}
    return (
        {grade: scale.lowest - zero[grade] for grade, scale in scales.items()},
        {grade: scale.highest - zero[grade] for grade, scale in scales.items()},
    )


def _constants(node: Node, column: str) -> list[str]:
    """The constants that a condition compares a column with, each once."""
    match node:
        case IsIn(Named(name), choices) if name == column:
            return [str(choice.value) for choice in choices]
        case Compare("=", Named(name), Literal(value)) if name == column:
            return [str(value)]
    found = [value for part in parts_of(node) for value in _constants(part, column)]
    return list(dict.fromkeys(found))
