"""From a measure to a signed release: the one way out of a station.

The charter must be in force and the key must be the district's own. What leaves is what the gate
lets through, packed, signed, written, and entered in the district's ledger: in that order, so that
a release counts only once its entry is on the disk. A run that is interrupted before that leaves a
file that no entry names; the next run takes its number and its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord import __version__
from accord.base.canonical import canonical_bytes
from accord.base.errors import RefusedError, StateError
from accord.base.progress import SILENT, Progress
from accord.base.signing import public_text
from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.charter.model import Audience, Charter
from accord.charter.sign import read_signed
from accord.exchange.ledger import Entry, Ledger
from accord.exchange.release import (
    FORMAT,
    MadeFrom,
    Manifest,
    Release,
    UsedDefinition,
    pack,
    parse_release,
    write_release,
)
from accord.indicators.catalogue import Catalogue
from accord.station.engines.measure import CurrentMeasure, current_measure
from accord.station.protect.protect import Protected, protect_release
from accord.station.protect.raw import Measured
from accord.station.records.current import current
from accord.station.station import Station

RELEASED = "released"


@dataclass(frozen=True)
class Made:
    """A release that was made: the file, what it is, and, for the district alone, what was hidden
    and why."""

    path: Path
    release: Release
    protected: Protected


def make_release(
    station: Station,
    audience: Audience,
    key: Ed25519PrivateKey,
    catalogue: Catalogue,
    *,
    progress: Progress = SILENT,
    now: datetime | None = None,
) -> Made:
    """Protect the current measure for `audience`, sign it and enter it in the ledger.

    Raises `RefusedError` when the charter is not in force or the key is not the district's,
    `StateError` when there is no current measure, `MachineError`; see also `protect_release`.
    """
    with station.lock():
        charter = _charter_in_force(station, key)
        measure = current_measure(station)
        ledger = Ledger(station.ledger)
        entries = ledger.entries()
        before = _newest(entries, audience)
        protected = protect_release(
            Measured(
                measure.folder,
                station.district,
                measure.periods,
                measure.as_of,
                measure.data_status,
            ),
            charter=charter,
            catalogue=catalogue,
            audience=audience,
            progress=progress,
        )
        _require_something_shown(protected.table)
        with progress.step("Signing the release") as step:
            manifest = _manifest(
                station,
                audience=audience,
                charter=charter,
                catalogue=catalogue,
                measure=measure,
                table=protected.table,
            )
            manifest = manifest.model_copy(
                update={
                    "number": int(before.subject["number"]) + 1 if before else 1,
                    "follows": str(before.subject["release"]) if before else None,
                    "ledger": entries[-1].hash if entries else ledger.head(),
                }
            )
            forms = {
                reference: canonical_bytes(catalogue.definition(reference).meaning)
                for reference in manifest.definitions
            }
            data = pack(manifest, protected.table, forms, charter.canonical_bytes, key)
            name = f"{station.district}-{audience}-{manifest.number}.accord"
            path = station.releases_folder / name
            release = parse_release(data, path)
            write_release(data, path)
            subject = {"release": release.id, "number": manifest.number, "audience": audience}
            ledger.append(RELEASED, subject, now=now)
            step.note(f"{len(protected.table):,} cells, {len(data) / 1e6:.1f} MB")
    return Made(path, release, protected)


def _require_something_shown(table: CellTable) -> None:
    found = table.counts()
    if found[State.SUPPRESSED] and not found[State.PUBLISHED] + found[State.BANDED]:
        raise RefusedError.because(
            "The charter's rules would hide every cell, so there is nothing to release.",
            "Let larger groups leave (all grades together, the district rather than schools), or "
            "agree on a lower “minimum” or “threshold”.",
            field="disclosure",
        )


def _charter_in_force(station: Station, key: Ed25519PrivateKey) -> Charter:
    signed = read_signed(station.charter_file)
    signed.require_in_force()
    party = signed.charter.party(station.district)
    if party is None or party.key != public_text(key):
        raise RefusedError.because(
            "This key is not the one that the charter gives for this district.",
            "Sign with the private key whose public half stands in the charter.",
            file=station.charter_file,
            field="parties",
        )
    return signed.charter


def _newest(entries: list[Entry], audience: str) -> Entry | None:
    released = [
        entry
        for entry in entries
        if entry.kind == RELEASED and entry.subject.get("audience") == audience
    ]
    return released[-1] if released else None


def _manifest(
    station: Station,
    *,
    audience: Audience,
    charter: Charter,
    catalogue: Catalogue,
    measure: CurrentMeasure,
    table: CellTable,
) -> Manifest:
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
        number=1,
        follows=None,
        ledger="",
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
