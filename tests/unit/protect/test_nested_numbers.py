"""Which numbers are hidden together: those of which one is part of another, and no others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from accord.cells.places import Flags
from accord.indicators.definition import Definition
from accord.station.protect import family
from accord.station.protect.costs import Costs
from accord.station.protect.nesting import nested
from accord.station.protect.quantity import Quantity
from adversary.gate import catalogue
from unit.protect.made_sums import Place, Sums
from unit.protect.test_protected_numbers import RULES, numbers, raw_of

MET, ADVANCED, MEAN = (
    "met-standard-mathematics", "advanced-mathematics", "mean-scale-score-mathematics"
)  # fmt: skip


def results(of: int, met: int, advanced: int) -> dict[str, Sums]:
    return {
        MET: {"members": of, "met": met},
        ADVANCED: {"members": of, "advanced": advanced},
        MEAN: {"members": of, "scores": 2500 * of, "squared_scores": 0},
    }


def sizes(monkeypatch: pytest.MonkeyPatch, folder: Path, *ids: str) -> list[int]:
    """How many places are hidden together, each time that something is."""
    found: list[int] = []
    hide = family.hide

    def noted(quantity: Quantity) -> Flags:
        found.append(len(quantity.values))
        return hide(quantity)

    monkeypatch.setattr(family, "hide", noted)
    cells: dict[Place, dict[str, Sums]] = {("", "", "all"): results(400, 200, 60)}
    raw = raw_of(folder, cells, *ids, groups=("all",))
    family.guard(raw, RULES, catalogue().tests, Costs())
    return found


def test_the_highest_level_is_hidden_together_with_having_met_the_standard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A mean is by itself."""
    assert sizes(monkeypatch, tmp_path, MEAN, ADVANCED, MET) == [1, 2]
    assert sizes(monkeypatch, tmp_path, ADVANCED, MEAN) == [1, 1]


def test_numbers_of_two_subjects_are_hidden_apart() -> None:
    known = {
        each: catalogue().definition(f"{each}@1.0") for each in (MET, ADVANCED, "advanced-ela")
    }
    assert list(nested([known[MET], known[ADVANCED]])) == [(1, 0)]
    assert list(nested([known[ADVANCED], known["advanced-ela"]])) == []
    assert list(nested([known[MET]])) == []


def test_of_two_that_ask_for_the_same_the_first_is_the_part() -> None:
    met: Definition = catalogue().definition(f"{MET}@1.0")
    assert list(nested([met, met])) == [(0, 1)]
    assert list(nested([met, met, met])) == [(0, 1), (0, 2), (1, 2)]


@pytest.mark.parametrize(("students", "width"), [(1, 20), (2, 710 + 20), (3, 2 * 710 + 20)])
def test_of_few_students_all_but_one_may_collude(students: int, width: int, tmp_path: Path) -> None:
    """Scores go from 2190 to 2900; who is left has 20 points of room."""
    cells: dict[Place, dict[str, Sums]] = {("", "", "all"): results(students, 0, 0)}
    (mean,) = numbers(tmp_path, cells, MEAN, groups=("all",))
    scale = int(mean.values[0]) // (2500 * students)
    assert mean.interval.width.tolist() == [width * scale]
    assert np.array_equal(mean.students, [students])
