"""The shipped catalogue, read once, and a reader of definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.indicators.build import Surroundings
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.indicators.catalogue.loading import read_definitions
from accord.indicators.definition import Definition
from support.definitions import Read


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def read(tmp_path: Path, catalogue: Catalogue) -> Read:
    """Read the text of a definition file, with the shipped catalogue around it."""
    around = Surroundings(
        catalogue.vocabulary,
        catalogue.groups,
        {f"rules/{rule.id}": rule.hash for rule in catalogue.rules.values()},
    )

    def reader(text: str) -> list[Definition]:
        path = tmp_path / "definition.yaml"
        path.write_text(text, encoding="utf-8")
        return read_definitions(path, around)

    return reader
