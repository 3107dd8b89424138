"""From a measure to a signed release: the one way out of a station, and the two people on it.

A *preparer* has the gate protect the current measure and signs the draft; nothing has left then.
A reviewer is shown what would leave. An *approver*, another person with another key, signs what was
reviewed; only then is the release written and entered in the district's ledger, in that order, so
that it counts only once its entry is on the disk. A run that is interrupted before that leaves a
file that no entry names; the next run takes its number and its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.audit.certifying import certify
from accord.base.canonical import canonical_bytes
from accord.base.errors import RefusedError, StateError
from accord.base.progress import SILENT, Progress
from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.charter.model import Audience, Charter
from accord.charter.sign import read_signed
from accord.exchange.acts import RELEASED, release_subject, revocations, sent
from accord.exchange.ledger import BEGINNING, Entry, Ledger, head_of
from accord.exchange.release import Release, add_signature, pack, parse_release, write_release
from accord.exchange.statements import moment
from accord.indicators.catalogue import Catalogue
from accord.station.certifying import all_out, certificate_file, certificate_of
from accord.station.clearing import clear
from accord.station.engines.measure import current_measure
from accord.station.manifest import describe
from accord.station.protect.protect import Gate
from accord.station.protect.raw import Measured
from accord.station.review.draft import Draft, read_draft, write_draft
from accord.station.signer import Signer
from accord.station.station import Station


@dataclass(frozen=True)
class Made:
    """A release that was made: the file, and what it is."""

    path: Path
    release: Release


def prepare(
    station: Station,
    audience: Audience,
    key: Ed25519PrivateKey,
    catalogue: Catalogue,
    *,
    embargo: date | None = None,
    progress: Progress = SILENT,
    now: datetime | None = None,
) -> Draft:
    """Protect the current measure for `audience` and sign it as its preparer. Nothing leaves.

    What is signed has passed the audit together with all that this district ever released, and lies
    beside the certificate of that. An earlier draft for the audience is replaced. Raises
    `RefusedError` when the charter is not in force, the key may not prepare, or something would be
    given away; `StateError` when there is no current measure or a release that the ledger names is
    not here; `MachineError`.
    """
    with station.lock():
        charter = _charter_in_force(station)
        measure = current_measure(station)
        entries = Ledger(station.ledger).entries()
        signer = Signer.of(station, charter, entries, key=key, role="preparer", at=moment(now))
        before = sent(entries, RELEASED, audience)
        gate = Gate(Measured.of(measure, station.district), charter, catalogue)
        cleared = clear(gate, audience, all_out(station, entries), progress)
        protected = cleared.protected
        _require_something_shown(protected.table)
        with progress.step("Preparing the draft") as step:
            manifest = describe(
                station,
                audience=audience,
                charter=charter,
                catalogue=catalogue,
                measure=measure,
                table=protected.table,
                embargo=embargo,
                before=before[-1] if before else None,
                ledger=head_of(entries),
            )
            forms = {
                reference: canonical_bytes(catalogue.definition(reference).meaning)
                for reference in manifest.definitions
            }
            data = pack(
                manifest,
                protected.table,
                forms,
                charter.canonical_bytes,
                revocations=revocations(entries),
                sign=lambda release: [signer.sign(release)],
            )
            release = parse_release(data, station.release_file(audience, manifest.number))
            certificate = certify(cleared.audit.of(release.id, manifest.number))
            draft = write_draft(station, release, protected, certificate)
            step.note(f"{len(protected.table):,} cells, {len(data) / 1e6:.1f} MB")
    return draft


def approve(
    station: Station,
    audience: Audience,
    key: Ed25519PrivateKey,
    catalogue: Catalogue,
    *,
    progress: Progress = SILENT,
    now: datetime | None = None,
) -> Made:
    """Sign the reviewed draft as its approver, write the release and enter it in the ledger.

    Raises `StateError` when there is no draft, or it is not what was reviewed, or the ledger has
    moved on since it was prepared; `RefusedError` when the key may not approve; `MachineError`.
    """
    with station.lock(), progress.step("Approving and signing") as step:
        charter, ledger = _charter_in_force(station), Ledger(station.ledger)
        entries = ledger.entries()
        draft = read_draft(station, audience)
        signer = Signer.of(station, charter, entries, key=key, role="approver", at=moment(now))
        _require_reviewed(draft)
        _require_current(draft, charter, entries)
        certificate = certificate_of(draft, all_out(station, entries), catalogue)
        data = add_signature(draft.release, signer.second(draft.release))
        path = station.release_file(audience, draft.release.manifest.number)
        release = parse_release(data, path)
        write_release(data, path)
        certificate.write(certificate_file(path))
        subject = release_subject(release) | {"certificate": certificate.hash}
        ledger.append(RELEASED, subject, now=now)
        draft.remove()
        step.note(f"{len(release.table):,} cells, {len(data) / 1e6:.1f} MB")
    return Made(path, release)


def _require_something_shown(table: CellTable) -> None:
    found = table.counts()
    if found[State.SUPPRESSED] and not found[State.PUBLISHED] + found[State.BANDED]:
        raise RefusedError.because(
            "The charter's rules would hide every cell, so there is nothing to release.",
            "Let larger groups leave (all grades together, the district rather than schools), or "
            "agree on a lower “minimum” or “threshold”.",
            field="disclosure",
        )


def _charter_in_force(station: Station) -> Charter:
    signed = read_signed(station.charter_file)
    signed.require_in_force()
    return signed.charter


def _require_reviewed(draft: Draft) -> None:
    if not draft.is_reviewed:
        raise StateError.because(
            "Nobody has reviewed this draft as it is now.",
            "Look at it first: accord release STATION --review",
            file=draft.folder,
        )


def _require_current(draft: Draft, charter: Charter, entries: Sequence[Entry]) -> None:
    """Refuse a draft that was prepared before something that it would have to take up."""
    since = ""
    manifest = draft.release.manifest
    hashes = [BEGINNING, *(entry.hash for entry in entries)]
    if manifest.charter != charter.hash:
        since = "the charter was amended"
    elif manifest.ledger not in hashes:
        since = "the ledger was replaced"
    else:
        later = entries[hashes.index(manifest.ledger) :]
        if any(entry.kind == RELEASED for entry in later):
            since = "another release was made"
        elif list(draft.release.revocations) != revocations(entries):
            since = "a key was revoked"
    if since:
        raise StateError.because(
            f"Since this draft was prepared, {since}.",
            "Prepare and review it again: accord release STATION --prepare --key PREPARER",
            file=draft.folder,
        )
