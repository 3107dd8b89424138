"""The three districts' real test results: every line accounted for, every oddity counted.

The expected numbers were counted in the file itself, without any of this code.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.station.records import import_files
from accord.station.records.quality import QualityReport, check_quality
from accord.station.records.snapshot import Manifest
from accord.station.station import Station
from real_data import sgp_path

pytestmark = pytest.mark.real

MAPPING = Path(__file__).parents[3] / "examples" / "three-districts" / "mapping.yaml"
ROWS = {"470": 137_893, "1040": 127_160, "2690": 103_248}


@pytest.fixture(scope="module")
def districts(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[Manifest, QualityReport]]:
    made = {}
    for district in ROWS:
        station = Station.create(tmp_path_factory.mktemp("real") / district, district, district)
        manifest = import_files(station, MAPPING, [sgp_path()]).files[0].manifest
        made[district] = (manifest, check_quality(station))
    return made


Districts = dict[str, tuple[Manifest, QualityReport]]


def total(districts: Districts, check: str, detail: str) -> int:
    return sum(report.result(check).count_of(detail) for _, report in districts.values())


def test_each_district_takes_its_own_lines(districts: Districts) -> None:
    for district, (manifest, _) in districts.items():
        lines = manifest.lines
        assert (lines.read, lines.quarantined) == (368_301, 0)
        assert lines.loaded == manifest.tables["tests"] == ROWS[district]
        assert lines.set_aside == 368_301 - ROWS[district]


def test_results_without_a_score(districts: Districts) -> None:
    assert total(districts, "tests-without-score", "marked as not tested") == 2_106
    assert total(districts, "tests-without-score", "marked as tested") == 0


def test_results_that_the_school_or_nobody_answers_for(districts: Districts) -> None:
    assert total(districts, "results-not-accountable", "not the school") == 1_166
    assert total(districts, "results-not-accountable", "neither") == 102


def test_student_years_in_two_schools(districts: Districts) -> None:
    """139 in all; one of them is across two districts, which no district can see."""
    counts = {
        district: report.result("several-schools-in-a-year").count
        for district, (_, report) in districts.items()
    }
    assert counts == {"470": 47, "1040": 26, "2690": 65}


@pytest.mark.parametrize(
    ("detail", "within", "between"),
    [
        ("race and ethnicity", 24, 535),
        ("gender", 0, 24),
        ("sed", 116, 5_556),
        ("disability", 101, 1_738),
        ("gifted", 106, 3_532),
        ("english_learner", 91, 807),
    ],
)
def test_groups_that_change(districts: Districts, detail: str, within: int, between: int) -> None:
    assert total(districts, "groups-change-within-a-year", detail) == within
    assert total(districts, "groups-change-between-years", detail) == between
