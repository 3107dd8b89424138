"""A certificate of an audit: proof that anybody can check with whole-number arithmetic alone.

For every hidden number it names two whole tables that fit all that is published and differ there by
as much as the rules ask. Whoever holds the same publications rebuilds the ranges and lines from
them, looks whether the tables keep every one, and compares: no solver, no records, no trust in the
auditor.

The file is a zip with the same bytes for the same content:

=====================  ==========================================================================
``statement.json``     what was audited, against whom, and the hash of each other entry
``tables.parquet``     the witness tables: the first of each case, and where others differ from it
``targets.parquet``    for each hidden number the two tables that differ
=====================  ==========================================================================

The hash of ``statement.json`` is the certificate's.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field, ValidationError

from accord.audit.assumed import Assumed
from accord.audit.case import Case
from accord.audit.sources import Source
from accord.base.canonical import bytes_hash, canonical_bytes
from accord.base.documents import Written
from accord.base.errors import InputError, RefusedError
from accord.base.files import machine_errors, whole_file
from accord.cells.places import Whole
from accord.exchange.archive import archive_bytes, archive_entries

FORMAT = "accord-certificate/1"
STATEMENT, TABLES, TARGETS = "statement.json", "tables.parquet", "targets.parquet"
MOST_BYTES = 500_000_000
TABLE_COLUMNS = ("case", "table", "variable", "number")
TARGET_COLUMNS = ("case", "kind", "part", "whole", "low", "high")


class AuditedSource(Written):
    """A publication that the certificate is about; `background` was out before what it judges."""

    id: str
    audience: str
    number: int
    background: bool
    minimum: int
    threshold: int
    colluders: int


class AuditedCase(Written):
    """A district, school year and fact: how many hidden numbers it has and how many tables.

    `schools`, `unchanged`, `sums`, `newest` and `alike` are what the reader takes for granted: see
    `assumed.Assumed`.
    """

    district: str
    period: str
    fact: str
    schools: bool
    unchanged: bool
    sums: bool
    newest: bool
    alike: bool
    hidden: int
    tables: int
    pre_existing: tuple[int, ...] = ()

    @property
    def assumed(self) -> Assumed:
        """What the reader takes for granted."""
        return Assumed(self.schools, self.unchanged, self.sums, self.newest, self.alike)


class Statement(Written):
    """What a certificate says. `pre_existing` targets are exposed by outside figures alone."""

    format: Literal["accord-certificate/1"]
    software: str
    attackers: tuple[str, ...]
    sources: tuple[AuditedSource, ...]
    cases: tuple[AuditedCase, ...]
    files: dict[str, str] = Field(default_factory=dict)

    def written(self) -> bytes:
        """The canonical bytes that are hashed."""
        return canonical_bytes(self.model_dump(mode="json"))


@dataclass(frozen=True)
class Certificate:
    """A certificate in memory. `tables` and `targets` are its two Arrow tables."""

    statement: Statement
    tables: pa.Table
    targets: pa.Table

    @property
    def hash(self) -> str:
        """The hash by which it is named."""
        return bytes_hash(self.sealed().statement.written())

    def sealed(self) -> Certificate:
        """The same, with the hashes of its entries in its statement."""
        files = {name: bytes_hash(data) for name, data in self._entries().items()}
        statement = self.statement.model_copy(update={"files": files})
        return Certificate(statement, self.tables, self.targets)

    def packed(self) -> bytes:
        """The file's bytes."""
        entries = {STATEMENT: self.sealed().statement.written(), **self._entries()}
        return archive_bytes(entries)

    def write(self, path: Path) -> None:
        """Write the file whole. Raises `MachineError`."""
        with whole_file(path) as draft:
            draft.write_bytes(self.packed())

    def _entries(self) -> dict[str, bytes]:
        return {TABLES: _parquet(self.tables), TARGETS: _parquet(self.targets)}


ATTACKERS = (
    "a reader of every publication named here, who adds, subtracts and bounds",
    "so many colluding students as the rules name",
    "whoever also holds the outside figures named here",
)


def audited_sources_of(sources: Sequence[Source]) -> tuple[AuditedSource, ...]:
    """What an audit read, as a statement names it."""
    return tuple(
        AuditedSource(
            id=each.id,
            audience=each.audience,
            number=each.number,
            background=each.is_background,
            minimum=each.rules.minimum,
            threshold=each.rules.threshold,
            colluders=each.rules.colluders,
        )
        for each in sorted(sources, key=lambda source: (source.audience, source.id))
    )


def read_certificate(path: Path) -> Certificate:
    """Read a certificate and check it against its own hashes.

    Raises `InputError` when it is none, `RefusedError` when it was altered, `MachineError`.
    """
    with machine_errors(path):
        if path.stat().st_size > MOST_BYTES:
            raise _no_certificate(path)
        data = path.read_bytes()
    try:
        entries = archive_entries(data)
        statement = Statement.model_validate(json.loads(entries[STATEMENT]))
        tables = _read(entries[TABLES], TABLE_COLUMNS)
        targets = _read(entries[TARGETS], TARGET_COLUMNS)
    except (KeyError, ValueError, ValidationError, OSError, pa.ArrowException):
        raise _no_certificate(path) from None
    for name, expected in statement.files.items():
        if bytes_hash(entries[name]) != expected:
            raise RefusedError.because(
                f"This certificate was altered: {name} is not what its statement says.",
                "Don't rely on it. Audit the release yourself with accord audit.",
                file=path,
            )
    return Certificate(statement, tables, targets)


def tables_of(certificate: Certificate, number: int, case: Case) -> Whole:
    """A case's witness tables, a row each. Raises `ValueError` when they name what isn't there."""
    rows = _rows(certificate.tables, TABLE_COLUMNS, number)
    count = certificate.statement.cases[number].tables
    tables = np.tile(case.system.low, (count, 1))
    first = rows["table"] == 0
    _check_within(rows["variable"], len(case.system))
    _check_within(rows["table"], count)
    tables[:, rows["variable"][first]] = rows["number"][first]
    tables[rows["table"][~first], rows["variable"][~first]] = rows["number"][~first]
    return tables


def targets_of(certificate: Certificate, number: int) -> dict[str, Whole]:
    """A case's rows of `targets`, by column."""
    return _rows(certificate.targets, TARGET_COLUMNS, number)


def _check_within(numbers: Whole, size: int) -> None:
    if len(numbers) and not (numbers.min() >= 0 and numbers.max() < size):
        raise ValueError("a witness table speaks of a place that is not there")


def _rows(table: pa.Table, names: Sequence[str], case: int) -> dict[str, Whole]:
    columns = {name: table[name].to_numpy() for name in names}
    here = columns["case"] == case
    return {name: column[here] for name, column in columns.items()}


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", store_schema=False)
    return sink.getvalue()


def _read(data: bytes, names: Sequence[str]) -> pa.Table:
    table = pq.read_table(io.BytesIO(data))
    if tuple(table.column_names) != tuple(names) or any(
        field.type != pa.int64() for field in table.schema
    ):
        raise ValueError("the columns are not those of a certificate")
    if any(column.null_count for column in table.columns):
        raise ValueError("a number is missing")
    return table


def _no_certificate(path: Path) -> InputError:
    return InputError.because(
        "This is not a certificate of an audit.",
        "Name a file that accord audit --write made.",
        file=path,
    )
