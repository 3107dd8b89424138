"""Parquet files: typed columns as plain text, so that the same rules apply to every source."""

from __future__ import annotations

from pathlib import Path

import duckdb

from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.station.records.readers.reading import Reading
from accord.station.records.sql import Connection, engine_errors, literal, path_literal


def read_parquet(file: Path, con: Connection, work: Path) -> Reading:
    """All rows as text. Lines count from 2, as if the column names stood on line 1.

    Raises `InputError` when it is no Parquet file.
    """
    with machine_errors(file):
        file.open("rb").close()
    reader = f"read_parquet({path_literal(file)})"
    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
        rows = con.execute(
            f"SELECT sum(num_rows) FROM parquet_file_metadata({path_literal(file)})"
        ).fetchall()[0][0]
    except duckdb.Error:
        raise InputError.because(
            "This is not a Parquet file that can be read.", "Export it again.", file=file
        ) from None
    names = [str(column[0]) for column in described]
    cells = ", ".join(
        f"coalesce(translate(CAST({_quoted(name)} AS VARCHAR), chr(10) || chr(13), '  '), '') "
        f"AS c{index}"
        for index, name in enumerate(names)
    )
    target = work / "plain.csv"
    with engine_errors(file):
        con.execute(
            f"COPY (SELECT {cells} FROM {reader}) TO {literal(str(target))} "
            "(FORMAT csv, HEADER false, QUOTE '\"', ESCAPE '\"', FORCE_QUOTE *)"
        )
    return Reading(
        path=target,
        original=target,
        delimiter=",",
        newline="\n",
        skip=0,
        first_line=2,
        rows=int(rows),
        columns=tuple(name.strip() for name in names),
        lines=int(rows),
        has_typed_cells=True,
        original_first=2,
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
