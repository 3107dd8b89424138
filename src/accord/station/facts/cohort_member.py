"""`cohort_member`: the graduating class whose four years end in a school year.

The state's own cohort of a district (CALPADS 15.2) stands in place of anything worked out here.
Where there is none, the class is made of enrolments in grades 9 to 12, provided the records reach
back over all four years; they can't show where leavers went, so a removal needs proof.
"""

from __future__ import annotations

from accord.station.facts.english_history import LEARNER_SPELL
from accord.station.facts.kind import Kind
from accord.station.facts.settle import ATTRIBUTES, PROGRAMMES
from accord.station.facts.transcript import COURSE_MARK
from accord.station.facts.workbench import Step

_EVER = ("disadvantaged", "disability", "foster", "homeless", "migrant")

_HIGH_SCHOOL = """
SELECT
    student, school, school_year, CAST(left(school_year, 4) AS INTEGER) AS starts, grade,
    entry_date, exit_date, exit_reason, exit_documented
FROM enrolments
WHERE grade BETWEEN 9 AND 12 AND enrolment_type IS DISTINCT FROM 'secondary'
"""

# Who repeats a grade stays in the class of the first time.
_CLASS_OF = """
WITH seen AS (
    SELECT student, min({'starts': starts, 'grade': grade}) AS first
    FROM high_school
    GROUP BY student
),
told AS (
    SELECT student, min(CAST(left(ninth_grade_entry, 4) AS INTEGER)) AS starts
    FROM students
    WHERE ninth_grade_entry IS NOT NULL
    GROUP BY student
)
SELECT
    student,
    coalesce(told.starts, first.starts - (first.grade - 9)) + cohort_years() - 1 AS class
FROM seen LEFT JOIN told USING (student)
"""

_COMPLETED = """
SELECT
    student,
    min(date) FILTER (list_contains(diplomas(), kind)) AS diploma_on,
    min(date) FILTER (list_contains(other_completions(), kind)) AS completed_on,
    bool_or(a_g_met) AS a_g_met,
    coalesce(bool_or(seal_of_biliteracy), false) AS seal
FROM completions
GROUP BY student
"""

_COLLEGE_READY = """
SELECT
    student,
    count(*) FILTER (programme = 'ap' AND score >= ap_score()) AS ap_passed,
    count(*) FILTER (programme = 'ib' AND score >= ib_score()) AS ib_passed
FROM college_exams
GROUP BY student
"""

_COLLEGE_COURSES = """
SELECT student, sum(semesters) AS college_semesters
FROM course_mark
WHERE advanced = 'college' AND c_or_better
GROUP BY student
"""

_JUNIOR_LEVELS = """
SELECT
    student,
    max(achievement_level) FILTER (subject = 'ela') AS ela_level,
    max(achievement_level) FILTER (subject = 'mathematics') AS mathematics_level
FROM tests
WHERE grade = 11 AND tested AND list_contains(ela_tests(), test)
GROUP BY student
"""

_DOCUMENTING = (
    "SELECT count(exit_documented) > 0 AS told, min(starts) AS first_year FROM high_school"
)

# What is on record of a class without the state's word for it. A blank exit says no more than that
# the student stayed to the end of that school year.
_OWN_CLASS = """
WITH last AS (
    SELECT
        student,
        max({
            'starts': starts, 'ends': coalesce(exit_date, DATE '9999-12-31'),
            'begins': entry_date, 'grade': grade, 'school': school,
            'reason': exit_reason, 'documented': exit_documented
        }) AS stay
    FROM high_school JOIN (FROM class_of WHERE class = year_number()) AS own USING (student)
    WHERE starts <= year_number()
      AND (SELECT first_year FROM documenting) <= year_number() - cohort_years() + 1
      AND NOT EXISTS (FROM cohorts WHERE cohort = period())
    GROUP BY student
)
SELECT
    student, stay.school, stay.grade, stay.starts AS last_seen,
    NOT told OR coalesce(stay.documented, false) AS proven,
    CASE
        WHEN diploma_on <= cut_off() THEN 'graduate'
        WHEN diploma_on <= later_cut_off() THEN 'fifth_year'
        WHEN completed_on <= cut_off() OR list_contains(completers(), stay.reason) THEN 'completer'
        WHEN later.student IS NOT NULL THEN 'enrolled'
        WHEN proven AND list_contains(transfers(), stay.reason) THEN 'transfer'
        WHEN proven AND list_contains(emigrations(), stay.reason) THEN 'emigrated'
        WHEN proven AND list_contains(deaths(), stay.reason) THEN 'deceased'
        WHEN stay.starts = year_number()
            AND (stay.ends > year_end() OR list_contains(staying(), stay.reason)) THEN 'enrolled'
        ELSE 'dropout'
    END AS outcome,
    completed.a_g_met
FROM last
CROSS JOIN documenting
LEFT JOIN completed_school AS completed USING (student)
LEFT JOIN (SELECT DISTINCT student FROM high_school WHERE starts > year_number()) AS later
  USING (student)
"""

_CLASS = """
SELECT
    'records' AS basis, student, school, grade, last_seen, outcome, proven, a_g_met
FROM own_class
UNION ALL
SELECT
    'state', student, cohorts.school, coalesce(last.grade, 12), coalesce(last_seen, year_number()),
    outcome, documented IS DISTINCT FROM false,
    coalesce(cohorts.a_g_met, completed.a_g_met)
FROM cohorts
LEFT JOIN (
    SELECT student, arg_max(grade, starts) AS grade, max(starts) AS last_seen
    FROM high_school
    WHERE starts <= year_number()
    GROUP BY student
) AS last USING (student)
LEFT JOIN completed_school AS completed USING (student)
WHERE cohort = period()
"""

_CLASS_PLACE = """
SELECT district() AS organisation, * FROM class
UNION ALL
SELECT school, * FROM class WHERE school IS NOT NULL
"""

_CLASS_LEFT = """
SELECT organisation, student, grade, school_year_text(last_seen) AS seen_in FROM class_place
"""

# Groups of a class are of everyone who belonged at any time in its four years.
_IN_COHORT = f"""
SELECT
    student,
    {
    ", ".join(
        f"coalesce(bool_or(programme = '{PROGRAMMES[name]}'), false) AS {name}_in_cohort"
        for name in _EVER
    )
}
FROM programmes
WHERE (school_year IS NULL
        OR CAST(left(school_year, 4) AS INTEGER)
            BETWEEN year_number() - cohort_years() + 1 AND year_number())
  AND coalesce(start_date, year_start()) <= year_end()
  AND coalesce(end_date, year_end()) >= class_start()
GROUP BY student
"""

_LEARNER_IN_COHORT = """
SELECT DISTINCT student
FROM learner_spell
WHERE first_day <= year_end() AND last_day >= class_start()
"""

_PATHWAY_DONE = """
SELECT DISTINCT student FROM pathways
WHERE completed AND CAST(left(school_year, 4) AS INTEGER) <= year_number()
"""

_QUERY = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation,
    place.grade::SMALLINT AS grade,
    {", ".join(f"portrait.{attribute}" for attribute in ATTRIBUTES)},
    basis, outcome,
    NOT (proven AND outcome IN ('transfer', 'emigrated', 'deceased')) AS in_cohort,
    outcome = 'graduate' AS graduated,
    CASE WHEN (SELECT max(starts) > year_number() FROM high_school)
        OR EXISTS (FROM class WHERE outcome = 'fifth_year')
        THEN outcome IN ('graduate', 'fifth_year') END AS graduated_in_five,
    learning.student IS NOT NULL AS learner_in_cohort,
    {", ".join(f"coalesce({name}_in_cohort, false) AS {name}_in_cohort" for name in _EVER)},
    place.a_g_met,
    pathway_done.student IS NOT NULL AS pathway_completed,
    coalesce(ap_passed, 0)::SMALLINT AS ap_passed,
    coalesce(ib_passed, 0)::SMALLINT AS ib_passed,
    coalesce(college_semesters, 0)::SMALLINT AS college_semesters,
    ela_level::SMALLINT AS ela_level,
    mathematics_level::SMALLINT AS mathematics_level,
    coalesce(seal, false) AS seal_of_biliteracy
FROM class_place AS place
JOIN portrait USING (organisation, student)
LEFT JOIN learner_in_cohort AS learning ON learning.student = place.student
LEFT JOIN in_cohort ON in_cohort.student = place.student
LEFT JOIN completed_school AS completed ON completed.student = place.student
LEFT JOIN pathway_done ON pathway_done.student = place.student
LEFT JOIN college_ready ON college_ready.student = place.student
LEFT JOIN college_courses ON college_courses.student = place.student
LEFT JOIN junior_levels ON junior_levels.student = place.student
JOIN pseudonyms ON pseudonyms.student = place.student
JOIN organisations ON organisations.organisation = place.organisation
"""

COHORT_MEMBER = Kind(
    fact="cohort_member",
    needs=("completions", "cohorts"),
    shared=(
        LEARNER_SPELL,
        COURSE_MARK,
        Step("high_school", _HIGH_SCHOOL),
        Step("class_of", _CLASS_OF),
        Step("completed_school", _COMPLETED),
        Step("documenting", _DOCUMENTING),
        Step("college_ready", _COLLEGE_READY),
        Step("college_courses", _COLLEGE_COURSES),
        Step("junior_levels", _JUNIOR_LEVELS),
    ),
    before=(
        Step("own_class", _OWN_CLASS),
        Step("class", _CLASS),
        Step("class_place", _CLASS_PLACE),
        Step("class_left", _CLASS_LEFT),
    ),
    departed="class_left",
    steps=(
        Step("in_cohort", _IN_COHORT),
        Step("learner_in_cohort", _LEARNER_IN_COHORT),
        Step("pathway_done", _PATHWAY_DONE),
    ),
    query=_QUERY,
)
