"""Why a cell and a published figure may differ: each rule with the test that it must pass.

In order; the first whose test holds is given. A rule that can't be tested on the two numbers and
the cells beside them is not here: a plausible excuse is no explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accord.base.periods import SchoolYear
from accord.base.words import day_words
from accord.cells.cell import Cell, State
from accord.exchange.published.comparable import Pair
from accord.exchange.published.figure import Figure, Standing

Numbers = tuple[Fraction | None, Fraction | None]
"""A numerator and a denominator."""


@dataclass(frozen=True)
class Together:
    """A cell and a published figure, and what the rules look at. `schools` are the district's."""

    cell: Cell
    figure: Figure
    pair: Pair
    ours: Numbers
    theirs: Numbers
    schools: Sequence[Cell]
    least_shown: int


@dataclass(frozen=True)
class Explanation:
    """The rule's name, and what it says about these two numbers."""

    rule: str
    why: str


def explain(both: Together) -> Explanation | None:
    """The first rule that accounts for the difference; nothing where none does."""
    for rule, test in RULES:
        if why := test(both):
            return Explanation(rule, why)
    return None


def _small(both: Together) -> str:
    below = both.ours[1]
    if both.figure.standing is not Standing.SUPPRESSED or below is None:
        return ""
    if below >= both.least_shown:
        return ""
    return f"the state shows nothing about fewer than {both.least_shown} students"


def _census(both: Together) -> str:
    pair, ours, theirs = both.pair, both.ours[1], both.theirs[1]
    if pair.counts == pair.published_counts or ours is None or theirs is None:
        return ""
    everyone, one_day = (ours, theirs) if pair.counts == "cumulative" else (theirs, ours)
    if one_day > everyone:
        return ""
    return (
        f"ours counts students {_WHEN[pair.counts]}, the state those {_WHEN[pair.published_counts]}"
    )


_WHEN = {"census": "on census day", "cumulative": "enrolled at any time in the year"}


def _level(both: Together) -> str:
    """The published district figure is exactly what its schools' own figures add up to."""
    if both.cell.school or not both.schools:
        return ""
    if any(cell.state is not State.PUBLISHED for cell in both.schools):
        return ""
    above = sum((cell.numerator or Fraction() for cell in both.schools), Fraction())
    below = sum((cell.denominator or Fraction() for cell in both.schools), Fraction())
    if (above, below) == both.theirs:
        return "the state's figure is the sum of the schools; ours counts each student once"
    return ""


def _late(both: Together) -> str:
    cell = both.cell
    if cell.data_status != "certified":
        return f"our figure is {cell.data_status}; the state's is from certified data"
    month, day = (int(part) for part in both.pair.certified.split("-"))
    taken = date(SchoolYear.parse(cell.period).start + 1, month, day)
    if date.fromisoformat(cell.as_of) >= taken or both.figure.standing is not Standing.SHOWN:
        return ""
    return (
        f"our records are as of {day_words(date.fromisoformat(cell.as_of))}, before the state "
        f"took its data, {day_words(taken)}"
    )


RULES: tuple[tuple[str, Callable[[Together], str]], ...] = (
    ("small-n blank", _small),
    ("census against cumulative", _census),
    ("level of evaluation", _level),
    ("late certification", _late),
)
"""Each rule's name, and the test that gives its sentence, or nothing where it does not hold."""
