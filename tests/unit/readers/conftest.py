"""The desk that every test of formats works at."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.station.station import Station
from unit.readers.desk import DISTRICT, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, Station.create(tmp_path / "station", DISTRICT, "Apple Valley"))
