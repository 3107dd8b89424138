"""The station's folder: made once, opened with a reason when it can't be, locked while changed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from accord.base.errors import InputError, MachineError, StateError
from accord.station.station import Station


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_station_is_what_it_was_made_as(tmp_path: Path) -> None:
    made = Station.create(tmp_path / "station", "0470", "Apple Valley")
    opened = Station.open(tmp_path / "station")
    assert opened == made
    assert opened.district == "0470"
    assert opened.secret == made.secret
    assert len(opened.secret) == 32


def test_two_stations_have_two_secrets(tmp_path: Path) -> None:
    one = Station.create(tmp_path / "one", "470", "Apple Valley")
    two = Station.create(tmp_path / "two", "470", "Apple Valley")
    assert one.secret != two.secret


def test_what_only_the_owner_may_read(tmp_path: Path) -> None:
    station = Station.create(tmp_path / "station", "470", "Apple Valley")
    assert mode(station.folder) == 0o700
    assert mode(station.names_folder) == 0o700
    assert mode(station.keys_folder) == 0o700
    assert mode(station.folder / "secret") == 0o600


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "station").mkdir()
    (tmp_path / "station" / "letter.txt").write_text("keep me")
    with pytest.raises(StateError, match="something in this place already"):
        Station.create(tmp_path / "station", "470", "Apple Valley")
    assert [path.name for path in (tmp_path / "station").iterdir()] == ["letter.txt"]


def test_no_station_here(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="accord station init"):
        Station.open(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "station/9"}', "{"])
def test_an_identity_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    station = Station.create(tmp_path / "station", "470", "Apple Valley")
    (station.folder / "station.json").write_text(text)
    with pytest.raises(InputError, match=r"Restore station.json"):
        Station.open(station.folder)


@pytest.mark.parametrize("text", ["", "zz", "00" * 31])
def test_a_damaged_secret_is_never_used(tmp_path: Path, text: str) -> None:
    station = Station.create(tmp_path / "station", "470", "Apple Valley")
    (station.folder / "secret").write_text(text)
    with pytest.raises(InputError, match="secret can't be read"):
        _ = station.secret


def test_one_command_at_a_time(tmp_path: Path) -> None:
    station = Station.create(tmp_path / "station", "470", "Apple Valley")
    with station.lock(), pytest.raises(StateError, match="at work"), station.lock():
        pass
    with station.lock():
        pass


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError):
        Station.create(tmp_path / "file" / "station", "470", "Apple Valley")
