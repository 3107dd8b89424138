"""Who belonged to which organisation, and when: a year's enrolments as runs of days.

An enrolment belongs to its school and to the district. The two levels are worked out side by side
from the same enrolments and never from each other, so that a student who changes school is a
member of two schools and, once, of the district.

A *stay* is a run of days without a gap: overlapping or adjoining enrolments at one organisation
are one stay, and no day is counted twice. Continuous enrolment forgives short gaps and has a looser
run beside it. Few students have more than one enrolment at an organisation; only theirs are put in
order.
"""

from __future__ import annotations

from accord.station.facts.workbench import Step

_ENROLMENT = """
SELECT
    student, school, grade,
    greatest(entry_date, year_start()) AS first_day,
    least(coalesce(exit_date, horizon()), year_end()) AS last_day,
    coalesce(exit_date <= year_end() AND list_contains(disqualifying_exits(), exit_reason), false)
        AS disqualified
FROM enrolments
WHERE school_year = period() AND enrolment_type IS DISTINCT FROM 'secondary'
  AND first_day <= last_day
"""

_SPELL = """
SELECT school AS organisation, * EXCLUDE (school) FROM enrolment
UNION ALL
SELECT district(), * EXCLUDE (school) FROM enrolment
"""

_ROLL = """
SELECT
    organisation, student,
    count(*) AS enrolments,
    min(first_day) AS first_day,
    max(last_day) AS last_day,
    min(grade) AS lowest_grade,
    max(grade) AS highest_grade,
    bool_or(disqualified) AS disqualified,
    bool_or(census_day() BETWEEN first_day AND last_day) AS enrolled_on_census
FROM spell
GROUP BY organisation, student
"""

_SEVERAL = """
FROM spell SEMI JOIN (FROM roll WHERE enrolments > 1) USING (organisation, student)
"""

# The last enrolment is the one that ends last, then the one that began last; on a tie of both,
# the highest grade.
_LAST_GRADE = """
SELECT
    organisation, student,
    max({'ends': last_day, 'begins': first_day, 'grade': grade}).grade AS last_grade
FROM several
GROUP BY organisation, student
"""

# `gap` is the number of days since the last day of any earlier enrolment: zero or less where they
# touch or overlap. A run's number is how many gaps too long for it have gone before.
_RUN = """
WITH dated AS (
    SELECT *, first_day - max(last_day) OVER before - 1 AS gap
    FROM several
    WINDOW before AS (
        PARTITION BY organisation, student ORDER BY first_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT
    organisation, student, first_day, last_day, disqualified,
    count(*) FILTER (gap > 0) OVER so_far AS stay,
    count(*) FILTER (gap > continuity_gap_days()) OVER so_far AS continuous_run
FROM dated
WINDOW so_far AS (PARTITION BY organisation, student ORDER BY first_day)
"""

# A stay is disqualified by the exit that ends it.
_STAY = """
SELECT organisation, student, first_day, last_day, disqualified
FROM roll
WHERE enrolments = 1
UNION ALL
SELECT
    organisation, student, min(first_day), max(last_day),
    coalesce(max(last_day) FILTER (disqualified) = max(last_day), false)
FROM run
GROUP BY organisation, student, stay
"""

# The state asks for one long stay at the same school, whichever level it reports.
_STABILITY = """
WITH at_school AS (
    SELECT
        organisation, student,
        bool_or(last_day - first_day + 1 >= stability_days() AND NOT disqualified) AS stable
    FROM stay
    WHERE organisation <> district()
    GROUP BY organisation, student
)
FROM at_school
UNION ALL
SELECT district(), student, bool_or(stable)
FROM at_school
GROUP BY student
"""

_CONTINUITY = """
SELECT
    organisation, student,
    min(first_day) AS continuous_from, max(last_day) AS continuous_to
FROM run
GROUP BY organisation, student, continuous_run
HAVING census_day() BETWEEN min(first_day) AND max(last_day)
"""

_MEMBERSHIP = """
SELECT
    organisation, student, first_day, last_day,
    coalesce(last_grade, highest_grade) AS grade, lowest_grade = highest_grade AS one_grade,
    enrolled_on_census, stable,
    CASE WHEN enrolled_on_census THEN coalesce(continuous_from, first_day) END AS continuous_from,
    CASE WHEN enrolled_on_census THEN coalesce(continuous_to, last_day) END AS continuous_to
FROM roll
JOIN stability USING (organisation, student)
LEFT JOIN last_grade USING (organisation, student)
LEFT JOIN continuity USING (organisation, student)
"""

STEPS = (
    Step("enrolment", _ENROLMENT),
    Step("spell", _SPELL),
    Step("roll", _ROLL),
    Step("several", _SEVERAL),
    Step("last_grade", _LAST_GRADE),
    Step("run", _RUN),
    Step("stay", _STAY),
    Step("stability", _STABILITY),
    Step("continuity", _CONTINUITY),
    Step("membership", _MEMBERSHIP),
)
