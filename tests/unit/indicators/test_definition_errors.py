"""Definitions that make no sense: file, line, field and what to do."""

from __future__ import annotations

import pytest

from accord.base.errors import InputError
from support.definitions import WRITTEN, Read


@pytest.mark.parametrize(
    ("old", "new", "field", "told"),
    [
        ("fact: student_year", "fact: student_years", "fact", "Did you mean “student_year”?"),
        ("version: 1.0", "version: one", "version", "A version is written like 1.0."),
        ("long-absence", "Long Absence", "definition", "An id is small letters and digits"),
        ("unit: percent", "unit: share", "unit", "This is not one of the choices."),
        ("decimals: 1", "decimals: 7", "decimals", "less than or equal to 6"),
        ("title: Long absence\n", "", "title", "“title” is missing."),
        ("direction: lower", "directon: lower", "directon", "Did you mean “direction”?"),
        ("strand:", "grades: [13]\nstrand:", "grades[1]", "A grade is one of TK, K, 1"),
        ("value: 20", "value: many", "constants.long.value", "valid decimal"),
        ("from: 2020-21", "from: '2020'", "constants.long.from", "A school year is written like"),
        ("days_expected > 0", "days_expect > 0", "population", "did you mean “days_expected”?"),
        ("days_expected > 0", "days_expected", "population", "A condition is expected here"),
        ("days_expected > 0", "organisation = 'S'", "population", "it names the cell"),
        ("days_expected > 0", "student = 'S'", "population", "it names the cell"),
        ("days_expected > 0", "gender / 2 > 1", "population", "Rows are never divided"),
        ("days_expected > 0", "gender + 2 > 1", "population", "one side is text"),
        ("days_expected > 0", "gender = 'W'", "population", "“W” is no code of gender"),
        ("days_absent >= long", "gender", "sums.away", "Text can't be added up"),
        ("days_absent >= long", "days_absent / 2", "sums.away", "Rows are never divided"),
        (
            "days_absent >= long",
            "days_absent * days_absent * days_absent * days_absent * days_absent",
            "sums.away",
            "could grow to",
        ),
        ("  away:", "  members:", "sums.members", "“members” already means something."),
        ("  away:", "  Away:", "sums.Away", "A name is small letters"),
        ("  long:", "  grade:", "constants.grade", "“grade” already means something."),
        ("numerator: away", "numerator: awya", "numerator", "did you mean “away”?"),
        ("numerator: away", "numerator: days_absent", "numerator", "add it up under “sums”"),
        ("numerator: away", "numerator: away > 3", "numerator", "A number is expected here"),
        ("numerator: away", "numerator: members", "sums.away", "Nothing uses the sum “away”."),
        ("value: 100 *", "value: away *", "value", "no part of the value “away”"),
        ("strand:", "groups: {fosters: foster}\nstrand:", "groups", "Did you mean “foster”?"),
        ("strand:", "groups: {white: foster}\nstrand:", "groups.white", "can't be redefined"),
        ("strand:", "groups: {all: foster}\nstrand:", "groups.all", "can't be redefined"),
        ("strand:", "groups: {foster: 3}\nstrand:", "groups.foster", "A condition is expected"),
        ("[rules/stability]", "[rules/stabilty]", "rests_on", "Did you mean “rules/stability”?"),
        ("interval: wilson", "interval: t", "interval", "needs to know the spread"),
        ("unit: percent", "unit: points", "interval", "A Wilson interval is for percentages."),
        (
            "strand:",
            "spread: {count: members, total: score, squares: away}\nstrand:",
            "spread",
            "There is no sum “score”.",
        ),
    ],
)
def test_nonsense_is_named(read: Read, old: str, new: str, field: str, told: str) -> None:
    changed = WRITTEN.replace(old, new)
    assert changed != WRITTEN
    with pytest.raises(InputError) as caught:
        read(changed)
    found = [problem for problem in caught.value.problems if problem.field == field]
    assert found, caught.value
    assert told in f"{found[0].what} {found[0].remedy}"
    assert found[0].file.endswith("definition.yaml")
    assert found[0].line is not None


def test_the_line_is_the_line_of_the_expression(read: Read) -> None:
    with pytest.raises(InputError) as caught:
        read(WRITTEN.replace("days_absent >= long", "days_gone >= long"))
    (problem,) = caught.value.problems
    assert WRITTEN.splitlines()[(problem.line or 0) - 1].startswith("  away:")


def test_every_problem_is_told_at_once(read: Read) -> None:
    changed = WRITTEN.replace("days_expected > 0", "days_expct > 0")
    changed = changed.replace("days_absent >=", "days_absnt >=")
    changed = changed.replace("denominator: members", "denominator: member")
    with pytest.raises(InputError) as caught:
        read(changed)
    assert [problem.field for problem in caught.value.problems] == [
        "population",
        "sums.away",
        "denominator",
    ]


def test_variants_fill_in_words(read: Read) -> None:
    text = WRITTEN.replace("long-absence", "long-absence-{kind}")
    text = text.replace("days_expected > 0", "gender = '{code}'")
    variants = "variants:\n  f: {kind: girls, code: F}\n  m: {kind: boys, code: M}\n"
    girls, boys = read(text + variants)
    (alone,) = read(text.replace("{kind}", "girls").replace("{code}", "F"))
    assert (girls.id, boys.id) == ("long-absence-girls", "long-absence-boys")
    assert girls.hash == alone.hash


def test_a_variant_without_its_word(read: Read) -> None:
    with pytest.raises(InputError) as caught:
        read(WRITTEN.replace("for long?", "{kind}?") + "variants:\n  f: {code: F}\n")
    (problem,) = caught.value.problems
    assert problem.what == "The variant has no word for “{kind}”."
    assert problem.field == "variants.f"


@pytest.mark.parametrize("broken", ["variants: 3", "variants: [1]", "variants: {f: 3}"])
def test_broken_variants(read: Read, broken: str) -> None:
    with pytest.raises(InputError) as caught:
        read(WRITTEN + broken + "\n")
    assert caught.value.problems[0].field.startswith("variants")
