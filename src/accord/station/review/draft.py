"""A draft: the release that its preparer has signed and that waits for its approver.

It lies in the station's folder ``drafts/AUDIENCE``:

==================  ==================================================================
``draft.accord``    the release with one signature; partners refuse it as it is
``draft.certificate``  what the audit of it found: witnesses that nothing is given away
``hidden.parquet``  every hidden cell with its reason, for the district alone
``visible.json``    what share of students stays in view
``reviewed.json``   the hash of the draft that a reviewer was last shown
``review.html``     what the reviewer was shown; ``changes.csv`` every change in it
==================  ==================================================================

``draft.accord`` is taken away first and written last: while it is there, the rest belongs to it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from accord.audit.certificate import Certificate
from accord.base.canonical import bytes_hash
from accord.base.errors import StateError
from accord.base.files import machine_errors, sweep, whole_file
from accord.charter.model import Audience
from accord.exchange.release import Release, open_release
from accord.exchange.statements import moment
from accord.station.protect.protect import Protected
from accord.station.protect.reasons import Hidden, Visible
from accord.station.station import Station

_DRAFT, CERTIFICATE = "draft.accord", "draft.certificate"
_HIDDEN = pa.schema(
    [(name, pa.string()) for name in ("indicator", "period", "school", "grade", "group", "reason")]
)


@dataclass(frozen=True)
class Draft:
    """A draft as it lies in the station."""

    folder: Path
    release: Release
    visible: tuple[Visible, ...]

    @property
    def hash(self) -> str:
        """The hash of the whole file: what a review is about, and what an approval demands."""
        return bytes_hash(self.release.data)

    @property
    def certificate_file(self) -> Path:
        return self.folder / CERTIFICATE

    @property
    def page(self) -> Path:
        return self.folder / "review.html"

    @property
    def changes_file(self) -> Path:
        return self.folder / "changes.csv"

    @property
    def is_reviewed(self) -> bool:
        """Whether what a reviewer was last shown is this very draft."""
        path = self.folder / "reviewed.json"
        if not path.exists():
            return False
        with machine_errors(path):
            return bool(json.loads(path.read_bytes()).get("draft") == self.hash)

    def hidden(self) -> pa.Table:
        """Every hidden cell: indicator, period, school, grade, group and reason, all text."""
        return pq.read_table(self.folder / "hidden.parquet")

    def mark_reviewed(self, now: datetime | None = None) -> None:
        """Note that a reviewer was shown this draft."""
        noted = {"draft": self.hash, "release": self.release.id, "at": moment(now).isoformat()}
        _write_json(noted, self.folder / "reviewed.json")

    def remove(self) -> None:
        """Take the draft away: it was released."""
        for name in (_DRAFT, CERTIFICATE):
            (self.folder / name).unlink(missing_ok=True)


def write_draft(
    station: Station, release: Release, protected: Protected, certificate: Certificate
) -> Draft:
    """Put a packed draft in its folder, in the place of an earlier one. Raises `MachineError`."""
    folder = station.drafts_folder / release.manifest.audience
    file = folder / _DRAFT
    with machine_errors(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.unlink(missing_ok=True)
        sweep(folder)
    with whole_file(folder / "hidden.parquet") as place:
        pq.write_table(_table(protected.hidden), place)
    _write_json([asdict(one) for one in protected.visible], folder / "visible.json")
    certificate.write(folder / CERTIFICATE)
    with whole_file(file) as place:
        place.write_bytes(release.data)
    return Draft(folder, release, protected.visible)


def read_draft(station: Station, audience: Audience) -> Draft:
    """The draft for an audience.

    Raises `StateError` when there is none; `InputError` or `RefusedError` when it was damaged.
    """
    folder = station.drafts_folder / audience
    file = folder / _DRAFT
    if not file.is_file():
        raise StateError.because(
            f"No release for {audience} is prepared.",
            "Prepare one with: accord release STATION --prepare --key PREPARER",
            file=station.folder,
        )
    release = open_release(file)
    visible = json.loads((folder / "visible.json").read_bytes())
    return Draft(folder, release, tuple(Visible(**one) for one in visible))


def _table(hidden: Sequence[Hidden]) -> pa.Table:
    columns = {name: [str(getattr(one, name)) for one in hidden] for name in _HIDDEN.names}
    return pa.table(columns, schema=_HIDDEN)


def _write_json(value: Any, path: Path) -> None:
    with whole_file(path) as place:
        place.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
