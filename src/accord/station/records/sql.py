"""The few things that all of the importer's SQL shares: literals, a connection, its failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from accord.base.errors import AccordError, MachineError

_MEMORY = "2GB"  # beyond it DuckDB uses the disk; a station is often someone's laptop

Connection = duckdb.DuckDBPyConnection


def literal(value: bool | int | str | None) -> str:
    """A value as SQL writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def literals(values: Iterable[str]) -> str:
    """``'a', 'b'`` from texts."""
    return ", ".join(map(literal, values))


def path_literal(path: Path) -> str:
    """A path to read, as SQL writes it; its own ``*``, ``?`` and ``[`` are no patterns."""
    return literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))


@contextmanager
def connection(work: Path) -> Iterator[Connection]:
    """An in-memory DuckDB that spills into `work` and keeps rows in the order of the file."""
    opened = duckdb.connect(":memory:")
    try:
        spill = work / "spill"
        opened.execute(f"SET temp_directory = {literal(str(spill))}")
        opened.execute(f"SET memory_limit = {literal(_MEMORY)}")
        opened.execute("SET preserve_insertion_order = true")
        opened.execute("SET enable_progress_bar = false")
        yield opened
    finally:
        opened.close()


@contextmanager
def engine_errors(file: Path) -> Iterator[None]:
    """Turn DuckDB's failures into ours; its messages may quote a cell, so none is repeated."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MachineError.because(
            "There is too little memory or temporary disk space for this file.",
            "Free some, or split the file by school year.",
            file=file,
        ) from None
    except duckdb.IOException as error:
        full = "No space left" in str(error)
        raise MachineError.because(
            "The disk is full." if full else "The disk could not be read or written.",
            "Free some room and run the same command again." if full else "Check the disk.",
            file=file,
        ) from None
    except duckdb.Error as error:
        raise AccordError.because(
            f"The file could not be processed ({type(error).__name__}).",
            "Nothing was imported. Please report this, with the mapping but without the file.",
            file=file,
        ) from None
