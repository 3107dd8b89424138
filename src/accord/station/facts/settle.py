"""One value of each attribute for each student, year, level and organisation.

Everyone who needs settling is a *person*: a member of an organisation, a student whose test result
it answers for, or one who has left it and is still counted there. Records see the same student
several times a year, in several schools, and don't always agree; each attribute has one stated rule
(`rulebook/`) that gives the same answer whatever order the rows come in. The `…_way` columns say
how each answer was reached, to be counted.
"""

from __future__ import annotations

from accord.station.facts.workbench import Step

PROGRAMMES = {
    "disadvantaged": "sed",
    "disability": "disability",
    "foster": "foster",
    "homeless": "homeless",
    "migrant": "migrant",
    "gifted": "gifted",
}

_SEEN = ", ".join(f"bool_or(programme = '{code}') AS {name}" for name, code in PROGRAMMES.items())
_YES_OR_NO = ", ".join(f"coalesce(flags.{name}, false) AS {name}" for name in PROGRAMMES)

ATTRIBUTES = (
    "race_ethnicity",
    "gender",
    "english_status",
    "english_learner",
    "reclassified",
    "ever_english_learner",
    "recently_reclassified",
    *PROGRAMMES,
)

# Attributes are settled as of the last day at the organisation, or the year's last day for a result
# whose student has no enrolment there.
_PERSON = """
SELECT *, last_day AS settled_on, true AS member
FROM membership
UNION ALL BY NAME
SELECT organisation, student, year_end() AS settled_on, false AS member
FROM (SELECT DISTINCT organisation, student FROM result)
ANTI JOIN membership USING (organisation, student)
UNION ALL BY NAME
SELECT organisation, student, grade, year_end() AS settled_on, false AS member
FROM departed
"""

# What a student was said to be: in the district, and in each school that was named. Of someone who
# has left, what was said in the last year there.
_SAID = """
WITH said AS (
    SELECT
        student, school,
        nullif(race_ethnicity, 'NR') AS race_ethnicity,
        nullif(gender, 'NR') AS gender
    FROM students
    WHERE school_year = period()
)
SELECT district() AS organisation, * EXCLUDE (school) FROM said
UNION ALL
SELECT school, * EXCLUDE (school) FROM said WHERE school IS NOT NULL
UNION ALL
SELECT
    organisation, departed.student, nullif(race_ethnicity, 'NR'), nullif(gender, 'NR')
FROM departed JOIN students ON students.student = departed.student AND school_year = seen_in
WHERE organisation = district() OR school IS NULL OR school = organisation
"""

_HEARD = """
SELECT
    organisation, student,
    min(race_ethnicity) AS race_ethnicity, max(race_ethnicity) AS other_race_ethnicity,
    min(gender) AS gender, max(gender) AS other_gender
FROM said
GROUP BY organisation, student
"""


def _dispute(attribute: str) -> Step:
    """The answers about few students differ: what was said most often, unless two were."""
    return Step(
        f"{attribute}_dispute",
        f"""
WITH counted AS (
    SELECT organisation, student, {attribute} AS answer, count(*) AS times
    FROM said SEMI JOIN (FROM heard WHERE {attribute} <> other_{attribute})
      USING (organisation, student)
    WHERE {attribute} IS NOT NULL
    GROUP BY organisation, student, answer
),
ranked AS (
    SELECT organisation, student, arg_max(answer, times) AS answer, max(times, 2) AS most
    FROM counted
    GROUP BY organisation, student
)
SELECT
    organisation, student,
    CASE WHEN most[1] > most[2] THEN answer ELSE 'NR' END AS {attribute},
    CASE WHEN most[1] > most[2] THEN 'most_frequent' ELSE 'tied' END AS {attribute}_way
FROM ranked
""",
    )


_ANSWER = """
SELECT
    organisation, student,
    coalesce(race_dispute.race_ethnicity, heard.race_ethnicity) AS race_ethnicity,
    coalesce(race_ethnicity_way, 'agreed') AS race_ethnicity_way,
    coalesce(gender_dispute.gender, heard.gender) AS gender,
    coalesce(gender_way, 'agreed') AS gender_way
FROM heard
LEFT JOIN race_ethnicity_dispute AS race_dispute USING (organisation, student)
LEFT JOIN gender_dispute USING (organisation, student)
"""

_PROGRAMME = """
SELECT DISTINCT
    student, school, programme,
    start_date IS NOT NULL OR end_date IS NOT NULL AS dated,
    coalesce(start_date, year_start()) AS first_day,
    coalesce(end_date, year_end()) AS last_day
FROM programmes
WHERE (school_year = period() OR school_year IS NULL)
  AND first_day <= year_end() AND last_day >= year_start()
"""

_FLAGS = f"""
WITH seen AS (
    SELECT person.organisation, person.student, programme
    FROM person JOIN programme USING (student)
    WHERE (organisation = district() OR school IS NULL OR school = organisation)
      AND NOT (dated AND member)
    UNION ALL
    SELECT departed.organisation, departed.student, programme
    FROM departed JOIN programmes
      ON programmes.student = departed.student AND school_year = seen_in
    WHERE organisation = district() OR school IS NULL OR school = organisation
    UNION ALL
    SELECT stay.organisation, stay.student, programme
    FROM stay JOIN programme
      ON stay.student = programme.student AND dated
      AND stay.first_day <= programme.last_day AND programme.first_day <= stay.last_day
    WHERE organisation = district() OR school IS NULL OR school = organisation
)
SELECT
    organisation, student,
    {_SEEN},
    bool_or(programme = 'english_learner') AS english_learner
FROM seen
GROUP BY organisation, student
"""

# Two statuses from the same day: the one further along the path counts.
_STATUS_HISTORY = """
WITH daily AS (
    SELECT
        student, start_date,
        arg_max(status, list_position(['TBD', 'EO', 'IFEP', 'ADEL', 'EL', 'RFEP'], status))
            AS status
    FROM english_status
    GROUP BY student, start_date
),
followed AS (
    SELECT *, lag(status) OVER (PARTITION BY student ORDER BY start_date) AS before
    FROM daily
)
SELECT
    student, status, start_date,
    max(start_date) FILTER (status IS DISTINCT FROM before) OVER so_far AS since,
    bool_or(list_contains(ever_statuses(), status)) OVER so_far AS ever
FROM followed
WINDOW so_far AS (PARTITION BY student ORDER BY start_date)
"""

_STATUS = """
SELECT organisation, person.student, status, since, ever
FROM person ASOF JOIN status_history
  ON person.student = status_history.student AND settled_on >= start_date
"""

_EVER_FLAGGED = """
SELECT DISTINCT student
FROM programmes
WHERE programme = 'english_learner'
  AND (school_year <= period() OR (school_year IS NULL AND start_date <= year_end()))
"""

# An answer that a school heard comes before what the whole district did.
_PORTRAIT = f"""
SELECT
    person.*,
    coalesce(here.race_ethnicity, anywhere.race_ethnicity, 'NR') AS race_ethnicity,
    CASE
        WHEN here.race_ethnicity IS NOT NULL THEN here.race_ethnicity_way
        WHEN anywhere.race_ethnicity IS NOT NULL THEN anywhere.race_ethnicity_way
        ELSE 'none'
    END AS race_ethnicity_way,
    coalesce(here.gender, anywhere.gender, 'NR') AS gender,
    CASE
        WHEN here.gender IS NOT NULL THEN here.gender_way
        WHEN anywhere.gender IS NOT NULL THEN anywhere.gender_way
        ELSE 'none'
    END AS gender_way,
    coalesce(status, CASE WHEN flags.english_learner THEN 'EL' ELSE 'NR' END) AS english_status,
    CASE WHEN status IS NOT NULL THEN 'history' WHEN flags.english_learner THEN 'yearly_flag'
        ELSE 'none' END AS english_status_way,
    list_contains(learner_statuses(), english_status) AS english_learner,
    list_contains(reclassified_statuses(), english_status) AS reclassified,
    coalesce(ever, ever_flagged.student IS NOT NULL) AS ever_english_learner,
    reclassified AND since >= followed_since() AS recently_reclassified,
    {_YES_OR_NO}
FROM person
LEFT JOIN flags USING (organisation, student)
LEFT JOIN status USING (organisation, student)
LEFT JOIN (FROM answer WHERE organisation <> district()) AS here USING (organisation, student)
LEFT JOIN (FROM answer WHERE organisation = district()) AS anywhere
  ON anywhere.student = person.student
LEFT JOIN ever_flagged ON ever_flagged.student = person.student
"""

SHARED = (Step("status_history", _STATUS_HISTORY),)
"""What serves every year alike."""

STEPS = (
    Step("person", _PERSON),
    Step("said", _SAID),
    Step("heard", _HEARD),
    _dispute("race_ethnicity"),
    _dispute("gender"),
    Step("answer", _ANSWER),
    Step("programme", _PROGRAMME),
    Step("flags", _FLAGS),
    Step("status", _STATUS),
    Step("ever_flagged", _EVER_FLAGGED),
    Step("portrait", _PORTRAIT),
)
