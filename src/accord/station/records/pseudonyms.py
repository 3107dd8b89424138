"""Pseudonyms: what stands for a student, or for one of the staff, wherever records go.

A pseudonym is the first 32 hexadecimal digits of HMAC-SHA256 over the district's own identifier,
keyed with the station's secret. A staff number is hashed behind a word and a space, which no
identifier has, so that a student of the same number has another pseudonym. DuckDB computes it once
per distinct identifier: HMAC is two nested hashes (RFC 2104), and both run in parallel there.
"""

from __future__ import annotations

import hmac

from accord.station.records.cell_checks import LOCAL_ID
from accord.station.records.sql import Connection
from accord.station.records.staging import Outcome

_BLOCK = 64  # bytes, SHA-256's
DIGITS = 32
_STAFF = "staff "


def pseudonym(secret: bytes, local_id: str) -> str:
    """The pseudonym of one student."""
    return hmac.digest(secret, local_id.encode(), "sha256").hex()[:DIGITS]


def make_pseudonyms(con: Connection, secret: bytes, *, staff: bool) -> None:
    """Fill table `pseudonyms` (id, pseudonym) for every identifier that `staged` loads.

    `staff` says that they are staff numbers. The secret is at most 64 bytes long.
    """
    key = secret.ljust(_BLOCK, b"\0")
    inner, outer = bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE pseudonyms AS SELECT id, left(sha256("
        f"$outer || unhex(sha256($inner || encode($kind || id)))), {DIGITS}) AS pseudonym "
        f"FROM (SELECT DISTINCT {LOCAL_ID} AS id FROM staged "
        f"WHERE outcome = {Outcome.LOADED:d} AND {LOCAL_ID} IS NOT NULL)",
        {"inner": inner, "outer": outer, "kind": _STAFF if staff else ""},
    )
