"""`english_year`: a year on the English learner's clock.

The clock starts with the first day of the first status that makes a student a learner, and is read
in school years begun. Progress compares this year's test of English proficiency with last year's in
six steps; a half level that is not on record leaves the outcome open only where it decides.
"""

from __future__ import annotations

from accord.station.facts.english_history import HISTORY
from accord.station.facts.kind import Kind
from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

_DOMAINS = {
    "overall": "english_proficiency",
    "listening": "listening",
    "speaking": "speaking",
    "reading": "english_reading",
    "writing": "writing",
}
_LANGUAGE_PROGRAMMES = (
    "dual_language",
    "developmental",
    "transitional",
    "newcomer",
    "structured_immersion",
    "other_language_programme",
)

_EARLIER_FALL = """
WITH enrolled AS (
    SELECT student, school, grade
    FROM enrolments
    WHERE school_year = period_before() AND enrolment_type IS DISTINCT FROM 'secondary'
      AND entry_date <= earlier_census_day()
      AND coalesce(exit_date, DATE '9999-12-31') >= earlier_census_day()
),
learning AS (
    FROM enrolled SEMI JOIN (
        FROM learner_spell WHERE earlier_census_day() BETWEEN first_day AND last_day
    ) AS spell USING (student)
)
SELECT school AS organisation, student, max(grade) AS grade, period_before() AS seen_in
FROM learning
GROUP BY school, student
UNION ALL
SELECT district(), student, max(grade), period_before()
FROM learning
GROUP BY student
"""

_ON_THE_CLOCK = """
SELECT organisation, student, bool_or(earlier) AS earlier
FROM (
    SELECT organisation, student, false AS earlier
    FROM portrait
    WHERE member AND ever_english_learner
    UNION ALL
    SELECT organisation, student, true FROM earlier_fall
)
GROUP BY organisation, student
"""

_LEARNING_HERE = """
SELECT DISTINCT stay.organisation, stay.student
FROM stay JOIN learner_spell
  ON stay.student = learner_spell.student
  AND learner_spell.first_day <= stay.last_day AND stay.first_day <= learner_spell.last_day
"""

_FLUENT_HERE = """
SELECT DISTINCT stay.organisation, stay.student
FROM stay JOIN learner_path
  ON stay.student = learner_path.student
  AND reclassified_on BETWEEN stay.first_day AND stay.last_day
"""

# The steps of the progress indicator: 1, 2L, 2H, 3L, 3H, 4. Without its half, a level 2 or 3 lies
# somewhere between two steps.
_STEPPED = """
SELECT
    *,
    CASE achievement_level WHEN 1 THEN 1 WHEN 4 THEN 6
        WHEN 2 THEN CASE sub_level WHEN '2H' THEN 3 ELSE 2 END
        WHEN 3 THEN CASE sub_level WHEN '3H' THEN 5 ELSE 4 END END AS lowest,
    CASE achievement_level WHEN 1 THEN 1 WHEN 4 THEN 6
        WHEN 2 THEN CASE sub_level WHEN '2L' THEN 2 ELSE 3 END
        WHEN 3 THEN CASE sub_level WHEN '3L' THEN 4 ELSE 5 END END AS highest
FROM proficiency
WHERE subject = 'english_proficiency' AND starts IN (year_number(), year_number() - 1)
"""

_PROGRESS = """
WITH now AS (FROM stepped WHERE starts = year_number()),
earlier AS (FROM stepped WHERE starts = year_number() - 1)
SELECT
    now.student, now.tested, now.alternate,
    now.achievement_level AS overall_level,
    earlier.achievement_level AS earlier_level,
    CASE
        WHEN overall_level IS NULL OR earlier_level IS NULL THEN NULL
        WHEN now.alternate <> earlier.alternate THEN NULL
        WHEN now.alternate THEN CASE
            WHEN overall_level > earlier_level THEN 'alternate_progressed'
            WHEN overall_level = 3 AND earlier_level = 3 THEN 'alternate_kept_3'
            ELSE 'alternate_other' END
        WHEN now.lowest > earlier.highest THEN 'progressed'
        WHEN now.highest < earlier.lowest THEN 'declined'
        WHEN now.lowest < now.highest OR earlier.lowest < earlier.highest THEN NULL
        WHEN overall_level = 4 THEN 'kept_4'
        ELSE 'kept_other'
    END AS outcome
FROM now LEFT JOIN earlier USING (student)
"""

_STALLED = f"""
SELECT
    student,
    {", ".join(f"max(stalled) FILTER (subject = '{s}') AS {n}" for n, s in _DOMAINS.items())}
FROM stalling
WHERE starts = year_number()
GROUP BY student
"""

_ELA = """
SELECT
    student,
    max(achievement_level) FILTER (starts = year_number()) AS this_year,
    arg_max(achievement_level, starts) AS latest
FROM ela_history
WHERE starts IN (year_number(), year_number() - 1)
GROUP BY student
"""

_LANGUAGE_PROGRAMME = f"""
SELECT student, school,
    arg_min(programme, list_position({list(_LANGUAGE_PROGRAMMES)}, programme)) AS programme
FROM programme
WHERE list_contains({list(_LANGUAGE_PROGRAMMES)}, programme)
GROUP BY student, school
"""

_CLOCK = """
SELECT
    on_the_clock.*,
    portrait.* EXCLUDE (organisation, student),
    learning_here.student IS NOT NULL AS learner_in_year,
    fluent_here.student IS NOT NULL AS reclassified_here,
    learner_path.reclassified_on,
    coalesce(year_number() + 1 - school_year_of(classified), 0) AS years_as_learner,
    greatest(
        year_number() + 1 - school_year_of(coalesce(us_school_entry, classified, year_end())), 0
    ) AS years_in_us,
    progress.* EXCLUDE (student),
    stalled.* EXCLUDE (student),
    ela.this_year AS ela_level, ela.latest AS latest_ela_level,
    home_language,
    year_number() - school_year_of(since) AS years_fluent
FROM on_the_clock
JOIN portrait USING (organisation, student)
LEFT JOIN learning_here USING (organisation, student)
LEFT JOIN fluent_here USING (organisation, student)
LEFT JOIN status USING (organisation, student)
LEFT JOIN learner_path ON learner_path.student = on_the_clock.student
LEFT JOIN first_days ON first_days.student = on_the_clock.student
LEFT JOIN progress ON progress.student = on_the_clock.student
LEFT JOIN stalled ON stalled.student = on_the_clock.student
LEFT JOIN ela ON ela.student = on_the_clock.student
"""

_QUERY = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation, clock.grade,
    {", ".join(f"clock.{attribute}" for attribute in ATTRIBUTES)},
    member AND coalesce(census.enrolled_on_census, false) AS enrolled_on_census,
    earlier AS learner_on_earlier_census,
    member AND learner_in_year AS learner_in_year,
    coalesce(
        reclassified_on > earlier_census_day() AND reclassified_on <= census_day(), false
    ) AND coalesce(census.enrolled_on_census, false) AS reclassified_since_census,
    reclassified_here AND member AND reclassified
        AND coalesce(reclassified_on BETWEEN year_start() AND year_end(), false)
        AS reclassified_in_year,
    years_as_learner::SMALLINT AS years_as_learner,
    years_in_us::SMALLINT AS years_in_us,
    english_learner AND years_in_us <= newcomer_years() AS newcomer,
    member AND (english_learner OR coalesce(tested, false)) AND clock.grade >= 0 AS level_expected,
    coalesce(tested, false) AS level_tested,
    coalesce(alternate, false) AS alternate,
    overall_level::SMALLINT AS overall_level,
    earlier_level::SMALLINT AS earlier_level,
    outcome,
    overall::SMALLINT AS stalled_years,
    listening::SMALLINT AS stalled_listening,
    speaking::SMALLINT AS stalled_speaking,
    reading::SMALLINT AS stalled_reading,
    writing::SMALLINT AS stalled_writing,
    ela_level::SMALLINT AS ela_level,
    member AND english_learner
        AND clock.grade BETWEEN long_term_least_grade() AND long_term_most_grade()
        AND years_in_us >= long_term_years()
        AND coalesce(overall_level <= earlier_level, true)
        AND (clock.grade > low_ela_most_grade()
            OR coalesce(latest_ela_level <= low_ela_level(), true))
        AS long_term_by_progress,
    member AND english_learner AND years_as_learner >= acquisition_years() AS long_term_by_years,
    member AND english_learner
        AND clock.grade BETWEEN at_risk_least_grade() AND at_risk_most_grade()
        AND years_in_us BETWEEN at_risk_least_years() AND at_risk_most_years()
        AND coalesce(overall_level <= intermediate_level(), true)
        AND (clock.grade > low_ela_most_grade()
            OR coalesce(latest_ela_level <= low_ela_level(), true))
        AS at_risk_of_long_term,
    CASE WHEN member AND reclassified AND years_fluent BETWEEN 1 AND monitored_years()
        THEN years_fluent END::SMALLINT AS monitored_year,
    coalesce(here.programme, anywhere.programme, 'NR') AS programme,
    coalesce(home_language, 'NR') AS home_language
FROM clock
LEFT JOIN (SELECT organisation, student, enrolled_on_census FROM membership) AS census
  USING (organisation, student)
LEFT JOIN language_programme AS here
  ON here.student = clock.student AND here.school = clock.organisation
LEFT JOIN (
    SELECT student, min(programme) AS programme FROM language_programme GROUP BY student
) AS anywhere ON anywhere.student = clock.student
JOIN pseudonyms ON pseudonyms.student = clock.student
JOIN organisations ON organisations.organisation = clock.organisation
"""

ENGLISH_YEAR = Kind(
    fact="english_year",
    needs=("english_status",),
    shared=HISTORY,
    before=(Step("earlier_fall", _EARLIER_FALL),),
    departed="earlier_fall",
    steps=(
        Step("on_the_clock", _ON_THE_CLOCK),
        Step("learning_here", _LEARNING_HERE),
        Step("fluent_here", _FLUENT_HERE),
        Step("stepped", _STEPPED),
        Step("progress", _PROGRESS),
        Step("stalled", _STALLED),
        Step("ela", _ELA),
        Step("language_programme", _LANGUAGE_PROGRAMME),
        Step("clock", _CLOCK),
    ),
    query=_QUERY,
)
