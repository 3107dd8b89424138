"""The files go through import and facts: planted lines are refused, the truth comes out."""

from __future__ import annotations

import duckdb
import pytest
from made_district import SEED, YEARS, Made
from python_calamine import CalamineWorkbook

from accord.base.progress import SILENT
from accord.station.facts.build import build_facts, current_facts
from accord.station.records.importing import ImportReport, import_files
from accord.station.station import Station
from accord.station.synth import PROFILES, load_profile, make_district
from accord.station.synth.mess import KINDS

STUDENTS = 1200


@pytest.fixture(scope="module", params=PROFILES)
def imported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Made, Station, ImportReport]:
    folder = tmp_path_factory.mktemp(request.param)
    profile = load_profile(request.param)
    files = make_district(profile, folder / "files", YEARS[1:2], SEED, SILENT, students=STUDENTS)
    made = Made(files, profile)
    station = Station.create(folder / "station", profile.district.id, profile.district.name)
    chosen = [files / name for name in made.truth["files"]]
    report = import_files(station, files / "mapping.yaml", chosen, SILENT)
    build_facts(station, SILENT)
    return made, station, report


def test_planted_lines_are_refused_or_set_aside_and_no_other(
    imported: tuple[Made, Station, ImportReport],
) -> None:
    made, _, report = imported
    for one in report.files:
        kinds = list(made.planted(one.file.name).values())
        outcomes = [KINDS[kind].split(":")[0].split(",")[0] for kind in kinds]
        lines = one.manifest.lines
        assert lines.quarantined == outcomes.count("quarantined")
        assert lines.set_aside == outcomes.count("set aside")
        assert lines.loaded == made.truth["files"][one.file.name]["rows"] + outcomes.count("loaded")


def test_the_quarantine_names_the_planted_lines(
    imported: tuple[Made, Station, ImportReport],
) -> None:
    made, _, report = imported
    seen = 0
    for one in report.files:
        refused = {
            line
            for line, kind in made.planted(one.file.name).items()
            if KINDS[kind].startswith("quarantined")
        }
        if one.quarantine is None:
            assert not refused
            continue
        table = (
            CalamineWorkbook.from_path(str(one.quarantine)).get_sheet_by_name("Lines").to_python()
        )
        column = [str(name).lower() for name in table[0]].index("line")
        assert {int(float(str(row[column]))) for row in table[1:]} == refused
        seen += len(refused)
    assert seen > 20


def test_facts_find_the_figures_of_the_truth(
    imported: tuple[Made, Station, ImportReport],
) -> None:
    made, station, _ = imported
    for year, figure in made.truth["figures"].items():
        student_year = current_facts(station) / "student_year" / f"{year}.parquet"
        counted = duckdb.execute(
            """
            SELECT count(*), count(*) FILTER (enrolled_on_census),
                count(*) FILTER (enrolled_on_census AND english_learner),
                count(*) FILTER (suspended),
                count(*) FILTER (counts AND days_absent * 10 >= days_expected),
                count(*) FILTER (counts)
            FROM (SELECT *, days_expected >= 31 AND NOT absence_exempt AS counts
                FROM read_parquet(?) WHERE level = 'district')
            """,
            [str(student_year)],
        ).fetchone()
        assert counted == (
            *(figure[name] for name in ("students", "census", "learners_at_last", "suspended")),
            figure["chronic"]["numerator"],
            figure["chronic"]["denominator"],
        )
        results = current_facts(station) / "test_result" / f"{year}.parquet"
        tests = duckdb.execute(
            """
            SELECT subject, count(*), count(*) FILTER (tested),
                count(*) FILTER (achievement_level >= 3), sum(distance)::BIGINT
            FROM read_parquet(?) WHERE level = 'district' GROUP BY subject
            """,
            [str(results)],
        ).fetchall()
        assert {subject: tuple(counts) for subject, *counts in tests} == {
            subject: (said["rows"], said["tested"], said["met"], said["distance_sum"])
            for subject, said in figure["tests"].items()
        }
