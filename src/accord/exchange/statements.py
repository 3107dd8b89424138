"""Statements: short signed documents that travel beside releases, each in a file of its own.

A delegation, a revocation, a receipt and a commitment are each a small JSON document in a DSSE
envelope. Their payload types differ, so that a signature on one is never good for another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import AfterValidator, AwareDatetime, PlainSerializer, ValidationError

from accord.base import signing
from accord.base.canonical import canonical_bytes
from accord.base.documents import LIMIT, Written
from accord.base.errors import InputError, Problem, RefusedError
from accord.base.files import machine_errors, whole_file
from accord.base.signing import parse_public, public_text

Envelope = Mapping[str, Any]
Reason = tuple[str, str]
"""What speaks against a document, and what to do about it."""

BY_ANOTHER_WAY = "Don't use it. Ask the district by another way, such as the telephone."

Statement = TypeVar("Statement", bound=Written)

PublicKey = Annotated[str, AfterValidator(lambda text: public_text(parse_public(text)))]
Moment = Annotated[
    AwareDatetime,
    AfterValidator(lambda moment: moment.astimezone(UTC)),
    PlainSerializer(lambda moment: moment.isoformat(timespec="seconds")),
]
"""A moment in time with its offset, kept in UTC to the second."""


def moment(now: datetime | None = None) -> datetime:
    """This moment, or the one given, as statements write it: UTC, to the second."""
    return (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def state(statement: Written, payload_type: str, key: Ed25519PrivateKey) -> dict[str, Any]:
    """The statement's canonical form in an envelope with one signature."""
    return signing.sign(canonical_bytes(statement.model_dump(mode="json")), payload_type, key)


def stated(envelope: Any, payload_type: str, kind: type[Statement]) -> Statement:
    """What an envelope states, whoever signed it. Raises `ValueError` when it is something else."""
    if not isinstance(envelope, Mapping):
        raise ValueError("this is not a signature envelope")
    payload = signing.payload_of(envelope, payload_type)
    try:
        return kind.model_validate(json.loads(payload))
    except (ValidationError, RecursionError) as error:
        raise ValueError("the envelope does not hold what its type says") from error


def is_signed_by(envelope: Envelope, payload_type: str, key: str) -> bool:
    """Whether a public key has signed the envelope."""
    return bool(signing.signers_of(envelope, payload_type, [key]))


def write_statement(envelope: Envelope, path: Path) -> None:
    """Write an envelope to a file of its own. Raises `MachineError`."""
    with whole_file(path) as draft:
        draft.write_text(json.dumps(envelope, indent=2) + "\n", encoding="utf-8")


def read_json(path: Path, what: str) -> Any:
    """The JSON of a small file that a partner sent. Raises `InputError`, `MachineError`."""
    with machine_errors(path):
        data = path.read_bytes()
    try:
        if len(data) > LIMIT:
            raise ValueError("larger than any statement")
        return json.loads(data)
    except (ValueError, RecursionError):
        raise not_a(what, path) from None


def refuse_for(reasons: Iterable[Reason], file: Path) -> None:
    """Raise `RefusedError` with every reason, if there is any."""
    problems = [Problem(what, remedy, file=str(file)) for what, remedy in reasons]
    if problems:
        raise RefusedError(*problems)


def not_a(what: str, path: Path) -> InputError:
    """The error for a file that should hold `what` and doesn't."""
    return InputError.because(
        f"This is not {what}.", "Ask whoever sent it for the file once more.", file=path
    )
