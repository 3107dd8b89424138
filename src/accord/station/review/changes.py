"""What a release changes for its readers, against the one before it for the same audience."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from accord.base.files import whole_file
from accord.base.numbers import decimal_text
from accord.cells.cell import NUMBERS, State
from accord.cells.table import DECIMALS, CellTable

_PLACE = ("indicator", "period", "school", "grade", "group")
_SAID = ("definition_version", *(name for name in NUMBERS if name != "standard_error"))
Place = tuple[str, str, str, str, str]
Said = tuple[Any, ...]
_SHOWN = {State.PUBLISHED.value, State.BANDED.value}


class Kind(StrEnum):
    """How a cell differs for somebody who reads both releases."""

    NEW = "shown for the first time"
    GONE = "no longer shown"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One cell of which a reader now sees something else; `before`, `after` as they read it."""

    indicator: str
    period: str
    school: str
    grade: str
    group: str
    kind: Kind
    before: str
    after: str


def changes(old: CellTable | None, new: CellTable) -> list[Change]:
    """Every change, in the order of the cells: those of `new` first, then those that went."""
    before, after = _shown(old) if old is not None else {}, _shown(new)
    return [*_in_new(before, after), *_gone(before, after)]


def write_changes(found: Iterable[Change], path: Path) -> None:
    """Every change as a line of CSV. Raises `MachineError`."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([field.name for field in fields(Change)])
        writer.writerows(astuple(change) for change in found)


def _in_new(before: dict[Place, Said], after: dict[Place, Said]) -> Iterator[Change]:
    for place, said in after.items():
        earlier = before.get(place)
        if earlier is None:
            yield Change(*place, Kind.NEW, "", _words(said))
        elif earlier != said:
            yield Change(*place, Kind.CHANGED, _words(earlier), _words(said))


def _gone(before: dict[Place, Said], after: dict[Place, Said]) -> Iterator[Change]:
    for place, said in before.items():
        if place not in after:
            yield Change(*place, Kind.GONE, _words(said), "")


def _shown(table: CellTable) -> dict[Place, Said]:
    """What each shown cell says, by its place."""
    shown = table.where(state=_SHOWN).columns
    places = zip(*(shown[name].to_pylist() for name in _PLACE), strict=True)
    said = zip(*(shown[name].to_pylist() for name in _SAID), strict=True)
    return dict(zip(places, said, strict=True))


def _words(said: Said) -> str:
    """``25 (30 of 120)``, or ``20 to 30`` for a band; numbers as the release holds them."""
    _, *numbers = said
    texts = ["" if number is None else decimal_text(number, DECIMALS) for number in numbers]
    numerator, denominator, value, low, high = texts
    return f"{value} ({numerator} of {denominator})" if value else f"{low} to {high}"
