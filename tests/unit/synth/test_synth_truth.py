"""The truth that comes with a district is what its files say, counted straight from the files."""

from __future__ import annotations

from made_district import YEARS, Made

CEDAR_DATE, HARBOR_DATE = "%m/%d/%Y", "%Y-%m-%d"
CENSUS = {
    "2020-21": "2020-10-07",
    "2021-22": "2021-10-06",
    "2022-23": "2022-10-05",
    "2023-24": "2023-10-04",
    "2024-25": "2024-10-02",
}  # first Wednesdays of October, from a calendar


def figures(made: Made, name: str) -> dict[str, object]:
    return {year: figure[name] for year, figure in made.truth["figures"].items()}


def test_cedar_students_and_enrolments(cedar: Made) -> None:
    counts = "SELECT AcademicYear, count(*) FROM {} GROUP BY ALL"
    assert cedar.by_year(counts.format("students")) == figures(cedar, "students")
    assert cedar.by_year(counts.format("enrolments")) == figures(cedar, "enrolments")


def test_harbor_students_and_enrolments(harbor: Made) -> None:
    counts = "SELECT YR, count(*) FROM {} GROUP BY ALL"
    assert harbor.by_year(counts.format("students")) == figures(harbor, "students")
    assert harbor.by_year(counts.format("enrolments")) == figures(harbor, "enrolments")


def test_census_enrolment_counts_each_student_once(cedar: Made, harbor: Made) -> None:
    for year in map(str, YEARS):
        (in_cedar,) = cedar.rows(
            "SELECT count(DISTINCT LocalStudentID) FROM enrolments WHERE EnrollmentStatus = '10' "
            f"AND DATE '{CENSUS[year]}' BETWEEN strptime(EnrollmentStartDate, '{CEDAR_DATE}') "
            f"AND strptime(EnrollmentExitDate, '{CEDAR_DATE}')"
        )[0]
        (in_harbor,) = harbor.rows(
            f"SELECT count(DISTINCT STU_NO) FROM enrolments WHERE MAIN = '1' AND YR = '{year}' AND "
            f"DATE '{CENSUS[year]}' BETWEEN BEGAN::DATE AND coalesce(ENDED::DATE, '2100-01-01')"
        )[0]
        assert in_cedar == cedar.truth["figures"][year]["census"]
        assert in_harbor == harbor.truth["figures"][year]["census"]


def test_learners_on_census_day(cedar: Made, harbor: Made) -> None:
    for year in map(str, YEARS):
        status = (
            "SELECT {id} AS id, arg_max({status}, {since}) AS status FROM english_status "
            f"WHERE {{since}} <= DATE '{CENSUS[year]}' GROUP BY ALL"
        )
        here = status.format(
            id="LocalStudentID",
            status="ELAStatus",
            since=f"strptime(ELAStatusStartDate, '{CEDAR_DATE}')",
        )
        (learners,) = cedar.rows(
            f"SELECT count(DISTINCT LocalStudentID) FROM enrolments JOIN ({here}) ON "
            "id = LocalStudentID WHERE status = 'EL' AND EnrollmentStatus = '10' "
            f"AND DATE '{CENSUS[year]}' BETWEEN strptime(EnrollmentStartDate, '{CEDAR_DATE}') "
            f"AND strptime(EnrollmentExitDate, '{CEDAR_DATE}')"
        )[0]
        assert learners == cedar.truth["figures"][year]["learners"]
        there = status.format(id="STU_NO", status="STATUS", since="SINCE::DATE")
        (learners,) = harbor.rows(
            f"SELECT count(DISTINCT STU_NO) FROM enrolments JOIN ({there}) ON id = STU_NO "
            f"WHERE status = '3' AND MAIN = '1' AND YR = '{year}' AND DATE '{CENSUS[year]}' "
            "BETWEEN BEGAN::DATE AND coalesce(ENDED::DATE, '2100-01-01')"
        )[0]
        assert learners == harbor.truth["figures"][year]["learners"]


def test_reclassified_in_the_year(cedar: Made, harbor: Made) -> None:
    found = cedar.by_year(
        "SELECT AcademicYear, count(DISTINCT LocalStudentID) FROM students "
        "JOIN english_status USING (LocalStudentID) WHERE ELAStatus = 'RFEP' AND "
        f"strptime(ELAStatusStartDate, '{CEDAR_DATE}') BETWEEN "
        "make_date(left(AcademicYear, 4)::INT, 8, 1) AND "
        "make_date(left(AcademicYear, 4)::INT + 1, 6, 30) GROUP BY ALL"
    )
    assert found == figures(cedar, "reclassified")
    found = harbor.by_year(
        "SELECT YR, count(DISTINCT STU_NO) FROM students JOIN english_status USING (STU_NO) "
        "WHERE STATUS = '4' AND SINCE::DATE BETWEEN make_date(left(YR, 4)::INT, 8, 1) AND "
        "make_date(left(YR, 4)::INT + 1, 6, 30) GROUP BY ALL"
    )
    assert found == figures(harbor, "reclassified")


def test_suspended_for_a_day_or_more(cedar: Made, harbor: Made) -> None:
    found = cedar.by_year(
        "SELECT AcademicYear, count(*) FROM (SELECT AcademicYear, LocalStudentID FROM incidents "
        "WHERE ActionTaken IN ('100', '110') GROUP BY ALL HAVING sum(DurationDays::DECIMAL(6,2)) "
        ">= 1) GROUP BY ALL"
    )
    assert found == figures(cedar, "suspended")
    found = harbor.by_year(
        "SELECT YR, count(*) FROM (SELECT YR, STU_NO FROM incidents WHERE DONE IN ('1', '2') "
        "GROUP BY ALL HAVING sum(DAYS::DECIMAL(6,2)) >= 1) GROUP BY ALL"
    )
    assert found == figures(harbor, "suspended")


def test_chronic_absence_up_to_students_claimed_by_two_schools(cedar: Made, harbor: Made) -> None:
    """A school that dates an exit late counts days that aren't its own; a plain sum keeps them."""
    rule = (
        "SELECT year, {{'numerator': count(*) FILTER (absent * 10 >= expected), "
        "'denominator': count(*)}} FROM ({expected}) LEFT JOIN ({absent}) USING (year, id) "
        "WHERE expected >= 31 AND NOT exempt GROUP BY ALL"
    )
    in_cedar = rule.format(
        expected="SELECT AcademicYear AS year, LocalStudentID AS id, sum(ExpectedDays::INT) AS "
        "expected, bool_or(Exempt = 'Y') AS exempt FROM attendance GROUP BY ALL",
        absent="SELECT AcademicYear AS year, LocalStudentID AS id, count(*) AS absent "
        "FROM absences GROUP BY ALL",
    )
    in_harbor = rule.format(
        expected="SELECT YR AS year, STU_NO AS id, sum(PERIODS_DUE::INT) / 6 AS expected, "
        "bool_or(EXEMPT = '1') AS exempt FROM attendance GROUP BY ALL",
        absent="SELECT YR AS year, STU_NO AS id, count(*) AS absent FROM absences "
        "WHERE PERIODS = '6' GROUP BY ALL",
    )
    for made, query in ((cedar, in_cedar), (harbor, in_harbor)):
        found = made.by_year(query)
        for year, figure in made.truth["figures"].items():
            off = abs(found[year]["numerator"] - figure["chronic"]["numerator"])
            assert off <= figure["late_exits"]
            assert found[year]["denominator"] == figure["chronic"]["denominator"]


def test_test_results(cedar: Made, harbor: Made) -> None:
    standards = {
        "mathematics": {3: 2436, 4: 2485, 5: 2528, 6: 2552, 7: 2567, 8: 2586, 11: 2628},
        "ela": {3: 2432, 4: 2473, 5: 2502, 6: 2531, 7: 2552, 8: 2567, 11: 2583},
    }
    for subject, table in standards.items():
        cases = " ".join(f"WHEN {grade} THEN {score}" for grade, score in table.items())
        code, prefix = {"mathematics": ("Math", "MA"), "ela": ("ELA", "EL")}[subject]
        queries = (
            (cedar, "AcademicYear", "GradeAssessed", "Tested = 'Y'", "ScaleScore",
             f"tests WHERE Subject = '{code}'"),
            (harbor, "YR", "GR", f"{prefix}_TAKEN = '1'", f"{prefix}_SCORE", "tests_side_by_side"),
        )  # fmt: skip
        for made, year, grade, tested, score, source in queries:
            distance = f"{score}::INT - CASE {grade}::INT {cases} END"
            found = made.by_year(
                f"SELECT {year}, {{'rows': count(*), 'tested': count(*) FILTER ({tested}), "
                f"'met': count(*) FILTER ({distance} >= 0), 'distance_sum': "
                f"sum({distance})::BIGINT}} FROM {source} GROUP BY ALL"
            )
            assert found == {
                year: figure["tests"][subject] for year, figure in made.truth["figures"].items()
            }
