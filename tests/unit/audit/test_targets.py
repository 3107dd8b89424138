"""How well a number must stay hidden, and when two tables keep it so: by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from accord.audit.targets import COUNT, MEAN, REST, Ends, Targets, mean_needs, rate_needs
from accord.charter.model import Disclosure
from accord.indicators.bands import Bands
from accord.indicators.catalogue import load_catalogue

RULES = Disclosure(minimum=11, threshold=3, colluders=2)


def targets(*rows: tuple[int, int, int, int, int, int]) -> Targets:
    """From (kind, part, whole, definition, width, reach)."""
    return Targets(*np.array(rows, dtype=np.int64).T)


def is_met(kind: int, low: list[int], high: list[int], *, width: int, reach: int = 0) -> bool:
    """Whether two tables with these (part, whole) keep a number hidden."""
    one = targets((kind, 0, 1, 0, width, reach))
    return bool(one.met_by(np.array([low]), np.array([high]))[0])


def test_a_rest_is_its_whole_less_its_part() -> None:
    three = targets((COUNT, 0, 1, 0, 1, 0), (REST, 0, 1, 0, 1, 0), (MEAN, 0, 1, 0, 1, 0))
    assert three.values(np.array([7, 20])).tolist() == [7, 13, 7]
    assert (len(three), three.only(np.array([1])).kind.tolist()) == (3, [REST])


@pytest.mark.parametrize(("high", "met"), [(3, True), (2, False), (0, False)])
def test_a_count_must_differ_by_its_width(high: int, met: bool) -> None:
    assert is_met(COUNT, [0, 20], [high, 20], width=3) is met


def test_a_rest_must_differ_by_its_width() -> None:
    assert is_met(REST, [19, 20], [16, 20], width=3)
    assert not is_met(REST, [18, 20], [16, 20], width=3)


@pytest.mark.parametrize(
    ("whole", "reach", "met"),
    [(20, 2, True), (20, 3, False), (2, 3, True), (3, 3, False), (0, 1, True)],
)
def test_the_higher_one_must_reach_far_enough_or_be_all_there_are(
    whole: int, reach: int, met: bool
) -> None:
    """Of 20 students two are nearly nobody, of two they are everybody."""
    assert is_met(COUNT, [0, whole], [2, whole], width=2, reach=reach) is met


def test_a_single_student_who_is_counted_is_everybody() -> None:
    assert is_met(COUNT, [0, 1], [1, 1], width=1, reach=3)
    assert not is_met(COUNT, [0, 0], [0, 0], width=0, reach=3)


@pytest.mark.parametrize(("width", "met"), [(500, True), (501, False), (0, True)])
def test_means_differ_by_thousandths_of_a_point(width: int, met: bool) -> None:
    """5001 points over two students are half a point above 2500 over one."""
    assert is_met(MEAN, [2500, 1], [5001, 2], width=width) is met


def test_means_may_differ_by_several_points() -> None:
    assert is_met(MEAN, [2500, 1], [2503, 1], width=3000)
    assert not is_met(MEAN, [2500, 1], [2503, 1], width=3001)


def test_equal_means_and_means_of_nobody_do_not_differ() -> None:
    assert not is_met(MEAN, [2500, 1], [5000, 2], width=0)
    assert not is_met(MEAN, [2501, 1], [5000, 2], width=0)
    assert not is_met(MEAN, [0, 0], [2500, 1], width=0)
    assert not is_met(MEAN, [2500, 1], [9000, 0], width=0)


def test_one_number_hidden_twice_has_the_widest_requirement() -> None:
    joined = Targets.joined(
        [
            targets((COUNT, 4, 5, 0, 1, 3), (REST, 4, 5, 0, 2, 0)),
            targets((COUNT, 4, 5, 1, 3, 0), (COUNT, 3, 5, 1, 3, 0)),
            targets((COUNT, 4, 5, 2, 3, 2)),
        ]
    )
    assert np.stack(joined.columns).T.tolist() == [
        [COUNT, 3, 5, 1, 3, 0],
        [COUNT, 4, 5, 2, 3, 2],
        [REST, 4, 5, 0, 2, 0],
    ]
    assert len(Targets.joined([])) == 0


def rate(*, low: int, high: int, whole: int, students: int, scale: int = 1) -> Ends:
    """One count between two ends, of a whole that is known."""
    ends = (low, high, whole, whole, students)
    return Ends(*(np.array([end * scale]) for end in ends[:4]), np.array([ends[4]]))


@pytest.mark.parametrize(
    ("ends", "width", "reach"),
    [
        (rate(low=3, high=8, whole=11, students=11), 1, 0),
        (rate(low=3, high=8, whole=11, students=10), 3, 3),
        (rate(low=2, high=8, whole=11, students=11), 3, 3),
        (rate(low=3, high=9, whole=11, students=11), 3, 3),
        (rate(low=0, high=2, whole=2, students=2), 2, 3),
    ],
    ids=["plainly safe", "too few", "perhaps nobody", "perhaps everybody", "two students"],
)
def test_a_hidden_count_is_kept_from_two_colluders(ends: Ends, width: int, reach: int) -> None:
    found = rate_needs(ends, RULES, 1, is_hidden=True)
    assert [each.tolist() for each in found] == [[width], [reach]]


def test_a_complement_that_is_plainly_safe_needs_nothing() -> None:
    plain = rate(low=3, high=8, whole=11, students=11)
    assert rate_needs(plain, RULES, 1, is_hidden=False)[0].tolist() == [0]


def test_days_are_counted_in_hundredths() -> None:
    few = rate(low=0, high=100, whole=100, students=5, scale=100)
    assert [each.tolist() for each in rate_needs(few, RULES, 100, is_hidden=True)] == [[300], [300]]


def test_a_mean_stays_as_open_as_the_band_of_its_size() -> None:
    """5 points from 50 students on, 40 from 20, 20 from 5; the widest where there may be fewer.
    A group that has students enough was hidden beside others: its mean must not be exact."""
    like = load_catalogue().bands.means[0]
    means = [
        like.model_copy(update={"fewest": fewest, "width": Decimal(width)})
        for fewest, width in ((50, 5), (20, 40), (5, 20))
    ]
    students = np.array([0, 4, 5, 19, 20, 49, 50])
    ends = Ends(*(np.zeros(7, dtype=np.int64) for _ in range(4)), students)
    widths = [40_000, 40_000, 20_000, 20_000, 40_000, 40_000, 5_000]
    assert mean_needs(ends, Disclosure(minimum=51), Bands((), means)).tolist() == widths
    assert mean_needs(ends, Disclosure(minimum=50), Bands((), means)).tolist() == [*widths[:-1], 0]
