"""Running an engine on rows made in a test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from accord.base.progress import SILENT
from accord.indicators.catalogue import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.indicators.vocabulary import Fact, Vocabulary
from accord.station.engines.request import Engine, MeasureRequest

Row = Mapping[str, Any]
Facts = Mapping[str, Mapping[str, Sequence[Row]]]
"""Rows by fact and period."""

_PACKAGE = "accord.station.engines"
_STORED = {
    "TEXT": pa.string(),
    "BOOLEAN": pa.bool_(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
}


def engine_of(name: str) -> Engine:
    """An engine's `measure` by the engine's name."""
    engine: Engine = import_module(f"{_PACKAGE}.{name}").measure
    return engine


ENGINES = ("reference", "duckdb")


def fact_schema(fact: Fact) -> pa.Schema:
    """The columns of a fact as they are stored."""
    return pa.schema(
        [
            pa.field(
                name,
                _STORED.get(column.stored)
                or (column.size and pa.decimal128(column.size.digits, column.size.scale)),
                nullable=column.empty,
            )
            for name, column in fact.columns.items()
        ]
    )


def write_facts(folder: Path, facts: Facts, vocabulary: Vocabulary) -> None:
    """Write rows as a folder of facts."""
    for name, periods in facts.items():
        schema = fact_schema(vocabulary.facts[name])
        (folder / name).mkdir(parents=True)
        for period, rows in periods.items():
            table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
            pq.write_table(table, folder / name / f"{period}.parquet")


def measured(
    engine: str,
    facts: Facts,
    catalogue: Catalogue,
    definitions: Iterable[Definition],
    groups: Iterable[Group],
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The sums that an engine makes of some rows, by fact and period."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "facts", Path(folder) / "sums"
        write_facts(source, facts, catalogue.vocabulary)
        periods = tuple(dict.fromkeys(period for found in facts.values() for period in found))
        request = MeasureRequest(source, periods, tuple(definitions), tuple(groups))
        engine_of(engine)(request, out, SILENT)
        return {
            (part.fact, part.period): pq.read_table(part.target(out)).to_pylist()
            for part in request.parts
        }
