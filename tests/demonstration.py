"""What the tests of commands share: the demo's two districts and keys, and how a command ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CEDAR, HARBOR = "99100010000000", "99200020000000"


@dataclass(frozen=True)
class Outcome:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Accord = Callable[..., Outcome]


def both_keys(keys: Path, district: str = CEDAR) -> tuple[str, ...]:
    """The options with which a district's two signers release at one desk."""
    signers = (keys / f"{district}-{role}.pem" for role in ("preparer", "approver"))
    return tuple(part for signer in signers for part in ("--key", str(signer)))
