"""What is known of each student's way to English over all years: spells as a learner, first days,
levels of the yearly test and how long each has stood still. Every school year reads from it.
"""

from __future__ import annotations

from accord.station.facts.workbench import Step

_LEARNER_SPELL = """
WITH followed AS (
    SELECT student, status, start_date,
        lead(start_date) OVER (PARTITION BY student ORDER BY start_date) AS next_date
    FROM status_history
)
SELECT student, start_date AS first_day, coalesce(next_date - 1, DATE '9999-12-31') AS last_day
FROM followed
WHERE list_contains(learner_statuses(), status)
"""

# A first reclassification follows a learner's status and no earlier reclassification.
_LEARNER_PATH = """
SELECT
    student,
    min(start_date) FILTER (list_contains(learner_statuses(), status)) AS classified,
    min(start_date) FILTER (list_contains(reclassified_statuses(), status)) AS fluent,
    CASE WHEN classified < fluent THEN fluent END AS reclassified_on
FROM status_history
GROUP BY student
"""

_FIRST_DAYS = """
SELECT
    student,
    min(us_school_entry) AS us_school_entry,
    max({'year': school_year, 'language': home_language}) FILTER (home_language IS NOT NULL)
        .language AS home_language
FROM students
GROUP BY student
"""

# One result a student, year and subject: one that was taken, then of the test for all.
_PROFICIENCY = """
SELECT
    student, CAST(left(school_year, 4) AS INTEGER) AS starts, subject, tested,
    list_contains(alternate_tests(), test) AS alternate,
    CASE WHEN tested THEN achievement_level END AS achievement_level,
    CASE WHEN tested THEN sub_level END AS sub_level
FROM tests
WHERE list_contains(proficiency_tests(), test)
QUALIFY row_number() OVER (
    PARTITION BY student, school_year, subject
    ORDER BY tested DESC, alternate, test_date DESC NULLS LAST,
        achievement_level DESC NULLS LAST, sub_level DESC NULLS LAST
) = 1
"""

# A level that falls has not risen either: the count goes on.
_STALLING = """
WITH followed AS (
    SELECT student, subject, starts, achievement_level,
        lag(achievement_level) OVER (PARTITION BY student, subject ORDER BY starts) AS earlier
    FROM proficiency
    WHERE achievement_level IS NOT NULL AND NOT alternate
)
SELECT
    student, subject, starts,
    CASE
        WHEN achievement_level >= CASE subject WHEN 'english_proficiency' THEN top_overall()
            ELSE top_domain() END THEN 0
        ELSE starts - max(starts) FILTER (earlier IS NULL OR achievement_level > earlier) OVER (
            PARTITION BY student, subject ORDER BY starts)
    END AS stalled
FROM followed
"""

_ELA_HISTORY = """
SELECT student, CAST(left(school_year, 4) AS INTEGER) AS starts,
    max({'day': coalesce(test_date, DATE '0001-01-01'), 'level': achievement_level}).level
        AS achievement_level
FROM tests
WHERE list_contains(ela_tests(), test) AND subject = 'ela' AND tested
  AND achievement_level IS NOT NULL
GROUP BY student, school_year
"""

LEARNER_SPELL = Step("learner_spell", _LEARNER_SPELL)

HISTORY = (
    LEARNER_SPELL,
    Step("learner_path", _LEARNER_PATH),
    Step("first_days", _FIRST_DAYS),
    Step("proficiency", _PROFICIENCY),
    Step("stalling", _STALLING),
    Step("ela_history", _ELA_HISTORY),
)
