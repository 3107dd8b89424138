"""`principal_post` and `implementation_count`: what is known of schools, and of no adult.

Both are written for the district alone: at a school, a count of one is a person.
"""

from __future__ import annotations

from accord.station.facts.kind import Kind
from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

_TEXTS = ("race_ethnicity", "gender", "english_status")
_NOBODY = ", ".join(
    f"'NR' AS {name}" if name in _TEXTS else f"false AS {name}" for name in ATTRIBUTES
)
_LOWEST_GRADE = """
SELECT school, coalesce(min(grade_low), 0)::SMALLINT AS grade FROM records.schools GROUP BY school
"""


def _led_on(day: str) -> str:
    """The principal of each school on a day: of several, the one who came last."""
    return f"""
SELECT school, staff, start_date
FROM records.staff_assignments
WHERE role = 'principal' AND start_date <= {day}
  AND coalesce(end_date, DATE '9999-12-31') >= {day}
QUALIFY row_number() OVER (PARTITION BY school ORDER BY start_date DESC, staff) = 1
"""


_POSTS = f"""
SELECT
    led_before.school AS student, period() AS period, 'district' AS level,
    district_name() AS organisation, coalesce(grade, 0)::SMALLINT AS grade,
    {_NOBODY},
    coalesce(led_before.staff = led_now.staff, false) AS retained,
    (year_number() - school_year_of(led_before.start_date))::SMALLINT AS years_in_post
FROM led_before
LEFT JOIN led_now USING (school)
LEFT JOIN lowest_grade USING (school)
WHERE EXISTS (FROM led_now)
"""

_COUNTS = f"""
SELECT
    school AS student, period() AS period, 'district' AS level,
    district_name() AS organisation, coalesce(grade, 0)::SMALLINT AS grade,
    {_NOBODY},
    month::SMALLINT AS month, strand, measure, counted, out_of
FROM records.implementation
LEFT JOIN lowest_grade USING (school)
WHERE school_year = period()
"""

PRINCIPAL_POST = Kind(
    fact="principal_post",
    needs=("staff_assignments",),
    steps=(
        Step("led_before", _led_on("earlier_census_day()")),
        Step("led_now", _led_on("census_day()")),
        Step("lowest_grade", _LOWEST_GRADE),
    ),
    query=_POSTS,
)

IMPLEMENTATION_COUNT = Kind(
    fact="implementation_count",
    needs=("implementation",),
    steps=(Step("lowest_grade", _LOWEST_GRADE),),
    query=_COUNTS,
)
