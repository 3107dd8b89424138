"""The world of `workspace_world`, in a database and a folder of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from partnership import Partnership
from workspace_world import World, build_world, make_exchange


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    return make_exchange(tmp_path_factory.mktemp("made"))


@pytest.fixture
def world(db: None, signed: Partnership, tmp_path: Path, settings: Settings) -> World:
    settings.ACCORD_HOME = tmp_path
    settings.ACCORD_KEYS = tmp_path / "keys"
    return build_world(signed)
