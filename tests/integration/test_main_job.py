"""The main job from extract files to scorecard, and a skeptic's way back."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from demonstration import CEDAR, HARBOR, Accord, both_keys

COLUMNS = (
    "partnership,district,school,grade,group,period,as_of,data_status,indicator,"
    "definition_version,definition_hash,numerator,denominator,value,low,high,state"
)


def cells(accord: Accord, release: Path) -> list[dict[str, str]]:
    printed = accord("cells", release, "--csv")
    assert printed.code == 0
    assert printed.out.splitlines()[0] == COLUMNS
    return list(csv.DictReader(io.StringIO(printed.out)))


def test_everything_it_promises_is_there(demo: Path) -> None:
    for name in (
        "charter.yaml",
        f"releases/{CEDAR}.accord",
        f"releases/{HARBOR}.accord",
        f"quality/{CEDAR}.xlsx",
        f"quality/{HARBOR}.xlsx",
        "scorecard.html",
        "scorecard.xlsx",
    ):
        assert (demo / name).stat().st_size > 1_000, name


def test_the_scorecard_needs_no_network(demo: Path) -> None:
    page = (demo / "scorecard.html").read_text()
    assert 'src="http' not in page
    assert "url(http" not in page
    assert '<link rel="stylesheet" href="http' not in page


def test_a_hidden_cell_shows_nothing(accord: Accord, demo: Path) -> None:
    rows = cells(accord, demo / "releases" / f"{CEDAR}.accord")
    hidden = [row for row in rows if row["state"] == "suppressed"]
    assert hidden
    for row in hidden:
        assert not any(row[name] for name in ("numerator", "denominator", "value", "low", "high"))


def test_no_published_cell_is_smaller_than_the_charter_allows(accord: Accord, demo: Path) -> None:
    for row in cells(accord, demo / "releases" / f"{HARBOR}.accord"):
        if row["state"] == "published":
            assert Decimal(row["denominator"]) >= 11


def test_the_statement_behind_a_number_gives_that_number(accord: Accord, demo: Path) -> None:
    """For cells of every indicator, run by hand from the station's folder."""
    station = demo / "stations" / CEDAR
    rows = [
        row
        for row in cells(accord, demo / "releases" / f"{CEDAR}.accord")
        if row["state"] == "published"
    ]
    chosen = random.Random(1).sample(rows, 25)
    for indicator in sorted({row["indicator"] for row in rows}):
        chosen += [row for row in rows if row["indicator"] == indicator][:1]
    for row in chosen:
        options = [("--grade", row["grade"]), ("--school", row["school"])]
        shown = accord(
            "sql",
            station,
            *("--indicator", row["indicator"], "--period", row["period"], "--group", row["group"]),
            *(part for name, value in options if value for part in (name, value)),
        )
        assert shown.code == 0, shown.err
        with duckdb.connect(config={"file_search_path": str(station)}) as con:
            found = con.execute(shown.out).fetchone()
        assert found is not None
        numerator, denominator, value = (Decimal(str(part)) for part in found)
        assert (numerator, denominator, value) == (
            Decimal(row["numerator"]),
            Decimal(row["denominator"]),
            Decimal(row["value"]),
        ), row


def test_both_engines_measure_the_same(accord: Accord, demo: Path, tmp_path: Path) -> None:
    station = tmp_path / "station"
    shutil.copytree(demo / "stations" / CEDAR, station)
    before = json.loads(accord("measure", station, "--json").out)
    after = json.loads(accord("measure", station, "--engine", "reference", "--json").out)
    assert before["id"] != after["id"]
    for path in sorted(Path(before["folder"]).rglob("*.parquet")):
        other = Path(after["folder"]) / path.relative_to(before["folder"])
        differing = duckdb.sql(
            f"(from '{path}' except from '{other}') union all (from '{other}' except from '{path}')"
        )
        assert differing.fetchall() == []


def test_running_every_verb_again_changes_nothing(
    accord: Accord, demo: Path, tmp_path: Path
) -> None:
    station = tmp_path / "station"
    shutil.copytree(demo / "stations" / HARBOR, station)
    journal = (station / "imports.jsonl").read_text()
    extracts = demo / "extracts" / HARBOR
    again = accord("import", station, extracts, "--mapping", extracts / "mapping.yaml", "--json")
    assert {one["status"] for one in json.loads(again.out)} == {"already imported"}
    assert (station / "imports.jsonl").read_text() == journal
    assert json.loads(accord("facts", station, "--json").out)["made"] is False
    assert json.loads(accord("measure", station, "--json").out)["made"] is False


def test_a_corrected_file_makes_the_next_release(
    accord: Accord, demo: Path, tmp_path: Path
) -> None:
    station, extracts = tmp_path / "station", tmp_path / "extracts"
    shutil.copytree(demo / "stations" / CEDAR, station)
    shutil.copytree(demo / "extracts" / CEDAR, extracts)
    corrected = extracts / "SENR_2024-25.csv"
    lines = corrected.read_bytes().splitlines(keepends=True)
    corrected.write_bytes(b"".join(lines[:-5]))
    mapping = extracts / "mapping.yaml"
    report = json.loads(accord("import", station, corrected, "--mapping", mapping, "--json").out)
    assert report[0]["supersedes"]
    assert accord("facts", station).code == accord("measure", station).code == 0
    second = tmp_path / "second.accord"
    assert accord("release", station, *both_keys(demo / "keys"), "--to", second).code == 0
    exchange = tmp_path / "exchange"
    shutil.copytree(demo / "exchange", exchange)
    assert accord("receive", exchange, second).code == 0
    replayed = accord("receive", exchange, demo / "releases" / f"{CEDAR}.accord")
    assert replayed.code == 4
    assert "replay" in replayed.err


@pytest.mark.parametrize("place", [60, 2000, 40_000, -30])
def test_an_altered_release_is_refused(
    accord: Accord, demo: Path, tmp_path: Path, place: int
) -> None:
    data = bytearray((demo / "releases" / f"{CEDAR}.accord").read_bytes())
    data[place] ^= 0xFF
    spoiled = tmp_path / "spoiled.accord"
    spoiled.write_bytes(data)
    refused = accord("verify", spoiled, "--charter", demo / "charter.yaml")
    assert refused.code in (3, 4)
    assert "Traceback" not in refused.err


def test_a_changed_charter_lets_nothing_be_released(
    accord: Accord, demo: Path, tmp_path: Path
) -> None:
    station = tmp_path / "station"
    shutil.copytree(demo / "stations" / CEDAR, station)
    charter = station / "charter.yaml"
    charter.write_text(charter.read_text().replace("minimum: 11", "minimum: 10"))
    refused = accord("release", station, *both_keys(demo / "keys"))
    assert refused.code == 4
    assert "no signature holds" in refused.err


def test_a_partners_key_can_not_release(accord: Accord, demo: Path, tmp_path: Path) -> None:
    station = tmp_path / "station"
    shutil.copytree(demo / "stations" / CEDAR, station)
    refused = accord("release", station, *both_keys(demo / "keys", HARBOR))
    assert refused.code == 4
    assert "no delegation for this key" in refused.err
    assert not list((station / "releases").glob("*-2.accord"))


def test_no_identifier_of_a_student_is_anywhere_outside_extracts_and_names(demo: Path) -> None:
    """Not in records, facts, measures, releases, workbooks of quality, or reports."""
    with (demo / "extracts" / CEDAR / "SINF_2024-25.csv").open(encoding="utf-8-sig") as stream:
        student = next(csv.DictReader(stream))
    (identifier,) = {value for name, value in student.items() if name.upper().endswith("ID")} or {
        ""
    }
    assert len(identifier) >= 6
    allowed = (demo / "extracts", demo / "stations" / CEDAR / "names")
    for path in demo.rglob("*"):
        if path.is_file() and not any(path.is_relative_to(one) for one in allowed):
            if path.name.startswith("quarantine"):
                continue
            assert identifier.encode() not in path.read_bytes(), path
