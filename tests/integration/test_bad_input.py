"""What people type by mistake gets a sentence, a place, a remedy and its exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from demonstration import CEDAR, Accord, both_keys


def test_a_missing_file_says_so(accord: Accord, tmp_path: Path) -> None:
    done = accord("verify", tmp_path / "none.accord", "--charter", tmp_path / "none.yaml")
    assert done.code == 6
    assert "There is no such file" in done.err


def test_a_folder_that_is_no_station_says_so(accord: Accord, tmp_path: Path) -> None:
    for verb in ("facts", "measure"):
        done = accord(verb, tmp_path)
        assert done.code == 5
        assert "no station in this folder" in done.err


def test_a_mistyped_verb_is_the_usages_code(accord: Accord) -> None:
    assert accord("relaese").code == 2


def test_json_errors_are_one_document(accord: Accord, tmp_path: Path) -> None:
    done = accord("facts", tmp_path, "--json")
    assert json.loads(done.out)["problems"][0]["remedy"]


def test_a_charter_with_several_faults_tells_them_all(
    accord: Accord, demo: Path, tmp_path: Path
) -> None:
    charter = tmp_path / "charter.yaml"
    text = (demo / "charter.yaml").read_text()
    charter.write_text(
        text.replace("chronic-absenteeism@1.0", "chronic-absenteism@1.0").replace(
            "minimum: 11", "minimum: eleven"
        )
    )
    done = accord("charter", "check", charter)
    assert done.code == 3
    assert "line" in done.err


def test_a_read_only_place_is_explained(accord: Accord, demo: Path) -> None:
    done = accord("charter", "print", demo / "charter.yaml", "--to", "/proc/charter.pdf")
    assert done.code == 6
    assert "Traceback" not in done.err


def test_a_demo_does_not_replace_what_it_did_not_make(accord: Accord, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    done = accord("demo", tmp_path)
    assert done.code == 5
    assert (tmp_path / "thesis.docx").exists()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--indicator", "chronic-absentism"), "Did you mean"),
        (("--group", "martians"), "no such student group"),
        (("--grade", "13"), "no such grade"),
        (("--period", "2024"), "school year"),
        (("--period", "1999-00"), "no student_year of 1999–00"),
    ],
)
def test_sql_says_what_it_does_not_know(
    accord: Accord, demo: Path, options: tuple[str, str], word: str
) -> None:
    usual = {"--indicator": "chronic-absenteeism", "--period": "2024-25"}
    usual[options[0]] = options[1]
    done = accord(
        "sql", demo / "stations" / CEDAR, *(part for pair in usual.items() for part in pair)
    )
    assert done.code == 3
    assert word in done.err


def test_a_release_for_the_public_needs_nothing_else(
    accord: Accord, demo: Path, tmp_path: Path
) -> None:
    station = tmp_path / "station"
    shutil.copytree(demo / "stations" / CEDAR, station)
    done = accord(
        "release",
        station,
        "--audience",
        "public",
        *both_keys(demo / "keys"),
        "--to",
        tmp_path / "public.accord",
    )
    assert done.code == 0, done.err
    printed = accord("cells", tmp_path / "public.accord", "--csv").out
    assert ",banded" in printed
    assert ",published" not in printed
