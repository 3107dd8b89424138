"""The publication plan: which crossings may leave a district, and for whom.

Nothing leaves unless an entry of the charter names it: audience, level, group, grade, indicator
and period. An indicator leaves only for the school years in which the charter lists it.
"""

from __future__ import annotations

from dataclasses import dataclass

from accord.base.periods import SchoolYear
from accord.charter.model import Audience, Charter, LevelName, Publication
from accord.charter.values import EVERY


@dataclass(frozen=True)
class Crossings:
    """One entry of the plan, with “all” spelled out in the charter's order.

    `each_grade` adds every single grade; all grades together always leave.
    """

    audience: Audience
    level: LevelName
    indicators: tuple[str, ...]
    groups: tuple[str, ...]
    each_grade: bool
    period_kind: str


class Plan:
    """What a charter lets leave."""

    def __init__(self, charter: Charter) -> None:
        self._charter = charter
        self.entries = tuple(_spelled_out(charter, entry) for entry in charter.publication)

    def crossings(self, audience: str, level: str | None = None) -> tuple[Crossings, ...]:
        """The entries for an audience, of one level or of every level. They may overlap."""
        return tuple(
            entry
            for entry in self.entries
            if entry.audience == audience and level in (None, entry.level)
        )

    def levels(self, audience: str) -> tuple[str, ...]:
        """The levels of which anything leaves for an audience; schools only where named."""
        return tuple(dict.fromkeys(entry.level for entry in self.crossings(audience)))

    def allows(
        self,
        *,
        audience: str,
        level: str,
        indicator: str,
        group: str,
        grade: str,
        period: SchoolYear,
        period_kind: str = "year",
    ) -> bool:
        """Whether one crossing may leave. `indicator` is an id; an empty `grade` means all."""
        if self._charter.indicator_for(indicator, period) is None:
            return False
        return any(
            indicator in entry.indicators
            and group in entry.groups
            and (not grade or entry.each_grade)
            and period_kind == entry.period_kind
            for entry in self.crossings(audience, level)
        )

    def reaches_partners(self, indicator: str, group: str) -> bool:
        """Whether a district's own value, of all grades, leaves for the partners."""
        return any(
            indicator in entry.indicators and group in entry.groups
            for entry in self.crossings("partners", "district")
        )


def _spelled_out(charter: Charter, entry: Publication) -> Crossings:
    return Crossings(
        audience=entry.audience,
        level=entry.level,
        indicators=charter.indicator_ids if entry.indicators == EVERY else tuple(entry.indicators),
        groups=charter.group_ids if entry.groups == EVERY else tuple(entry.groups),
        each_grade=entry.grades == "each",
        period_kind=entry.periods,
    )
