"""`test_result`: one row for each student, test and subject that an organisation answers for.

The test file says who was expected: it has a row for each student, tested or not. A file that
holds tested students only would make every participation rate 100 %; then the students enrolled in
a tested grade on the last day of testing, and without a row, are added as expected and not tested.
"""

from __future__ import annotations

from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

# Of two results of one student in the same test and subject, the one tested stands; then the
# latest; then the highest. What is still the same in all of these is the same result.
_BEST_FIRST = """
    tested DESC, test_date DESC NULLS LAST, scale_score DESC NULLS LAST,
    achievement_level DESC NULLS LAST, grade DESC, first_year_el DESC
"""

_LISTED = """
SELECT
    student, school, test, subject, grade, test_date, tested,
    CASE WHEN tested THEN scale_score END AS scale_score,
    CASE WHEN tested THEN achievement_level END AS achievement_level,
    coalesce(first_year_el, false) AS first_year_el,
    coalesce(school_accountable, true) AS for_school,
    coalesce(district_accountable, true) AS for_district,
    false AS added
FROM tests
WHERE school_year = period() AND NOT list_contains(proficiency_tests(), test)
"""

_TESTING = """
SELECT
    test, subject,
    min(test_date) AS first_day,
    max(test_date) AS last_day,
    bool_and(tested) AS tested_only,
    list(DISTINCT grade) AS grades_listed
FROM listed
GROUP BY test, subject
"""

# The grades that take a test, with their scales. A test that the catalogue doesn't know is given in
# the grades in which it was given.
_SCALE = """
FROM standards
UNION ALL
SELECT test, subject, unnest(grades_listed), NULL, NULL, NULL
FROM testing ANTI JOIN standards USING (test, subject)
"""

_MISSED = """
SELECT DISTINCT
    student, school, test, subject, grade,
    NULL::DATE AS test_date, false AS tested,
    NULL::INTEGER AS scale_score, NULL::INTEGER AS achievement_level,
    false AS first_year_el, true AS for_school, true AS for_district, true AS added
FROM (FROM testing WHERE tested_only) AS testing
JOIN scale USING (test, subject)
JOIN enrolment USING (grade)
ANTI JOIN listed USING (student, test, subject)
WHERE testing.last_day BETWEEN enrolment.first_day AND enrolment.last_day
"""

# Who was not tested, or has no date, would have been tested from the first day on.
_SITTING = """
SELECT lines.*, coalesce(test_date, first_day, census_day()) AS day
FROM (FROM listed UNION ALL FROM missed) AS lines
JOIN testing USING (test, subject)
"""

_REPEATED = """
SELECT student, test, subject
FROM sitting
GROUP BY student, test, subject
HAVING count(*) > 1
"""

_RESULT = f"""
WITH accountable AS (
    SELECT school AS organisation, * EXCLUDE (school, for_school, for_district)
    FROM sitting
    WHERE for_school
    UNION ALL
    SELECT district(), * EXCLUDE (school, for_school, for_district)
    FROM sitting
    WHERE for_district
)
SELECT *, false AS chosen
FROM accountable ANTI JOIN repeated USING (student, test, subject)
UNION ALL (
    SELECT *, count(*) OVER (PARTITION BY organisation, student, test, subject) > 1 AS chosen
    FROM accountable SEMI JOIN repeated USING (student, test, subject)
    QUALIFY row_number() OVER (
        PARTITION BY organisation, student, test, subject ORDER BY {_BEST_FIRST}
    ) = 1
)
"""

# Only a result from the grade below tells what a year brought.
_PRIOR = f"""
SELECT student, test, subject, grade + 1 AS grade, scale_score, achievement_level
FROM tests
WHERE school_year = period_before() AND tested
QUALIFY row_number() OVER (
    PARTITION BY student, test, subject, grade ORDER BY {_BEST_FIRST}
) = 1
"""

STEPS = (
    Step("listed", _LISTED),
    Step("testing", _TESTING),
    Step("scale", _SCALE),
    Step("missed", _MISSED),
    Step("sitting", _SITTING),
    Step("repeated", _REPEATED),
    Step("result", _RESULT),
    Step("prior", _PRIOR),
)

# A score that can't be obtained is none.
_SCORE = """CASE WHEN coalesce(result.scale_score BETWEEN lowest_score AND highest_score, true)
        THEN result.scale_score END"""

FACT = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation, result.grade,
    {", ".join(ATTRIBUTES)},
    test, subject,
    scale.grade IS NOT NULL AS expected,
    tested,
    {_SCORE} AS scale_score,
    result.achievement_level::SMALLINT AS achievement_level,
    standard_score, lowest_score, highest_score,
    {_SCORE} - standard_score AS distance,
    prior.scale_score AS prior_score,
    prior.achievement_level::SMALLINT AS prior_level,
    first_year_el,
    coalesce(day BETWEEN continuous_from AND continuous_to, NOT EXISTS (FROM enrolment))
        AS continuous
FROM result
LEFT JOIN scale USING (test, subject, grade)
LEFT JOIN prior USING (student, test, subject, grade)
JOIN portrait USING (organisation, student)
JOIN pseudonyms USING (student)
JOIN organisations USING (organisation)
"""
