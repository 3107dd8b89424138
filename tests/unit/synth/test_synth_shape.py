"""A made-up district looks like a real one: shares, spreads and correlations in their ranges."""

from __future__ import annotations

import re

import pytest
from made_district import STUDENTS, YEARS, Made

from accord.station.synth.profile import RACES

AFTER_2020 = [str(year) for year in YEARS[1:]]


def share(part: int, whole: int) -> float:
    return part / whole


def test_census_is_near_the_size_asked_for(made: Made) -> None:
    for year, size in made.profile.size.items():
        census = made.truth["figures"][year]["census"]
        assert census == pytest.approx(STUDENTS * size, rel=0.03)


def test_every_grade_has_its_share(made: Made) -> None:
    last = made.database.sql("SELECT * FROM students").columns
    year = "AcademicYear" if "AcademicYear" in last else "YR"
    grade = "GradeLevel" if year == "AcademicYear" else "GR"
    student = "LocalStudentID" if year == "AcademicYear" else "STU_NO"
    found = {
        text.lstrip("0") or "0": count
        for text, count in made.rows(
            f"SELECT {grade}, count(DISTINCT {student}) FROM enrolments WHERE left({year}, 4) = "
            "'2023' GROUP BY ALL"
        )
    }
    written = {"TK": ("TK", "-1"), "K": ("KN", "0")}
    everyone = sum(found.values())
    for name, expected in made.profile.grades.items():
        count = next(found[text] for text in (*written.get(name, ()), name) if text in found)
        assert share(count, everyone) == pytest.approx(expected, abs=0.02)


def test_chronic_absence_peaks_after_the_closures_and_falls(made: Made) -> None:
    rates = {
        year: 100 * share(figure["chronic"]["numerator"], figure["chronic"]["denominator"])
        for year, figure in made.truth["figures"].items()
    }
    assert all(14 <= rate <= 38 for rate in rates.values())
    assert max(rates, key=lambda year: rates[year]) == "2021-22"
    assert rates["2021-22"] > rates["2022-23"] > rates["2023-24"] > rates["2024-25"]


def test_suspension_rates(made: Made) -> None:
    for year in AFTER_2020:
        figure = made.truth["figures"][year]
        assert 0.022 <= share(figure["suspended"], figure["students"]) <= 0.065


def test_participation_is_low_in_2020_21_and_high_since(made: Made) -> None:
    for year, figure in made.truth["figures"].items():
        for subject in figure["tests"].values():
            rate = share(subject["tested"], subject["rows"])
            assert (0.5 <= rate <= 0.7) if year == "2020-21" else (0.92 <= rate <= 0.985)


def test_mean_distance_is_that_of_large_urban_districts(made: Made) -> None:
    for year in AFTER_2020:
        tests = made.truth["figures"][year]["tests"]
        mean = {name: test["distance_sum"] / test["tested"] for name, test in tests.items()}
        assert mean["mathematics"] < mean["ela"]
        assert -110 < mean["mathematics"] < -30
        assert -75 < mean["ela"] < 0


def test_race_shares_are_the_profiles(cedar: Made) -> None:
    found = dict(
        cedar.rows("SELECT coalesce(RaceEthnicity, ''), count(*) FROM students GROUP BY ALL")
    )
    letters = {"AA": "B", "AI": "I", "AS": "A", "FI": "F", "HI": "H", "PI": "P", "WH": "W",
               "MR": "M", "NR": ""}  # fmt: skip
    everyone = sum(found.values())
    assert set(found) <= set(letters.values())
    for race in RACES:
        expected = cedar.profile.neighbourhoods.race[race]
        assert share(found.get(letters[race], 0), everyone) == pytest.approx(expected, abs=0.025)


def test_scores_of_a_student_go_together_from_year_to_year(cedar: Made) -> None:
    for subject in ("Math", "ELA"):
        (correlation,) = cedar.rows(
            "SELECT corr(now.ScaleScore::INT, before.ScaleScore::INT) FROM tests AS now JOIN tests "
            "AS before ON now.LocalStudentID = before.LocalStudentID AND now.Subject = "
            "before.Subject AND left(now.AcademicYear, 4)::INT = left(before.AcademicYear, 4)::INT "
            f"+ 1 WHERE now.GradeAssessed = '07' AND now.Subject = '{subject}'"
        )[0]
        assert 0.72 <= correlation <= 0.88


def test_absence_is_skewed(cedar: Made) -> None:
    mean, median = cedar.rows(
        "SELECT avg(days), median(days) FROM (SELECT count(AbsenceDate) AS days FROM students "
        "LEFT JOIN absences USING (LocalStudentID, AcademicYear) GROUP BY LocalStudentID, "
        "AcademicYear)"
    )[0]
    assert mean > 1.25 * median


def test_groups_differ_as_they_do_in_published_figures(harbor: Made) -> None:
    scores = dict(
        harbor.rows(
            "SELECT LOWINC, avg(MA_SCORE::INT) FROM students JOIN tests_side_by_side "
            "USING (STU_NO, YR) GROUP BY ALL"
        )
    )
    assert scores["1"] < scores["0"] - 20
    suspended = dict(
        harbor.rows(
            "SELECT SEX, count(DISTINCT incidents.STU_NO) / count(DISTINCT students.STU_NO) FROM "
            "students LEFT JOIN incidents ON incidents.STU_NO = students.STU_NO AND "
            "incidents.DONE IN ('1', '2') GROUP BY ALL"
        )
    )
    assert suspended["2"] > suspended["1"]


def test_schools_have_their_districts_codes_and_made_up_names(made: Made) -> None:
    code = "CDSCode" if "cedar" in made.profile.profile else "SITE"
    name = "SchoolName" if "cedar" in made.profile.profile else "SITE_NAME"
    rows = made.rows(f"SELECT {code}, {name} FROM schools")
    prefix = made.profile.district.id[:7]
    assert all(re.fullmatch(prefix + r"\d{7}", code) and code[7:] != "0000000" for code, _ in rows)
    assert len({name for _, name in rows}) == len(rows)
    titles = {kind.title for kind in made.profile.schools.kinds}
    for _, full in rows:
        root = full[: -len(next(title for title in titles if full.endswith(title))) - 1]
        assert root in made.profile.schools.names


def test_ids_and_names_could_be_nobodys(cedar: Made, harbor: Made) -> None:
    for made, student, last, first, form in (
        (cedar, "LocalStudentID", "LastName", "FirstName", r"99\d{8}"),
        (harbor, "STU_NO", "SURNAME", "GIVEN", r"0\d{7}"),
    ):
        (wrong,) = made.rows(
            f"SELECT count(*) FROM students WHERE NOT regexp_full_match({student}, '{form}') OR "
            f"{last} <> 'Madeup' OR NOT regexp_full_match({first}, 'Student-[0-9]{{6}}')"
        )[0]
        assert wrong == 0


def test_no_student_is_in_two_schools_at_once_but_through_late_exits(cedar: Made) -> None:
    (overlaps,) = cedar.rows(
        """
        WITH spell AS (
            SELECT LocalStudentID AS id, AcademicYear AS year,
                strptime(EnrollmentStartDate, '%m/%d/%Y') AS began,
                strptime(EnrollmentExitDate, '%m/%d/%Y') AS ended
            FROM enrolments WHERE EnrollmentStatus = '10'
        )
        SELECT count(*) FROM spell AS early JOIN spell AS late
        ON early.id = late.id AND early.year = late.year AND early.began < late.began
        AND late.began <= early.ended
        """
    )[0]
    assert overlaps == sum(figure["late_exits"] for figure in cedar.truth["figures"].values())
    assert overlaps > 0


def test_absences_fall_on_distinct_days_of_an_enrolment(harbor: Made) -> None:
    (repeated,) = harbor.rows(
        "SELECT count(*) - count(DISTINCT (STU_NO, SITE, DAY)) FROM absences"
    )[0]
    (outside,) = harbor.rows(
        "SELECT count(*) FROM absences ANTI JOIN enrolments ON absences.STU_NO = "
        "enrolments.STU_NO AND absences.SITE = enrolments.SITE AND absences.DAY BETWEEN BEGAN "
        "AND coalesce(ENDED, '2100-01-01') AND absences.YR = enrolments.YR"
    )[0]
    assert (repeated, outside) == (0, 0)


def test_whole_days_of_suspension_out_of_school_are_absences(harbor: Made) -> None:
    (suspended,) = harbor.rows(
        "SELECT sum(floor(DAYS::DECIMAL(6,2))) FROM incidents WHERE DONE = '1'"
    )[0]
    (absent,) = harbor.rows("SELECT count(*) FROM absences WHERE CODE = '3' AND PERIODS = '6'")[0]
    assert suspended == absent > 0


def test_reclassification_comes_after_being_a_learner(cedar: Made) -> None:
    (wrong,) = cedar.rows(
        "SELECT count(*) FROM english_status AS done WHERE ELAStatus = 'RFEP' AND NOT EXISTS ("
        "FROM english_status AS before WHERE before.LocalStudentID = done.LocalStudentID AND "
        "before.ELAStatus = 'EL' AND strptime(before.ELAStatusStartDate, '%m/%d/%Y') < "
        "strptime(done.ELAStatusStartDate, '%m/%d/%Y'))"
    )[0]
    assert wrong == 0


def test_students_go_up_a_grade_a_year_here_or_elsewhere(cedar: Made) -> None:
    """Grades gained less years gone by: none, or one too few for those who repeat."""
    behind = {
        (years, short): students
        for years, short, students in cedar.rows(
            """
            WITH grade AS (
                SELECT LocalStudentID AS id, left(AcademicYear, 4)::INT AS year,
                    any_value(CASE GradeLevel WHEN 'TK' THEN -1 WHEN 'KN' THEN 0
                        ELSE GradeLevel::INT END) AS grade
                FROM enrolments GROUP BY ALL
            ),
            step AS (
                SELECT year - lag(year) OVER w AS years, grade - lag(grade) OVER w AS grades
                FROM grade WINDOW w AS (PARTITION BY id ORDER BY year)
            )
            SELECT years, years - grades, count(*) FROM step WHERE years > 0 GROUP BY ALL
            """
        )
    }
    assert {short for _, short in behind} == {0, 1}
    assert 0.002 < behind[1, 1] / behind[1, 0] < 0.02
    assert {years for years, _ in behind} >= {1, 2, 3}
    assert all(behind.get((years, 1), 0) * 10 < behind[years, 0] for years in (1, 2, 3))
