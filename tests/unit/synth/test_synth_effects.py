"""Built-in effects: taking one out of a profile changes what it touches, by its size, no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from made_district import SEED, STUDENTS, YEARS, Made

from accord.base.progress import SILENT
from accord.station.synth import make_district
from accord.station.synth.profile import Effects


def without_effects(made: Made, folder: Path) -> Made:
    plain = made.profile.model_copy(update={"effects": Effects()})
    made_again = make_district(plain, folder / "plain", YEARS, SEED, SILENT, students=STUDENTS)
    return Made(made_again, plain)


@pytest.fixture(scope="module")
def plain_cedar(districts: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> Made:
    return without_effects(districts["cedar-valley"], tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def plain_harbor(districts: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> Made:
    return without_effects(districts["harbor-point"], tmp_path_factory.mktemp("plain"))


def effect(made: Made, name: str) -> dict[str, Any]:
    (found,) = (effect for effect in made.truth["effects"] if effect["id"] == name)
    return dict(found)


def files(made: Made, extract: str) -> list[bytes]:
    return [(made.folder / file).read_bytes() for file in made.files(extract)]


def score_gains(made: Made, plain: Made, subject: str) -> list[tuple[Any, ...]]:
    """School year, student, school, grade and the points by which a score differs."""
    other = {
        (year, student): score
        for year, student, score in plain.rows(
            f"SELECT AcademicYear, LocalStudentID, ScaleScore::INT FROM tests "
            f"WHERE Subject = '{subject}' AND Tested = 'Y'"
        )
    }
    rows = made.rows(
        "SELECT AcademicYear, LocalStudentID, SchoolCode, GradeAssessed, ScaleScore::INT, "
        f"RaceEthnicity FROM tests JOIN students USING (LocalStudentID, AcademicYear) "
        f"WHERE Subject = '{subject}' AND Tested = 'Y'"
    )
    return [
        (year, student, school, int(grade), race, score - other[(year, student)])
        for year, student, school, grade, score, race in rows
    ]


def test_effects_on_scores_move_nothing_else(cedar: Made, plain_cedar: Made) -> None:
    for extract in ("students", "enrolments", "absences", "incidents", "programmes", "schools"):
        assert files(cedar, extract) == files(plain_cedar, extract)


def test_the_strand_adds_its_points_a_year_in_its_schools_and_grades(
    cedar: Made, plain_cedar: Made
) -> None:
    strand = effect(cedar, "joint-mathematics-strand")
    gains = [
        (year, school, grade, gain)
        for year, _, school, grade, race, gain in score_gains(cedar, plain_cedar, "Math")
        if race not in ("B", None)
    ]
    assert {gain for year, *_, gain in gains if year < "2022-2023"} == {0}
    first = {gain for year, school, grade, gain in gains if year == "2022-2023"}
    assert first <= {0, *range(8)}
    usual = [
        gain
        for year, school, grade, gain in gains
        if year == "2024-2025" and school in strand["named_schools"] and grade == 8
    ]
    assert sorted(usual)[len(usual) // 2] == 21


def test_the_truth_says_by_how_much_scores_were_raised(cedar: Made, plain_cedar: Made) -> None:
    for subject, code in (("mathematics", "Math"), ("ela", "ELA")):
        found = score_gains(cedar, plain_cedar, code)
        last = [gain for year, *_, gain in found if year == "2024-2025"]
        said = sum(
            one["realised"]["2024-25"]["mean_points_of_all_tested"]
            for one in cedar.truth["effects"]
            if one["subject"] == subject
        )
        assert sum(last) / len(last) == pytest.approx(said, abs=0.3)


def test_bright_schools_score_higher_in_every_year(cedar: Made, plain_cedar: Made) -> None:
    bright = effect(cedar, "bright-spot-schools-ela")
    gains = [
        gain
        for year, _, school, _, _, gain in score_gains(cedar, plain_cedar, "ELA")
        if school in bright["named_schools"] and year < "2022-2023"
    ]
    assert len(gains) > 50
    assert sorted(gains)[len(gains) // 2] == bright["points"]


def test_the_attendance_effort_is_what_the_truth_says(harbor: Made, plain_harbor: Made) -> None:
    realised = effect(harbor, "attendance-effort")["realised"]
    for year, figure in plain_harbor.truth["figures"].items():
        assert realised[year]["numerator_without_effort"] == figure["chronic"]["numerator"]
        assert realised[year]["numerator"] == harbor.truth["figures"][year]["chronic"]["numerator"]
    assert realised["2021-22"]["points"] == 0
    assert realised["2022-23"]["points"] < -1
    assert realised["2024-25"]["points"] < -4


def test_harbor_reclassifies_at_higher_odds_from_2022_23(cedar: Made, harbor: Made) -> None:
    def rate(made: Made) -> float:
        late = [made.truth["figures"][year] for year in ("2022-23", "2023-24", "2024-25")]
        reclassified, learners = (
            sum(f[name] for f in late) for name in ("reclassified", "learners")
        )
        return float(reclassified / learners)

    assert harbor.truth["reclassification_odds"]["2023-24"] == 1.5
    assert rate(harbor) > rate(cedar)
