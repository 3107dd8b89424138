"""From the lines of a download to figures, every fault named by line, field and remedy.

Codes that the layout does not list are kept as ``unlisted:CODE`` and counted; nothing is dropped.
A number that can't be read is a fault of the file, and the file is refused with all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from accord.base.errors import InputError, Problem
from accord.base.periods import SchoolYear
from accord.exchange.published.delimited import Lines, read_delimited
from accord.exchange.published.figure import UNLISTED, Figure, Standing
from accord.exchange.published.layout import (
    Coded,
    Layout,
    WrittenFigure,
    layout_for,
    shipped_layouts,
)
from accord.exchange.published.years import parse_year, year_in_name, year_text

_MOST_PROBLEMS = 100
_DIGITS = re.compile(r"^\d+$")
STATE = "0" * 14


@dataclass
class PublishedFile:
    """What one file held. `unlisted` counts the codes that its layout does not know, by column."""

    file: str
    layout: Layout
    figures: list[Figure] = field(default_factory=list)
    rows: int = 0
    unlisted: Counter[tuple[str, str]] = field(default_factory=Counter)


def read_published(
    path: Path,
    *,
    layouts: Mapping[str, Layout] | None = None,
    districts: Collection[str] | None = None,
) -> PublishedFile:
    """The figures of one file, under the layout that fits it.

    `districts` keeps only those districts, their schools and the state; every line is still
    checked. Raises `InputError` with up to 100 problems, `MachineError`.
    """
    lines = read_delimited(path)
    layout = layout_for(lines.header, lines.file, layouts or shipped_layouts())
    return _Reader(lines, layout, districts).read()


class _FaultError(Exception):
    def __init__(self, what: str, remedy: str, column: str = "") -> None:
        self.what, self.remedy, self.column = what, remedy, column
        super().__init__(what)


class _Reader:
    def __init__(self, lines: Lines, layout: Layout, districts: Collection[str] | None) -> None:
        self.lines, self.layout = lines, layout
        self.name = Path(lines.file).name
        self.places = {name: index for index, name in enumerate(lines.header)}
        self.named_year = year_in_name(lines.file) if layout.year.in_name else None
        self.wanted = None if districts is None else {STATE, *districts}
        self.found = PublishedFile(lines.file, layout)

    def read(self) -> PublishedFile:
        problems: list[Problem] = []
        for line, row in self.lines.rows():
            self.found.rows += 1
            try:
                self._take(line, row)
            except _FaultError as fault:
                problems.append(
                    Problem(fault.what, fault.remedy, self.lines.file, line, fault.column)
                )
                if len(problems) >= _MOST_PROBLEMS:
                    break
        if problems:
            raise InputError(*problems)
        if self.layout.repeats == "largest is all":
            self.found.figures = _tell_apart(self.found.figures)
        return self.found

    def _take(self, line: int, row: list[str]) -> None:
        if len(row) != len(self.lines.header):
            raise _FaultError(
                f"This line has {len(row)} fields where the header has {len(self.lines.header)}.",
                "Download the file again; if it was edited, mend this line.",
            )
        cds = self._cds(row)
        if self.wanted is not None and f"{cds[:7]}0000000" not in self.wanted:
            return
        year = self._year(row)
        place = (cds, self._name(row), self._kind(row, cds), self._coded(self.layout.schools, row))
        group = self._coded(self.layout.group, row)
        for written in self.layout.figures:
            self.found.figures.append(
                self._figure(written, row, line=line, place=place, group=group, year=year)
            )

    def _figure(
        self,
        written: WrittenFigure,
        row: list[str],
        *,
        line: int,
        place: tuple[str, str, str, str],
        group: str,
        year: SchoolYear,
    ) -> Figure:
        cds, name, kind, schools = place
        standings: list[Standing] = []

        def number(column: str | None) -> Fraction | None:
            if column is None:
                return None
            standing, value = self._number(row, column)
            standings.append(standing)
            return value

        numerator, denominator = number(written.numerator), number(written.denominator)
        value = number(written.value)
        standing = _of_all(standings, written)
        change = number(written.change)
        if standing is Standing.SUPPRESSED:  # some downloads print the denominator all the same
            numerator = denominator = value = change = None
        return Figure(
            source=self.layout.source,
            file=self.name,
            line=line,
            year=year_text(year, written.years_before),
            cds=cds,
            name=name,
            kind=kind,
            schools=schools,
            indicator=self._coded(written.indicator, row),
            group=group,
            standing=standing,
            numerator=numerator,
            denominator=denominator,
            value=None if value is None else _decimal(value),
            change=None if change is None else _decimal(change),
            status="" if written.status is None else self._coded(written.status, row),
            trend="" if written.trend is None else self._coded(written.trend, row),
            colour="" if written.colour is None else self._coded(written.colour, row),
            added_numerator=self._added(written.numerator_parts, row),
            added_denominator=self._added(written.denominator_parts, row),
        )

    def _number(self, row: list[str], column: str) -> tuple[Standing, Fraction | None]:
        text = row[self.places[column]].strip()
        if text in self.layout.suppressed:
            return Standing.SUPPRESSED, None
        if text in self.layout.missing:
            return Standing.MISSING, None
        value = _parsed(text)
        if value is None:
            raise _FaultError(
                "This is not a number, nor a mark that the layout knows.",
                f"Mend it, or add the mark to “suppressed” or “missing” in the layout "
                f"“{self.layout.layout}”.",
                column,
            )
        return Standing.SHOWN, value

    def _added(self, columns: tuple[str, ...], row: list[str]) -> Fraction | None:
        parts = [self._number(row, column)[1] for column in columns]
        known = [part for part in parts if part is not None]
        return sum(known, Fraction()) if columns and len(known) == len(parts) else None

    def _coded(self, coded: Coded, row: list[str]) -> str:
        if coded.column is None:
            return coded.fixed or ""
        written = row[self.places[coded.column]].strip()
        if not written and coded.blank is not None:
            return coded.blank
        if not coded.codes:
            return written
        if written in coded.codes:
            return coded.codes[written]
        self.found.unlisted[(coded.column, written)] += 1
        return f"{UNLISTED}{written}"

    def _cds(self, row: list[str]) -> str:
        place = self.layout.organisation
        parts = []
        for column, width in zip(place.columns, place.widths, strict=True):
            text = row[self.places[column]].strip()
            if not _DIGITS.match(text) or len(text) > width:
                raise _FaultError(
                    f"This is not a code of at most {width} digits.",
                    "Keep codes as text: a spreadsheet drops leading zeros and rounds long codes.",
                    column,
                )
            parts.append(text.zfill(width))
        return "".join(parts).ljust(14, "0")

    def _kind(self, row: list[str], cds: str) -> str:
        kind = self.layout.organisation.kind
        if kind is not None:
            return self._coded(kind, row)
        if cds == STATE:
            return "state"
        if cds.endswith("000000000000"):
            return "county"
        return "district" if cds.endswith("0000000") else "school"

    def _name(self, row: list[str]) -> str:
        names = (row[self.places[name]].strip() for name in self.layout.organisation.names)
        return next((name for name in names if name), "")

    def _year(self, row: list[str]) -> SchoolYear:
        rule = self.layout.year
        if self.named_year is not None:
            return self.named_year
        if rule.column is None:
            return SchoolYear.parse(rule.fixed or "")
        try:
            return parse_year(row[self.places[rule.column]].strip(), rule.style)
        except ValueError:
            raise _FaultError(
                f"This is not a year written as “{rule.style}”.",
                "Mend it, or correct the year's style in the layout.",
                rule.column,
            ) from None


@lru_cache(maxsize=100_000)
def _parsed(text: str) -> Fraction | None:
    """A number as published: grouped thousands and a percent sign are allowed."""
    try:
        value = Decimal(text.replace(",", "").removesuffix("%").strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > 15:
        return None
    return Fraction(value)


def _of_all(standings: list[Standing], written: WrittenFigure) -> Standing:
    """Suppressed if any part is; shown if what makes the figure is; else missing."""
    if Standing.SUPPRESSED in standings:
        return Standing.SUPPRESSED
    if Standing.SHOWN not in standings:
        return Standing.MISSING
    printed = written.value is None or standings[-1] is Standing.SHOWN
    return Standing.SHOWN if printed else Standing.MISSING


@lru_cache(maxsize=10_000)
def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _tell_apart(figures: list[Figure]) -> list[Figure]:
    """Of rows that say the same of themselves, the one with the most students is of all schools.

    The others are of some of its schools; the file does not say which.
    """
    largest: dict[tuple[str, str, str, str, str], Fraction] = {}
    for figure in figures:
        size = figure.denominator or Fraction()
        largest[figure.key] = max(size, largest.get(figure.key, size))
    taken: set[tuple[str, str, str, str, str]] = set()
    told = []
    for figure in figures:
        whole = (figure.denominator or Fraction()) == largest[figure.key]
        if whole and figure.key not in taken:
            taken.add(figure.key)
            told.append(figure)
        else:
            told.append(replace(figure, schools=f"{figure.schools}, some kinds"))
    return told


def with_unlisted(files: list[PublishedFile]) -> Iterator[str]:
    """A sentence for every code that a layout did not know."""
    for each in files:
        for (column, code), count in sorted(each.unlisted.items()):
            shown = code or "(blank)"
            yield (
                f"{Path(each.file).name}, field {column}: the code {shown} is not in the layout; "
                f"{count:,} rows are kept under it."
            )
