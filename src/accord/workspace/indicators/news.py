"""What moved, in one line an indicator: for the agenda, for home, for the menu of an indicator.

Real news is what the noise can't explain, and what stands against a target. Everything else is
“nothing to tell yet”, which is said as such.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from accord.base.words import list_words
from accord.insight.change import Movement, Verdict
from accord.insight.gaps import GapMovement
from accord.insight.of_group import of_group
from accord.insight.pace import Status
from accord.insight.series import ALL
from accord.insight.view import DistrictFinding, IndicatorFinding
from accord.reports.phrases import change_words, target_words, value_words
from accord.reports.wording import year_text
from accord.workspace.indicators.drawn import kept
from accord.workspace.indicators.figures import Figures

_BEHIND = (Status.BEHIND, Status.SHORT)


@dataclass(frozen=True)
class DistrictNews:
    """One district's part: the value, the change in a year and the target, each with its words.

    `tone` is the style class of the target's state; `shape` the mark that goes with it.
    """

    order: int
    code: str
    district: str
    year: str
    value: str
    could_be: str
    moved: str
    movement: str
    verdict: str
    target: str
    status: str
    tone: str
    shape: str


@dataclass(frozen=True)
class News:
    """One indicator. `reasons` say why a meeting should look at it; none where nothing is new.

    `weight` is how many reasons there are, and more where the news is bad.
    """

    indicator: str
    title: str
    question: str
    strand: str
    strand_name: str
    districts: tuple[DistrictNews, ...]
    reasons: tuple[str, ...]
    weight: int


def news_of(figures: Figures) -> list[News]:
    """The news of every indicator, in the charter's order."""
    return kept(figures, "news", lambda: _make(figures))


def news_of_group(figures: Figures, indicator: str, group: str) -> News | None:
    """The news of one indicator for one student group; nothing where the releases don't hold it."""
    known = next((item for item in news_of(figures) if item.indicator == indicator), None)
    if known is None or group == ALL:
        return known
    finding = figures.finding(indicator)
    asked = of_group(finding, group) if finding else None
    if asked is None:
        return None
    return replace(
        _news(asked, known.strand, known.strand_name), title=f"{known.title}: {asked.students}"
    )


def _make(figures: Figures) -> list[News]:
    return [
        _news(finding, strand.strand.id, strand.strand.name)
        for strand in figures.view.strands
        for finding in strand.indicators
    ]


def _news(finding: IndicatorFinding, strand: str, strand_name: str) -> News:
    where: dict[str, list[str]] = {}
    weight = 0
    for found in finding.districts:
        for reason, heaviness in _reasons(found):
            where.setdefault(reason, []).append(found.district.short)
            weight += heaviness
    return News(
        indicator=finding.definition.id,
        title=finding.definition.title,
        question=finding.definition.question,
        strand=strand,
        strand_name=strand_name,
        districts=tuple(_district(found, finding) for found in finding.districts),
        reasons=tuple(
            f"{reason} {_in(names, len(finding.districts))}" for reason, names in where.items()
        ),
        weight=weight,
    )


def _in(names: list[str], districts: int) -> str:
    """``in Harbor Point``; all of several districts need no names."""
    if len(names) == districts > 1:
        return "in both districts" if districts == 2 else "in every district"
    return f"in {list_words(names)}"


def _reasons(found: DistrictFinding) -> list[tuple[str, int]]:
    reasons = []
    if found.year is not None and found.year.movement in (Movement.ROSE, Movement.FELL):
        heavy = 3 if found.year.verdict is Verdict.WORSENED else 1
        reasons.append((f"{found.year.movement.value} in a year", heavy))
    if found.standing is not None and found.standing.status in _BEHIND:
        reasons.append((found.standing.status.value, 2))
    widened = [
        gap.group.short
        for gap in found.gaps
        if gap.change is not None and gap.change.movement is GapMovement.WIDENED
    ]
    if widened:
        names = widened[0] if len(widened) == 1 else f"{len(widened)} groups"
        reasons.append((f"gap widened for {names}", 1))
    return reasons


def _district(found: DistrictFinding, finding: IndicatorFinding) -> DistrictNews:
    definition = finding.definition
    value = value_words(found.series.latest, definition)
    moved = change_words(found.year, definition)
    target = target_words(found.standing, definition)
    return DistrictNews(
        order=found.district.order,
        code=found.district.id,
        district=found.district.short,
        year=year_text(found.series.latest.period),
        value=value.text or value.why,
        could_be=value.could_be,
        moved=moved.text if moved else "",
        movement=moved.mark.name if moved else "no comparison",
        verdict=moved.verdict if moved else "",
        target=f"{target.goal} by {target.by}" if target and target.goal else "",
        status=target.mark.name if target else "no target",
        tone=target.mark.tone if target else "unsure",
        shape=target.mark.shape if target else "",
    )
