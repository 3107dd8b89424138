"""The commonest trap in published tables: a district's total shown, exactly one school hidden."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from accord.audit.attacks import Kind, audit
from accord.audit.sources import read_source
from accord.base.errors import RefusedError
from accord.cells.table import CellTable
from accord.cli.app import run
from adversary.publications import cell

FILES = 40


def published(seed: int, hidden: int = 1) -> tuple[CellTable, list[str]]:
    """A district of some schools, so many of which are hidden: their table, and which."""
    chance = np.random.default_rng(seed)
    names = [f"S{number}" for number in range(int(chance.integers(max(2, hidden), 30)))]
    sizes = {name: int(chance.integers(60, 900)) for name in names}
    counts = {name: int(size * chance.uniform(0.1, 0.9)) for name, size in sizes.items()}
    secret = sorted(chance.choice(names, hidden, replace=False).tolist())
    cells = [cell("own-rate", "all", (sum(counts.values()), sum(sizes.values())))]
    for name in names:
        numbers = None if name in secret else (counts[name], sizes[name])
        cells.append(cell("own-rate", "all", numbers, school=name))
    return CellTable.of(cells), secret


@pytest.mark.parametrize("first", range(0, FILES, 10))
def test_it_is_found_in_every_file_that_has_it(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 10):
        table, (secret,) = published(seed)
        table.write_csv(tmp_path / "published.csv")
        found = audit([read_source(tmp_path / "published.csv")]).attacks
        assert {(each.school, each.kind) for each in found} == {(secret, Kind.EXACT)}


def test_two_hidden_schools_are_no_trap(tmp_path: Path) -> None:
    table, _ = published(3, hidden=2)
    table.write_csv(tmp_path / "published.csv")
    assert audit([read_source(tmp_path / "published.csv")]).is_safe


def test_the_command_says_how(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, (secret,) = published(5)
    table.write_csv(tmp_path / "published.csv")
    assert run(["audit", str(tmp_path / "published.csv"), "--json"]) == RefusedError.exit_code
    assert f'"{secret}"' in capsys.readouterr().out
