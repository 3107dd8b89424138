"""`graduate`: everyone with a regular diploma of a school year, and where the next years led."""

from __future__ import annotations

from accord.station.facts.english_history import LEARNER_SPELL
from accord.station.facts.kind import Kind
from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

_DIPLOMA = """
SELECT
    student,
    min({'date': date, 'school': school}).school AS school,
    bool_or(a_g_met) AS a_g_met
FROM completions
WHERE list_contains(diplomas(), kind) AND date > earlier_cut_off() AND date <= cut_off()
GROUP BY student
"""

_GRADUATED = """
SELECT district() AS organisation, * FROM diploma
UNION ALL
SELECT school, * FROM diploma
"""

_GRADUATED_LEFT = """
SELECT organisation, student, 12 AS grade, period_before() AS seen_in FROM graduated
"""

_AFTERWARDS = """
SELECT
    student,
    coalesce(bool_or(
        enrolled AND start_date <= fall_end() AND last_day >= fall_start()
    ), false) AS first_fall,
    coalesce(bool_or(in_first_year), false) AS first_year,
    coalesce(bool_or(in_first_year AND college_kind = 'four_year'), false) AS first_year_four,
    coalesce(bool_or(
        enrolled AND start_date <= second_fall_end() AND last_day >= second_fall_start()
    ), false) AS second_fall,
    coalesce(max(searched_on), records_day()) AS searched_until
FROM (
    SELECT
        *,
        coalesce(intensity, '') NOT IN ('withdrawn', 'deceased') AS enrolled,
        coalesce(end_date, start_date) AS last_day,
        enrolled AND start_date < second_fall_start() AND last_day >= fall_start()
            AS in_first_year
    FROM postsecondary
)
GROUP BY student
"""

_LEARNER_BEFORE = """
SELECT DISTINCT student
FROM learner_spell
WHERE first_day <= year_end() AND last_day >= class_start()
"""

_QUERY = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation,
    coalesce(portrait.grade, 12)::SMALLINT AS grade,
    {", ".join(f"portrait.{attribute}" for attribute in ATTRIBUTES)},
    a_g_met,
    learner_before.student IS NOT NULL AS learner_in_high_school,
    afterwards.student IS NOT NULL AS searched,
    CASE WHEN searched_until >= fall_end() THEN first_fall END AS first_fall,
    CASE WHEN searched_until >= second_fall_start() THEN first_year END AS first_year,
    CASE WHEN searched_until >= second_fall_start() THEN first_year_four END AS first_year_four,
    CASE WHEN searched_until >= second_fall_end() THEN second_fall END AS second_fall
FROM graduated
JOIN portrait USING (organisation, student)
LEFT JOIN learner_before ON learner_before.student = graduated.student
LEFT JOIN afterwards ON afterwards.student = graduated.student
JOIN pseudonyms ON pseudonyms.student = graduated.student
JOIN organisations ON organisations.organisation = graduated.organisation
"""

GRADUATE = Kind(
    fact="graduate",
    needs=("completions",),
    shared=(LEARNER_SPELL,),
    before=(
        Step("diploma", _DIPLOMA),
        Step("graduated", _GRADUATED),
        Step("graduated_left", _GRADUATED_LEFT),
    ),
    departed="graduated_left",
    steps=(Step("afterwards", _AFTERWARDS), Step("learner_before", _LEARNER_BEFORE)),
    query=_QUERY,
)
