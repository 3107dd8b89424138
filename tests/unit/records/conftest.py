"""The bench that every test of the records works at."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.station.station import Station
from unit.records.records_bench import DISTRICT, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, Station.create(tmp_path / "station", DISTRICT, "Apple Valley"))
