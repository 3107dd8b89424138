"""A release before its judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.charter.model import Charter, Party
from accord.charter.sign import SignedCharter
from accord.exchange.acts import Sent
from accord.exchange.custody import Revocation
from accord.exchange.release import Release
from accord.exchange.statements import Reason
from accord.indicators.catalogue import Catalogue


@dataclass(frozen=True)
class Case:
    """A release before its judge: what it is, and all that is known to hold it against."""

    release: Release
    charters: Sequence[SignedCharter]
    catalogue: Catalogue
    before: Sent | None
    revocations: Sequence[Revocation]

    @property
    def charter(self) -> Charter | None:
        """The charter that the release names, if it is known here."""
        wanted = self.release.manifest.charter
        return next((one.charter for one in self.charters if one.charter.hash == wanted), None)

    @property
    def party(self) -> Party | None:
        charter = self.charter
        return charter.party(self.release.manifest.district) if charter else None

    @property
    def signed(self) -> datetime:
        """When the approver signed: known to be there once the sender's checks are clean."""
        return self.release.signatures["approver"].at


Check = Callable[[Case], Iterator[Reason]]
