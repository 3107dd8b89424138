"""The rest of a made-up district's records: what was built in comes out of the indicators."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from made_district import SEED, YEARS

from accord.base.progress import SILENT
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.engines.measure import measure_station
from accord.station.facts.build import build_facts
from accord.station.records.importing import import_files
from accord.station.station import Station
from accord.station.synth import PROFILES, Profile, load_profile, make_district

STUDENTS = 1500


@dataclass
class Measured:
    """One district, from its profile to its sums."""

    profile: Profile
    truth: dict[str, dict[str, Any]]
    folder: Path
    catalogue: Catalogue

    def cell(self, indicator: str, year: str, grade: int | None = None) -> tuple[int, int]:
        """Numerator and denominator of the district, all students."""
        definition = self.catalogue.definition(f"{indicator}@1.0")
        path = self.folder / definition.fact / f"{year}.parquet"
        columns = ", ".join(f'"{key}"' for key in definition.sum_keys.values())
        place = "grade IS NULL" if grade is None else f"grade = {grade}"
        row = duckdb.execute(
            f"SELECT {columns} FROM read_parquet(?) "
            f"WHERE level = 'district' AND \"group\" = 'all' AND {place}",
            [str(path)],
        ).fetchone()
        assert row is not None
        sums = dict(zip(definition.sum_keys, row, strict=True))
        above, below = definition.numerator_of(sums), definition.denominator_of(sums)
        assert above is not None
        assert below is not None
        return int(above), int(below)

    def told(self, figure: str, year: str) -> tuple[int, int]:
        said = self.truth[year][figure]
        return said["numerator"], said["denominator"]


@pytest.fixture(scope="module", params=PROFILES)
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder = tmp_path_factory.mktemp(request.param)
    profile = load_profile(request.param)
    made = make_district(
        profile, folder / "files", YEARS, SEED, SILENT, students=STUDENTS, portrait=True
    )
    truth = json.loads((made / "truth.json").read_text())
    station = Station.create(folder / "station", profile.district.id, profile.district.name)
    files = [made / name for name in truth["files"]]
    import_files(station, made / "mapping.yaml", files, SILENT)
    build_facts(station, SILENT)
    measure = measure_station(station, load_catalogue())
    return Measured(profile, truth["portrait"], measure.folder, load_catalogue())


@pytest.mark.parametrize(
    ("indicator", "figure"),
    [
        ("algebra-by-grade-8", "algebra_by_eight"),
        ("algebra-by-grade-9", "algebra_by_nine"),
        ("on-track-grade-9-second-semester", "on_track_nine"),
        ("middle-school-mathematics-below-c", "mathematics_below_c"),
        ("interim-mathematics-fall", "interim_fall"),
        ("implementation-trained", "trained"),
    ],
)
def test_a_share_that_was_built_in_is_found_to_the_student(
    measured: Measured, indicator: str, figure: str
) -> None:
    for year in measured.truth:
        assert measured.cell(indicator, year) == measured.told(figure, year)


def test_progress_of_english_learners(measured: Measured) -> None:
    """A year without a result before it has nothing to compare with."""
    first, *later = measured.truth
    assert measured.cell("english-learner-progress", first)[0] == 0
    for year in later:
        said = measured.truth[year]
        up, compared = measured.cell("english-learner-progress", year)
        assert up == said["levels_up"]
        assert compared >= said["levels_compared"]


def test_graduates_and_what_came_after(measured: Measured) -> None:
    *earlier, last = measured.truth
    for year, said in measured.truth.items():
        assert measured.cell("a-g-completion", year) == (said["a_g"], said["graduates"])
    for year in earlier:
        said = measured.truth[year]
        found = measured.cell("college-enrolment-first-fall", year)
        assert found == (said["first_fall"], said["graduates"])
    assert measured.cell("college-enrolment-first-fall", last) == (0, 0)


def test_principals(measured: Measured) -> None:
    first, *later = measured.truth
    for year in later:
        said = measured.truth[year]
        found = measured.cell("principal-retention", year)
        assert found == (said["principals_kept"], said["schools"])
    assert measured.truth[first]["principals_kept"] is None


def test_what_was_built_in_is_what_the_profile_asked_for(measured: Measured) -> None:
    rules, years = measured.profile.portrait, measured.truth

    def share(above: str, below: str) -> float:
        return sum(years[y][above] for y in years) / sum(years[y][below] for y in years)

    assert share("a_g", "graduates") == pytest.approx(rules.leaving.a_g, abs=0.03)
    assert share("levels_up", "levels_compared") == pytest.approx(rules.proficiency.rise, abs=0.1)
    told = [years[year]["interim_fall"] for year in years]
    met = sum(each["numerator"] for each in told) / sum(each["denominator"] for each in told)
    assert met == pytest.approx(rules.work.benchmark["fall"], abs=0.03)


def test_a_class_of_four_years_is_the_one_counted_student_by_student(measured: Measured) -> None:
    """The records begin in 2020-21: the first class that they hold whole ends in 2023-24."""
    told = {year: said["class"] for year, said in measured.truth.items() if said["class"]}
    assert list(told) == ["2023-24", "2024-25"]
    for year, said in told.items():
        graduated = measured.cell("graduation-rate-four-year", year)
        assert graduated == (said["graduates"], said["members"])
        assert measured.cell("dropout-rate", year) == (said["dropouts"], said["members"])
        assert 0 < said["dropouts"] < said["graduates"] < said["members"]
    assert not (measured.folder / "cohort_member" / "2022-23.parquet").exists()
