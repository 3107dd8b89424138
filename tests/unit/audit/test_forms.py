"""What follows from the written form of definitions: which counts are part of which."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accord.audit.forms import Column, is_part, read_form, unknown_form
from accord.indicators.catalogue import load_catalogue

DISTANCE, GRADE = ["column", "distance"], ["column", "grade"]
Condition = list[Any]


def at_least(bar: int, column: Condition = DISTANCE) -> Condition:
    return [">=", column, ["integer", str(bar)]]


def equals(value: str, column: Condition = GRADE) -> Condition:
    return ["=", column, ["text", value]]


def counted(key: str, *conditions: Condition) -> Column:
    return Column(key, True, frozenset(json.dumps(each) for each in conditions))


@pytest.mark.parametrize(
    ("part", "whole", "follows"),
    [
        ([at_least(80)], [at_least(0)], True),
        ([at_least(0)], [at_least(0)], True),
        ([at_least(0)], [at_least(80)], False),
        ([at_least(80, GRADE)], [at_least(0)], False),
        ([at_least(0), equals("3")], [at_least(0)], True),
        ([at_least(0)], [at_least(0), equals("3")], False),
        ([at_least(0)], [], True),
        ([equals("3")], [at_least(0, GRADE)], False),
        ([[">=", DISTANCE, GRADE]], [at_least(0)], False),
        ([at_least(0)], [[">=", DISTANCE, GRADE]], False),
    ],
)
def test_whoever_reaches_a_bar_reaches_a_lower_one(
    part: list[Condition], whole: list[Condition], follows: bool
) -> None:
    assert is_part(counted("part", *part), counted("whole", *whole)) is follows


@pytest.mark.parametrize(
    ("known", "follows"),
    [
        (at_least(0), True),
        (equals("3", DISTANCE), True),
        (at_least(0, GRADE), False),
        (["<", DISTANCE, ["integer", "0"]], False),
    ],
)
def test_what_is_compared_is_there(known: Condition, follows: bool) -> None:
    there = ["not", ["is null", DISTANCE]]
    assert is_part(counted("part", known), counted("whole", there)) is follows


@pytest.mark.parametrize(("grade", "follows"), [("3", True), ("11", False)])
def test_who_is_in_another_grade_is_not_left_out(grade: str, follows: bool) -> None:
    """Not (grade 11 and a distance): nobody of grade 3 is meant."""
    left_out = ["not", ["and", equals("11"), at_least(0)]]
    assert is_part(counted("part", equals(grade)), counted("whole", left_out)) is follows


def test_nothing_follows_for_sums_that_count_nobody_or_are_the_same() -> None:
    one, points = counted("one", at_least(0)), Column("points", True, None)
    assert not is_part(points, one)
    assert not is_part(one, points)
    assert not is_part(one, counted("one", at_least(0)))


def test_the_forms_of_the_catalogue() -> None:
    known = load_catalogue()
    meaning = {
        name: json.loads(json.dumps(known.definition(f"{name}@1.0").meaning))
        for name in ("met-standard-mathematics", "advanced-mathematics", "advanced-ela",
                     "mean-scale-score-mathematics", "distance-from-standard-mathematics")
    }  # fmt: skip
    form = {name: read_form(each, known.tests) for name, each in meaning.items()}
    met, advanced, mean = (
        form[name] for name in ("met-standard-mathematics", "advanced-mathematics",
                                "mean-scale-score-mathematics")
    )  # fmt: skip
    assert met.reference == "met-standard-mathematics@1.0"
    assert (met.is_rate, mean.is_rate) == (True, False)
    part, whole = met.columns["numerator"], met.columns["denominator"]
    assert is_part(part, whole)
    assert not is_part(whole, part)
    assert is_part(advanced.columns["numerator"], part)
    assert not is_part(form["advanced-ela"].columns["numerator"], part)
    assert whole.key == advanced.columns["denominator"].key
    assert (mean.columns["numerator"].counted, mean.columns["numerator"].is_sum) == (None, True)


def test_scores_lie_on_the_scales_of_the_tests_that_are_named() -> None:
    """Of those, one begins at 150 and Smarter Balanced ends at 2900; a rate has no scores."""
    known = load_catalogue()
    mean, rate = (
        read_form(json.loads(json.dumps(known.definition(f"{name}@1.0").meaning)), known.tests)
        for name in ("mean-scale-score-mathematics", "met-standard-mathematics")
    )
    assert mean.scores == (150, 2900)
    assert rate.scores is None


def test_of_an_unknown_definition_only_its_two_sums_are_known() -> None:
    form = unknown_form("own-rate@1.0", is_rate=True)
    assert form.is_rate
    assert not unknown_form("own-mean@1.0", is_rate=False).is_rate
    assert form.columns["numerator"] == Column("own-rate@1.0 numerator", True, None)
    assert form.columns["denominator"].key != form.columns["numerator"].key
