"""The table of a release: many cells, held as columns.

A release of a large district has some 200,000 cells, so a table keeps them as Arrow columns and
makes `Cell` objects only as somebody walks over them. Rows are always in one order, so that equal
tables are written as equal bytes.

Text is text. `numerator` and `denominator` are decimals with six places: exact for every count and
every sum of days or points, half-up for the rare fraction that has more. `value`, `low`, `high`
and `standard_error` are decimals with six places too, holding numbers that were already rounded.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from accord.base.files import whole_file
from accord.base.numbers import decimal_text, round_half_up
from accord.base.periods import GRADES
from accord.cells.cell import CELL_COLUMNS, CSV_COLUMNS, NUMBERS, Cell, State

DECIMALS = 6
NUMBER = pa.decimal128(28, DECIMALS)
SCHEMA = pa.schema(
    [
        pa.field(name, NUMBER if name in NUMBERS else pa.string(), nullable=name in NUMBERS)
        for name in CELL_COLUMNS
    ]
)
_ORDER = (
    "partnership", "indicator", "definition_version", "definition_hash", "period", "district",
    "school", "grade", "group", "as_of", "data_status",
)  # fmt: skip


class CellTable:
    """Cells as columns, in one order: indicator, period, district, school, grade, group.

    `columns` is an Arrow table of `SCHEMA` with its rows in that order already; `arranged` puts
    them so. Files from elsewhere come in through `accord.cells.reading`, which checks them first.
    """

    def __init__(self, columns: pa.Table) -> None:
        if not columns.schema.equals(SCHEMA):
            raise ValueError("the columns of a cell table are those of its schema")
        self.columns = columns

    @classmethod
    def arranged(cls, columns: pa.Table) -> CellTable:
        """A table of these columns, whatever the order of the rows."""
        grade = pc.index_in(columns["grade"], value_set=pa.array(["", *GRADES]))
        keys = columns.select(_ORDER).set_column(_ORDER.index("grade"), "grade", grade)
        order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in _ORDER])
        return cls(columns.take(order).combine_chunks())

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> CellTable:
        """A table of these cells. Numerators and denominators are kept to six decimals."""
        rows = [_row(cell) for cell in cells]
        return cls.arranged(pa.Table.from_pylist(rows, schema=SCHEMA))

    @classmethod
    def joined(cls, tables: Iterable[CellTable]) -> CellTable:
        """One table with the rows of all of them."""
        parts = [SCHEMA.empty_table(), *(table.columns for table in tables)]
        return cls.arranged(pa.concat_tables(parts))

    def __len__(self) -> int:
        return int(self.columns.num_rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellTable) and self.columns.equals(other.columns)

    __hash__ = None  # type: ignore[assignment]  # as large as a release: compare, don't index

    def __iter__(self) -> Iterator[Cell]:
        return self.cells()

    def cells(self) -> Iterator[Cell]:
        """Every cell, in order, made as it is asked for."""
        for batch in self.columns.to_batches(max_chunksize=4096):
            columns = [batch.column(name).to_pylist() for name in CELL_COLUMNS]
            for values in zip(*columns, strict=True):
                yield _cell(dict(zip(CELL_COLUMNS, values, strict=True)))

    def where(self, **wanted: str | Iterable[str]) -> CellTable:
        """The rows whose columns have these values, or one of these values.

        >>> table.where(indicator="chronic-absenteeism", group=("all", "foster"), school="")
        ... # doctest: +SKIP
        """
        mask = None
        for name, value in wanted.items():
            choices = [value] if isinstance(value, str) else list(value)
            found = pc.is_in(self.columns[name], value_set=pa.array(choices, pa.string()))
            mask = found if mask is None else pc.and_(mask, found)
        return self if mask is None else CellTable(self.columns.filter(mask))

    def one(self, **wanted: str | Iterable[str]) -> Cell | None:
        """The single cell with these values, or nothing. Raises `ValueError` when several have."""
        found = list(self.where(**wanted).cells())
        if len(found) > 1:
            raise ValueError(f"{len(found)} cells match where one was asked for")
        return found[0] if found else None

    def distinct(self, name: str) -> list[str]:
        """The different values of a text column, in the table's order."""
        values: list[str] = pc.unique(self.columns[name]).to_pylist()
        return values

    def counts(self) -> dict[State, int]:
        """How many cells are in each state; every state is named."""
        found = Counter(self.columns["state"].to_pylist())
        return {state: found[state.value] for state in State}

    def parquet_bytes(self) -> bytes:
        """The table as a Parquet file: the same bytes for the same cells."""
        sink = io.BytesIO()
        pq.write_table(self.columns, sink, compression="zstd", store_schema=False)
        return sink.getvalue()

    def csv_bytes(self) -> bytes:
        """The table as CSV (RFC 4180, UTF-8, line feeds), without the standard error."""
        sink = io.StringIO()
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(CSV_COLUMNS)
        columns = [_shown(self.columns[name], name) for name in CSV_COLUMNS]
        writer.writerows(zip(*columns, strict=True))
        return sink.getvalue().encode()

    def write_parquet(self, path: Path) -> None:
        """Write `parquet_bytes` whole. Raises `MachineError`."""
        with whole_file(path) as draft:
            draft.write_bytes(self.parquet_bytes())

    def write_csv(self, path: Path) -> None:
        """Write `csv_bytes` whole. Raises `MachineError`."""
        with whole_file(path) as draft:
            draft.write_bytes(self.csv_bytes())


def _row(cell: Cell) -> dict[str, Any]:
    row = {name: getattr(cell, name) for name in CELL_COLUMNS}
    for name in NUMBERS:
        row[name] = None if row[name] is None else round_half_up(row[name], DECIMALS)
    row["state"] = cell.state.value
    return row


def _cell(row: dict[str, Any]) -> Cell:
    for name in ("numerator", "denominator"):
        row[name] = None if row[name] is None else Fraction(row[name])
    for name in ("value", "low", "high", "standard_error"):
        row[name] = None if row[name] is None else Decimal(decimal_text(row[name], DECIMALS))
    row["state"] = State(row["state"])
    return Cell(**row)


def _shown(column: pa.ChunkedArray, name: str) -> Sequence[str]:
    if name not in NUMBERS:
        texts: list[str] = column.to_pylist()
        return texts
    trimmed = pc.replace_substring_regex(
        pc.cast(column, pa.string()), pattern=r"\.?0+$", replacement=""
    )
    return ["" if text is None else text for text in trimmed.to_pylist()]
