"""`attendance_month`: days expected, attended and missed in each calendar month on record.

A district's month is its schools' months added up; days on which two schools expected the same
student are settled for the year only, in `student_year`.
"""

from __future__ import annotations

from accord.station.facts.kind import Kind
from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

_MONTH_SUMMARY = """
SELECT
    student, school, month,
    sum(days_expected) AS expected,
    CASE WHEN count(days_absent) = count(*) THEN sum(days_absent) END AS absent,
    bool_or(absence_exempt) AS exempt
FROM attendance
WHERE school_year = period() AND month > 0
GROUP BY student, school, month
"""

_MONTH_ABSENCE = """
WITH counted AS (
    SELECT student AS pseudonym, school AS name, month(date) AS month, sum(days) AS absent
    FROM records.absences
    WHERE school_year = period() AND days >= least_absence()
      AND NOT list_contains(present_reasons(), coalesce(reason, 'other'))
      AND EXISTS (FROM month_summary WHERE absent IS NULL)
    GROUP BY ALL
)
SELECT student, number AS school, month, absent
FROM counted JOIN pseudonyms USING (pseudonym) JOIN school_numbers USING (name)
"""

_MONTH_DAYS = """
WITH at_school AS (
    SELECT
        student, school, month, expected, exempt,
        least(
            coalesce(
                summary.absent,
                CASE WHEN EXISTS (FROM month_absence) THEN coalesce(missed.absent, 0) END
            ),
            expected
        ) AS absent
    FROM month_summary AS summary
    LEFT JOIN month_absence AS missed USING (student, school, month)
)
SELECT school AS organisation, * EXCLUDE (school) FROM at_school WHERE absent IS NOT NULL
UNION ALL
SELECT district(), student, month,
    coalesce(sum(expected) FILTER (NOT exempt), sum(expected)), bool_and(exempt),
    coalesce(sum(absent) FILTER (NOT exempt), sum(absent))
FROM at_school
WHERE absent IS NOT NULL
GROUP BY student, month
"""

_QUERY = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation, grade,
    {", ".join(ATTRIBUTES)},
    month::SMALLINT AS month,
    expected::DECIMAL(6,2) AS days_expected,
    (expected - absent)::DECIMAL(6,2) AS days_attended,
    absent::DECIMAL(6,2) AS days_absent,
    sum(expected) OVER so_far::DECIMAL(6,2) AS days_expected_so_far,
    sum(absent) OVER so_far::DECIMAL(6,2) AS days_absent_so_far,
    exempt AS absence_exempt
FROM (FROM portrait WHERE member)
JOIN month_days USING (organisation, student)
JOIN pseudonyms USING (student)
JOIN organisations USING (organisation)
WINDOW so_far AS (PARTITION BY organisation, student ORDER BY (month + 5) % 12)
"""

ATTENDANCE_MONTH = Kind(
    fact="attendance_month",
    needs=("attendance",),
    steps=(
        Step("month_summary", _MONTH_SUMMARY),
        Step("month_absence", _MONTH_ABSENCE),
        Step("month_days", _MONTH_DAYS),
    ),
    query=_QUERY,
)
