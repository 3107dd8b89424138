"""The certificate that a release needs before anybody may sign it, and what it is held against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from accord.audit.certificate import Certificate, read_certificate
from accord.audit.checking import check_certificate
from accord.audit.sources import Source, source_of_release
from accord.base.errors import StateError
from accord.exchange.ledger import Entry
from accord.exchange.release import Release
from accord.indicators.catalogue import Catalogue
from accord.station.history import released
from accord.station.outside import registered
from accord.station.review.draft import Draft
from accord.station.station import Station


def background(releases: Iterable[Release]) -> list[Source]:
    """Releases that are out already, as an audit reads them."""
    return [
        replace(
            source_of_release(each, f"release {each.manifest.number} for {each.manifest.audience}"),
            is_background=True,
        )
        for each in releases
    ]


def all_out(station: Station, entries: Sequence[Entry]) -> list[Source]:
    """All that is out already, as an audit reads it: releases, and figures that others hold.

    Raises `RefusedError` when something that the ledger names is not here, `MachineError`.
    """
    return [*background(released(station, entries)), *registered(station, entries)]


def certificate_of(draft: Draft, out: Sequence[Source], catalogue: Catalogue) -> Certificate:
    """The certificate of a draft, once it was checked against all that is `out`.

    No solver is asked: the certificate's tables are held against what would be published. Raises
    `StateError` when there is none, `RefusedError` when it doesn't prove what it should.
    """
    if not draft.certificate_file.is_file():
        raise StateError.because(
            "This draft has no certificate, and nothing is signed without one.",
            "Prepare it again: accord release STATION --prepare --key PREPARER",
            file=draft.folder,
        )
    certificate = read_certificate(draft.certificate_file)
    sources = [source_of_release(draft.release, "this release"), *out]
    check_certificate(certificate, sources, catalogue=catalogue)
    return certificate


def certificate_file(release: Path) -> Path:
    """Where the certificate of a release lies: beside it."""
    return release.with_suffix(".certificate")
