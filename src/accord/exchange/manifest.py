"""The manifest of a release: what it is, under which charter, and the hash of each of its parts."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from accord.base.canonical import canonical_bytes
from accord.base.documents import Written
from accord.charter.values import Day

FORMAT = "accord-release/2"
FORMER_FORMATS = ("accord-release/1",)
"""Forms that one key could sign: no longer believed."""


class UsedDefinition(Written):
    """A definition as the manifest names it: its hash, and the key of each of its sums."""

    hash: str
    sums: dict[str, str]


class MadeFrom(Written):
    """Where the cells come from, for whoever must find the records again inside the district."""

    snapshots: tuple[str, ...]
    facts: str
    measure: str
    software: str


class Manifest(Written):
    """What a release says of itself.

    `schools` gives the name of each school in the cells. Before the day of `embargo`, reports of
    other districts leave the release out.
    """

    format: Literal["accord-release/2"]
    partnership: str
    district: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")  # becomes a file name
    audience: Literal["partners", "public"]
    number: int = Field(ge=1)
    follows: str | None
    ledger: str
    charter: str
    definitions: dict[str, UsedDefinition]
    groups: tuple[str, ...]
    schools: dict[str, str]
    periods: tuple[str, ...]
    as_of: str
    data_status: Literal["certified", "preliminary", "unofficial"]
    disclosure: dict[str, Any]
    embargo: Day | None = None
    made_from: MadeFrom
    cells: dict[str, int]
    files: dict[str, str]

    def written(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical_bytes(self.model_dump(mode="json"))
