"""What a reader takes for granted, and in which order it is given up."""

from __future__ import annotations

from itertools import product

import pytest

from accord.audit.assumed import Assumed

SUMS = "Numbers that are no plain sums don't add up, and were not added."
REVISED = "Figures were revised; what was said before was held apart from what is said now."
ALIKE = "Numbers that were the same by chance contradict others, and were held apart."
SCHOOLS = "Schools' totals contradict the district's, and were left out."


def test_all_of_it_comes_first_and_none_of_it_last() -> None:
    """Sums are given up before revisions are held apart, then schools' totals; and that numbers
    which agree are one, last of all."""
    found = Assumed().weaker
    assert [(each.alike, each.schools, each.unchanged, each.sums) for each in found] == list(
        product((True, False), repeat=4)
    )
    assert all(each.newest for each in found)


def test_what_was_given_up_is_not_taken_up_again_nor_whose_figures_count() -> None:
    assert Assumed(unchanged=False, newest=False, alike=False).weaker == [
        Assumed(True, False, True, False, False),
        Assumed(True, False, False, False, False),
        Assumed(False, False, True, False, False),
        Assumed(False, False, False, False, False),
    ]
    nothing = Assumed(False, False, False, alike=False)
    assert nothing.weaker == [nothing]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (Assumed(), []),
        (Assumed(sums=False), [SUMS]),
        (Assumed(unchanged=False), [REVISED]),
        (Assumed(schools=False), [SCHOOLS]),
        (Assumed(alike=False), [ALIKE]),
        (Assumed(False, False, False), [SUMS, REVISED, SCHOOLS]),
    ],
)
def test_what_had_to_be_given_up_is_said(kept: Assumed, told: list[str]) -> None:
    assert list(Assumed().given_up(kept)) == told


def test_what_was_never_assumed_is_not_given_up() -> None:
    nothing = Assumed(False, False, False)
    assert list(nothing.given_up(nothing)) == []
