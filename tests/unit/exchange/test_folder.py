"""The exchange folder keeps what was received, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.base.errors import RefusedError, StateError
from accord.exchange.folder import Exchange
from partnership import CEDAR, Partnership


@pytest.fixture
def exchange(partnership: Partnership, tmp_path: Path) -> Exchange:
    exchange = Exchange(tmp_path / "exchange")
    exchange.add_charter(partnership.charter_file)
    return exchange


def put(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_a_folder_without_a_charter_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="--charter"):
        Exchange.open(tmp_path)


def test_releases_are_received_in_turn_and_the_newest_is_current(
    exchange: Exchange, partnership: Partnership, tmp_path: Path
) -> None:
    first = exchange.receive(put(tmp_path, "1", partnership.release()), partnership.catalogue)
    data = partnership.release([partnership.cell(31)], number=2, follows=first.id)
    second = exchange.receive(put(tmp_path, "2", data), partnership.catalogue)
    assert [release.id for release in exchange.current("partners")] == [second.id]
    assert exchange.current("public") == []
    assert [entry.kind for entry in exchange.ledger(CEDAR).entries()] == ["received", "received"]


def test_nothing_is_kept_of_a_release_that_is_refused(
    exchange: Exchange, partnership: Partnership, tmp_path: Path
) -> None:
    data = partnership.release([partnership.cell(as_of="2020-01-01")])
    with pytest.raises(RefusedError):
        exchange.receive(put(tmp_path, "1", data), partnership.catalogue)
    assert exchange.newest(CEDAR, "partners") is None
    assert not exchange.releases_folder.exists()


def test_a_file_left_by_an_interrupted_run_was_never_received(
    exchange: Exchange, partnership: Partnership, tmp_path: Path
) -> None:
    path = put(tmp_path, "1", partnership.release())
    exchange.receive(path, partnership.catalogue)
    exchange.ledger(CEDAR).path.unlink()  # as if killed before the entry was written
    assert exchange.current("partners") == []
    assert exchange.receive(path, partnership.catalogue).manifest.number == 1


def test_a_kept_file_that_was_changed_is_noticed(
    exchange: Exchange, partnership: Partnership, tmp_path: Path
) -> None:
    exchange.receive(put(tmp_path, "1", partnership.release()), partnership.catalogue)
    (kept,) = exchange.releases_folder.iterdir()
    kept.write_bytes(partnership.release([partnership.cell(12)]))
    with pytest.raises(RefusedError, match="not the one that was received"):
        exchange.current("partners")


def test_adding_the_charter_again_is_harmless(exchange: Exchange, partnership: Partnership) -> None:
    exchange.add_charter(partnership.charter_file)
    assert len(exchange.charters()) == 1
