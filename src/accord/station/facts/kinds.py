"""The facts beyond the first two, in the order in which they are made, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accord.station.facts.attendance_month import ATTENDANCE_MONTH
from accord.station.facts.cohort_member import COHORT_MEMBER
from accord.station.facts.english_year import ENGLISH_YEAR
from accord.station.facts.graduate import GRADUATE
from accord.station.facts.interim_result import INTERIM_RESULT
from accord.station.facts.kind import Kind
from accord.station.facts.school_counts import IMPLEMENTATION_COUNT, PRINCIPAL_POST
from accord.station.facts.transcript import TRANSCRIPT
from accord.station.facts.workbench import Step

KINDS = (
    INTERIM_RESULT,
    ATTENDANCE_MONTH,
    ENGLISH_YEAR,
    TRANSCRIPT,
    COHORT_MEMBER,
    GRADUATE,
    PRINCIPAL_POST,
    IMPLEMENTATION_COUNT,
)


def kinds_for(tables: Iterable[str]) -> tuple[Kind, ...]:
    """The facts that records with these tables have."""
    held = set(tables)
    return tuple(kind for kind in KINDS if held & set(kind.needs))


def shared_steps(kinds: Sequence[Kind]) -> list[Step]:
    """What serves every year and several facts, each step once, in order."""
    return list({step.table: step for kind in kinds for step in kind.shared}.values())


def departed(kinds: Sequence[Kind]) -> Step:
    """Who has left an organisation and still needs attributes settled there.

    Members are settled as members, and whoever a result is about is settled for it.
    """
    named = [kind.departed for kind in kinds if kind.departed]
    nobody = (
        "SELECT 0 AS organisation, 0 AS student, 0::SMALLINT AS grade, '' AS seen_in WHERE false"
    )
    everyone = " UNION ALL ".join(
        [nobody, *(f"SELECT organisation, student, grade, seen_in FROM {name}" for name in named)]
    )
    return Step(
        "departed",
        f"""
SELECT organisation, student, max(grade)::SMALLINT AS grade, max(seen_in) AS seen_in
FROM ({everyone})
ANTI JOIN membership USING (organisation, student)
ANTI JOIN result USING (organisation, student)
GROUP BY organisation, student
""",
    )
