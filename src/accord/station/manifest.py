"""What a release will say of itself: its manifest, from the charter, the measure and the cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from accord import __version__
from accord.base.errors import StateError
from accord.cells.table import CellTable
from accord.charter.model import Audience, Charter
from accord.exchange.acts import Sent
from accord.exchange.manifest import FORMAT, MadeFrom, Manifest, UsedDefinition
from accord.indicators.catalogue import Catalogue
from accord.station.engines.measure import CurrentMeasure
from accord.station.records.current import current
from accord.station.station import Station


def describe(
    station: Station,
    *,
    audience: Audience,
    charter: Charter,
    catalogue: Catalogue,
    measure: CurrentMeasure,
    table: CellTable,
    embargo: date | None,
    before: Sent | None,
    ledger: str,
) -> Manifest:
    """The manifest of a release of `table`, before it is packed.

    `before` is the release before it for the same audience, `ledger` the hash of the newest entry.
    Raises `StateError` when there is nothing to release.
    """
    if not len(table):
        raise StateError.because(
            "The charter's publication plan lets no cell leave for this audience.",
            "Look at “publication” in the charter, or choose another audience.",
            file=station.charter_file,
            field="publication",
        )
    indicators = table.columns.group_by(["indicator", "definition_version"]).aggregate([])
    references = sorted(
        f"{indicator}@{version}"
        for indicator, version in zip(
            indicators["indicator"].to_pylist(),
            indicators["definition_version"].to_pylist(),
            strict=True,
        )
    )
    records = current(station)
    return Manifest(
        format=FORMAT,
        partnership=charter.partnership.id,
        district=station.district,
        audience=audience,
        number=before.number + 1 if before else 1,
        follows=before.id if before else None,
        ledger=ledger,
        charter=charter.hash,
        definitions={
            reference: UsedDefinition(
                hash=catalogue.definition(reference).hash,
                sums=catalogue.definition(reference).sum_keys,
            )
            for reference in references
        },
        groups=tuple(sorted(table.distinct("group"))),
        schools=_school_names(records.tables.get("schools", []), table),
        periods=tuple(sorted(table.distinct("period"))),
        as_of=measure.as_of,
        data_status=measure.data_status,
        disclosure=charter.disclosure.model_dump(mode="json"),
        embargo=embargo.isoformat() if embargo else None,
        made_from=MadeFrom(
            snapshots=tuple(records.snapshots),
            facts=measure.facts,
            measure=measure.id,
            software=f"accord {__version__}",
        ),
        cells={},
        files={},
    )


def _school_names(files: list[Path], table: CellTable) -> dict[str, str]:
    """The public name of each school that has a cell, by its id."""
    wanted = set(table.distinct("school")) - {""}
    names: dict[str, str] = {}
    for path in files:
        schools = pq.read_table(path, columns=["school", "name"])
        names.update(zip(schools["school"].to_pylist(), schools["name"].to_pylist(), strict=True))
    return {school: names[school] for school in sorted(wanted) if school in names}
