"""Amendments: a chain of charters, each naming the one it changes, and which of them governs when.

An amendment binds when all of its own parties have signed it and so have all parties of the charter
that it amends, with the keys that they have there: nobody is amended out, or given a new key,
without a signature of their own. What does not bind is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable

from accord.base.canonical import short_hash
from accord.base.errors import RefusedError
from accord.base.periods import SchoolYear
from accord.charter.sign import SignedCharter


def chain_of(charters: Iterable[SignedCharter]) -> tuple[SignedCharter, ...]:
    """The charter in force and its binding amendments, oldest first; empty when none is in force.

    `charters` may come in any order, drafts among them. Raises `RefusedError` when two of them
    claim the same place: two first charters, or two amendments of one charter.
    """
    waiting = {signed.charter.hash: signed for signed in charters if signed.in_force}
    chain: list[SignedCharter] = []
    while True:
        amended = chain[-1] if chain else None
        following = [signed for signed in waiting.values() if _binds_after(amended, signed)]
        if len(following) > 1:
            names = " and ".join(short_hash(signed.charter.hash) for signed in following)
            raise RefusedError.because(
                f"Two charters are in force that do not amend one another: {names}.",
                "Let one of them amend the other, and have it signed by every party.",
                file=following[-1].source.file,
            )
        if not following:
            return tuple(chain)
        chain.append(waiting.pop(following[0].charter.hash))


def in_force_for(charters: Iterable[SignedCharter], period: SchoolYear) -> SignedCharter | None:
    """The charter that governs a school year: its `references` for that year are what counts.

    An amendment governs from the year that it names on, the first charter before that. `None` when
    no charter is in force. Raises `RefusedError` as `chain_of` does.
    """
    governing = None
    for signed in chain_of(charters):
        begins = signed.charter.governs_from
        if begins is None or begins <= period:
            governing = signed
    return governing


def _binds_after(amended: SignedCharter | None, signed: SignedCharter) -> bool:
    if amended is None:
        return signed.charter.amends is None
    return (
        signed.charter.amends == amended.charter.hash
        and signed.charter.partnership.id == amended.charter.partnership.id
        and all(signed.has_signature_of(party.key) for party in amended.charter.parties)
    )
