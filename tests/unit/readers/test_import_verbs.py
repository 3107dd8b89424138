"""The verbs that look at files, confirm and correct layouts, import and propose, as people type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accord.cli.app import run
from unit.readers.desk import ANA, BEN, Desk, cells, joined
from unit.readers.test_calpads_files import senr


@pytest.fixture
def senr_file(desk: Desk) -> Path:
    return desk.file("SENR.txt", joined([senr(ANA), senr(BEN)]))


def told(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    return " ".join((said.out + said.err).split())


def test_from_looking_to_importing(
    desk: Desk, senr_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = str(desk.station.folder)
    assert run(["import", station, "--look", str(senr_file)]) == 0
    looked = told(capsys)
    assert "Taken for: CALPADS, SSID enrolment (SENR)." in looked
    assert "1.08 SSID nobody yet 0 of 2 9999999999" in looked
    assert ANA not in looked
    assert run(["import", station, str(senr_file)]) == 5
    assert "your district confirms it once" in told(capsys)
    assert run(["layouts", "confirm", station, "calpads-senr-2016", "--by", "Data clerk"]) == 0
    told(capsys)
    assert run(["import", station, str(senr_file), "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["read"], one["loaded"]) == (2, 2)
    assert one["notes"][0] == "Taken for: CALPADS, SSID enrolment (SENR)."


def test_every_layout_that_waits_is_told_at_once(
    desk: Desk, senr_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station, folder = str(desk.station.folder), str(senr_file.parent)
    told_of = {"Record Type Code": "SINF", "Academic Year ID": "2023-2024", "SSID": ANA}
    desk.file("SINF.txt", joined([cells("calpads-sinf-2016", told_of)]))
    assert run(["import", station, folder]) == 5
    waiting = "calpads-senr-2016 calpads-sinf-2016"
    assert f"accord layouts confirm STATION {waiting} --by" in told(capsys)
    assert run(["import", station, "--look", folder]) == 0
    looked = told(capsys)
    assert waiting in looked
    assert "Next: accord import" not in looked
    assert run(["layouts", "confirm", station, *waiting.split(), "--by", "Data clerk"]) == 0
    assert run(["import", station, "--look", folder]) == 0
    looked = told(capsys)
    assert "Next: accord import" in looked
    assert "1.08 SSID your district 0 of 2" in looked


def test_why_lines_are_no_records(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """One short identifier in each of two files, and a code that is on no list in one."""
    desk.confirm("calpads-senr-2016")
    for name, more in (("one.txt", {}), ("two.txt", {"Enrollment_Status_Code": "77"})):
        desk.file(f"in/{name}", joined([senr("123"), senr(BEN, **more)]))
    assert run(["import", str(desk.station.folder), str(desk.folder / "in")]) == 0
    shown = told(capsys)
    assert "2 2 quarantined enrolments, SSID: The identifier has too few digits." in shown
    assert "1 1 loaded, to look at enrolments, Enrollment Status Code: The code is not" in shown


def test_looking_as_json(desk: Desk, senr_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(desk.station.folder), "--look", "--json", str(senr_file)]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["format"], one["year"], one["confirmed"]) == ("calpads-senr", "2023-24", False)


def test_a_folder_of_files(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.confirm("calpads-senr-2016")
    desk.file("in/one.txt", joined([senr(ANA)]))
    desk.file("in/two.txt", joined([senr(BEN)]))
    assert run(["import", str(desk.station.folder), str(desk.folder / "in")]) == 0
    assert "two.txt" in told(capsys)


def test_a_corrected_layout_counts_and_is_confirmed_anew(
    desk: Desk, senr_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = str(desk.station.folder)
    desk.confirm("calpads-senr-2016")
    assert run(["layouts", "copy", station, "calpads-senr"]) == 0
    copy = desk.station.layouts_folder / "calpads-senr.yaml"
    text = copy.read_text().replace("1.35 Adult Age Students", "1.35 Grown Students")
    copy.write_text(text)
    assert run(["import", station, str(senr_file)]) == 5
    assert run(["layouts", "copy", station, "calpads-senr"]) == 5
    assert run(["layouts", "confirm", station, "calpads-senr-2016", "--by", "Data clerk"]) == 0
    assert run(["import", station, str(senr_file)]) == 0
    told(capsys)
    copy.write_text(text.replace("SSID, shape: ssid", "Student, shape: ssid"))
    assert run(["import", station, str(senr_file)]) == 3
    said = told(capsys)
    assert "has no field “SSID”, which its format reads" in said
    assert "calpads-senr.yaml, line" in said


def test_what_the_layouts_are(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    station = str(desk.station.folder)
    assert run(["layouts", "list", station, "--json"]) == 0
    states = {each["layout"]: each["state"] for each in json.loads(capsys.readouterr().out)}
    assert (states["caaspp-2022"], states["calpads-sinf-2016"]) == ("official", "to be confirmed")
    assert run(["layouts", "show", station, "elpac-2021"]) == 0
    assert "138 OverallScaleScore 2167–2170 yes" in told(capsys)
    assert run(["layouts", "show", station, "elpac-1066"]) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--year", "23-24"], "is no school year"),
        (["--as-of", "yesterday"], "is no day"),
        (["--status", "sure"], "is no status of data"),
        (["--as", "senr"], "There is no format or layout “senr”"),
        (["--mapping", "m.yaml", "--look"], "A mapping says itself"),
    ],
)
def test_mistyped_options(
    desk: Desk,
    senr_file: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    assert run(["import", str(desk.station.folder), str(senr_file), *options]) == 3
    assert said in told(capsys)


def test_a_file_of_no_format_and_its_proposal(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = desk.file("odd.csv", f"Student Number,Course ID\n{ANA},ALG1\n")
    assert run(["import", str(desk.station.folder), str(odd)]) == 3
    assert "accord map odd.csv" in told(capsys)
    mapping = desk.folder / "mapping.yaml"
    assert run(["map", str(odd), "--to", str(mapping)]) == 0
    assert "course_code: " in mapping.read_text()
    told(capsys)
    assert run(["map", "--example", "list"]) == 0
    assert "interim-row-a-test" in told(capsys)
    assert run(["map"]) in (2, 3)
