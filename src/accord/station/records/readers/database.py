"""A view or table of a district's own database, read and never written.

What is read is named in the mapping; how to connect stands in a variable of the environment that
the mapping names, so that no password is in a file. Only one thing is ever sent: a SELECT of all
columns of that view, inside a transaction that is read-only where the database can promise it and
is rolled back everywhere.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from accord.base.errors import InputError, MachineError
from accord.base.files import machine_errors
from accord.station.records.mapping import Database
from accord.station.records.readers.excel import plain_cell
from accord.station.records.readers.reading import Reading

_BATCH = 10_000
_READ_ONLY = {"postgresql": {"postgresql_readonly": True}}


def read_database(database: Database, work: Path) -> tuple[Reading, str]:
    """All rows of a view as text, and the hash of what was read. Lines count rows, from 1.

    Raises `InputError` (the variable is not set, there is no such view), `MachineError` (no
    connection).
    """
    target = work / "view.csv"
    rows = 0
    with (
        _connected(database) as connection,
        machine_errors(target),
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        view = _view(connection, database)
        writer = csv.writer(copy, lineterminator="\n")
        query = sa.select(view).order_by(*(view.c[name] for name in database.order_by))
        for row in connection.execution_options(yield_per=_BATCH).execute(query):
            writer.writerow([_flat(cell) for cell in row])
            rows += 1
        columns = tuple(column.name for column in view.columns)
    with target.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(repr(columns).encode())
    reading = Reading(
        path=target,
        original=target,
        delimiter=",",
        newline="\n",
        skip=0,
        first_line=1,
        rows=rows,
        columns=columns,
        lines=rows,
        has_typed_cells=True,
    )
    return reading, "sha256:" + digest.hexdigest()


@contextmanager
def _connected(database: Database) -> Iterator[sa.Connection]:
    """A connection that changes nothing. The database's own words may hold names and addresses, so
    they are not repeated."""
    address = os.environ.get(database.connection)
    if not address:
        raise InputError.because(
            f"The variable {database.connection}, which says how to connect, is not set.",
            f"Set it before the command, for example: export {database.connection}="
            "postgresql://reader@warehouse/district",
            field="database.connection",
        )
    try:
        engine = sa.create_engine(address, poolclass=sa.NullPool)
        with engine.connect() as connection:
            options: dict[str, Any] = _READ_ONLY.get(engine.dialect.name, {})
            readonly = connection.execution_options(**options)
            if engine.dialect.name == "sqlite":
                readonly.exec_driver_sql("PRAGMA query_only = ON")
            try:
                yield readonly
            finally:
                readonly.rollback()
    except (SQLAlchemyError, ImportError) as error:
        raise MachineError.because(
            f"The database could not be reached or read ({type(error).__name__}).",
            f"Check the address in {database.connection}, that its driver is installed, and that "
            "the account may read the view.",
        ) from None


def _view(connection: sa.Connection, database: Database) -> sa.Table:
    try:
        view = sa.Table(
            database.view, sa.MetaData(), schema=database.schema_name, autoload_with=connection
        )
    except sa.exc.NoSuchTableError:
        raise InputError.because(
            f"The database has no view or table “{database.view}”.",
            "Correct its name, or give the schema that it is in.",
            field="database.view",
        ) from None
    unknown = [name for name in database.order_by if name not in view.columns]
    if unknown:
        raise InputError.because(
            f"The view has no column “{unknown[0]}” to order by.",
            "Correct “order_by”, or leave it out.",
            field="database.order_by",
        )
    return view


def _flat(cell: Any) -> str:
    return "" if cell is None else " ".join(plain_cell(cell).split("\n")).replace("\r", " ")
