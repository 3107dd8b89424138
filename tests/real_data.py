"""Where the real data is: the folder in ACCORD_REAL_DATA, or ../shared/data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[2] / "shared" / "data"


def sgp_path() -> Path:
    """The state test results of three anonymised districts; the test is skipped without them."""
    path = Path(os.environ.get("ACCORD_REAL_DATA", BESIDE)) / "sgp" / "sgpData_LONG.csv.gz"
    if not path.is_file():
        pytest.skip(f"the real data is not there ({path.name}); set ACCORD_REAL_DATA")
    return path


def cde_folder() -> Path:
    """The downloads of the California Department of Education; the test is skipped without them."""
    path = Path(os.environ.get("ACCORD_REAL_DATA", BESIDE)) / "cde"
    if not path.is_dir():
        pytest.skip("the state's downloads are not there; set ACCORD_REAL_DATA")
    return path
