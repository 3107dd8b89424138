"""Whether a layout fits the beginning of a file and, where it does not, what stands where.

Odd cells alone do not make a misfit: those wait in quarantine. A layout fits when most lines have
its number of fields and most cells of each field look like what belongs there; where a field has
moved, hardly any do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from accord.station.records.formats.model import Layout, LayoutField
from accord.station.records.formats.sample import Sample
from accord.station.records.formats.shapes import SHAPES, described

_MOST = 0.5
_ENOUGH_NAMES = 0.8


@dataclass(frozen=True)
class Misfit:
    """Where a layout does not fit: which line and field, what was found and what was expected."""

    line: int
    field: str
    what: str


@dataclass(frozen=True)
class Fit:
    """How a layout fits a file: the columns of its lines by name, and what speaks against it."""

    layout: Layout
    columns: tuple[str, ...]
    misfits: tuple[Misfit, ...]
    header: bool

    @property
    def fits(self) -> bool:
        return not self.misfits

    @property
    def width(self) -> int:
        return len(self.columns)


def fit_without_header(layout: Layout, sample: Sample, rows: Sequence[Sequence[str]]) -> Fit:
    """How a layout fits lines that all hold data."""
    width = layout.line_width
    lengths = Counter(_length(row, width) for row in rows)
    if layout.open_ended:
        width = max(width, lengths.most_common(1)[0][0])
    columns = layout.columns(width)
    few = [
        (number, length)
        for number, row in zip(sample.numbers, rows, strict=True)
        if (length := _length(row, width)) != width
    ]
    misfits = list(_shape_misfits(layout, columns, sample.numbers, rows))
    if len(few) >= _MOST * len(rows):
        number, length = few[0]
        least = "at least " if layout.open_ended else ""
        what = f"The line has {length} fields; this layout has {least}{layout.line_width}."
        misfits.insert(0, Misfit(number, "", what))
    return Fit(layout, columns, tuple(misfits), header=False)


def fit_with_header(layout: Layout, sample: Sample, rows: Sequence[Sequence[str]]) -> Fit | None:
    """How a layout fits a file whose first line names the fields; nothing when it does not.

    Columns that the layout does not know keep the name that the file gives them.
    """
    header = rows[0]
    columns: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = layout.named(cell) or cell
        columns.append(name if name and name not in columns else f"field {place}")
    found = [field for field in layout.fields if field.name in columns]
    if not layout.by_name and len(found) < _ENOUGH_NAMES * len(layout.fields):
        return None
    misfits = list(_shape_misfits(layout, columns, sample.numbers[1:], rows[1:]))
    if layout.record_length is not None:
        misfits += _moved(layout, columns, sample.numbers[0])
    return Fit(layout, tuple(columns), tuple(misfits), header=True)


def lacking(fit: Fit, line: int, missing: Sequence[str]) -> Fit:
    """A fit whose header lacks fields without which nothing can be read."""
    lacks = (Misfit(line, name, "The header has no such field.") for name in missing)
    return replace(fit, misfits=(*fit.misfits, *lacks))


def fit_fixed(layout: Layout, sample: Sample) -> Fit | None:
    """How a layout fits fixed-width records; nothing when their length is another."""
    length = layout.record_length
    right = [line for line in sample.lines if len(line) == length]
    if length is None or len(right) <= _MOST * len(sample.lines):
        return None
    fields = [field for field in layout.fields if field.start is not None]
    columns = tuple(field.name for field in fields)
    rows = [cut(line, fields) for line in sample.lines]
    misfits = tuple(_shape_misfits(layout, columns, sample.numbers, rows))
    return Fit(layout, columns, misfits, header=False)


def cut(line: str, fields: Sequence[LayoutField]) -> tuple[str, ...]:
    """The fields of a fixed-width record, without the spaces that fill them up."""
    return tuple(line[(field.start or 1) - 1 : field.end].strip() for field in fields)


def _length(row: Sequence[str], width: int) -> int:
    """How many fields a row has; blank ones beyond `width` do not count."""
    length = len(row)
    while length > width and not row[length - 1]:
        length -= 1
    return length


def _shape_misfits(
    layout: Layout, columns: Sequence[str], numbers: Sequence[int], rows: Sequence[Sequence[str]]
) -> Iterator[Misfit]:
    for field in layout.fields:
        if field.shape is None or field.name not in columns:
            continue
        shape, place = SHAPES[field.shape], columns.index(field.name)
        cells = [
            (number, row[place])
            for number, row in zip(numbers, rows, strict=True)
            if place < len(row) and row[place]
        ]
        odd = [(number, cell) for number, cell in cells if not shape.fits(cell)]
        if cells and len(odd) > _MOST * len(cells):
            number, cell = odd[0]
            what = f"Here are {described(cell)} where {shape.words} belongs."
            yield Misfit(number, field.shown, what)


def _moved(layout: Layout, columns: Sequence[str], line: int) -> Iterator[Misfit]:
    """Fields of a file of one year that do not stand where that year's layout has them."""
    if len(columns) != layout.line_width:
        what = f"The header has {len(columns)} fields; this layout has {layout.line_width}."
        yield Misfit(line, "", what)
    for field in layout.fields:
        if field.name not in columns:
            yield Misfit(line, field.shown, "The header has no such field.")
        elif columns.index(field.name) + 1 != field.position:
            place = columns.index(field.name) + 1
            yield Misfit(line, field.shown, f"The header has this field in place {place}.")
