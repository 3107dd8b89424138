"""What published figures say about some districts: series, changes, levels, groups, stale years.

Only the state's own figures are used, and only like with like: a line breaks where a year is not
there, where the state hid it, and where a rate moves further in a year than teaching can move it.
A change is judged by its range, not by its look; counts of students have no noise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from accord.base.periods import SchoolYear
from accord.exchange.published.figure import Figure, Standing
from accord.indicators.catalogue import shipped_assistance
from accord.insight.change import Change
from accord.insight.estimates import Estimate, difference, exact, rate
from accord.insight.judgement import judgement
from accord.insight.published.assistance import Standings, standings
from accord.insight.published.targets import NO_TARGETS, PlanTarget, PlanTargets
from accord.insight.published.topics import Topic, topics


@dataclass(frozen=True)
class Place:
    """A district on the page: `order` fixes its colour, not its rank."""

    cds: str
    name: str
    short: str
    order: int


@dataclass(frozen=True)
class Point:
    """One published figure with the range that chance could give it; blank where it shows none."""

    figure: Figure
    estimate: Estimate | None

    @property
    def start(self) -> int:
        return SchoolYear.parse(self.figure.year).start


@dataclass(frozen=True)
class Jump:
    """Between two years of a line that can't be joined: the later year, and how far it moved."""

    year: str
    value: Fraction
    points: Fraction


@dataclass(frozen=True)
class PlaceFinding:
    """One topic in one district. `points` are its whole group's years, first to last.

    `since` and `last` are changes up to the newest year from the first year that can be compared
    and from the year before; there is no `since` where that first year is a break. `groups` has
    each group's newest point.
    """

    place: Place
    points: tuple[Point, ...]
    runs: tuple[tuple[Point, ...], ...]
    jumps: tuple[Jump, ...]
    last: Change | None
    since: Change | None
    groups: dict[str, Point]
    target: PlanTarget | None

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None


@dataclass(frozen=True)
class TopicFinding:
    """One topic: what was found in each district, its newest year and whether that is stale."""

    topic: Topic
    places: tuple[PlaceFinding, ...]
    newest: str
    years_old: int
    stale: bool
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PublicView:
    """Everything that page and letter say. `founded` is absent before there is a charter."""

    places: tuple[Place, ...]
    topics: tuple[TopicFinding, ...]
    assistance: Standings
    founded: int | None
    today: date

    @property
    def stale(self) -> tuple[TopicFinding, ...]:
        return tuple(item for item in self.topics if item.stale)


def find(
    figures: Iterable[Figure],
    districts: Sequence[str],
    *,
    today: date,
    founded: int | None = None,
    targets: PlanTargets = NO_TARGETS,
) -> PublicView:
    """What these figures say about these districts, in the order given.

    `founded` is the calendar year in which the partnership began.
    """
    known = [
        figure
        for figure in figures
        if figure.cds in districts and figure.schools == "all" and not figure.oddities
    ]
    places = tuple(_place(cds, order, known) for order, cds in enumerate(districts))
    asked = _Asked(places, today, founded, targets)
    found = (_topic(topic, known, asked) for topic in topics().topics)
    return PublicView(
        places=places,
        topics=tuple(item for item in found if item is not None),
        assistance=standings(known, districts, shipped_assistance()),
        founded=founded,
        today=today,
    )


@dataclass(frozen=True)
class _Asked:
    places: tuple[Place, ...]
    today: date
    founded: int | None
    targets: PlanTargets


def _place(cds: str, order: int, figures: Sequence[Figure]) -> Place:
    names = [figure.name for figure in figures if figure.cds == cds and figure.name]
    name = names[-1] if names else cds
    return Place(cds, name, name.removesuffix(" Unified"), order)


def _topic(topic: Topic, figures: Sequence[Figure], asked: _Asked) -> TopicFinding | None:
    about = [figure for figure in figures if figure.indicator == topic.indicator]
    if not any(figure.standing is Standing.SHOWN for figure in about):
        return None
    newest = max(figure.year for figure in about)
    years_old = SchoolYear.of(asked.today).start - 1 - SchoolYear.parse(newest).start
    return TopicFinding(
        topic=topic,
        places=tuple(_finding(topic, place, about, newest, asked) for place in asked.places),
        newest=newest,
        years_old=years_old,
        stale=years_old >= judgement().stale_years,
        sources=tuple(dict.fromkeys((figure.source, figure.file) for figure in about)),
    )


def _finding(
    topic: Topic, place: Place, figures: Sequence[Figure], newest: str, asked: _Asked
) -> PlaceFinding:
    own = [figure for figure in figures if figure.cds == place.cds]
    points = _points(own, topic.whole)
    runs, jumps = _runs(points, topic)
    groups = {figure.group: _point(figure) for figure in own if figure.year == newest}
    return PlaceFinding(
        place=place,
        points=points,
        runs=runs,
        jumps=jumps,
        last=_last_change(points, runs, topic),
        since=_change_since(runs, jumps, topic, asked.founded),
        groups=groups,
        target=asked.targets.of(place.cds, topic.indicator, topic.whole),
    )


def _points(figures: Collection[Figure], group: str) -> tuple[Point, ...]:
    by_year = {figure.year: _point(figure) for figure in figures if figure.group == group}
    return tuple(by_year[year] for year in sorted(by_year))


def _point(figure: Figure) -> Point:
    if figure.standing is not Standing.SHOWN:
        return Point(figure, None)
    if figure.rate is not None and figure.denominator is not None:
        return Point(figure, rate(figure.rate, figure.denominator, 100, judgement().confidence))
    number = figure.numerator if figure.numerator is not None else figure.exact
    return Point(figure, None if number is None else exact(number))


def _runs(
    points: tuple[Point, ...], topic: Topic
) -> tuple[tuple[tuple[Point, ...], ...], tuple[Jump, ...]]:
    """Points that a line may join, and the jumps between those that it may not."""
    shown = [point for point in points if point.estimate is not None]
    runs: list[list[Point]] = [[point] for point in shown[:1]]
    jumps = []
    for before, point in pairwise(shown):
        moved = _value(point) - _value(before)
        gap = point.start - before.start > 1
        sudden = topic.unit == "percent" and abs(moved) >= judgement().sudden_points
        if sudden and not gap:
            jumps.append(Jump(point.figure.year, _value(point), moved))
        if gap or sudden:
            runs.append([])
        runs[-1].append(point)
    return tuple(tuple(run) for run in runs), tuple(jumps)


def _value(point: Point) -> Fraction:
    return Fraction() if point.estimate is None else point.estimate.least


def _last_change(
    points: tuple[Point, ...], runs: tuple[tuple[Point, ...], ...], topic: Topic
) -> Change | None:
    if not runs or len(runs[-1]) < 2 or runs[-1][-1] is not points[-1]:
        return None
    return _change(runs[-1][-2], runs[-1][-1], topic)


def _change_since(
    runs: tuple[tuple[Point, ...], ...],
    jumps: tuple[Jump, ...],
    topic: Topic,
    founded: int | None,
) -> Change | None:
    """From the first year of the last line, or the first after the founding, to its end.

    Nothing is counted from a year in which the line breaks: what it rose from may be the break.
    """
    if not runs:
        return None
    run = [point for point in runs[-1] if founded is None or point.start >= founded]
    if len(run) < 2 or run[0].figure.year in {jump.year for jump in jumps}:
        return None
    return _change(run[0], run[-1], topic)


def _change(before: Point, after: Point, topic: Topic) -> Change | None:
    if before.estimate is None or after.estimate is None:
        return None
    moved = difference(after.estimate, before.estimate, judgement().confidence)
    return Change(before.figure.year, after.figure.year, moved, topic.better)
