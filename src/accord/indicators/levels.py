"""A state's levels and colours, as data: ``catalogue/levels/*.yaml``.

The value of the year and its change from the year before are each rounded, and only then looked up:
the status and the change in their cuts, the colour where the two meet. The change is the rounded
difference of the exact values; subtracting rounded values gives other changes, and other levels.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from accord.base.documents import Written, read_document
from accord.base.numbers import round_half_up
from accord.indicators.sourced import Exact, Period, Standing

DECIMALS = 1  # cuts are written for values with one decimal

Colour = Literal["red", "orange", "yellow", "green", "blue"]


class Cut(Written):
    """A level, and the highest rounded value that still belongs to it."""

    level: str
    to: Exact | None = None


class Small(Written):
    """Under how many students the “significantly” changes, the first and the last, are not used."""

    under: int = Field(ge=1)
    source: str
    standing: Standing


class Grid(Written):
    """The cuts of one kind of school or district since a school year, lowest values first.

    `until` is the last school year that they are known to hold for; without it, they hold until
    another grid begins. `small` makes the five-by-five a three-by-five for few students.
    """

    id: str
    applies_to: str
    since: Period = Field(alias="from")
    until: Period | None = None
    small: Small | None = None
    source: str
    standing: Standing
    status: list[Cut] = Field(min_length=1)
    change: list[Cut] = Field(min_length=1)
    colours: list[list[Colour | None]] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for cuts in (self.status, self.change):
            ends = [cut.to for cut in cuts[:-1] if cut.to is not None]
            if len(ends) != len(cuts) - 1 or cuts[-1].to is not None or ends != sorted(set(ends)):
                raise ValueError("every level but the last has an end, and the ends rise")
        shape = [len(self.change)] * len(self.status)
        if self.colours is not None and [len(row) for row in self.colours] != shape:
            raise ValueError("colours need a row for each status and a column for each change")
        return self


class NotOnRecord(Written):
    """Levels that the state has and we could not find: they are said to be missing, not guessed."""

    applies_to: str
    since: Period = Field(alias="from")
    until: Period | None = None
    why: str


class Size(Written):
    """How many students, this year and last, it takes to be given a level.

    `groups` and `kinds` (``state``, ``district``, ``school``) narrow the rule; empty is all.
    """

    least: int = Field(ge=1)
    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    source: str
    standing: Standing


class WrittenLevels(Written):
    """The levels of one indicator as the file writes them. The first fitting size is taken.

    `grades` are those that the state's indicator is about, where accord's is about more; empty is
    the same grades.
    """

    indicator: str
    grades: tuple[str, ...] = ()
    grids: list[Grid]
    sizes: list[Size] = Field(default_factory=list)
    not_on_record: list[NotOnRecord] = Field(default_factory=list)

    def grid(self, id_: str, period: str) -> Grid | NotOnRecord:
        """The grid of that id in a school year, or why there is none."""
        for grid in self.grids:
            if grid.id == id_ and _holds(grid, period):
                return grid
        for missing in self.not_on_record:
            if missing.applies_to in (id_, "all") and _holds(missing, period):
                return missing
        return NotOnRecord.model_validate(
            {
                "applies_to": id_,
                "from": period,
                "until": period,
                "why": "no cut points for this kind of school and year are on record",
            }
        )

    def least_students(self, group: str, kind: str) -> int | None:
        """How many students a level takes; nothing where no size is on record."""
        for size in self.sizes:
            if (not size.groups or group in size.groups) and (not size.kinds or kind in size.kinds):
                return size.least
        return None


@dataclass(frozen=True)
class Level:
    """What two values of an indicator come to. `colour` is empty where the grid has none."""

    value: Decimal
    change: Decimal
    status: str
    trend: str
    colour: Colour | None


def read_levels(path: Path) -> WrittenLevels:
    """Read the levels of one indicator. Raises `InputError`."""
    return read_document(path, WrittenLevels)[0]


def level_of(
    grid: Grid, current: Fraction, prior: Fraction, *, students: Fraction | int | None = None
) -> Level:
    """The level of two exact values, of this year and the year before.

    `students` is this year's denominator: a grid can have fewer columns for few students.
    """
    value = round_half_up(current, DECIMALS)
    change = round_half_up(current - prior, DECIMALS)
    row, column = _index(grid.status, value), _index(grid.change, change)
    if grid.small is not None and students is not None and students < grid.small.under:
        column = min(max(column, 1), len(grid.change) - 2)
    return Level(
        value=value,
        change=change,
        status=grid.status[row].level,
        trend=grid.change[column].level,
        colour=None if grid.colours is None else grid.colours[row][column],
    )


def _holds(dated: Grid | NotOnRecord, period: str) -> bool:
    return dated.since <= period and (dated.until is None or period <= dated.until)


def _index(cuts: list[Cut], value: Decimal) -> int:
    return next(i for i, cut in enumerate(cuts) if cut.to is None or value <= cut.to)
