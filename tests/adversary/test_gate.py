"""What leaves generated districts keeps the rules in plain sight; `test_random_sets` attacks it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.station.protect.protect import protect_release
from adversary.gate import catalogue, charter, measured, narrowed

IDS = (
    "met-standard-mathematics",
    "mean-scale-score-mathematics",
    "test-participation-mathematics",
    "chronic-absenteeism",
    "suspension-rate",
)
MOVING = (0.0, 0.03, 0.2)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_small_or_extreme_is_in_sight(seed: int, tmp_path: Path) -> None:
    """Every third district has students of one school only, where schools add up exactly."""
    chance = np.random.default_rng(seed)
    moving = MOVING[seed % 3]
    agreement = narrowed(charter(school_grades=seed % 2 == 1), *IDS)
    protected = protect_release(
        measured(
            tmp_path,
            seed,
            size=int(chance.choice([300, 1200, 4000 if seed % 2 == 0 else 600])),
            schools=(int(chance.integers(1, 5)), int(chance.integers(1, 3)), 1),
            moving=moving,
            ids=IDS,
        ),
        charter=agreement,
        catalogue=catalogue(),
        audience="partners",
    )
    assert not too_small_or_extreme(protected.table)
    assert protected.table.counts()[State.SUPPRESSED] > 0
    assert protected.table.counts()[State.PUBLISHED] > 0


def too_small_or_extreme(table: CellTable) -> list[str]:
    """What breaks the charter's rules in plain sight."""
    rules, found = charter().disclosure, []
    for cell in table.where(state=State.PUBLISHED):
        assert cell.numerator is not None
        assert cell.denominator is not None
        rest = cell.denominator - cell.numerator
        is_rate = catalogue().definition(cell.definition).unit == "percent"
        if cell.denominator < rules.minimum or (
            is_rate and min(cell.numerator, rest) < rules.threshold
        ):
            found.append(f"{cell.indicator} {cell.school} {cell.grade} {cell.group}")
    return found
