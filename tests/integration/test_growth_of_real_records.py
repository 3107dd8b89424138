"""The reference's percentiles in sum and count: norms fitted and applied on real scores."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from accord.station.growth.norms import NormsAbout, fit_norms
from accord.station.growth.percentiles import UNKNOWN, growth_of
from real_data import BESIDE
from support.growth import wide_history

ABOUT = NormsAbout("three-districts", "reading", "2024-25", "reference")


def test_the_sum_and_the_count_are_the_references() -> None:
    path = Path(os.environ.get("ACCORD_REAL_DATA", BESIDE)) / "sgp" / "sgpData_WIDE.csv.gz"
    if not path.exists():
        pytest.skip(f"the real data is not there ({path.name}); set ACCORD_REAL_DATA")
    history = wide_history(path)
    norms = fit_norms(history, ABOUT)
    assert {grade: list(fits) for grade, fits in norms.fits.items()} == {
        "4": ["1"],
        "5": ["1", "2"],
        "6": ["1", "2", "3"],
        "7": ["1", "2", "3"],
        "8": ["1", "2", "3"],
    }
    growth = growth_of(history, norms, {})
    known = growth.percentile != UNKNOWN
    assert int(known.sum()) == 34_225
    assert int(growth.percentile[known].sum()) == 1_707_319
