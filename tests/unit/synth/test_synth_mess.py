"""Planted lines: as many as the truth says, where it says, each wrong in the way it says."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from made_district import Made

from accord.station.synth.layout import FileLayout
from accord.station.synth.mess import KINDS, Fault, plan, plant

LAYOUT = FileLayout.model_validate(
    {
        "extract": "enrolments",
        "file": "e.csv",
        "columns": {
            "ID": "student",
            "SCHOOL": "school",
            "GRADE": "grade",
            "IN": {"field": "entry_date", "date": "%m/%d/%Y"},
            "OUT": {"field": "exit_date", "date": "%m/%d/%Y"},
        },
    }
)
LINES = b"991,99100010000001,3,08/14/2023,06/05/2024\n992,99100010000002,4,08/15/2023,\n"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("unknown-code", "992,99100010000002,ZZ,08/15/2023,"),
        ("impossible-date", "992,99100010000002,4,02/30/2023,"),
        ("exit-before-entry", "992,99100010000002,4,08/15/2023,08/15/2022"),
        ("blank-student", ",99100010000002,4,08/15/2023,"),
        ("unknown-student", "982,99100010000002,4,08/15/2023,"),
        ("unknown-school", "992,99100019999999,4,08/15/2023,"),
        ("too-few-fields", "992,99100010000002,4,08/15/2023"),
        ("too-many-fields", "992,99100010000002,4,08/15/2023,,?"),
        ("repeated-line", "992,99100010000002,4,08/15/2023,"),
    ],
)
def test_a_damaged_copy_follows_the_good_line(kind: str, expected: str) -> None:
    planted = plant(LINES, 10, [Fault(11, kind)], LAYOUT, ",")
    assert planted == LINES + expected.encode() + b"\n"


def test_a_number_out_of_range_and_a_pair_that_contradicts_itself() -> None:
    layout = FileLayout.model_validate(
        {
            "extract": "attendance",
            "file": "a.txt",
            "columns": {"ID": "student", "DUE": "periods_expected"},
        }
    )
    lines = b"991^1080\n992^540\n"
    faults = [Fault(0, "number-out-of-range"), Fault(1, "conflicting-pair")]
    assert plant(lines, 0, faults, layout, "^") == (
        b"991^1080\n991^5994\n992^540\n982^540\n982^546\n"
    )


def test_a_plan_has_the_shares_asked_for_on_different_rows() -> None:
    rng = np.random.default_rng(1)
    faults = plan(10_000, {"unknown-code": 0.001, "repeated-line": 0.00001}, rng)
    kinds = [fault.kind for fault in faults]
    assert (kinds.count("unknown-code"), kinds.count("repeated-line")) == (10, 1)
    assert all(before.row < after.row for before, after in pairwise(faults))


def test_a_short_file_stays_clean() -> None:
    assert plan(19, {"unknown-code": 0.1}, np.random.default_rng(1)) == []


def test_counts_and_line_numbers_are_the_truth(made: Made) -> None:
    for file, said in made.truth["files"].items():
        if file.endswith(".xlsx"):
            continue
        planted = sum(len(lines) for lines in said["planted"].values())
        assert len(made.lines(file)) == said["rows"] + planted
        assert len(made.planted(file)) == planted


def test_a_small_share_of_lines_is_planted(made: Made) -> None:
    files = made.truth["files"].values()
    planted = sum(len(lines) for file in files for lines in file["planted"].values())
    assert 0.001 <= planted / sum(file["rows"] for file in files) <= 0.003


def test_every_kind_that_the_truth_explains_is_planted_somewhere(cedar: Made, harbor: Made) -> None:
    assert cedar.truth["mess"] == harbor.truth["mess"] == KINDS
    for made in (cedar, harbor):
        found = {kind for file in made.truth["files"].values() for kind in file["planted"]}
        assert found == set(KINDS)


def test_each_planted_line_is_wrong_as_said(made: Made) -> None:
    """Read from the file alone, and against the good line that it follows."""
    delimiter = made.layout.delimiter
    for extract in ("students", "enrolments", "attendance", "absences", "english_status"):
        layout = made.file_layout(extract)
        for file in made.files(extract):
            lines = made.lines(file)
            for number, kind in made.planted(file).items():
                cells = lines[number - 2].split(delimiter)
                good = lines[number - 3].split(delimiter)
                if kind == "repeated-line":
                    assert cells == good
                elif kind == "blank-student":
                    assert cells[0] == ""
                    assert cells[1:] == good[1:]
                elif kind == "unknown-code":
                    assert cells.count("ZZ") == 1
                elif kind == "impossible-date":
                    assert re.search(r"02/30/\d{4}|\d{4}-02-30", made.lines(file)[number - 2])
                elif kind == "too-few-fields":
                    assert len(cells) == len(layout.columns) - 1
                elif kind == "too-many-fields":
                    assert len(cells) == len(layout.columns) + 1


def test_good_lines_are_whole(made: Made) -> None:
    """Not one good line has the marks of a planted one."""
    wrong = re.compile(r"ZZ|02/30/|-02-30|99999\b")
    for file in made.layout.files:
        if file.file.endswith(".xlsx"):
            continue
        for name in made.files(file.extract):
            good = made.good_lines(name)
            width = len(file.columns) - 1
            assert {line.count(made.layout.delimiter) for line in good} == {width}
            assert not any(wrong.search(line) for line in good)
            assert not any(line.startswith((made.layout.delimiter, "98")) for line in good)
