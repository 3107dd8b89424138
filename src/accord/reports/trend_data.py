"""One indicator over the years, as rows and places for a chart.

The `district` of a row is its order in the charter, as text: colours and markers follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from accord.base.periods import SchoolYear
from accord.indicators.definition import Definition
from accord.insight.pace import Goalpost, Standing
from accord.insight.series import Reading
from accord.insight.view import DistrictFinding, IndicatorFinding, View
from accord.reports.chart_parts import Rows, ends_of, is_hidden, middle, start, value_scale
from accord.reports.describing import describe_trend
from accord.reports.scales import Scale
from accord.reports.wording import estimate_text, target_text, unit_mark

_LABEL_ROOM = 18.0
_POINT, _LAST_POINT = 28, 60
_MOST_YEARS_AHEAD = 5


@dataclass(frozen=True)
class Rule:
    """A labelled vertical rule at `x`; `row` keeps labels that would meet apart."""

    x: float
    text: str
    row: int


@dataclass(frozen=True)
class Label:
    """A text beside (x, y), moved down by `shift` pixels; `order` is absent for a target."""

    x: float
    y: float
    text: str
    short: str
    order: int | None
    shift: float = 0.0


@dataclass(frozen=True)
class Trend:
    """All that the chart of one indicator shows."""

    description: str
    unit: str
    scale: Scale
    first: float
    last: float
    years: tuple[tuple[int, str], ...]
    noise: Rows
    bands: Rows
    lines: Rows
    points: Rows
    hidden: Rows
    targets: Rows
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]


def trend_of(finding: IndicatorFinding, view: View, plot_height: int) -> Trend | None:
    """The trend of all students; nothing where no year of any district shows a value.

    `plot_height` in pixels is needed to keep labels apart.
    """
    if not any(found.series.runs for found in finding.districts):
        return None
    first, last = start(view.periods[0]), start(view.periods[-1])
    targets = _targets(finding, view)
    end = max([last, *(start(post.period) for posts, _ in targets for post in posts)])
    end = min(end, last + _MOST_YEARS_AHEAD)
    scale = value_scale(finding.definition, _extent(finding, targets), steps=5)
    runs = [
        (str(item.district.order), f"{item.district.order}.{number}", readings)
        for item in finding.districts
        for number, readings in enumerate(item.series.runs)
    ]
    return Trend(
        description=describe_trend(finding),
        unit=unit_mark(finding.definition),
        scale=scale,
        first=first - 0.12,
        last=end + 0.05,
        years=tuple((year, SchoolYear(year).shown) for year in range(first, end + 1)),
        noise=list(chain.from_iterable(_noise(*run) for run in runs)),
        bands=list(chain.from_iterable(_bands(*run) for run in runs)),
        lines=[
            {"x": start(item.period), "y": middle(item.estimate), "district": order, "run": run}
            for order, run, readings in runs
            for item in readings
            if item.estimate is not None and item.estimate.value is not None
        ],
        points=list(chain.from_iterable(map(_points, finding.districts))),
        hidden=[
            {"x": start(item.period), "y": scale.low, "district": str(found.district.order)}
            for found in finding.districts
            for item in found.series.readings
            if is_hidden(item)
        ],
        targets=[
            {"x": start(post.period), "y": float(post.value), "run": str(number)}
            for number, (posts, _) in enumerate(targets)
            for post in posts
            if start(post.period) <= end
        ],
        rules=tuple(_rules(finding, view, first, end)),
        labels=tuple(_labels(finding, targets, (last, end), scale, plot_height)),
    )


_Target = tuple[tuple[Goalpost, ...], str]
"""Where a target's line runs, and what it is called."""


def _targets(finding: IndicatorFinding, view: View) -> list[_Target]:
    """A level line for a target with one level, the path of steps for others; once if shared."""
    found: dict[tuple[Goalpost, ...], list[str]] = {}
    for item in finding.districts:
        if item.standing is not None and item.standing.goal is not None:
            posts = _line(item.standing, item.standing.goal, view)
            found.setdefault(posts, []).append(item.district.short)
    if len(found) == 1:
        return [(posts, "target") for posts in found]
    return [(posts, f"target, {' and '.join(names)}") for posts, names in found.items()]


def _line(standing: Standing, goal: Goalpost, view: View) -> tuple[Goalpost, ...]:
    if goal.period > view.periods[-1] or len({post.value for post in standing.path}) == 1:
        begin = max(view.since, view.periods[0])
        finish = max(goal.period, view.periods[-1])
        return (Goalpost(begin, goal.value), Goalpost(finish, goal.value))
    return tuple(post for post in standing.path if post.period <= view.periods[-1])


def _extent(finding: IndicatorFinding, targets: Iterable[_Target]) -> Iterator[float]:
    for item in finding.districts:
        for reading in item.series.readings:
            if reading.estimate is not None:
                yield from ends_of(reading.estimate)
    for posts, _ in targets:
        for post in posts:
            yield float(post.value)


def _noise(order: str, run: str, readings: tuple[Reading, ...]) -> Iterator[dict[str, object]]:
    for item in readings:
        if item.estimate is not None and item.estimate.low is not None:
            low, high = ends_of(item.estimate)
            year = start(item.period)
            yield {"x": year, "low": low, "high": high, "district": order, "run": run}


def _bands(order: str, run: str, readings: tuple[Reading, ...]) -> Iterator[dict[str, object]]:
    for item in readings:
        if item.estimate is not None and item.estimate.value is None:
            yield {
                "x": start(item.period),
                "low": float(item.estimate.least),
                "high": float(item.estimate.most),
                "district": order,
                "run": run,
            }


def _points(found: DistrictFinding) -> Iterator[dict[str, object]]:
    shown = [item for item in found.series.readings if item.estimate is not None]
    for item in shown:
        if item.estimate is not None:
            yield {
                "x": start(item.period),
                "y": middle(item.estimate),
                "district": str(found.district.order),
                "size": _LAST_POINT if item is shown[-1] else _POINT,
            }


def _rules(finding: IndicatorFinding, view: View, first: int, end: int) -> Iterator[Rule]:
    """The founding, and where a definition or a data status changed in any district."""
    founded = view.charter.partnership.founded
    places = [(SchoolYear.of(founded).start, f"partnership founded, {founded.year}")]
    for item in finding.districts:
        for stop in item.series.breaks:
            here = (start(stop.period), stop.why)
            if here not in places:
                places.append(here)
    places = sorted(place for place in places if first < place[0] <= end)
    for row, (year, text) in enumerate(places):
        yield Rule(year - 0.5, text, row)


def _labels(
    finding: IndicatorFinding,
    targets: list[_Target],
    years: tuple[int, int],
    scale: Scale,
    height: int,
) -> Iterator[Label]:
    """Names at the ends of lines; where lines end together, labels share one column."""
    last, end = years
    ends = [label for item in finding.districts for label in _end_label(item, finding.definition)]
    goals = [
        Label(
            min(start(posts[-1].period), end),
            float(posts[-1].value),
            f"{name} {target_text(posts[-1].value, finding.definition)}",
            target_text(posts[-1].value, finding.definition),
            None,
        )
        for posts, name in targets
    ]
    if end - last >= 2:
        yield from keep_apart(ends, scale, height)
        yield from keep_apart(goals, scale, height)
    else:
        yield from keep_apart(
            [replace(label, x=max(label.x, last)) for label in ends + goals], scale, height
        )


def _end_label(found: DistrictFinding, definition: Definition) -> Iterator[Label]:
    shown = [item for item in found.series.readings if item.estimate is not None]
    if shown and shown[-1].estimate is not None:
        text = estimate_text(shown[-1].estimate, definition)
        yield Label(
            start(shown[-1].period),
            middle(shown[-1].estimate),
            f"{found.district.short} {text}",
            text,
            found.district.order,
        )


def keep_apart(labels: list[Label], scale: Scale, height: int) -> list[Label]:
    """The labels, each moved as little as keeps them from touching, in the order of places."""
    places = {id(label): scale.place(label.y, height, 0) for label in labels}
    ordered = sorted(labels, key=lambda label: places[id(label)])
    wanted = [places[id(label)] for label in ordered]
    for _ in ordered:
        for upper in range(len(wanted) - 1):
            lack = _LABEL_ROOM - (wanted[upper + 1] - wanted[upper])
            if lack > 0:
                wanted[upper] -= lack / 2
                wanted[upper + 1] += lack / 2
    return [
        replace(label, shift=place - places[id(label)])
        for label, place in zip(ordered, wanted, strict=True)
    ]
