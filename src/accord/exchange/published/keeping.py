"""Figures in a file of our own: CSV, one figure a line, each with the file and line it came from.

What ships with accord are facts re-entered from the state's files: a few hundred figures with
their source, and none of its files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from accord.base.errors import InputError, Problem
from accord.base.files import machine_errors, whole_file
from accord.base.numbers import decimal_text
from accord.exchange.published.figure import Figure, Standing

FRESNO_LONG_BEACH = "fresno-long-beach.csv"
_COLUMNS = tuple(field.name for field in fields(Figure) if not field.name.startswith("added_"))
_EXACT, _PRINTED = ("numerator", "denominator"), ("value", "change")


def shipped(name: str = FRESNO_LONG_BEACH) -> list[Figure]:
    """Figures that ship with accord."""
    data = files("accord.exchange.published").joinpath("shipped", name).read_text("utf-8")
    return _parse(data, name)


def read_figures(path: Path) -> list[Figure]:
    """Figures that `write_figures` wrote. Raises `InputError`, `MachineError`."""
    with machine_errors(path):
        text = path.read_text(encoding="utf-8")
    return _parse(text, str(path))


def write_figures(figures: Iterable[Figure], path: Path) -> None:
    """Write figures as CSV, whole. Raises `MachineError`."""
    with whole_file(path) as draft:
        draft.write_text(figures_text(figures), encoding="utf-8")


def figures_text(figures: Iterable[Figure]) -> str:
    """Figures as CSV, in the order given."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for figure in figures:
        writer.writerow([_written(getattr(figure, name)) for name in _COLUMNS])
    return sink.getvalue()


def _written(value: object) -> str:
    if value is None:
        return ""
    return decimal_text(value) if isinstance(value, Fraction | Decimal) else str(value)


def _parse(text: str, file: str) -> list[Figure]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise InputError.because(
            "This is not a file of published figures.",
            "Write one with: accord start --public",
            file=file,
            line=1,
        )
    found = []
    for line, row in enumerate(reader, start=2):
        try:
            found.append(_figure(row))
        except (ValueError, InvalidOperation, ZeroDivisionError, TypeError):
            raise InputError(
                Problem(
                    "This line is not a published figure.",
                    "Write the file again with: accord start --public",
                    file,
                    line,
                )
            ) from None
    return found


def _figure(row: dict[str, str]) -> Figure:
    numbers: dict[str, Fraction | Decimal | None] = {
        name: Fraction(row[name]) if row[name] else None for name in _EXACT
    }
    numbers |= {name: Decimal(row[name]) if row[name] else None for name in _PRINTED}
    texts = {name: row[name] for name in _COLUMNS if name not in (*_EXACT, *_PRINTED)}
    texts.pop("line"), texts.pop("standing")
    return Figure(
        **texts,  # type: ignore[arg-type]
        line=int(row["line"]),
        standing=Standing(row["standing"]),
        **numbers,  # type: ignore[arg-type]
    )
