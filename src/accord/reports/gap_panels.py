"""Small multiples of an indicator's gaps: a picture a group, with its finding in each district."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.insight.change import Verdict
from accord.insight.gaps import Gap, GapChange, GapMovement
from accord.insight.pace import Standing
from accord.insight.view import DistrictFinding, GroupFinding, IndicatorFinding
from accord.reports.chart_parts import ends_of
from accord.reports.marks import GAPS, STATUSES, Mark
from accord.reports.scales import Scale
from accord.reports.spark import GapLine, gap_drawing
from accord.reports.wording import between_text, number_text, points, target_text, year_text

_SHOWN_FIRST = 8
_ROOM_FOR_NOISE = 0.08


@dataclass(frozen=True)
class GapWords:
    """One district's gap in words. `why` says which side moved; `target` what is asked."""

    order: int
    district: str
    text: str
    mark: Mark | None
    moved: str
    why: str
    status: Mark | None
    target: str


@dataclass(frozen=True)
class GapPanel:
    """One group: its picture, its finding in each district, and how the districts compare."""

    name: str
    reference: str
    drawing: str
    words: tuple[GapWords, ...]
    between: str


@dataclass(frozen=True)
class GapPanels:
    """The panels shown at once, those on request, and the groups of which nothing can be shown."""

    first: tuple[GapPanel, ...]
    more: tuple[GapPanel, ...]
    hidden: tuple[str, ...]


def gap_panels(finding: IndicatorFinding, since: str) -> GapPanels:
    """Groups with a target come first, then the widest gaps; within both, the charter's order.

    `since` is the school year that changes count from; one that counts from another year says so.
    """
    pairs = [tuple(gaps) for gaps in zip(*(found.gaps for found in finding.districts), strict=True)]
    shown = [gaps for gaps in pairs if any(_is_shown(gap) for gap in gaps)]
    if not shown:
        return GapPanels((), (), tuple(gaps[0].group.short for gaps in pairs))
    sign = -1 if finding.definition.direction == "higher" else 1
    scale = _scale(shown, sign)
    aimed = {item.group.id for found in finding.districts for item in _with_target(found)}
    ranked = sorted(shown, key=lambda gaps: _weight(gaps, aimed), reverse=True)[:_SHOWN_FIRST]
    return GapPanels(
        tuple(_panel(gaps, finding, scale, sign, since) for gaps in shown if gaps in ranked),
        tuple(_panel(gaps, finding, scale, sign, since) for gaps in shown if gaps not in ranked),
        tuple(gaps[0].group.short for gaps in pairs if gaps not in shown),
    )


def _is_shown(gap: Gap) -> bool:
    return any(item.estimate is not None for item in gap.readings)


def _with_target(found: DistrictFinding) -> Iterator[GroupFinding | Gap]:
    yield from (item for item in found.groups if item.standing is not None)
    yield from (item for item in found.gaps if item.standing is not None)


def _weight(gaps: tuple[Gap, ...], aimed: set[str]) -> tuple[bool, float]:
    latest = [gap.latest for gap in gaps if gap.latest is not None]
    widest = max((abs(float(item.least + item.most)) for item in latest), default=0.0)
    return gaps[0].group.id in aimed, widest


def _scale(shown: list[tuple[Gap, ...]], sign: int) -> Scale:
    """One scale for all panels, with zero in it; wide noise of small groups may run out of it."""
    values = [
        float(item.estimate.least + item.estimate.most) / 2 * sign
        for gaps in shown
        for gap in gaps
        for item in gap.readings
        if item.estimate is not None
    ]
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * _ROOM_FOR_NOISE
    return Scale(low - room, high + room, ())


def _panel(
    gaps: tuple[Gap, ...], finding: IndicatorFinding, scale: Scale, sign: int, since: str
) -> GapPanel:
    definition, group, reference = finding.definition, gaps[0].group, gaps[0].reference
    words = tuple(
        _words(gap, found, definition, sign, since)
        for gap, found in zip(gaps, finding.districts, strict=True)
    )
    described = " ".join(
        f"{item.district}: {item.text} {item.moved}".strip() + "." for item in words
    )
    name = f"{group.name} compared with {_others(reference)}, {definition.title}"
    lines = [
        GapLine.of(gap, found, sign) for gap, found in zip(gaps, finding.districts, strict=True)
    ]
    return GapPanel(
        group.short,
        _others(reference),
        gap_drawing(lines, scale, f"{name}. {described}", definition.decimals),
        words,
        "; ".join(_between(finding, group)),
    )


def _words(
    gap: Gap, found: DistrictFinding, definition: Definition, sign: int, since: str
) -> GapWords:
    mark, moved, why = None, "", ""
    own = next((item.standing for item in found.groups if item.group.id == gap.group.id), None)
    standing = gap.standing or own
    if gap.change is not None:
        mark = _mark(gap, gap.change, sign)
        moved = _moved(gap.change, definition, since)
        why = _why(gap.change, gap)
    return GapWords(
        order=found.district.order,
        district=found.district.short,
        text=_behind(gap, definition, sign),
        mark=mark,
        moved=moved,
        why=why,
        status=None if standing is None else STATUSES[standing.status],
        target=_target(gap, standing, definition),
    )


def _target(gap: Gap, standing: Standing | None, definition: Definition) -> str:
    """What the charter asks: of the gap, or of the group's own value."""
    if standing is None or standing.goal is None:
        return "target"
    by = year_text(standing.goal.period)
    if gap.standing is None:
        return f"target {target_text(standing.goal.value, definition)} by {by}"
    text = number_text(standing.goal.value, definition.decimals)
    return f"target: {text} {points(text)} behind by {by}"


def _mark(gap: Gap, moved: GapChange, sign: int) -> Mark:
    """A gap's movement is good or bad only for a group that is behind."""
    mark = GAPS[moved.movement]
    is_behind = gap.latest is not None and gap.latest.times(sign).least > 0
    return mark if is_behind else replace(mark, tone="")


def _behind(gap: Gap, definition: Definition, sign: int) -> str:
    if gap.latest is None:
        return "not shown"
    turned = gap.latest.times(sign)
    if turned.value is None:
        low, high = sorted(abs(float(end)) for end in (turned.least, turned.most))
        if turned.least * turned.most <= 0:
            return "about level"
        side = "behind" if turned.least > 0 else "ahead"
        decimals = definition.decimals
        return f"{number_text(low, decimals)} to {number_text(high, decimals)} points {side}"
    text = number_text(abs(turned.value), definition.decimals)
    return f"{text} {points(text)} {'behind' if turned.value >= 0 else 'ahead'}"


def _moved(change: GapChange, definition: Definition, counted_from: str) -> str:
    since = "" if change.since == counted_from else f" since {year_text(change.since)}"
    if change.movement is GapMovement.UNSURE:
        return f"can't tell yet{since}"
    least, most = sorted(abs(float(end)) for end in (change.estimate.least, change.estimate.most))
    by = number_text(least, definition.decimals)
    if least != most:
        by += f" to {number_text(most, definition.decimals)}"
    return f"{change.movement} by {by}{since}"


def _why(change: GapChange, gap: Gap) -> str:
    """Which side moved, where the gap did; nothing within the noise."""
    if change.movement is GapMovement.UNSURE:
        return ""
    group, others = change.group.verdict, change.reference.verdict
    if group is others is Verdict.IMPROVED:
        faster = "this group" if change.movement is GapMovement.NARROWED else _others(gap.reference)
        return f"both got better, {faster} faster"
    if group is others is Verdict.WORSENED:
        return "both got worse"
    said = [
        f"{who} got {_WORDS[verdict]}"
        for who, verdict in (("this group", group), (_others(gap.reference), others))
        if verdict in _WORDS
    ]
    return ", ".join(said)


_WORDS = {Verdict.IMPROVED: "better", Verdict.WORSENED: "worse"}


def _between(finding: IndicatorFinding, group: Group) -> Iterator[str]:
    names = {found.district.id: found.district.short for found in finding.districts}
    decimals = finding.definition.decimals
    for item in finding.gaps_of_gaps:
        if item.group.id != group.id:
            continue
        if not item.estimate.sign:
            continue
        wider = names[item.district if item.estimate.sign > 0 else item.other]
        low, high = sorted(abs(end) for end in ends_of(item.estimate))
        if item.estimate.value is not None:
            text = number_text(abs(item.estimate.value), decimals)
            yield f"{wider}'s gap is {text} {points(text)} wider"
        else:
            span = between_text(low, high, decimals)
            yield f"{wider}'s gap is wider by {span} points"


def _others(reference: Group) -> str:
    name = reference.name
    return name[0].lower() + name[1:] if reference.id == "all" else name
