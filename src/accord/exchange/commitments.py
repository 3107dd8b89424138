"""What districts publish in a sealed exchange, and the salt that each keeps until it opens."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from accord.base.canonical import bytes_hash
from accord.base.documents import Written
from accord.base.errors import StateError
from accord.base.files import whole_file
from accord.charter.values import DistrictId, Hash, Id
from accord.exchange.statements import Moment, not_a, read_json

COMMITMENT_TYPE = "application/vnd.accord.commitment+json"
OPENING_TYPE = "application/vnd.accord.opening+json"
_SALT_BYTES = 32


class Sealed(Written):
    """What a district says in a round, and when."""

    round: Id
    district: DistrictId
    at: Moment


class Commitment(Sealed):
    """A district's word which release it will open; `digest` is the hash of salt and file."""

    format: Literal["accord-commitment/1"] = "accord-commitment/1"
    audience: Literal["partners", "public"]
    number: int = Field(ge=1)
    charter: Hash
    digest: Hash


class Opening(Sealed):
    """The salt behind a commitment, and every commitment (by its hash) that was there by then."""

    format: Literal["accord-opening/1"] = "accord-opening/1"
    salt: str = Field(pattern=r"^[0-9a-f]{64}$")
    seen: dict[DistrictId, Hash]


SealedStatement = TypeVar("SealedStatement", bound=Sealed)


class Salt(Written):
    """What a district keeps to itself, beside its release, until it opens."""

    round: Id
    salt: str = Field(pattern=r"^[0-9a-f]{64}$")


def digest_of(salt: str, data: bytes) -> str:
    """The hash that commits to a file without telling anything of it."""
    return bytes_hash(bytes.fromhex(salt) + data)


def make_salt(release: Path, round_name: str) -> str:
    """The salt for a release in a round, kept beside it; the one that is there, if there is one."""
    path = _salt_path(release, round_name)
    if not path.exists():
        with whole_file(path, private=True) as draft:
            salt = Salt(round=round_name, salt=secrets.token_hex(_SALT_BYTES))
            draft.write_text(json.dumps(salt.model_dump()) + "\n", encoding="ascii")
    return read_salt(release, round_name)


def read_salt(release: Path, round_name: str) -> str:
    """The salt kept beside a release. Raises `StateError` when there is none, `InputError`."""
    path = _salt_path(release, round_name)
    if not path.exists():
        raise StateError.because(
            "There is no salt beside this release: it was not sealed from here.",
            "Open it from the folder in which it was sealed.",
            file=release,
        )
    try:
        return Salt.model_validate(read_json(path, "the salt of a sealed release")).salt
    except ValueError:
        raise not_a("the salt of a sealed release", path) from None


def _salt_path(release: Path, round_name: str) -> Path:
    return release.with_name(f"{release.name}.{round_name}.salt.json")
