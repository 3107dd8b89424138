"""`interim_result`: the latest sitting of each interim assessment, by season."""

from __future__ import annotations

from accord.station.facts.kind import Kind
from accord.station.facts.settle import ATTRIBUTES
from accord.station.facts.workbench import Step

_SITTING = """
SELECT *
FROM interim_tests
WHERE school_year = period()
QUALIFY row_number() OVER (
    PARTITION BY student, test, subject, season
    ORDER BY test_date DESC NULLS LAST, score DESC NULLS LAST, met DESC NULLS LAST,
        percentile DESC NULLS LAST, school
) = 1
"""

# A result that names no school counts at every school of the student's year.
_QUERY = f"""
SELECT
    pseudonym AS student, period() AS period, level, name AS organisation, portrait.grade,
    {", ".join(ATTRIBUTES)},
    test AS assessment, subject, season,
    score::DECIMAL(6,2) AS score,
    percentile::SMALLINT AS percentile,
    met
FROM (FROM portrait WHERE member) AS portrait
JOIN interim_sitting USING (student)
JOIN pseudonyms USING (student)
JOIN organisations USING (organisation)
WHERE organisation = district() OR school IS NULL OR school = organisation
"""

INTERIM_RESULT = Kind(
    fact="interim_result",
    needs=("interim_tests",),
    steps=(Step("interim_sitting", _SITTING),),
    query=_QUERY,
)
