"""Whether a release that arrived may be believed: every check, and each refusal with its reason.

Opening a release (`release.open_release`) has already shown that its parts are those its manifest
names. Here it is held against what the receiver knows: the charter that all parties signed, the
definitions of this installation, and what was received before. A release is believed only when
nothing at all speaks against it; everything that does is told at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from accord.charter.sign import SignedCharter
from accord.exchange.acts import Sent
from accord.exchange.checks.case import Case
from accord.exchange.checks.content import CONTENT
from accord.exchange.checks.sender import SENDER
from accord.exchange.custody import Revocation
from accord.exchange.release import Release
from accord.exchange.statements import refuse_for
from accord.indicators.catalogue import Catalogue


def verify(
    release: Release,
    charters: Sequence[SignedCharter],
    catalogue: Catalogue,
    before: Sent | None = None,
    revocations: Sequence[Revocation] = (),
    *,
    file: Path,
) -> None:
    """Believe `release`, or raise `RefusedError` with every reason not to.

    `charters` are those known to the receiver, amendments among them; `before` is the newest
    release received from the same district for the same audience, and `revocations` those of the
    district's keys that were learnt before; those that the release carries are heeded as well.
    """
    case = Case(release, charters, catalogue, before, revocations)
    # What a stranger's file says is not worth reading: content comes after the sender is clean.
    for round_of_checks in (SENDER, CONTENT):
        refuse_for((reason for check in round_of_checks for reason in check(case)), file)
