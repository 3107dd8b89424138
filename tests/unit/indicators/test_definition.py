"""What a definition says of a cell, and what its hash covers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from accord.base.canonical import content_hash
from accord.indicators.catalogue import Catalogue
from accord.indicators.groups import intersection
from accord.indicators.language.canonical import as_text
from support.definitions import WRITTEN, Read


def test_a_cell_has_a_numerator_a_denominator_and_a_value(read: Read) -> None:
    (definition,) = read(WRITTEN)
    sums = {"members": Fraction(16), "away": Fraction(13)}
    assert definition.numerator_of(sums) == 13
    assert definition.denominator_of(sums) == 16
    value = definition.value_of(sums)
    assert value == Fraction(8125, 100)
    assert definition.rounded(value) == Decimal("81.3")


def test_nothing_to_divide_by_is_not_applicable(read: Read) -> None:
    (definition,) = read(WRITTEN)
    assert definition.value_of({"members": Fraction(0), "away": Fraction(0)}) is None


def test_the_value_needs_no_more_than_a_released_cell_has(read: Read) -> None:
    (definition,) = read(WRITTEN)
    assert definition.value_from(Fraction(1), Fraction(3)) == Fraction(100, 3)
    assert definition.value_from(Fraction(1), Fraction(0)) is None


def test_a_condition_counts_the_rows_where_it_is_true(read: Read) -> None:
    (definition,) = read(WRITTEN)
    assert [as_text(item.term) for item in definition.sums] == [
        "1",
        "case when days_absent >= 20 then 1 else 0 end",
    ]


def test_grades_restrict_the_population(read: Read) -> None:
    (definition,) = read(WRITTEN + "grades: [K, 1, 12]\n")
    assert as_text(definition.population) == "days_expected > 0 and grade in (0, 1, 12)"
    assert definition.grades == ("K", "1", "12")


def test_a_group_can_mean_something_else_to_a_definition(read: Read, catalogue: Catalogue) -> None:
    (definition,) = read(WRITTEN + "groups: {english-learners: reclassified or english_learner}\n")
    learners, foster = catalogue.group("english-learners"), catalogue.group("foster")
    both = intersection("both", "Both", [foster, learners])
    assert as_text(both.predicate) == "foster and english_learner"
    assert as_text(definition.rule_of(learners)) == "reclassified or english_learner"
    assert as_text(definition.rule_of(foster)) == "foster"
    assert as_text(definition.rule_of(both)) == "foster and (reclassified or english_learner)"


def test_the_same_sum_has_the_same_key(read: Read) -> None:
    (one,) = read(WRITTEN)
    (other,) = read(WRITTEN.replace("long-absence", "other").replace("away", "gone"))
    assert one.sum_keys["members"] == other.sum_keys["members"]
    assert one.sum_keys["away"] == other.sum_keys["gone"]
    assert one.hash != other.hash
    assert all(len(key) == 14 and key.startswith("s_") for key in one.sum_keys.values())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days_expected > 0", "days_expected > 1"),
        ("strand:", "grades: [K]\nstrand:"),
        ("strand:", "groups: {foster: homeless}\nstrand:"),
        ("fact: student_year\n", "fact: student_year\n"),
    ],
)
def test_another_population_or_group_rule_is_another_sum(read: Read, old: str, new: str) -> None:
    (one,), (other,) = read(WRITTEN), read(WRITTEN.replace(old, new))
    same = one.sum_keys["members"] == other.sum_keys["members"]
    assert same == (old == new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("long-absence", "longer-absence"),
        ("version: 1.0", "version: 1.1"),
        ("title: Long absence", "title: Absence"),
        ("value: 20", "value: 21"),
        (">= long", "> long"),
        ("days_expected > 0", "days_expected >= 1"),
        ("denominator: members", "denominator: members + away"),
        ("value: 100 *", "value: 10 *"),
        ("unit: percent", "unit: points\n# "),
        ("decimals: 1", "decimals: 2"),
        ("direction: lower", "direction: higher"),
        ("data_statuses: [certified]", "data_statuses: [preliminary]"),
        ("levels: [district, school]", "levels: [district]"),
        ("interval: wilson", "interval: none"),
        ("rests_on: [rules/stability]", "rests_on: [rules/suspension]"),
        ("strand:", "grades: [K]\nstrand:"),
        ("strand:", "groups: {foster: homeless}\nstrand:"),
        ("strand:", "spread: {count: members, total: away, squares: away}\nstrand:"),
    ],
)
def test_the_hash_covers_what_a_number_means(read: Read, old: str, new: str) -> None:
    changed = WRITTEN.replace(old, new)
    if "points" in new:
        changed = changed.replace("wilson", "none")
    before = WRITTEN.replace("wilson", "none") if "points" in new else WRITTEN
    assert changed != before
    assert read(before)[0].hash != read(changed)[0].hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("question: Who was away for long?", "question: Who?"),
        ("plain: The share of", "plain: Share of"),
        ("strand: attendance", "strand: climate"),
        ("timing: leading", "timing: lagging"),
        ("source: a test\nstanding", "source: another\nstanding"),
        ("standing: unverified\n", "standing: documented\n"),
        ("days_absent >= long", "(days_absent >= 20)"),
        ("days_absent >= long", "DAYS_ABSENT>=20"),
        ("value: 20", "value: 20.0"),
    ],
)
def test_the_hash_leaves_wording_and_spelling_free(read: Read, old: str, new: str) -> None:
    changed = WRITTEN.replace(old, new)
    assert changed != WRITTEN
    assert read(WRITTEN)[0].hash == read(changed)[0].hash


def test_the_hash_is_that_of_the_meaning(read: Read) -> None:
    (definition,) = read(WRITTEN)
    assert definition.hash == content_hash(definition.meaning)


def test_the_standard_error_of_a_mean(catalogue: Catalogue) -> None:
    """2400, 2410 and 2430: mean 2413.33…, squared deviations 466.66…, variance 233.33…; divided by
    three, 77.77…, whose root is 8.8192."""
    definition = catalogue.definition("mean-scale-score-ela@1.0")
    scores = [2400, 2410, 2430]
    sums = {
        "members": Fraction(3),
        "scores": Fraction(sum(scores)),
        "squared_scores": Fraction(sum(score * score for score in scores)),
    }
    error = definition.standard_error_of(sums)
    assert error is not None
    assert round(error, 4) == Decimal("8.8192")
    assert definition.standard_error_of({**sums, "members": Fraction(1)}) is None


def test_the_standard_error_shrinks_with_the_share_that_has_scores(catalogue: Catalogue) -> None:
    """Two students, 0 and 20 points: variance 200, over two 100, root 10. With two more counted at
    a fixed number the mean of four moves half as much."""
    definition = catalogue.definition("distance-from-standard-ela@1.0")
    sums = {
        "members": Fraction(4),
        "took_part": Fraction(2),
        "scored": Fraction(2),
        "distances": Fraction(20),
        "squared_distances": Fraction(400),
        "lowest_distances": Fraction(-600),
    }
    assert definition.denominator_of(sums) == 4
    assert definition.standard_error_of(sums) == Decimal(5)


def test_a_rate_has_no_standard_error(read: Read) -> None:
    (definition,) = read(WRITTEN)
    assert definition.standard_error_of({"members": Fraction(9), "away": Fraction(3)}) is None
