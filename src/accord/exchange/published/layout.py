"""What the columns of a download mean: one YAML file a layout, dated, sourced, correctable.

A folder of layouts of one's own adds to those that ship; a file that no layout fits is read with
``--layout FILE``, which is the mapping for any other delimited file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from accord.base.documents import Written, read_document
from accord.base.errors import InputError, Problem
from accord.indicators.sourced import Period, Standing

Kind = Literal["state", "county", "district", "school"]
YearStyle = Literal["school year", "year it ends in", "two digits each"]


class Coded(Written):
    """A text that is fixed, or a column whose codes stand for texts; `blank` is an empty one's."""

    fixed: str | None = None
    column: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)
    blank: str | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.fixed is None) == (self.column is None):
            raise ValueError("give either “fixed” or “column”")
        return self


class Organisation(Written):
    """Which columns, put together, are the CDS code: `widths` restores lost leading zeros."""

    columns: tuple[str, ...] = Field(min_length=1)
    widths: tuple[int, ...]
    kind: Coded | None = None
    names: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(self.widths) != len(self.columns) or not 0 < sum(self.widths) <= 14:
            raise ValueError("there is a width for each column, and together at most 14")
        return self


class Year(Written):
    """The school year: a column in a style, a fixed one, or what the file's name says."""

    column: str | None = None
    style: YearStyle = "school year"
    fixed: Period | None = None
    in_name: bool = False

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if [self.column is not None, self.fixed is not None, self.in_name].count(True) != 1:
            raise ValueError("give one of “column”, “fixed” and “in_name”")
        return self


class WrittenFigure(Written):
    """The columns of one figure of a row; `years_before` for the prior year in the same row."""

    indicator: Coded
    numerator: str | None = None
    denominator: str | None = None
    value: str | None = None
    change: str | None = None
    status: Coded | None = None
    trend: Coded | None = None
    colour: Coded | None = None
    numerator_parts: tuple[str, ...] = ()
    denominator_parts: tuple[str, ...] = ()
    years_before: int = Field(default=0, ge=0, le=9)

    @property
    def columns(self) -> list[str]:
        """Every column that it needs."""
        coded = (self.indicator, self.status, self.trend, self.colour)
        named = (self.numerator, self.denominator, self.value, self.change)
        found = [*named, *(item.column for item in coded if item is not None)]
        return [
            name
            for name in (*found, *self.numerator_parts, *self.denominator_parts)
            if name is not None
        ]


class Layout(Written):
    """One layout. `suppressed` lists the marks that hide a number, `missing` those that say none.

    `groups_add_up` says that the groups of a row set share nobody and leave out nobody, so that
    all students are their sum. `repeats` says how rows that look alike are told apart.
    """

    layout: str
    title: str
    source: str
    since: Period = Field(alias="from")
    until: Period | None = None
    standing: Standing
    organisation: Organisation
    year: Year
    group: Coded
    schools: Coded
    suppressed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    groups_add_up: bool = False
    repeats: Literal["none", "largest is all"] = "none"
    figures: tuple[WrittenFigure, ...] = Field(min_length=1)
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """Every column that the layout needs, once each."""
        coded = (self.group, self.schools, self.organisation.kind)
        found = [*self.organisation.columns, *self.organisation.names]
        found += [item.column for item in coded if item is not None and item.column is not None]
        if self.year.column is not None:
            found.append(self.year.column)
        found += [name for figure in self.figures for name in figure.columns]
        return list(dict.fromkeys(found))


def read_layout(path: Path) -> Layout:
    """Read one layout. Raises `InputError`, `MachineError`."""
    return read_document(path, Layout)[0]


@cache
def shipped_layouts() -> Mapping[str, Layout]:
    """The layouts that ship with accord, by id."""
    with as_file(files("accord.exchange.published").joinpath("layouts")) as folder:
        found = [read_layout(path) for path in sorted(folder.glob("*.yaml"))]
    return {layout.layout: layout for layout in found}


def layout_for(header: Sequence[str], file: str, layouts: Mapping[str, Layout]) -> Layout:
    """The layout that fits a header: all its columns are there, and it asks for the most of them.

    Raises `InputError` that names the nearest layout and the columns it misses.
    """
    present = set(header)
    fitting = [each for each in layouts.values() if present.issuperset(each.columns)]
    if fitting:
        return max(fitting, key=lambda each: len(each.columns))
    nearest = max(layouts.values(), key=lambda each: _share(each, present))
    lacking = [name for name in nearest.columns if name not in present]
    raise InputError(
        Problem(
            "No layout fits this file's columns. The nearest is "
            f"“{nearest.layout}” ({nearest.title}); it also needs {', '.join(lacking[:6])}"
            f"{' …' if len(lacking) > 6 else ''}.",
            "Export it again with its header row, or describe it in a layout file of your own: "
            "--layout FILE (docs/how-to/published-figures.md).",
            file=file,
            line=1,
            field=lacking[0],
        )
    )


def _share(layout: Layout, present: set[str]) -> float:
    return sum(name in present for name in layout.columns) / len(layout.columns)
