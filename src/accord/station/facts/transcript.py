"""`transcript`: a student's marks semester by semester, and what they add up to.

A transcript belongs to the student, wherever the courses were taken; every organisation of which
the student was a member that year has a row for each semester with marks.
"""

from __future__ import annotations

from accord.station.facts.kind import Kind
from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

_ABOUT = ("subject", "a_g", "mathematics", "advanced")


def _told(name: str) -> str:
    """What the line says of the course, else the school's course list, else everyone's."""
    return f"coalesce(taken.{name}, own.{name}, everyones.{name}) AS {name}"


# A mark is a letter with or without a sign, or a word that the rule lists; anything else is none.
_COURSE_MARK = f"""
WITH listed AS (
    SELECT course_code, school_year, number AS school, {", ".join(_ABOUT)}
    FROM records.course_list
    LEFT JOIN school_numbers ON name = school
    WHERE records.course_list.school IS NULL OR number IS NOT NULL
),
written AS (
    SELECT
        *,
        replace(upper(trim(mark)), '−', '-') AS plain,
        CASE WHEN regexp_full_match(plain, '[A-Z][+-]?') AND list_contains(letters(), plain[1])
            THEN plain[1] END AS letter
    FROM courses
)
SELECT
    taken.student, taken.school_year,
    CAST(left(taken.school_year, 4) AS INTEGER) AS starts,
    CASE WHEN list_contains(summer_terms(), term) THEN 3
        WHEN list_contains(first_terms(), term) THEN 1 ELSE 2 END AS semester,
    CASE WHEN list_contains(full_year_terms(), term) THEN 2 ELSE 1 END AS semesters,
    points,
    coalesce(points = 0, false) OR list_contains(failing_words(), plain) AS failed,
    points IS NOT NULL OR list_contains(failing_words(), plain)
        OR list_contains(passing_words(), plain) AS counts,
    coalesce(points < c_points(), false) OR list_contains(failing_words(), plain) AS below_c,
    coalesce(points >= c_points(), false) AS c_minus_or_better,
    coalesce(points >= c_points() AND plain <> letters_c() || '-', false) AS c_or_better,
    coalesce(credits_attempted, credits) AS attempted,
    credits AS earned,
    {", ".join(map(_told, _ABOUT))}
FROM written AS taken
LEFT JOIN letter_points ON letter_points.letter = taken.letter
LEFT JOIN listed AS own
  ON own.course_code = taken.course_code AND own.school_year = taken.school_year
  AND own.school = taken.school
LEFT JOIN listed AS everyones
  ON everyones.course_code = taken.course_code AND everyones.school_year = taken.school_year
  AND everyones.school IS NULL
"""

_SEMESTER = """
SELECT
    student, semester,
    count(*) FILTER (counts) AS marks,
    count(points) AS graded,
    coalesce(sum(points), 0) AS points,
    coalesce(sum(attempted), 0) AS attempted,
    coalesce(sum(earned), 0) AS earned,
    coalesce(sum(semesters) FILTER (counts AND NOT failed), 0) AS passed,
    count(*) FILTER (failed AND list_contains(core_subjects(), subject)) AS core_failures,
    count(DISTINCT subject) FILTER (list_contains(core_subjects(), subject)) AS core_subjects,
    count(*) FILTER (counts AND subject = 'english') AS english_marks,
    count(*) FILTER (below_c AND subject = 'english') AS english_below_c,
    count(*) FILTER (counts AND subject = 'mathematics') AS mathematics_marks,
    count(*) FILTER (below_c AND subject = 'mathematics') AS mathematics_below_c,
    count(*) FILTER (advanced IN ('ap', 'ib', 'college')) AS advanced_courses
FROM course_mark
WHERE school_year = period() AND semester < 3
GROUP BY student, semester
"""

# All that had been completed by the end of either semester; a summer belongs to the next year.
_COMPLETED = """
WITH by_requirement AS (
    SELECT
        student, by_the_end, a_g,
        least(sum(semesters) FILTER (c_or_better), any_value(need)) AS done,
        least(sum(semesters) FILTER (c_minus_or_better), any_value(need)) AS done_minus
    FROM course_mark
    JOIN (VALUES (1), (2)) AS ends(by_the_end)
      ON starts < year_number() OR (starts = year_number() AND semester <= by_the_end)
    JOIN a_g_need USING (a_g)
    GROUP BY student, by_the_end, a_g
)
SELECT
    student, by_the_end AS semester,
    sum(done) AS done, sum(done_minus) AS done_minus,
    sum(done) FILTER (a_g = 'b') AS english, sum(done_minus) FILTER (a_g = 'b') AS english_minus,
    sum(done) FILTER (a_g = 'c') AS mathematics,
    sum(done_minus) FILTER (a_g = 'c') AS mathematics_minus
FROM by_requirement
GROUP BY student, by_the_end
"""

_ALGEBRA = """
SELECT student, min(starts * 2 + CASE semester WHEN 3 THEN 2 ELSE semester END) AS passed_at
FROM course_mark
WHERE c_or_better AND semester > 1 AND list_contains(algebra_courses(), mathematics)
GROUP BY student
"""

_SO_FAR = """
SELECT
    *,
    sum(points) OVER so_far AS points_year, sum(graded) OVER so_far AS graded_year,
    sum(passed) OVER so_far AS passed_year,
    sum(core_failures) OVER so_far AS core_failures_year,
    sum(english_marks) OVER so_far AS english_marks_year,
    sum(english_below_c) OVER so_far AS english_below_c_year,
    sum(mathematics_marks) OVER so_far AS mathematics_marks_year,
    sum(mathematics_below_c) OVER so_far AS mathematics_below_c_year,
    sum(advanced_courses) OVER so_far AS advanced_year
FROM semester_marks
WINDOW so_far AS (PARTITION BY student ORDER BY semester)
"""


def _pace(suffix: str) -> str:
    return f"""
    CASE WHEN pace.in_all IS NOT NULL THEN
        coalesce(done{suffix}, 0) >= pace.in_all
        AND coalesce(completed.english{suffix}, 0) >= pace.english
        AND coalesce(completed.mathematics{suffix}, 0) >= pace.mathematics
    END"""


_QUERY = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation, portrait.grade,
    {", ".join(ATTRIBUTES)},
    so_far.semester::SMALLINT AS semester,
    marks::SMALLINT AS marks,
    graded::SMALLINT AS graded,
    points::SMALLINT AS points,
    points_year::SMALLINT AS grade_points_year,
    graded_year::SMALLINT AS graded_year,
    attempted::DECIMAL(6,2) AS credits_attempted,
    earned::DECIMAL(6,2) AS credits_earned,
    passed_year::SMALLINT AS passed_year,
    core_failures::SMALLINT AS core_failures,
    core_failures_year::SMALLINT AS core_failures_year,
    core_subjects::SMALLINT AS core_subjects,
    english_marks_year::SMALLINT AS english_marks_year,
    english_below_c_year::SMALLINT AS english_below_c_year,
    mathematics_marks_year::SMALLINT AS mathematics_marks_year,
    mathematics_below_c_year::SMALLINT AS mathematics_below_c_year,
    coalesce(passed_at <= year_number() * 2 + so_far.semester, false) AS algebra_passed,
    coalesce(done, 0)::SMALLINT AS a_g_semesters,
    {_pace("")} AS a_g_on_pace,
    {_pace("_minus")} AS a_g_on_pace_c_minus,
    advanced_year::SMALLINT AS advanced_courses,
    expected::DECIMAL(6,2) AS days_expected,
    (expected - absent)::DECIMAL(6,2) AS days_attended,
    CASE WHEN discipline.known THEN coalesce(days, 0) >= full_suspension_days() END AS suspended
FROM (FROM portrait WHERE member) AS portrait
JOIN so_far USING (student)
LEFT JOIN completed ON completed.student = so_far.student
  AND completed.semester = so_far.semester
LEFT JOIN algebra ON algebra.student = so_far.student
LEFT JOIN a_g_pace AS pace ON pace.grade = portrait.grade AND pace.semester = so_far.semester
LEFT JOIN days ON days.organisation = portrait.organisation AND days.student = portrait.student
LEFT JOIN suspension ON suspension.organisation = portrait.organisation
  AND suspension.student = portrait.student
JOIN pseudonyms ON pseudonyms.student = portrait.student
JOIN organisations ON organisations.organisation = portrait.organisation
CROSS JOIN discipline
"""

COURSE_MARK = Step("course_mark", _COURSE_MARK)

TRANSCRIPT = Kind(
    fact="transcript",
    needs=("courses",),
    shared=(COURSE_MARK, Step("algebra", _ALGEBRA)),
    steps=(
        Step("semester_marks", _SEMESTER),
        Step("so_far", _SO_FAR),
        Step("completed", _COMPLETED),
    ),
    query=_QUERY,
)
