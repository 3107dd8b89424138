"""`student_year`: one row for each member of each organisation in a school year.

Days are counted for a school from its own summary, or from its absences. For the district they are
added over the student's schools, after giving each day on which two schools claim the student to
one of them. Suspension is added over incidents at each level on its own.
"""

from __future__ import annotations

from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

# A summary of the whole year (month 0) stands in place of the months. Absent days are nothing as
# soon as one of the rows leaves them to be counted.
_SUMMARY = """
WITH by_kind AS (
    SELECT
        student, school, month = 0 AS whole_year,
        sum(days_expected) AS expected,
        CASE WHEN count(days_absent) = count(*) THEN sum(days_absent) END AS absent,
        bool_or(absence_exempt) AS exempt
    FROM attendance
    WHERE school_year = period()
    GROUP BY student, school, whole_year
)
SELECT
    student, school,
    arg_max(expected, whole_year)::DECIMAL(6,2) AS expected,
    arg_max_null(absent, whole_year)::DECIMAL(6,2) AS absent,
    bool_or(exempt) AS exempt
FROM by_kind
GROUP BY student, school
"""

# Days of a stay on which the student was also enrolled in a school entered later (or, entered the
# same day, left later; or else first in the alphabet): they belong to that school. A handover,
# where one stay ends as the next begins, takes nothing away.
_YIELDED = """
WITH attended AS (
    SELECT stay.student, organisation AS school, first_day, last_day
    FROM stay
    SEMI JOIN summary ON stay.student = summary.student AND organisation = summary.school
    SEMI JOIN (
        SELECT student FROM summary GROUP BY student HAVING count(*) > 1
    ) AS several ON stay.student = several.student
    WHERE organisation <> district()
),
shared AS (
    SELECT
        early.student, early.school,
        greatest(early.first_day, late.first_day) AS first_day,
        least(early.last_day, late.last_day) AS last_day
    FROM attended AS early
    JOIN attended AS late ON early.student = late.student AND early.school <> late.school
    WHERE (late.first_day, late.last_day, early.school)
        > (early.first_day, early.last_day, late.school)
)
SELECT DISTINCT
    student, school, unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day
FROM shared
WHERE last_day - first_day + 1 > handover_days()
"""

# The one pass over the absences goes by name: giving each of them its number would cost more than
# adding them up.
_ABSENCE = """
WITH yielded_by_name AS (
    SELECT pseudonym, name, day
    FROM yielded
    JOIN pseudonyms USING (student)
    JOIN school_numbers ON school_numbers.number = school
),
counted AS (
    SELECT
        raw.student AS pseudonym, raw.school AS name,
        sum(days) FILTER (away) AS absent,
        sum(days) FILTER (away AND day IS NULL) AS absent_for_district,
        sum(days) FILTER (suspension) AS suspended,
        sum(days) FILTER (suspension AND day IS NULL) AS suspended_for_district
    FROM (
        SELECT
            student, school, date, days,
            days >= least_absence()
                AND NOT list_contains(present_reasons(), coalesce(reason, 'other'))
                AS away,
            list_contains(suspension_actions(), reason) AS suspension
        FROM records.absences
        WHERE school_year = period()
    ) AS raw
    LEFT JOIN yielded_by_name AS yielded
      ON yielded.pseudonym = raw.student AND yielded.name = raw.school AND day = date
    GROUP BY raw.student, raw.school
)
SELECT student, number AS school, * EXCLUDE (pseudonym, name, student, number)
FROM counted
JOIN pseudonyms USING (pseudonym)
JOIN school_numbers USING (name)
"""

# `kept` of `enrolled` days count for the district.
_SCHOOL_DAYS = """
WITH enrolled AS (
    SELECT student, organisation AS school, sum(last_day - first_day + 1) AS enrolled
    FROM stay
    WHERE organisation <> district()
    GROUP BY student, school
),
given AS (
    SELECT student, school, count(*) AS given
    FROM yielded
    GROUP BY student, school
),
counted AS (
    SELECT
        student, school, expected, exempt, enrolled,
        enrolled - coalesce(given, 0) AS kept,
        summary.absent IS NULL AS from_absences,
        coalesce(
            summary.absent,
            CASE WHEN EXISTS (FROM absence) THEN coalesce(absence.absent, 0) END
        ) AS absent,
        coalesce(absence.absent_for_district, 0) AS counted_for_district
    FROM enrolled
    JOIN summary USING (student, school)
    LEFT JOIN absence USING (student, school)
    LEFT JOIN given USING (student, school)
)
SELECT
    student, school, exempt, expected,
    least(absent, expected)::DECIMAL(6,2) AS absent,
    portion(expected, kept, enrolled) AS expected_for_district,
    least(
        CASE WHEN from_absences THEN counted_for_district ELSE portion(absent, kept, enrolled) END,
        expected_for_district
    )::DECIMAL(6,2) AS absent_for_district,
    kept < enrolled AS shared,
    from_absences,
    absent > expected AS capped
FROM counted
WHERE absent IS NOT NULL
"""

# A student exempt in one school is counted in the district by the other schools' days.
_DAYS = """
SELECT school AS organisation, student, exempt, expected, absent
FROM school_days
UNION ALL
SELECT
    district(), student,
    bool_and(exempt),
    coalesce(sum(expected_for_district) FILTER (NOT exempt), sum(expected_for_district)),
    coalesce(sum(absent_for_district) FILTER (NOT exempt), sum(absent_for_district))
FROM school_days
GROUP BY student
"""

_SUSPENDING = """
SELECT student, school, days
FROM incidents
WHERE school_year = period() AND list_contains(suspension_actions(), action)
"""

# Incidents and absences tell of the same suspensions: absences only where there are no incidents.
_SUSPENSION = """
WITH counted AS (
    SELECT student, school, days, days AS days_for_district
    FROM suspending
    UNION ALL
    SELECT student, school, suspended, suspended_for_district
    FROM absence
    WHERE NOT EXISTS (FROM suspending)
)
SELECT school AS organisation, student, sum(days) AS days
FROM counted
GROUP BY school, student
UNION ALL
SELECT district(), student, sum(days_for_district)
FROM counted
GROUP BY student
"""

# Where neither incidents nor absences tell of discipline, nobody knows who was suspended.
_DISCIPLINE = """
SELECT
    EXISTS (FROM incidents WHERE school_year = period())
    OR EXISTS (FROM absence WHERE suspended IS NOT NULL) AS known
"""

STEPS = (
    Step("summary", _SUMMARY),
    Step("yielded", _YIELDED),
    Step("absence", _ABSENCE),
    Step("school_days", _SCHOOL_DAYS),
    Step("days", _DAYS),
    Step("suspending", _SUSPENDING),
    Step("suspension", _SUSPENSION),
    Step("discipline", _DISCIPLINE),
)

FACT = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation, grade,
    {", ".join(ATTRIBUTES)},
    enrolled_on_census,
    expected::DECIMAL(6,2) AS days_expected,
    (expected - absent)::DECIMAL(6,2) AS days_attended,
    absent::DECIMAL(6,2) AS days_absent,
    coalesce(exempt, false) AS absence_exempt,
    CASE WHEN discipline.known THEN coalesce(days, 0) END::DECIMAL(6,2) AS days_suspended,
    days_suspended >= full_suspension_days() AS suspended,
    stable
FROM (FROM portrait WHERE member)
LEFT JOIN days USING (organisation, student)
LEFT JOIN suspension USING (organisation, student)
JOIN pseudonyms USING (student)
JOIN organisations USING (organisation)
CROSS JOIN discipline
"""
