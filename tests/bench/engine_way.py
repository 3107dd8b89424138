"""The sums by our engine: the whole catalogue × every group."""

from __future__ import annotations

from pathlib import Path

from state import YEARS

from accord.base.progress import SILENT
from accord.indicators.catalogue import load_catalogue
from accord.station.engines import duckdb
from accord.station.engines.request import MeasureRequest

_CATALOGUE = load_catalogue()


def measure(facts: Path, out: Path) -> None:
    """Write FACT/PERIOD.parquet into `out`."""
    definitions, groups = _CATALOGUE.definitions.values(), _CATALOGUE.groups.values()
    request = MeasureRequest(facts, YEARS, tuple(definitions), tuple(groups))
    duckdb.measure(request, out, SILENT)
