"""What a report must be able to say about each release that its numbers came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.base.canonical import bytes_hash
from accord.exchange.release import Release


@dataclass(frozen=True)
class ReleaseInfo:
    """One verified release, as its manifest and its signatures describe it.

    `id` is the hash of its manifest, `number` its place in the district's ledger, `signers` who
    signed it (role, post and public key), `snapshots` the imports behind it.
    `schools` gives the public name of each school, by its id; a school without one is shown by id.
    """

    id: str
    number: int
    district: str
    audience: str
    charter: str
    signers: tuple[str, ...]
    periods: tuple[str, ...]
    as_of: str
    data_status: str
    software: str
    snapshots: tuple[str, ...]
    facts: str = ""
    measure: str = ""
    file: str = ""
    file_hash: str = ""
    schools: Mapping[str, str] = field(default_factory=dict)


def describe(release: Release) -> ReleaseInfo:
    """What a report says about where its numbers come from."""
    manifest = release.manifest
    return ReleaseInfo(
        id=release.id,
        number=manifest.number,
        district=manifest.district,
        audience=manifest.audience,
        charter=manifest.charter,
        signers=tuple(
            f"{role}: {signature.delegation.title}, {signature.key}"
            for role, signature in release.signatures.items()
        ),
        periods=manifest.periods,
        as_of=manifest.as_of,
        data_status=manifest.data_status,
        software=manifest.made_from.software,
        snapshots=manifest.made_from.snapshots,
        facts=manifest.made_from.facts,
        measure=manifest.made_from.measure,
        file=f"{manifest.district}-{manifest.audience}-{manifest.number}.accord",
        file_hash=bytes_hash(release.data),
        schools=manifest.schools,
    )
