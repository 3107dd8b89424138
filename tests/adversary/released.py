"""A protected table as a release that is out: whole, but signed by nobody."""

from __future__ import annotations

from pathlib import Path

from accord.base.canonical import canonical_bytes
from accord.cells.table import CellTable
from accord.charter.model import Audience
from accord.exchange.manifest import FORMAT, MadeFrom, Manifest, UsedDefinition
from accord.exchange.release import Release, pack, parse_release
from accord.station.protect.protect import Gate


def released(gate: Gate, table: CellTable, audience: Audience = "partners", number: int = 1
             ) -> Release:  # fmt: skip
    """The release that `gate` would have made of a table."""
    used = {
        definition.reference: definition
        for definition in gate.catalogue.definitions.values()
        if definition.id in gate.charter.indicator_ids
    }
    manifest = Manifest(
        format=FORMAT,
        partnership=gate.charter.partnership.id,
        district=gate.measured.district,
        audience=audience,
        number=number,
        follows=None,
        ledger="",
        charter=gate.charter.hash,
        definitions={
            reference: UsedDefinition(hash=each.hash, sums=each.sum_keys)
            for reference, each in used.items()
        },
        groups=tuple(sorted(table.distinct("group"))),
        schools={},
        periods=tuple(sorted(table.distinct("period"))),
        as_of=gate.measured.as_of,
        data_status="certified",
        disclosure=gate.charter.disclosure.model_dump(mode="json"),
        made_from=MadeFrom(snapshots=(), facts="", measure=gate.measured.name, software=""),
        cells={},
        files={},
    )
    forms = {reference: canonical_bytes(each.meaning) for reference, each in used.items()}
    data = pack(manifest, table, forms, gate.charter.canonical_bytes,
                revocations=[], sign=lambda _: [])  # fmt: skip
    return parse_release(data, Path("release.accord"))
