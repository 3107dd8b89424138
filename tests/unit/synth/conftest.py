"""Both made-up districts, small, made once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_district import Made, make

from accord.station.synth import PROFILES


@pytest.fixture(scope="session")
def districts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder: Path = tmp_path_factory.mktemp("synth")
    return {profile: make(profile, folder) for profile in PROFILES}


@pytest.fixture(params=PROFILES)
def made(request: pytest.FixtureRequest, districts: dict[str, Made]) -> Made:
    """Each of the two in turn."""
    return districts[request.param]


@pytest.fixture
def cedar(districts: dict[str, Made]) -> Made:
    return districts["cedar-valley"]


@pytest.fixture
def harbor(districts: dict[str, Made]) -> Made:
    return districts["harbor-point"]
