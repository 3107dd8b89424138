"""A measure's numbers before protection: expressions over its sums, worked out cell by cell."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from unit.protect.made_sums import Sums
from unit.protect.test_protected_numbers import raw_of

DISTANCE = "distance-from-standard-mathematics"
AT_WORST = -330


def scored(expected: int, took_part: int, distances: int) -> dict[str, Sums]:
    """So many points away from the standard together; whoever was absent is at the lowest score."""
    return {
        DISTANCE: {
            "members": expected,
            "took_part": took_part,
            "scored": took_part,
            "distances": distances,
            "squared_distances": 0,
            "lowest_distances": (expected - took_part) * AT_WORST,
        }
    }


def test_a_number_is_what_its_definition_makes_of_each_cells_sums(tmp_path: Path) -> None:
    """Of 100 students 90 took part: 5 more count, at the lowest score, so that 95 % do."""
    cells = {("", "", "all"): scored(100, 90, 900), ("", "", "foster"): scored(20, 20, -40)}
    (measure,) = raw_of(tmp_path, cells, DISTANCE, groups=("all", "foster")).measures
    assert measure.denominator.exact == [Fraction(95), Fraction(20)]
    assert measure.numerator.exact == [Fraction(900 + 5 * AT_WORST), Fraction(-40)]
