"""What the canonical form of a made-up definition tells of its two columns, term by term."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from accord.audit.forms import Column, Form, read_form

Tree = Any
ONE, ZERO = ["integer", "1"], ["integer", "0"]
TEST = ["=", ["column", "test"], ["text", "T"]]
SUBJECT = ["in", ["column", "subject"], [["text", "S"]]]
GRADE_3, MET = ["=", ["column", "grade"], ["integer", "3"]], [">=", ["column", "level"], ONE]
POPULATION = ["and", TEST, SUBJECT]


def counts(*when: Tree, then: Tree = ONE, otherwise: Tree = ZERO) -> Tree:
    """A term that adds one where a condition holds."""
    return ["case", [[condition, then] for condition in when], otherwise]


def form(term: Tree, /, **changes: Tree) -> Form:
    """Of a rate among all who took a test, whose numerator is a sum of this term."""
    meaning = {
        "definition": "made", "version": "2.1", "fact": "results", "unit": "percent",
        "population": POPULATION, "groups": ["g"], "sums": {"members": ONE, "counted": term},
        "numerator": ["column", "counted"], "denominator": ["column", "members"],
    }  # fmt: skip
    return read_form(meaning | changes, changes.get("tests", {}))


def counted(term: Tree, /, **changes: Tree) -> set[str] | None:
    """The conditions under which the numerator counts, besides those of everybody."""
    found = form(term, **changes).columns["numerator"].counted
    everybody = form(term, **changes).columns["denominator"].counted
    assert everybody is not None
    return None if found is None else set(found - everybody)


def test_everybody_who_is_counted_is_of_the_population_the_fact_and_its_groups() -> None:
    made = form(counts(MET))
    assert (made.reference, made.fact, made.unit, made.is_rate) == (
        "made@2.1", "results", "percent", True
    )  # fmt: skip
    everybody = made.columns["denominator"].counted
    assert everybody is not None
    told = [json.loads(each) for each in everybody]
    assert len(told) == 3
    assert TEST in told
    assert SUBJECT in told
    assert any(each[:2] == ["fact", "results"] for each in told)
    other = form(counts(MET), groups=["h"]).columns["denominator"].counted
    assert other is not None
    assert len(everybody & other) == 2


@pytest.mark.parametrize(
    ("term", "told"),
    [
        (counts(MET), [MET]),
        (counts(["and", MET, GRADE_3]), [MET, GRADE_3]),
        (counts(["and", ["boolean", "true"], ["and", GRADE_3, MET]]), [MET, GRADE_3]),
        (counts(["boolean", "true"]), []),
        (counts(["or", MET, GRADE_3]), [["or", MET, GRADE_3]]),
        (ONE, []),
    ],
)
def test_who_is_counted_meets_each_condition(term: Tree, told: list[Tree]) -> None:
    assert counted(term) == {json.dumps(each) for each in told}


@pytest.mark.parametrize(
    "term",
    [
        ["column", "days"],
        ["integer", "2"],
        counts(MET, then=["integer", "2"]),
        counts(MET, then=["column", "days"]),
        counts(MET, otherwise=ONE),
        counts(MET, GRADE_3),
        ["sum", [[MET, ONE]], ZERO],
    ],
    ids=["a number", "two each", "two", "days", "the others too", "two cases", "no case"],
)
def test_a_term_that_adds_anything_but_one_or_nothing_counts_nobody(term: Tree) -> None:
    column = form(term).columns["numerator"]
    assert (column.counted, column.is_sum) == (None, True)


def numerator(term: Tree, /, **changes: Tree) -> Column:
    return form(term, **changes).columns["numerator"]


def test_a_sum_is_known_by_its_term_its_population_its_fact_and_its_groups() -> None:
    """Not by its name, nor by what else the definition sums."""
    key = numerator(counts(MET)).key
    assert key != form(counts(MET)).columns["denominator"].key
    for change in ({"population": TEST}, {"fact": "others"}, {"groups": ["h"]}):
        assert numerator(counts(MET), **change).key != key
    sums = {"members": counts(GRADE_3), "own": counts(MET)}
    assert numerator(ONE, sums=sums, numerator=["column", "own"]).key == key
    assert numerator(counts(MET), definition="other", version="1.0").key == key


def test_an_expression_over_sums_is_none_and_known_by_all_of_them() -> None:
    share = {"numerator": ["/", ["column", "counted"], ["column", "members"]]}
    column = numerator(counts(MET), **share)
    assert (column.is_sum, column.counted) == (False, None)
    assert numerator(counts(MET), **share).key == column.key
    assert numerator(counts(GRADE_3), **share).key != column.key
    assert numerator(counts(MET), numerator=["-", *share["numerator"][1:]]).key != column.key


def scale(lowest: int, highest: int, standard: int | None) -> SimpleNamespace:
    return SimpleNamespace(lowest=lowest, highest=highest, standard=standard)


def made_test(name: str, **subjects: list[dict[str, SimpleNamespace]]) -> SimpleNamespace:
    versions = {
        subject: [SimpleNamespace(scores=scores) for scores in some]
        for subject, some in subjects.items()
    }
    return SimpleNamespace(id=name, subjects=versions)


FIRST = {"3": scale(100, 200, 150), "4": scale(110, 260, None)}
SECOND = {"3": scale(90, 190, 130)}
WIDE = {"3": scale(0, 999, 500)}
TESTS = {"T": made_test("T", S=[FIRST, SECOND], other=[WIDE]), "U": made_test("U", S=[WIDE])}


def scores(term: Tree, /, **changes: Tree) -> tuple[int, int] | None:
    return form(term, **({"unit": "points", "tests": TESTS} | changes)).scores


def test_scores_lie_between_the_ends_of_every_scale_that_is_named() -> None:
    """Of test T and subject S alone, in both of its versions and in every grade."""
    assert scores(["column", "scale_score"]) == (90, 260)
    assert scores(counts(MET, then=["column", "scale_score"])) == (90, 260)


def test_distances_lie_as_far_from_the_standard_where_there_is_one() -> None:
    """100 − 150 and 190 − 130; grade 4 has no standard."""
    assert scores(["column", "distance"]) == (-50, 60)


def test_what_is_no_score_or_of_no_known_test_has_no_ends() -> None:
    assert scores(["column", "days"]) is None
    assert scores(["column", "scale_score"], unit="percent") is None
    assert scores(["column", "scale_score"], tests={}) is None
    assert scores(["column", "scale_score"], population=SUBJECT) is None
    assert scores(["column", "scale_score"], population=TEST) is None
