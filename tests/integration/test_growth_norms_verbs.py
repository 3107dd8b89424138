"""From test results to growth: fit norms, sign them, adopt them, make facts, measure."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from accord.base.periods import SchoolYear
from accord.base.progress import SILENT
from accord.base.signing import new_private_key, public_text, save_private_key
from accord.cli.app import run
from accord.station.facts.build import build_facts, current_facts, read_manifest
from accord.station.growth.keeping import adopted
from accord.station.records.importing import import_files
from accord.station.station import Station
from accord.station.synth import load_profile, make_district

YEARS = [SchoolYear(start) for start in (2022, 2023, 2024)]
STUDENTS = 2500
WITHOUT_GRADE_3 = (4, 5, 6, 7, 8)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    folder = tmp_path_factory.mktemp("growth")
    profile = load_profile("cedar-valley")
    made = make_district(profile, folder / "files", YEARS, 3, SILENT, students=STUDENTS)
    station = Station.create(folder / "station", profile.district.id, profile.district.name)
    files = sorted(made.glob("CAASPP_*.csv"))
    import_files(station, made / "mapping.yaml", files, SILENT)
    build_facts(station, SILENT)
    return station


def test_norms_travel_signed_and_growth_is_read_off_them(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, other = new_private_key(), new_private_key()
    save_private_key(key, tmp_path / "holder.pem")
    norms, folder = tmp_path / "mathematics.norms", str(station.folder)
    asked = ["--test", "sbac", "--subject", "mathematics", "--base", "2023-24"]
    fit = ["norms", "fit", folder, str(norms), *asked, "--key", str(tmp_path / "holder.pem")]
    assert run([*fit, "--fewest", "100"]) == 0
    assert "base year 2023-24" in capsys.readouterr().out

    before = current_facts(station)
    assert run(["norms", "adopt", folder, str(norms), "--holder", public_text(other)]) == 4
    assert adopted(station) == ()
    assert run(["norms", "adopt", folder, str(norms), "--holder", public_text(key)]) == 0
    assert run(["facts", folder]) == 0

    facts = current_facts(station)
    assert facts != before
    (adopted_norms,) = adopted(station)
    assert read_manifest(facts)["norms"] == [adopted_norms.hash]
    grades = duckdb.execute(
        "SELECT grade, avg(percentile), count(percentile), count(needed) FROM read_parquet(?) "
        "WHERE level = 'district' GROUP BY grade ORDER BY grade",
        [str(facts / "growth_result" / "2023-24.parquet")],
    ).fetchall()
    assert [grade for grade, *_ in grades] == list(WITHOUT_GRADE_3)
    for _, mean, known, needed in grades:
        assert mean == pytest.approx(50, abs=4)  # so few students that the curves meet many
        assert known == needed > 100


def test_too_small_a_cohort_is_told(
    station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_private_key(new_private_key(), tmp_path / "holder.pem")
    asked = ["--test", "sbac", "--subject", "ela", "--base", "2023-24"]
    fit = ["norms", "fit", str(station.folder), str(tmp_path / "out"), *asked]
    assert run([*fit, "--key", str(tmp_path / "holder.pem")]) == 3
    assert "No grade has 1,000 students" in capsys.readouterr().err.replace("\n", " ")
    assert not (tmp_path / "out").exists()
