"""Rules, tests and bands as shipped, and the checks on their files."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from accord.base.errors import InputError
from accord.indicators.bands import Band
from accord.indicators.catalogue import Catalogue
from accord.indicators.rules import read_rule
from accord.indicators.scores import read_test


def test_thresholds_of_smarter_balanced(catalogue: Catalogue) -> None:
    """Level 3 thresholds, as the state publishes them: they did not change with the range."""
    published = {
        "ela": (2432, 2473, 2502, 2531, 2552, 2567, 2583),
        "mathematics": (2436, 2485, 2528, 2552, 2567, 2586, 2628),
    }
    grades = ("3", "4", "5", "6", "7", "8", "11")
    for subject, thresholds in published.items():
        for period in ("2018-19", "2020-21", "2023-24"):
            scales = [catalogue.tests["sbac"].scale(subject, grade, period) for grade in grades]
            assert tuple(scale.standard for scale in scales if scale) == thresholds


def test_the_obtainable_range_depends_on_the_year(catalogue: Catalogue) -> None:
    sbac = catalogue.tests["sbac"]
    before = sbac.scale("mathematics", "8", "2019-20")
    after = sbac.scale("mathematics", "8", "2020-21")
    assert before is not None
    assert after is not None
    assert (before.lowest, before.highest) == (2265, 2802)
    assert (after.lowest, after.highest) == (2265, 2860)


def test_there_is_no_scale_for_what_is_not_tested(catalogue: Catalogue) -> None:
    sbac = catalogue.tests["sbac"]
    assert sbac.scale("mathematics", "9", "2023-24") is None
    assert sbac.scale("science", "8", "2023-24") is None
    assert sbac.scale("mathematics", "8", "2013-14") is None


def test_the_three_districts_test_has_no_standard_score(catalogue: Catalogue) -> None:
    scale = catalogue.tests["three-districts"].scale("reading", "10", "2024-25")
    assert scale is not None
    assert (scale.lowest, scale.standard, scale.highest) == (370, None, 917)


def test_rules(catalogue: Catalogue) -> None:
    assert catalogue.rules["suspension"].number("fewest_days") == 1
    assert catalogue.rules["suspension"].codes("actions") == {"suspension_out", "suspension_in"}
    assert catalogue.rules["stability"].number("fewest_days") == 245
    assert "T160" in catalogue.rules["stability"].codes("disqualifying")
    assert "E230" not in catalogue.rules["stability"].codes("disqualifying")
    assert catalogue.rules["continuous-enrolment"].number("longest_gap") == 30
    assert catalogue.rules["english-learners"].number("monitored_years") == 4
    assert catalogue.rules["reporting-sizes"].number("minimum") == 11


RULE = """\
rule: stays
title: Stays
plain: Stays.
numbers:
  days: {value: 3.0, unit: days, from: 2020-21, source: a, standing: unverified}
codes:
  kinds: {meaning: Kinds, source: b, standing: documented, values: {A: one, B: two}}
"""


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("value: 3.0", "value: 3", True),
        ("source: a", "source: z", True),
        ("title: Stays", "title: Stay", True),
        ("A: one", "A: other", True),
        ("value: 3.0", "value: 4", False),
        ("B: two", "C: two", False),
        ("rule: stays", "rule: stay", False),
    ],
)
def test_the_hash_of_a_rule_is_what_it_says(tmp_path: Path, old: str, new: str, same: bool) -> None:
    path, changed = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text(RULE, encoding="utf-8")
    changed.write_text(RULE.replace(old, new), encoding="utf-8")
    assert (read_rule(path).hash == read_rule(changed).hash) is same


TEST = """\
test: ours
name: Ours
levels: {1: Low, 2: High}
meets: 2
subjects:
  ela:
    - from: 2014-15
      to: 2019-20
      source: a
      standing: unverified
      scores: {3: {lowest: 1, standard: 5, highest: 9}}
    - from: 2020-21
      source: a
      standing: unverified
      scores: {3: {lowest: 0, standard: 5, highest: 9}}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("standard: 5, highest: 9}}\n    -", "standard: 10, highest: 9}}\n    -", "must not fall"),
        ("{3: {lowest: 0", "{13: {lowest: 0", "there is no grade “13”"),
        ("to: 2019-20", "to: 2020-21", "two scales of ela hold in 2020-21"),
        ("      to: 2019-20\n", "", "two scales of ela hold in 2020-21"),
    ],
)
def test_scales_that_make_no_sense(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert TEST.replace(old, new) != TEST
    path = tmp_path / "test.yaml"
    path.write_text(TEST, encoding="utf-8")
    assert read_test(path).scale("ela", "3", "2019-20") is not None
    path.write_text(TEST.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_test(path)
    assert told.lower() in str(caught.value).lower()


@pytest.mark.parametrize(
    ("percent", "students", "low", "high"),
    [
        ("0", 300, "0", "1"),
        ("1", 300, "0", "1"),
        ("1.01", 300, "1", "3"),
        ("3", 300, "3", "5"),
        ("99", 300, "99", "100"),
        ("98.99", 300, "97", "99"),
        ("2", 299, "0", "2"),
        ("50", 100, "50", "56"),
        ("97.9", 100, "92", "98"),
        ("5", 99, "0", "5"),
        ("64.9", 40, "50", "65"),
        ("65", 40, "65", "80"),
        ("95", 40, "95", "100"),
        ("33", 20, "10", "50"),
        ("50", 11, "20", "80"),
        ("23.45", 60000, "23.4", "23.5"),
        ("23.45", 1000, "23", "23.5"),
    ],
)
def test_bands(catalogue: Catalogue, percent: str, students: int, low: str, high: str) -> None:
    found = catalogue.bands.band_of(Fraction(percent), students)
    assert found == Band(Decimal(low), Decimal(high))


def test_too_few_students_have_no_band(catalogue: Catalogue) -> None:
    assert catalogue.bands.band_of(Fraction(50), 10) is None
    assert catalogue.bands.band_of_mean(Fraction(50), 10) is None


@pytest.mark.parametrize(
    ("points", "students", "low", "high"),
    [
        ("2451.5", 60000, "2451", "2452"),
        ("-22.6", 100, "-30", "-20"),
        ("-20", 100, "-20", "-10"),
        ("0", 40, "0", "20"),
        ("19.9", 11, "0", "40"),
    ],
)
def test_bands_of_means(
    catalogue: Catalogue, points: str, students: int, low: str, high: str
) -> None:
    found = catalogue.bands.band_of_mean(Fraction(points), students)
    assert found == Band(Decimal(low), Decimal(high))


def test_a_band_between_the_ends_never_gives_a_count_away(catalogue: Catalogue) -> None:
    """Four counts or more are possible in each, at the smallest groups of every size."""
    for size in catalogue.bands.sizes:
        for students in range(size.fewest, size.fewest + 9):
            counts: Counter[Band] = Counter()
            for count in range(students + 1):
                percent = Fraction(100 * count, students)
                band = catalogue.bands.band_of(percent, students)
                assert band is not None
                assert band.low <= percent <= band.high
                counts[band] += 1
            assert min(n for band, n in counts.items() if band.low > 0 and band.high < 100) >= 4
