"""The table on which facts are settled: DuckDB, in memory, that may spill to disk.

Queries read the records as ``records.TABLE`` and the year's settings as macros without arguments,
so that a query is plain SQL with nothing pasted into it: ``WHERE school_year = period()``. What
doesn't fit into memory is spilled beside the facts being made, inside the station, and goes when
they are done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from accord.base.errors import AccordError, MachineError
from accord.station.records.model import record_model

Setting = str | int | bool | date | Decimal | Sequence[str]

_MEMORY = "3GB"

# A part of some days in whole days, halves up; all of them is left as it is.
_PORTION = """
CREATE MACRO portion(days, part, whole) AS
    CASE WHEN part = whole THEN days
    ELSE (((days * 100)::BIGINT * part * 2 + whole * 100) // (whole * 200))::DECIMAL(6,2) END
"""


_SCHOOL_YEAR_OF = "CREATE MACRO school_year_of(day) AS year(day) - (month(day) < 7)::INTEGER"
_SCHOOL_YEAR_TEXT = """
CREATE MACRO school_year_text(starts) AS
    printf('%d-%02d', starts::INTEGER, ((starts + 1) % 100)::INTEGER)
"""


@dataclass(frozen=True)
class Step:
    """One intermediate table: its name and the query that fills it."""

    table: str
    query: str


class Workbench:
    """Views of the records, a year's settings, and the intermediate tables made from them."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._settings: dict[str, Setting] = {}

    @classmethod
    @contextmanager
    def over(cls, records: Mapping[str, Sequence[Path]], scratch: Path) -> Iterator[Workbench]:
        """A workbench over the Parquet files of each table; a table without files is empty.

        `scratch` is a folder for what doesn't fit into memory.
        """
        database = duckdb.connect(
            config={
                "temp_directory": str(scratch),
                "memory_limit": _MEMORY,
                "preserve_insertion_order": False,
            }
        )
        try:
            database.execute("SET enable_progress_bar = false")
            for macro in (_PORTION, _SCHOOL_YEAR_OF, _SCHOOL_YEAR_TEXT):
                database.execute(macro)
            database.execute("CREATE SCHEMA records")
            bench = cls(database)
            for table in record_model().tables:
                if not table.apart:
                    files = records.get(table.name, ())
                    bench.show(f"records.{table.name}", bench._rows_of(table.columns, files))
            yield bench
        finally:
            database.close()

    @contextmanager
    def beside(self) -> Iterator[Workbench]:
        """Another workbench that sees what this one shows and keeps, begins with its settings,
        and has intermediate tables of its own, so that two years can be worked on at once."""
        database = self._database.cursor()
        try:
            bench = Workbench(database)
            bench.let(self._settings)
            yield bench
        finally:
            database.close()

    def use_one_core(self) -> None:
        """Run each query on the thread that asks for it: faster where queries are small."""
        self._database.execute("SET threads = 1")

    def let(self, settings: Mapping[str, Setting]) -> None:
        """Make each setting readable in this workbench's queries as a macro of its name."""
        for name, value in settings.items():
            plain = value if isinstance(value, str | int | date | Decimal) else list(value)
            self._database.execute(f"SET VARIABLE {name} = $value", {"value": plain})
            macro = f"CREATE OR REPLACE TEMP MACRO {name}() AS getvariable('{name}')"
            self._database.execute(macro)
            self._settings[name] = value

    def show(self, name: str, query: str) -> None:
        """Let every workbench read `query` by a name."""
        self._run(f"CREATE VIEW {name} AS {query}")

    def keep(self, steps: Sequence[Step]) -> None:
        """Fill tables that every workbench can read."""
        for step in steps:
            self._run(f"CREATE TABLE {step.table} AS {step.query}")

    def make(self, steps: Sequence[Step]) -> None:
        """Fill this workbench's own tables in order, replacing those of an earlier year."""
        for step in steps:
            self._run(f"CREATE OR REPLACE TEMP TABLE {step.table} AS {step.query}")

    def fill(self, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Make this workbench's own small table of given rows; `columns` as SQL declares them."""
        self._run(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
        self._insert(table, rows)

    def hold(self, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Make a small table of given rows that every workbench can read."""
        self._run(f"CREATE TABLE {table} ({columns})")
        self._insert(table, rows)

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            places = ", ".join("?" for _ in rows[0])
            self._database.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def write(self, query: str, path: Path) -> int:
        """Write a query's rows to a Parquet file and say how many there are."""
        form = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
        rows = self._run(f"COPY ({query}) TO {_text(path)} ({form})")
        return int(rows[0][0])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a small query."""
        return self._run(query)

    def _rows_of(self, columns: Mapping[str, str], files: Sequence[Path]) -> str:
        """A query of a table's rows. A column that no file has is empty: what was imported before
        the records knew it is as good as what nobody filled in."""
        source, there = "", set()
        if files:
            listed = ", ".join(map(_text, files))
            source = f"FROM read_parquet([{listed}], union_by_name = true)"
            with _in_our_words():
                described = self._database.execute(f"DESCRIBE SELECT * {source}").fetchall()
            there = {row[0] for row in described}
        chosen = ", ".join(
            column if column in there else f"NULL::{kind} AS {column}"
            for column, kind in columns.items()
        )
        return f"SELECT {chosen} {source or 'WHERE false'}"

    def _run(self, statement: str) -> list[tuple[Any, ...]]:
        with _in_our_words():
            return self._database.execute(statement).fetchall()


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turn DuckDB's failures into ours; its messages may quote a student's row, so none is kept."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MachineError.because(
            "There is too little memory, or disk to spill to, for making facts.",
            "Free some and run the same command again.",
        ) from None
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        full = "No space left" in str(error)
        raise MachineError.because(
            "The disk is full." if full else "A file of the station can't be read or written.",
            "Free some room and run the same command again."
            if full
            else "Check the disk; if a file of an import is missing or damaged, import it again.",
        ) from None
    except duckdb.Error as error:
        raise AccordError.because(
            f"The records could not be settled ({type(error).__name__}).",
            "No facts were made. Please report this, without any of the records.",
        ) from None
