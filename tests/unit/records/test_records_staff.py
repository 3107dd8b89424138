"""A principal comes in under a pseudonym; the staff number itself stays outside."""

from __future__ import annotations

from unit.records.records_bench import Bench, source, table

ASSIGNMENTS = {"school": "School", "start_date": {"column": "From", "date": "%Y-%m-%d"}}


def test_a_staff_number_becomes_a_pseudonym(bench: Bench) -> None:
    staff = source(table("staff_assignments", ASSIGNMENTS))
    lines = [
        "Id,School,From",
        "8811,7001,2022-08-01",
        "8811,7002,2023-08-01",
        "8812,7001,2023-08-01",
    ]
    manifest = bench.manifest(lines, staff)
    rows = bench.rows(manifest, "staff_assignments", "staff, school, role")
    people = [staff for staff, _, _ in rows]
    assert people[0] == people[1] != people[2]
    assert all(len(person) == 32 for person in people)
    assert {role for _, _, role in rows} == {"principal"}


def test_an_end_before_the_start_is_refused(bench: Bench) -> None:
    columns = ASSIGNMENTS | {"end_date": {"column": "To", "date": "%Y-%m-%d"}}
    lines = ["Id,School,From,To", "8811,7001,2023-08-01,2022-06-30"]
    found = bench.findings(bench.lines(lines, source(table("staff_assignments", columns))))
    assert [reason for reason, _, _ in found] == ["staff_assignments.end-before-start"]
