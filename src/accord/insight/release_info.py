"""What a report must be able to say about each release that its numbers came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
