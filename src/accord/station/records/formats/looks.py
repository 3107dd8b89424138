"""What the cells of each field look like: for the eyes that compare a layout with a file.

Only signs are told (A for a letter, 9 for a digit), so that no student's value is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from accord.station.records.formats.fitting import cut
from accord.station.records.formats.recognise import Recognised
from accord.station.records.formats.sample import Sample
from accord.station.records.formats.sourcing import fields_used

_SHOWN = 3
_LONGEST = 12


@dataclass(frozen=True)
class FieldLook:
    """A field, what confirms it, how many of the first lines leave it blank, and what it looks
    like there: the most frequent patterns."""

    field: str
    origin: str
    blank: str
    found: str


def field_looks(
    sample: Sample, recognised: Recognised, *, confirmed: bool
) -> tuple[FieldLook, ...]:
    """A look at every field that an import would read; `confirmed` says that the district has
    confirmed what no official document does."""
    unofficial = "your district" if confirmed else "nobody yet"
    layout, columns = recognised.layout, recognised.fit.columns
    if recognised.is_fixed:
        placed = [field for field in layout.fields if field.start is not None]
        rows = [cut(line, placed) for line in sample.lines]
    else:
        rows = sample.cells(recognised.delimiter)[int(recognised.fit.header) :]
    looks = []
    for field in fields_used(recognised.format, layout):
        if field.name not in columns:
            looks.append(FieldLook(field.shown, "", "", "not in the file"))
            continue
        place = columns.index(field.name)
        cells = [row[place] if place < len(row) else "" for row in rows]
        filled = [cell for cell in cells if cell]
        common = Counter(map(pattern, filled)).most_common(_SHOWN)
        looks.append(
            FieldLook(
                field=field.shown,
                origin="an official document" if layout.is_verified(field) else unofficial,
                blank=f"{len(cells) - len(filled)} of {len(cells)}",
                found=", ".join(look for look, _ in common),
            )
        )
    return tuple(looks)


def pattern(cell: str) -> str:
    """``AAA-99`` for a text of three letters, a dash and two digits; long ones cut short."""
    signs = "".join(
        "9" if sign.isdigit() else "A" if sign.isalpha() else sign for sign in cell[:_LONGEST]
    )
    return signs + ("…" if len(cell) > _LONGEST else "")
