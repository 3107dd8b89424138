"""A station is measured once for the same facts, and an interrupted run changes nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from accord.base.errors import InputError, StateError
from accord.base.progress import Progress
from accord.charter.drafts import example
from accord.indicators.catalogue import Catalogue
from accord.station.engines import measure as measuring
from accord.station.engines.measure import current_measure, measure_station, station_groups
from accord.station.engines.request import MeasureRequest
from accord.station.facts.build import FORMAT
from accord.station.station import Station
from support.engines import write_facts
from unit.engines.conftest import PERIOD, MakeRow


def put_facts(station: Station, facts: str, catalogue: Catalogue, make_row: MakeRow) -> None:
    """Facts of three students, as the current ones."""
    folder = station.facts_folder / facts
    rows = [make_row(student=str(number)) for number in range(3)]
    write_facts(folder, {"student_year": {PERIOD: rows}}, catalogue.vocabulary)
    manifest = {
        "format": FORMAT,
        "facts": facts,
        "periods": [PERIOD],
        "as_of": "2024-07-01",
        "data_status": "certified",
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (station.facts_folder / "current").write_text(facts + "\n", encoding="ascii")


@pytest.fixture
def station(tmp_path: Path, catalogue: Catalogue, make_row: MakeRow) -> Station:
    station = Station.create(tmp_path / "station", "D", "A district")
    put_facts(station, "0123456789ab", catalogue, make_row)
    return station


def members(folder: Path, catalogue: Catalogue) -> int:
    key = catalogue.definition("suspension-rate@1.0").sum_keys["members"]
    table = pq.read_table(folder / "student_year" / f"{PERIOD}.parquet")
    return int(table.to_pylist()[0][key])


def test_a_measure_says_what_it_is_about(station: Station, catalogue: Catalogue) -> None:
    measured = measure_station(station, catalogue)
    assert measured.made
    assert (measured.facts, measured.periods) == ("0123456789ab", (PERIOD,))
    assert (measured.as_of, measured.data_status) == ("2024-07-01", "certified")
    assert measured.definitions == tuple(catalogue.definitions)
    assert measured.groups == tuple(catalogue.groups)
    assert members(measured.folder, catalogue) == 3
    manifest = json.loads((measured.folder / "manifest.json").read_text(encoding="utf-8"))
    definition = catalogue.definition("suspension-rate@1.0")
    assert manifest["definitions"][definition.reference] == {
        "hash": definition.hash,
        "sums": definition.sum_keys,
    }
    assert (measured.folder.stat().st_mode & 0o777) == 0o700


def test_measuring_the_same_again_finds_it(station: Station, catalogue: Catalogue) -> None:
    first = measure_station(station, catalogue)
    written = (first.folder / "manifest.json").stat().st_mtime_ns
    again = measure_station(station, catalogue)
    assert not again.made
    assert again.folder == first.folder
    assert (first.folder / "manifest.json").stat().st_mtime_ns == written
    assert current_measure(station) == again


def test_other_facts_are_another_measure(
    station: Station, catalogue: Catalogue, make_row: MakeRow
) -> None:
    first = measure_station(station, catalogue)
    put_facts(station, "ba9876543210", catalogue, make_row)
    second = measure_station(station, catalogue)
    assert second.id != first.id
    assert current_measure(station).id == second.id
    assert first.folder.is_dir()


def test_each_engine_has_a_measure_of_its_own(station: Station, catalogue: Catalogue) -> None:
    fast = measure_station(station, catalogue)
    plain = measure_station(station, catalogue, engine="reference")
    assert fast.id != plain.id
    tables = [
        pq.read_table(each.folder / "student_year" / f"{PERIOD}.parquet").to_pylist()
        for each in (fast, plain)
    ]
    assert tables[0] == tables[1]


def test_the_charter_s_intersections_are_measured(station: Station, catalogue: Catalogue) -> None:
    text = example("cedar-harbor")
    station.charter_file.write_text(text, encoding="utf-8")
    groups = [group.id for group in station_groups(station, catalogue)]
    assert groups[: len(catalogue.groups)] == list(catalogue.groups)
    assert "english-learners-with-disabilities" in groups
    assert measure_station(station, catalogue).groups == tuple(groups)


def test_a_failed_run_leaves_the_measure_as_it_was(
    station: Station, catalogue: Catalogue, make_row: MakeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = measure_station(station, catalogue)
    put_facts(station, "ba9876543210", catalogue, make_row)

    def fails(request: MeasureRequest, out: Path, progress: Progress) -> None:
        (out / "student_year").mkdir()
        raise RuntimeError("half-way")

    monkeypatch.setattr(measuring, "ENGINES", {"duckdb": fails})
    with pytest.raises(RuntimeError):
        measure_station(station, catalogue)
    assert current_measure(station).id == first.id
    assert {path.name for path in station.measures_folder.iterdir()} == {first.id, "current"}


_SLOW = """
import sys, time
from pathlib import Path
from accord.indicators.catalogue import load_catalogue
from accord.station.engines import measure as measuring
from accord.station.station import Station

def slow(request, out, progress):
    (out / "student_year").mkdir()
    (out / "student_year" / "half").write_text("half")
    print("half-way", flush=True)
    time.sleep(60)

measuring.ENGINES = {"duckdb": slow}
measuring.measure_station(Station.open(Path(sys.argv[1])), load_catalogue())
"""


@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_a_killed_run_is_cleared_away_by_the_next(station: Station, catalogue: Catalogue) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _SLOW, station.folder], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half-way\n"
        with pytest.raises(StateError, match="at work"):
            measure_station(station, catalogue)
        process.send_signal(signal.SIGKILL)
    with pytest.raises(StateError, match="not been measured"):
        current_measure(station)
    assert measure_station(station, catalogue).made
    assert {path.name for path in station.measures_folder.iterdir()} == {
        current_measure(station).id,
        "current",
    }


def test_a_spoilt_manifest_is_named(station: Station, catalogue: Catalogue) -> None:
    measured = measure_station(station, catalogue)
    (measured.folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json"):
        current_measure(station)


def test_no_facts_no_measure(tmp_path: Path, catalogue: Catalogue) -> None:
    station = Station.create(tmp_path / "empty", "D", "A district")
    with pytest.raises(StateError, match="accord facts"):
        measure_station(station, catalogue)
