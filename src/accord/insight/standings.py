"""The charter's targets, put beside what the releases hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from accord.base.periods import SchoolYear
from accord.charter.model import Charter
from accord.charter.rules import HalveGap, Level, Rule
from accord.charter.targets import Target, TargetUnknown, target_for
from accord.indicators.catalogue import Catalogue
from accord.insight.gaps import Gap
from accord.insight.index import CellIndex
from accord.insight.pace import Goalpost, Pace, Standing, Status, stand
from accord.insight.series import Reading

Place = tuple[str, str, str]
"""Where a target is set: indicator, group, district."""


class Targets:
    """Asks the charter for its targets, with the released values as baselines."""

    def __init__(self, charter: Charter, catalogue: Catalogue, index: CellIndex) -> None:
        self._charter = charter
        self._catalogue = catalogue
        self._index = index

    def of_value(
        self, place: Place, latest: Reading, pace: Pace | None, better: str
    ) -> Standing | None:
        """How a value stands against its target; nothing where the charter sets none for it."""
        rule = self._charter.rule_for(*place)
        if rule is None or isinstance(rule, HalveGap):
            return None
        return self._stand(place, rule, latest, pace, better)

    def of_gap(self, indicator: str, district: str, gap: Gap, better: str) -> Standing | None:
        """How a gap stands against its target; nothing where the charter sets none for it.

        Gaps are turned round here: the charter counts how far a group stands behind.
        """
        place = (indicator, gap.group.id, district)
        rule = self._charter.rule_for(*place)
        if not isinstance(rule, HalveGap) or rule.reference != gap.reference.id:
            return None
        sign = -1 if better == "higher" else 1
        now = gap.readings[-1]
        behind = None if now.estimate is None else now.estimate.times(sign)
        latest = Reading(now.period, None, behind)
        pace = gap.pace and replace(gap.pace, estimate=gap.pace.estimate.times(sign))
        return self._stand(place, rule, latest, pace, "lower")

    def _stand(
        self, place: Place, rule: Rule, latest: Reading, pace: Pace | None, better: str
    ) -> Standing | None:
        deadline = rule.by if isinstance(rule, Level | HalveGap) else None
        asked = [(period, self._target(place, period)) for period in self._years(deadline)]
        for _, target in asked:
            if isinstance(target, TargetUnknown):
                return _without_baseline(rule, target, latest, pace, better)
        known = [(str(period), target) for period, target in asked if isinstance(target, Target)]
        path = tuple(
            Goalpost(period, value)
            for period, target in known
            if (value := _due(target, period)) is not None
        )
        if not path:
            return None
        return stand(
            latest,
            pace,
            rule=known[-1][1].words,
            path=path,
            has_deadline=deadline is not None,
            better=better,
        )

    def _years(self, deadline: SchoolYear | None) -> list[SchoolYear]:
        """From the first released year to the deadline, or to the year after the last."""
        first, last = (SchoolYear.parse(self._index.periods[end]) for end in (0, -1))
        last = deadline or last.plus(1)
        return [SchoolYear(start) for start in range(first.start, last.start + 1)]

    def _target(self, place: Place, period: SchoolYear) -> Target | TargetUnknown | None:
        return target_for(
            self._charter, *place, period, baseline=self._baseline, known=self._catalogue
        )

    def _baseline(
        self, indicator: str, group: str, district: str, period: SchoolYear
    ) -> Fraction | None:
        estimate = self._index.reading(indicator, district, str(period), group=group).estimate
        return None if estimate is None else estimate.value


def _without_baseline(
    rule: Rule, target: TargetUnknown, latest: Reading, pace: Pace | None, better: str
) -> Standing:
    """A level to reach is known without its baseline; every other target then isn't."""
    if isinstance(rule, Level):
        path = (Goalpost(str(rule.by), Fraction(rule.value)),)
        return stand(latest, pace, rule=target.words, path=path, has_deadline=True, better=better)
    return Standing(target.words, (), None, None, None, None, Status.UNKNOWN, target.reason)


def _due(target: Target, period: str) -> Fraction | None:
    """The path's value in `period`, or the target's own from the year in which it is due."""
    if target.path is not None:
        return target.path
    return target.value if period >= str(target.due) else None
