"""How many rows were settled in which way: what the manifest says of each rule."""

from __future__ import annotations

from pathlib import Path

from accord.station.facts.settle import PROGRAMMES
from accord.station.facts.workbench import Workbench

Counts = dict[str, dict[str, dict[str, int]]]
"""Rows by rule, way and level."""

# Each query says of every row whether it is the district's (null: it has no level yet) and its way.
_WAYS = {
    "membership": """
        SELECT
            organisation = district(),
            CASE enrolments WHEN 1 THEN 'one_enrolment' ELSE 'several_enrolments' END
        FROM roll
    """,
    "grade": """
        SELECT
            organisation = district(),
            CASE WHEN one_grade THEN 'one_grade' ELSE 'last_enrolment' END
        FROM membership
    """,
    "stability": """
        SELECT organisation = district(), CASE WHEN stable THEN 'stable' ELSE 'not_stable' END
        FROM membership
    """,
    "race-ethnicity": "SELECT organisation = district(), race_ethnicity_way FROM portrait",
    "gender": "SELECT organisation = district(), gender_way FROM portrait",
    "programmes": "\nUNION ALL\n".join(
        f"SELECT organisation = district(), '{attribute}' FROM portrait WHERE {attribute}"
        for attribute in PROGRAMMES
    ),
    "english-status": "SELECT organisation = district(), english_status_way FROM portrait",
    "recently-reclassified": """
        SELECT
            organisation = district(),
            CASE WHEN recently_reclassified THEN 'within' ELSE 'longer_ago' END
        FROM portrait
        WHERE reclassified
    """,
    "days-at-school": """
        SELECT false, CASE WHEN from_absences THEN 'counted' ELSE 'given' END FROM school_days
        UNION ALL
        SELECT false, 'capped' FROM school_days WHERE capped
        UNION ALL
        SELECT organisation = district(), 'unknown'
        FROM membership ANTI JOIN days USING (organisation, student)
        WHERE organisation <> district()
    """,
    "days-in-district": """
        SELECT true, CASE WHEN bool_or(shared) THEN 'shared' ELSE 'added' END
        FROM school_days
        GROUP BY student
    """,
    "suspension": """
        SELECT
            organisation = district(),
            CASE WHEN EXISTS (FROM suspending) THEN 'incidents' ELSE 'absences' END
        FROM suspension SEMI JOIN membership USING (organisation, student)
        WHERE days > 0
        UNION ALL
        SELECT organisation = district(), 'unknown'
        FROM membership CROSS JOIN discipline WHERE NOT known
    """,
    "accountable": """
        SELECT
            NULL,
            CASE
                WHEN for_school AND for_district THEN 'both'
                WHEN for_district THEN 'district_only'
                WHEN for_school THEN 'school_only'
                ELSE 'neither'
            END
        FROM listed
    """,
    "one-result": """
        SELECT organisation = district(), CASE WHEN chosen THEN 'chosen' ELSE 'only' END FROM result
    """,
    "expected": """
        SELECT
            organisation = district(),
            CASE
                WHEN added THEN 'added'
                WHEN scale.grade IS NOT NULL THEN 'listed'
                ELSE 'other_grade'
            END
        FROM result LEFT JOIN scale USING (test, subject, grade)
    """,
    "prior": """
        SELECT
            level = 'district',
            CASE WHEN coalesce(prior_score, prior_level) IS NULL THEN 'none' ELSE 'found' END
        FROM read_parquet(test_results())
    """,
    "continuous": """
        SELECT
            level = 'district',
            CASE
                WHEN NOT continuous THEN 'not_continuous'
                WHEN EXISTS (FROM enrolment) THEN 'by_enrolment'
                ELSE 'by_accountability'
            END
        FROM read_parquet(test_results())
    """,
}

_LEFT_OUT = {
    "enrolments_secondary": """
        SELECT count(*) FROM records.enrolments
        WHERE school_year = period() AND enrolment_type = 'secondary'
    """,
    "enrolments_without_a_day": """
        SELECT count(*) - (SELECT count(*) FROM enrolment) FROM records.enrolments
        WHERE school_year = period() AND enrolment_type IS DISTINCT FROM 'secondary'
    """,
    "attendance_without_enrolment": """
        SELECT count(*)
        FROM summary ANTI JOIN membership
          ON summary.student = membership.student AND school = organisation
    """,
    "absences_without_attendance": """
        SELECT count(*) FROM absence ANTI JOIN summary USING (student, school)
    """,
    "suspended_without_enrolment": """
        SELECT count(*) FROM suspension ANTI JOIN membership USING (organisation, student)
    """,
}


def ways_of(workbench: Workbench, test_results: Path) -> Counts:
    """How many rows of the year in hand were settled in which way, by rule and level.

    `test_results` is the fact as written. Lines of the test file, which are settled before there
    is a level, are counted as ``lines``.
    """
    workbench.let({"test_results": str(test_results)})
    found: Counts = {}
    for rule, query in _WAYS.items():
        counted = f"""
            SELECT
                CASE WHEN at_district THEN 'district'
                    WHEN NOT at_district THEN 'school' ELSE 'lines' END AS level,
                way, count(*)
            FROM ({query}) AS settled(at_district, way)
            GROUP BY level, way
            ORDER BY level, way
        """
        for level, way, rows in workbench.rows(counted):
            found.setdefault(rule, {}).setdefault(way, {})[level] = rows
    return found


def left_out_of(workbench: Workbench) -> dict[str, int]:
    """What the year's records hold that no fact comes of."""
    return {name: int(workbench.rows(query)[0][0]) for name, query in _LEFT_OUT.items()}
