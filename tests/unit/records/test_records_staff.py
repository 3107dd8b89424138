"""A principal comes in under a pseudonym; the staff number itself stays outside."""

from __future__ import annotations

from typing import Any

import pytest

from accord.base.errors import InputError
from accord.station.records import pseudonym
from accord.station.records.proposing import proposal_text, propose
from unit.records.records_bench import GOOD, HEADER, TESTS, Bench, table

ASSIGNMENTS = {"school": "School", "start_date": {"column": "From", "date": "%Y-%m-%d"}}


def posts(columns: dict[str, Any] = ASSIGNMENTS, **more: Any) -> dict[str, Any]:
    """The source of a file of principals, whose staff number is `Id`."""
    entry = table("staff_assignments", columns)
    return {"name": "principals", "files": "*", "staff": "Id", "tables": [entry]} | more


def test_a_staff_number_becomes_a_pseudonym(bench: Bench) -> None:
    lines = [
        "Id,School,From",
        "8811,7001,2022-08-01",
        "8811,7002,2023-08-01",
        "8812,7001,2023-08-01",
    ]
    rows = bench.rows(bench.manifest(lines, posts()), "staff_assignments", "staff, school, role")
    people = [staff for staff, _, _ in rows]
    assert people[0] == people[1] != people[2]
    assert all(len(person) == 32 for person in people)
    assert {role for _, _, role in rows} == {"principal"}


def test_a_student_of_the_same_number_has_another_pseudonym(bench: Bench) -> None:
    assert bench.rows(bench.manifest([HEADER, GOOD]), "tests", "student") == [
        (pseudonym(bench.station.secret, "101"),)
    ]
    lines = ["Id,School,From", "101,7001,2022-08-01"]
    ((staff,),) = bench.rows(
        bench.manifest(lines, posts(), name="p.csv"), "staff_assignments", "staff"
    )
    assert staff != pseudonym(bench.station.secret, "101")


def test_an_end_before_the_start_is_refused(bench: Bench) -> None:
    columns = ASSIGNMENTS | {"end_date": {"column": "To", "date": "%Y-%m-%d"}}
    lines = ["Id,School,From,To", "8811,7001,2023-08-01,2022-06-30"]
    found = bench.findings(bench.lines(lines, posts(columns)))
    assert [reason for reason, _, _ in found] == ["staff_assignments.end-before-start"]


def test_a_blank_staff_number_is_refused(bench: Bench) -> None:
    found = bench.findings(bench.lines(["Id,School,From", ",7001,2022-08-01"], posts()))
    assert found == [("missing", "Id", 1)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (posts(staff=None, student="Id"), "about staff, but the source names no staff column"),
        (
            posts(tables=[table("tests", TESTS)]),
            "about students, but the source names no student column",
        ),
        (posts(student="Other"), "name one of the two"),
    ],
)
def test_staff_and_students_are_not_taken_for_each_other(
    bench: Bench, source: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        bench.bring(bench.file(["Id,School,From", "8811,7001,2022-08-01"]), source)


def test_a_mapping_proposed_for_principals_names_the_staff_number(bench: Bench) -> None:
    path = bench.file(["SEID,SchoolCode,StartDate", "8811,7001,2022-08-01"], "principals.csv")
    proposal = propose(path, "staff_assignments")
    assert proposal.person == "SEID"
    assert "    staff: SEID\n" in proposal_text(proposal)
