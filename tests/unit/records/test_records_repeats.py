"""Repeated keys: what says the same is stored once, what differs is refused, both told apart."""

from __future__ import annotations

from unit.records.records_bench import GOOD, HEADER, TESTS, Bench, source, table

STUDENTS = {"school_year": "Year", "gender": "Gender"}


def row(student: int, score: int = 2400) -> str:
    return f"{student},7001,2023-24,M,5,{score}"


def test_an_identical_line_is_set_aside(bench: Bench) -> None:
    manifest = bench.manifest([HEADER, row(1), row(2), row(1), row(1)])
    assert bench.aside(manifest.lines) == {"repeated-line": 2}
    assert (manifest.lines.loaded, manifest.lines.quarantined) == (2, 0)
    assert bench.rows(manifest, "tests", "line") == [(2,), (3,)]


def test_lines_that_contradict_each_other_are_all_refused(bench: Bench) -> None:
    """Neither is kept: which of the two is right can't be known here."""
    manifest = bench.manifest([HEADER, row(1), row(2), row(1, 2500), row(1)])
    assert bench.findings(manifest.lines) == [("conflicting-repeat", "", 3)]
    assert bench.rows(manifest, "tests", "line") == [(3,)]


def test_a_difference_in_a_column_that_is_not_mapped_is_none(bench: Bench) -> None:
    lines = bench.lines([HEADER + ",Clerk", row(1) + ",a", row(1) + ",b"])
    assert bench.aside(lines) == {"repeated-line": 1}


def test_a_blank_against_a_value_is_a_difference(bench: Bench) -> None:
    lines = bench.lines([HEADER, row(1), row(1).rsplit(",", 1)[0] + ","])
    assert bench.findings(lines) == [("conflicting-repeat", "", 2)]


def test_two_blanks_in_a_key_are_the_same(bench: Bench) -> None:
    columns = {"school": "School", "school_year": "Year", "term": "Term", "course_code": "Course"}
    courses = source(table("courses", columns))
    header = "Id,School,Year,Term,Course"
    lines = bench.lines([header, "1,7001,2023-24,,ALG", "1,7001,2023-24,,ALG"], courses)
    assert bench.aside(lines) == {"repeated-line": 1}


def test_a_student_on_every_test_row(bench: Bench) -> None:
    """The student's row is stored once; the lines count as loaded, for each adds a test."""
    both = source(table("students", STUDENTS), table("tests", TESTS))
    header = HEADER + ",Gender"
    rows = [row(1) + ",F", row(1).replace(",M,", ",E,") + ",F"]
    manifest = bench.manifest([header, *rows], both)
    assert manifest.lines.loaded == 2
    assert manifest.tables == {"students": 1, "tests": 2}
    assert bench.rows(manifest, "students", "line") == [(2,)]


def test_a_line_refused_for_one_table_leaves_its_repeat_to_another(bench: Bench) -> None:
    """Lines 2 and 3 contradict each other on the test; line 4 must still bring the student."""
    both = source(table("students", STUDENTS), table("tests", TESTS))
    header = HEADER + ",Gender"
    rows = [row(1) + ",F", row(1, 2500) + ",F", row(1).replace(",M,", ",E,") + ",F"]
    manifest = bench.manifest([header, *rows], both)
    assert (manifest.lines.loaded, manifest.lines.quarantined) == (1, 2)
    assert bench.rows(manifest, "students", "line") == [(4,)]


def test_every_observation_is_kept_so_that_the_most_frequent_can_be_told(bench: Bench) -> None:
    observed = source(table("students", STUDENTS, repeats="observe"))
    rows = ["1,2023-24,F", "1,2023-24,X", "1,2023-24,F", "2,2023-24,M"]
    manifest = bench.manifest(["Id,Year,Gender", *rows], observed)
    assert manifest.lines.loaded == 4
    assert bench.rows(manifest, "students", "gender, line") == [
        ("F", 2),
        ("X", 3),
        ("F", 4),
        ("M", 5),
    ]


def test_two_entries_of_one_table_share_their_keys(bench: Bench) -> None:
    """Mathematics and reading scores side by side in one line become two rows."""
    sides = source(
        table("tests", TESTS | {"subject": {"constant": "mathematics"}, "scale_score": "Maths"}),
        table("tests", TESTS | {"subject": {"constant": "ela"}, "scale_score": "Ela"}),
    )
    header = "Id,School,Year,Grade,Maths,Ela"
    rows = ["1,7001,2023-24,5,2400,2500", "1,7001,2023-24,5,2400,2501"]
    manifest = bench.manifest([header, rows[0]], sides, name="one.csv")
    columns = "subject, scale_score, line"
    expected = {("mathematics", 2400, 2), ("ela", 2500, 2)}
    assert set(bench.rows(manifest, "tests", columns)) == expected
    assert bench.lines([header, *rows], sides).quarantined == 2


def test_flags_that_two_lines_of_a_year_say_differently(bench: Bench) -> None:
    flag = {"programme": {"constant": "gifted"}, "school_year": "Year"}
    flagged = source(
        table("programmes", flag, when={"G": "Y"}, repeats="observe"), table("tests", TESTS)
    )
    rows = [GOOD + ",Y", GOOD.replace(",M,", ",E,") + ",N", row(2) + ",Y"]
    manifest = bench.manifest([HEADER + ",G", *rows], flagged)
    assert bench.rows(manifest, "programmes", "line") == [(2,), (4,)]
    assert bench.rows(manifest, "disagreements", "detail, school_year, line") == [
        ("gifted", "2023-24", 3)
    ]
