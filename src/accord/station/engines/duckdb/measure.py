"""Measuring with DuckDB: one query for each fact and period.

Two are under way at a time: while one is planned, sorted or written, which takes one core, the
other adds up on the rest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from accord.base.errors import StateError
from accord.base.files import machine_errors
from accord.base.progress import Progress
from accord.indicators.language.walk import columns_of
from accord.station.engines.duckdb.names import file_sql, text_sql
from accord.station.engines.duckdb.plan import sums_query
from accord.station.engines.duckdb.session import Limits, session
from accord.station.engines.request import MeasureRequest, Part

_AT_ONCE = 2


def measure(
    request: MeasureRequest, out: Path, progress: Progress, limits: Limits | None = None
) -> None:
    """Write the table of sums of every part of `request` into the folder `out`.

    See `accord.station.engines.request.Engine`. Raises `MachineError`, and `StateError` when the
    facts lack a column that is asked for.
    """
    parts = request.parts
    with (
        session(out, limits or Limits()) as connection,
        progress.step("Measuring", total=len(parts)) as step,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        for _ in pool.map(lambda part: _measure(connection, part, request, out), parts):
            step.advance()
        step.note(f"{len(request.definitions)} indicators, {len(request.groups)} groups")


def _measure(
    connection: duckdb.DuckDBPyConnection, part: Part, request: MeasureRequest, out: Path
) -> None:
    target = part.target(out)
    with connection.cursor() as own, machine_errors(target):
        columns = _columns(own, part)
        _need_columns(part, request, columns)
        query = sums_query(part, request.groups, request.levels, columns)
        target.parent.mkdir(exist_ok=True)
        own.execute(f"copy ({query}) to {text_sql(str(target))} (format parquet, compression zstd)")


def _columns(connection: duckdb.DuckDBPyConnection, part: Part) -> dict[str, str]:
    """The type of each column of a fact file by its name."""
    described = connection.execute(f"describe from {file_sql(part.source)}").fetchall()
    return {name: kind for name, kind, *_ in described}


def _need_columns(part: Part, request: MeasureRequest, columns: dict[str, str]) -> None:
    needed = {"level", "organisation", "grade"}
    for definition in part.definitions:
        needed |= columns_of(definition.population)
        needed |= {name for item in definition.sums for name in columns_of(item.term)}
        needed |= {
            name for group in request.groups for name in columns_of(definition.rule_of(group))
        }
    if missing := sorted(needed - columns.keys()):
        raise StateError.because(
            f"The facts have no column {', '.join(missing)}.",
            "They were made by another version: make them anew with: accord facts",
            file=part.source,
        )
