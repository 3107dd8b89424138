"""Sealed exchange: every district commits to its release before any of them opens one.

In a round each district first publishes a *commitment*: the hash of a secret salt and its release.
Only when all parties have committed does each *open*: it publishes the salt and the release. Nobody
can choose what to show after seeing the others' figures. An opening names the commitments that its
district saw, so that none can be replaced later.

A round is a folder of plain files in the exchange folder, which partners may also keep in step by
e-mail: ``DISTRICT.commitment.json``, ``DISTRICT.opening.json`` and ``DISTRICT.accord``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accord.base.canonical import content_hash
from accord.base.errors import RefusedError, StateError
from accord.base.signing import public_text
from accord.base.words import list_words
from accord.charter.model import Charter, Party
from accord.exchange.commitments import (
    COMMITMENT_TYPE,
    OPENING_TYPE,
    Commitment,
    Opening,
    SealedStatement,
    digest_of,
    make_salt,
    read_salt,
)
from accord.exchange.custody import Custody
from accord.exchange.release import Release, write_release
from accord.exchange.statements import (
    Envelope,
    moment,
    not_a,
    read_json,
    refuse_for,
    write_statement,
)
from accord.exchange.vouched import Vouched, against_vouched, read_vouched, vouch


@dataclass(frozen=True)
class Round:
    """One sealed exchange between the parties of a charter."""

    folder: Path
    charter: Charter

    @property
    def name(self) -> str:
        return self.folder.name

    def commitments(self) -> dict[str, Vouched[Commitment]]:
        """Each party's commitment, by its id. Raises `RefusedError` when one is not its own."""
        return {
            party.id: commitment
            for party in self.charter.parties
            if (commitment := self._read(party, "commitment", COMMITMENT_TYPE, Commitment))
        }

    def openings(self) -> dict[str, Vouched[Opening]]:
        """Each party's opening. Raises `RefusedError` when a commitment that it saw is replaced."""
        found = {
            party.id: opening
            for party in self.charter.parties
            if (opening := self._read(party, "opening", OPENING_TYPE, Opening))
        }
        now = _hashes(self.commitments())
        for district, opening in found.items():
            for other, hash_ in opening.statement.seen.items():
                if now.get(other) != hash_:
                    raise RefusedError.because(
                        f"{self._name(other)} had committed to something else when "
                        f"{self._name(district)} opened.",
                        "Don't go on with this round. Settle with them what happened.",
                        file=self._place(other, "commitment.json"),
                    )
        return found

    def seal(
        self, release: Release, path: Path, key: Ed25519PrivateKey, *, now: datetime | None = None
    ) -> Vouched[Commitment]:
        """Commit to the release in the file `path`; sealing it again changes nothing.

        The salt is kept beside the release. Raises `RefusedError` when the key has not signed the
        release or another round is for another audience, `StateError` when another release was
        committed to.
        """
        manifest = release.manifest
        _delegation_of(release, key, path)
        committed = self.commitments()
        audiences = {one.statement.audience for one in committed.values()}
        if audiences - {manifest.audience}:
            raise RefusedError.because(
                "The partners' commitments in this round are for another audience.",
                "Choose another round, or the release for that audience.",
                file=path,
            )
        digest = digest_of(make_salt(path, self.name), release.data)
        own = committed.get(manifest.district)
        if own is not None and own.statement.digest == digest:
            return own
        if own is not None:
            raise StateError.because(
                "This district has committed to another release in this round.",
                "Open that one, or agree with the partners on a new round.",
                file=self._place(manifest.district, "commitment.json"),
            )
        commitment = Commitment(
            round=self.name,
            district=manifest.district,
            audience=manifest.audience,
            number=manifest.number,
            charter=self.charter.hash,
            digest=digest,
            at=moment(now),
        )
        return self._publish(commitment, key, release)

    def open(
        self, release: Release, path: Path, key: Ed25519PrivateKey, *, now: datetime | None = None
    ) -> Path:
        """Publish the release and its salt; returns where the release now lies.

        Raises `StateError` while a party has not committed, `RefusedError` when the release is not
        the one that was committed to, or another party's commitment was replaced.
        """
        district = release.manifest.district
        committed = self._all_committed(path)
        self.openings()
        salt = read_salt(path, self.name)
        if committed[district].statement.digest != digest_of(salt, release.data):
            raise self._not_committed(district, path)
        target = self._place(district, "accord")
        write_release(release.data, target)
        opening = Opening(
            round=self.name,
            district=district,
            salt=salt,
            seen=_hashes(committed),
            at=moment(now),
        )
        self._publish(opening, key, release)
        return target

    def require_opened(self, release: Release, file: Path) -> None:
        """Raises unless a release that this round has a commitment for was opened as committed."""
        manifest = release.manifest
        committed = self.commitments().get(manifest.district)
        if committed is None or (committed.statement.audience, committed.statement.number) != (
            manifest.audience,
            manifest.number,
        ):
            return
        self._all_committed(file)
        opening = self.openings().get(manifest.district)
        if opening is None:
            raise StateError.because(
                f"This release is sealed in the round {self.name}, and not opened yet.",
                "Wait for the district to open it with: accord exchange open",
                file=file,
            )
        if committed.statement.digest != digest_of(opening.statement.salt, release.data):
            raise self._not_committed(manifest.district, file)

    def waiting_for(self) -> list[str]:
        """The names of the parties that have not committed yet, in the charter's order."""
        committed = self.commitments()
        return [party.name for party in self.charter.parties if party.id not in committed]

    def _all_committed(self, file: Path) -> Mapping[str, Vouched[Commitment]]:
        missing = self.waiting_for()
        if missing:
            raise StateError.because(
                f"{list_words(missing)} {'has' if len(missing) == 1 else 'have'} not committed in "
                f"the round {self.name} yet.",
                "Nothing is opened before every party has committed with: accord exchange seal",
                file=file,
            )
        return self.commitments()

    def _read(
        self, party: Party, what: str, payload_type: str, kind: type[SealedStatement]
    ) -> Vouched[SealedStatement] | None:
        path = self._place(party.id, f"{what}.json")
        if not path.exists():
            return None
        value = read_json(path, f"a sealed exchange's {what}")
        try:
            vouched = read_vouched(value, payload_type, kind)
        except ValueError:
            raise not_a(f"a sealed exchange's {what}", path) from None
        said = vouched.statement
        reasons = list(against_vouched(vouched, payload_type, Custody(party), said.at))
        if (said.round, said.district) != (self.name, party.id):
            reasons.append((f"This {what} is for another round or district.", "Don't use it."))
        refuse_for(reasons, path)
        return vouched

    def _publish(
        self, statement: SealedStatement, key: Ed25519PrivateKey, release: Release
    ) -> Vouched[SealedStatement]:
        """Sign and write a statement, unless its readers would refuse it."""
        is_commitment = isinstance(statement, Commitment)
        payload_type = COMMITMENT_TYPE if is_commitment else OPENING_TYPE
        what = "commitment" if is_commitment else "opening"
        path = self._place(statement.district, f"{what}.json")
        party = self.charter.party(statement.district)
        assert party is not None  # the release is believed, so it is a party's
        vouched = vouch(statement, payload_type, key, _delegation_of(release, key, path))
        refuse_for(against_vouched(vouched, payload_type, Custody(party), statement.at), path)
        write_statement(vouched.written(), path)
        return vouched

    def _not_committed(self, district: str, file: Path) -> RefusedError:
        return RefusedError.because(
            f"This is not the release that {self._name(district)} committed to in the round "
            f"{self.name}.",
            "Open the very file that was sealed. If it must change, agree on a new round.",
            file=file,
        )

    def _name(self, district: str) -> str:
        party = self.charter.party(district)
        return party.name if party else district

    def _place(self, district: str, what: str) -> Path:
        return self.folder / f"{district}.{what}"


def _hashes(commitments: Mapping[str, Vouched[Commitment]]) -> dict[str, str]:
    return {district: content_hash(one.written()) for district, one in commitments.items()}


def _delegation_of(release: Release, key: Ed25519PrivateKey, file: Path) -> Envelope:
    public = public_text(key)
    for signature in release.signatures.values():
        if signature.key == public:
            return signature.delegation_envelope
    raise RefusedError.because(
        "This key has not signed this release.",
        "Use the preparer's or the approver's key, with which the release was signed.",
        file=file,
    )
