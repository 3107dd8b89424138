"""Findings in the few words that fit a table's cell, each with the mark that goes with it."""

from __future__ import annotations

from dataclasses import dataclass

from accord.indicators.definition import Definition
from accord.insight.change import Change, Verdict
from accord.insight.levels import LevelFinding
from accord.insight.pace import Standing
from accord.insight.series import Reading
from accord.reports.marks import STATUSES, Mark, movement_mark, state_mark
from accord.reports.wording import estimate_text, moved_text, range_text, target_text, year_text

_VERDICTS = {Verdict.IMPROVED: "better", Verdict.WORSENED: "worse", Verdict.UNSURE: ""}


@dataclass(frozen=True)
class ValueWords:
    """A value and its range by chance; where nothing stands, `mark` and `why` say so."""

    text: str
    could_be: str
    mark: Mark
    why: str


@dataclass(frozen=True)
class ChangeWords:
    """A change, which way it went, whether that is good, and since when."""

    text: str
    mark: Mark
    verdict: str
    since: str


@dataclass(frozen=True)
class TargetWords:
    """A target, how the value stands against it, and the charter's rule."""

    goal: str
    by: str
    mark: Mark
    rule: str


def value_words(reading: Reading, definition: Definition) -> ValueWords:
    """What stands in a reading."""
    if reading.estimate is None:
        return ValueWords("", "", state_mark(reading), reading.why_blank)
    return ValueWords(
        estimate_text(reading.estimate, definition),
        range_text(reading.estimate, definition),
        state_mark(reading),
        "",
    )


def level_words(found: LevelFinding | None) -> str:
    """``low, declined, orange``, or why there is no level; empty where the state has none."""
    if found is None:
        return ""
    if found.level is None:
        return found.why.partition(":")[0]
    said = (found.level.status, found.level.trend, found.level.colour)
    return ", ".join(part for part in said if part)


def level_note(found: LevelFinding | None) -> str:
    """Of which grades the level is, where it is not of all of them."""
    if found is None or found.level is None or not found.grades:
        return ""
    return f"grades {found.grades[0]} to {found.grades[-1]}"


def change_words(change: Change | None, definition: Definition) -> ChangeWords | None:
    """A change in words; nothing where there is none."""
    if change is None:
        return None
    return ChangeWords(
        moved_text(change.estimate, definition),
        movement_mark(change.movement, change.verdict),
        _VERDICTS[change.verdict],
        year_text(change.since),
    )


def target_words(standing: Standing | None, definition: Definition) -> TargetWords | None:
    """A target in words; nothing where the charter sets none."""
    if standing is None:
        return None
    goal = standing.goal
    return TargetWords(
        "" if goal is None else target_text(goal.value, definition),
        "" if goal is None else year_text(goal.period),
        STATUSES[standing.status],
        " ".join(part for part in (standing.rule, standing.reason) if part),
    )
