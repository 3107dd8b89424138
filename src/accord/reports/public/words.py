"""Published findings in words: values, changes, levels, and one sentence for each district."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from accord.base.words import list_words
from accord.insight.change import Change, Movement
from accord.insight.estimates import Estimate
from accord.insight.published.findings import PlaceFinding, Point, PublicView, TopicFinding
from accord.insight.published.topics import Topic
from accord.reports.wording import NO_BREAK, between_text, number_text, signed_text, year_text


def value_text(value: Fraction, topic: Topic) -> str:
    """``44.0 %`` or ``68,213``."""
    if topic.unit == "percent":
        return f"{number_text(value, 1)}{NO_BREAK}%"
    return number_text(value, 0)


def point_text(point: Point | None, topic: Topic) -> str:
    """What stands at a point, or why nothing does."""
    if point is None:
        return "not published"
    if point.estimate is None:
        hidden = point.figure.standing.value == "suppressed"
        return "hidden by the state" if hidden else "not published"
    return value_text(point.estimate.least, topic)


def range_text(estimate: Estimate | None) -> str:
    """The range that chance alone could give; empty for a count of students."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return ""
    return between_text(estimate.low, estimate.high, 1)


def change_text(change: Change, topic: Topic) -> str:
    """``+2.3 points`` or ``−5,701``."""
    moved = change.estimate.least
    if topic.unit == "percent":
        return f"{signed_text(moved, 1)} points"
    return signed_text(moved, 0)


def movement_text(change: Change, topic: Topic) -> str:
    """``rose``, ``fell``, ``can't tell yet``; counts simply rose or fell."""
    if topic.unit == "students":
        moved = change.estimate.least
        return "rose" if moved > 0 else "fell" if moved < 0 else "unchanged"
    return change.movement.value


def level_text(point: Point | None) -> str:
    """The state's own level, as it published it: ``low, declined, orange``."""
    if point is None or not point.figure.status:
        return ""
    figure = point.figure
    return ", ".join(part for part in (figure.status, figure.trend, figure.colour) if part)


def sentence(found: PlaceFinding, topic: Topic) -> str:
    """What happened in one district, as a sentence that could be said aloud."""
    latest = found.latest
    if latest is None:
        return f"{found.place.short}: the figures given show student groups, not everyone together."
    now = point_text(latest, topic)
    year = year_text(latest.figure.year)
    if latest.estimate is None:
        return f"{found.place.short}: {now} in {year}."
    if found.since is None:
        return f"{found.place.short}: {now} in {year}."
    first = next(point for point in found.points if point.figure.year == found.since.since)
    before, start = point_text(first, topic), year_text(found.since.since)
    said = movement_text(found.since, topic)
    if said in ("rose", "fell"):
        return f"{found.place.short} {said} from {before} in {start} to {now} in {year}."
    unsure = "whether it changed can’t be told"
    return f"{found.place.short}: {before} in {start}, {now} in {year}; {unsure}."


def jumps(finding: TopicFinding) -> Iterator[str]:
    """A sentence for every district whose line breaks: where, and by how much it moved."""
    for found in finding.places:
        told = [
            f"{year_text(jump.year)}: {value_text(jump.value, finding.topic)}, "
            f"{number_text(abs(jump.points), 0)} points {'lower' if jump.points < 0 else 'higher'} "
            "in a year"
            for jump in found.jumps
        ]
        if told:
            what = "A break" if len(told) == 1 else "Breaks"
            what += " to explain, not a trend: ask what was counted."
            yield f"{found.place.short}, {'; '.join(told)}. {what}"


def stale_text(finding: TopicFinding) -> str:
    """How old the newest figures are, where they are no longer the newest."""
    if not finding.stale:
        return ""
    return (
        f"The newest figures here are of {year_text(finding.newest)}, {finding.years_old} school "
        "years before the last whole one. Newer ones may say something else."
    )


def headline(view: PublicView) -> str:
    """The first thing to say: the first topic whose newest line covers every district."""
    for finding in view.topics:
        changes = [found.since for found in finding.places]
        if finding.topic.better == "neither" or not changes or None in changes:
            continue
        moved = {change.movement for change in changes if change is not None}
        since = min(change.since for change in changes if change is not None)
        until = max(change.until for change in changes if change is not None)
        span = f"Between {year_text(since)} and {year_text(until)}"
        each = "both districts" if len(changes) == 2 else "every district"
        if len(moved) == 1 and (only := moved.pop()) in (Movement.ROSE, Movement.FELL):
            return f"{span}, the share of {finding.topic.short} {only.value} in {each}."
    names = list_words([place.short for place in view.places])
    return f"What the state publishes about {names}, side by side."


def second_line(view: PublicView) -> str:
    """What comes next: the newest topic that the state gives a level."""
    for finding in view.topics:
        told = [
            f"{found.place.short} {point_text(found.latest, finding.topic)}"
            for found in finding.places
            if found.latest is not None and found.latest.figure.status
        ]
        if told:
            return f"{finding.topic.title}, {year_text(finding.newest)}: {list_words(told)}."
    return ""
