"""Facts as a whole: their columns, their id, their pointer, and what happens when they can't be."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from facts_cases import DISTRICT, fact_rows, records_of, settle, write_records

from accord.base.errors import InputError, MachineError, StateError
from accord.base.files import PARTIAL
from accord.base.progress import SILENT
from accord.indicators.catalogue import Catalogue
from accord.station.facts import build
from accord.station.facts.build import build_facts, current_facts, facts_id, read_manifest
from accord.station.facts.rules import fact_rules
from accord.station.records.current import CurrentRecords
from accord.station.station import Station

Tables = dict[str, list[dict[str, str]]]

SMALL: Tables = {
    "enrolments": [
        {"student": "ana", "school": "oak", "exit_date": "2024-06-10"},
        {"student": "ben", "school": "elm", "exit_date": "2024-06-10"},
    ],
    "tests": [{"student": "ana", "school": "oak", "scale_score": "2450"}],
}
_PARQUET = {
    "TEXT": "string",
    "BOOLEAN": "bool",
    "SMALLINT": "int16",
    "INTEGER": "int32",
    "DECIMAL(6,2)": "decimal128(6, 2)",
}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station.create(tmp_path / "station", DISTRICT, "A district")


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CurrentRecords:
    """What the station's current records are."""
    found = records_of(write_records(SMALL, tmp_path / "records"))
    monkeypatch.setattr(build, "current", lambda station: found)
    return found


def disagreeing(students: int) -> Tables:
    """Records of students about whom almost every file disagrees with itself."""
    draw = random.Random(20231004)
    schools, days = ["ash", "elm", "oak"], [f"2023-{month:02d}-10" for month in range(8, 13)]
    tables: Tables = {name: [] for name in ("enrolments", "students", "attendance", "absences")}
    tables |= {"tests": [], "english_status": [], "programmes": [], "incidents": []}
    for number in range(students):
        student = f"student-{number}"
        for _ in range(3):
            place = {"student": student, "school": draw.choice(schools)}
            grade = draw.choice(["2", "3", "4"])
            entry, leaving = sorted(draw.sample(days, 2))
            tables["enrolments"].append(
                {**place, "grade": grade, "entry_date": entry, "exit_date": leaving}
            )
            race, gender = draw.choice(["WH", "HI", "NR"]), draw.choice(["F", "M"])
            tables["students"].append({**place, "race_ethnicity": race, "gender": gender})
            month, days_expected = str(draw.randint(0, 12)), str(draw.randint(10, 60))
            absent = draw.choice(["", "3"])
            tables["attendance"].append(
                {**place, "month": month, "days_expected": days_expected, "days_absent": absent}
            )
            tables["absences"].append({**place, "date": draw.choice(days)})
            score, tested = str(draw.randint(2300, 2600)), draw.choice(["yes", "no"])
            tables["tests"].append(
                {**place, "grade": grade, "tested": tested, "scale_score": score}
            )
            status = draw.choice(["EO", "EL", "RFEP", "TBD"])
            tables["english_status"].append(
                {"student": student, "status": status, "start_date": draw.choice(days)}
            )
            programme = draw.choice(["sed", "foster", "english_learner"])
            tables["programmes"].append({**place, "programme": programme, "school_year": "2023-24"})
            tables["incidents"].append({**place, "days": draw.choice(["0.5", "1"])})
    return tables


def test_columns_are_those_that_definitions_read(tmp_path: Path, catalogue: Catalogue) -> None:
    facts = settle(disagreeing(20), tmp_path, catalogue)
    for fact in (catalogue.vocabulary.facts[name] for name in ("student_year", "test_result")):
        table = pq.read_table(facts / fact.id / "2023-24.parquet")
        stored = {field.name: str(field.type) for field in table.schema}
        assert stored == {name: _PARQUET[column.stored] for name, column in fact.columns.items()}
        assert list(stored) == list(fact.columns)
        for name, column in fact.columns.items():
            values = set(table.column(name).to_pylist())
            assert column.empty or None not in values, name
            assert column.stored != "TEXT" or not column.codes or values <= set(column.codes), name


def test_the_order_of_the_records_means_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    tables = disagreeing(60)
    shuffled = {name: random.Random(name).sample(rows, len(rows)) for name, rows in tables.items()}
    one = settle(tables, tmp_path / "one", catalogue)
    other = settle(shuffled, tmp_path / "other", catalogue)
    for fact in ("student_year", "test_result"):
        rows = fact_rows(one, fact)
        assert rows == fact_rows(other, fact)
        assert len(rows) > 100
    assert read_manifest(one)["years"] == read_manifest(other)["years"]


def test_a_student_has_one_row_at_an_organisation(tmp_path: Path, catalogue: Catalogue) -> None:
    facts = settle(disagreeing(20), tmp_path, catalogue)
    for fact, also in (("student_year", ()), ("test_result", ("test", "subject"))):
        key = ("level", "organisation", "student", *also)
        keys = [tuple(row[column] for column in key) for row in fact_rows(facts, fact)]
        assert len(keys) == len(set(keys))


def test_every_way_a_row_comes_out_is_declared(tmp_path: Path, catalogue: Catalogue) -> None:
    manifest = read_manifest(settle(disagreeing(40), tmp_path, catalogue))
    (year,) = manifest["years"]
    declared = {rule.id: set(rule.ways) for rule in fact_rules().rules}
    for rule, ways in year["settled"].items():
        assert set(ways) <= declared[rule], rule
    assert set(year["settled"]) == {rule for rule, ways in declared.items() if ways}


def test_counts_are_of_the_rows_written(tmp_path: Path, catalogue: Catalogue) -> None:
    facts = settle(disagreeing(40), tmp_path, catalogue)
    (year,) = read_manifest(facts)["years"]
    rows = {fact: fact_rows(facts, fact) for fact in build.FACTS}
    assert year["rows"] == {fact: len(rows[fact]) for fact in year["rows"]}

    def counted(rule: str, *ways: str) -> int:
        found = year["settled"][rule]
        return sum(sum(found.get(way, {}).values()) for way in ways or found)

    years, results = rows["student_year"], rows["test_result"]
    assert counted("membership") == counted("grade") == len(years)
    assert counted("stability", "stable") == sum(row["stable"] for row in years)
    assert counted("one-result") == counted("expected") == len(results)
    assert counted("prior", "found") == sum(row["prior_score"] is not None for row in results)
    known = [row for row in years if row["level"] == "school" and row["days_expected"] is not None]
    assert counted("days-at-school", "given", "counted") == len(known)


def test_the_same_records_are_settled_once(
    station: Station, records: CurrentRecords, catalogue: Catalogue
) -> None:
    first = build_facts(station, SILENT, catalogue=catalogue)
    written = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    again = build_facts(station, SILENT, catalogue=catalogue)
    assert (first.made, again.made) == (True, False)
    assert replace(again, made=True) == first
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")} == written
    assert current_facts(station) == first.folder


def test_other_records_are_other_facts_and_both_are_kept(
    station: Station,
    records: CurrentRecords,
    catalogue: Catalogue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = build_facts(station, SILENT, catalogue=catalogue)
    later = replace(records, hash="sha256:" + "1" * 64)
    monkeypatch.setattr(build, "current", lambda station: later)
    second = build_facts(station, SILENT, catalogue=catalogue)
    assert second.facts != first.facts
    assert first.folder.is_dir()
    assert current_facts(station) == second.folder


def test_the_id_hangs_on_all_that_facts_are_made_of(
    records: CurrentRecords, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = facts_id(DISTRICT, records, catalogue)
    fewer = replace(catalogue, tests={})
    ids = {first, facts_id("E", records, catalogue), facts_id(DISTRICT, records, fewer)}
    newer = replace(fact_rules(), version="next")
    monkeypatch.setattr(build, "fact_rules", lambda: newer)
    ids.add(facts_id(DISTRICT, records, catalogue))
    assert len(ids) == 4


def test_a_year_without_rows_has_no_file(
    station: Station, records: CurrentRecords, catalogue: Catalogue, tmp_path: Path
) -> None:
    enrolled: dict[str, Sequence[Mapping[str, str]]] = {"enrolments": SMALL["enrolments"]}
    facts = settle(enrolled, tmp_path / "enrolled", catalogue)
    assert (facts / "student_year" / "2023-24.parquet").is_file()
    assert not (facts / "test_result" / "2023-24.parquet").exists()


def test_nothing_but_facts_is_left_and_only_their_owner_reads_them(
    station: Station, records: CurrentRecords, catalogue: Catalogue
) -> None:
    folder = build_facts(station, SILENT, catalogue=catalogue).folder
    assert {path.name for path in folder.iterdir()} == {*build.FACTS, "manifest.json"}
    assert {path.name for path in station.facts_folder.iterdir()} == {folder.name, "current"}
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("pointer", [None, "", "0123456789ab"])
def test_without_facts_the_next_command_is_named(pointer: str | None, station: Station) -> None:
    if pointer is not None:
        (station.facts_folder / "current").write_text(pointer)
    with pytest.raises(StateError, match="accord facts"):
        current_facts(station)


def test_without_records_nothing_is_made(station: Station, catalogue: Catalogue) -> None:
    with pytest.raises(StateError, match="accord import"):
        build_facts(station, SILENT, catalogue=catalogue)
    assert not any(station.facts_folder.iterdir())


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_damaged_import_is_named_and_leaves_nothing(
    damage: str, station: Station, records: CurrentRecords, catalogue: Catalogue
) -> None:
    (path,) = records.tables["tests"]
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(MachineError, match="import it again"):
        build_facts(station, SILENT, catalogue=catalogue)
    assert not any(station.facts_folder.iterdir())


def test_a_damaged_manifest_is_named(
    station: Station, records: CurrentRecords, catalogue: Catalogue
) -> None:
    folder = build_facts(station, SILENT, catalogue=catalogue).folder
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(InputError, match="make the facts again"):
        build_facts(station, SILENT, catalogue=catalogue)


def test_leftovers_of_an_interrupted_run_are_swept(
    station: Station, records: CurrentRecords, catalogue: Catalogue
) -> None:
    leftover = station.facts_folder / f"abc{PARTIAL}123"
    leftover.mkdir()
    build_facts(station, SILENT, catalogue=catalogue)
    assert not leftover.exists()


def test_another_command_at_work_is_waited_for_by_the_person(
    station: Station, records: CurrentRecords, catalogue: Catalogue
) -> None:
    with station.lock(), pytest.raises(StateError, match="at work"):
        build_facts(station, SILENT, catalogue=catalogue)


def test_years_made_at_once_are_the_years_made_one_by_one(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = ["2021-22", "2022-23", "2023-24"]
    tables: Any = {
        "tests": [
            {**row, "school_year": year, "student": f"{row['student']}-{year}"}
            for year in years
            for row in disagreeing(20)["tests"]
        ]
    }
    together = settle(tables, tmp_path / "together", catalogue)
    monkeypatch.setattr(build, "_MOST_AT_ONCE", 1)
    apart = settle(tables, tmp_path / "apart", catalogue)
    for year in years:
        rows = fact_rows(together, "test_result", year)
        assert rows == fact_rows(apart, "test_result", year)
        assert {row["period"] for row in rows} == {year}
