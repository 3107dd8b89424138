"""`accord audit` from the command line: exit codes, formulas, history and certificates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accord.cells.table import CellTable
from accord.cli.app import run
from accord.exchange.ledger import Ledger
from adversary.publications import Shown, cell


def written(folder: Path, name: str, **shown: Shown) -> Path:
    """A district's table by school; a school that is hidden has `None`."""
    path = folder / f"{name}.csv"
    cells = [
        cell("own-rate", "all", numbers, school="" if school == "district" else school)
        for school, numbers in shown.items()
    ]
    CellTable.of(cells).write_csv(path)
    return path


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    """Schools A and B share 53 of 270."""
    return written(tmp_path, "safe", district=(90, 460), A=None, B=None, C=(37, 190))


def test_a_safe_table_gets_a_certificate_that_holds(
    safe: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate = tmp_path / "safe.certificate"
    assert run(["audit", str(safe), "--write", str(certificate)]) == 0
    assert "Nothing is given away" in capsys.readouterr().out
    assert run(["audit", str(safe), "--check", str(certificate)]) == 0
    assert "The certificate holds" in capsys.readouterr().out


def test_what_is_given_away_is_told_and_ends_with_four(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trap = written(tmp_path, "trap", district=(90, 460), A=None, B=(41, 210), C=(37, 190))
    certificate = tmp_path / "trap.certificate"
    assert run(["audit", str(trap), "--write", str(certificate)]) == 4
    told = capsys.readouterr().out
    assert "school A" in told
    assert "schools B, C" in told
    assert not certificate.exists()
    assert run(["audit", str(trap), "--json"]) == 4
    attacks = json.loads(capsys.readouterr().out)["attacks"]
    assert {(each["school"], each["kind"]) for each in attacks} == {("A", "exact")}


def test_another_release_and_what_a_principal_knows_count(
    safe: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = written(tmp_path, "own", B=(20, 80))
    assert run(["audit", str(safe), "--knows", str(own)]) == 4
    assert "outside figures alone" in capsys.readouterr().out
    earlier = written(tmp_path, "earlier", district=(90, 460), B=(20, 80))
    assert run(["audit", str(safe), "--with", str(earlier)]) == 4


def test_a_certificate_of_another_table_is_refused(safe: Path, tmp_path: Path) -> None:
    certificate = tmp_path / "safe.certificate"
    run(["audit", str(safe), "--write", str(certificate)])
    other = written(tmp_path, "other", district=(91, 460), A=None, B=None, C=(37, 190))
    assert run(["audit", str(other), "--check", str(certificate)]) == 4


def test_a_ledger_with_a_missing_release_is_refused(
    safe: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.append("released", {"release": "sha256:" + "1" * 64, "number": 1})
    assert run(["audit", str(safe), "--with", str(ledger.path)]) == 4
    assert "entry 1" in capsys.readouterr().err
