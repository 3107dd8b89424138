"""What the memorandum is made of, whatever it is set with: sections of paragraphs, lists, tables.

Everything is plain text. Nothing in it is markup, so a charter can say whatever it likes without
changing how its document is set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Paragraph:
    """`lead` is set larger; `intro` stays on the page of what it introduces."""

    text: str
    style: Literal["body", "lead", "intro"] = "body"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class Table:
    """A table with a header row; `widths` are the columns' shares, and `caption` its title.

    A cell may hold several lines: the first is set as the cell's text, the others smaller below it.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: Literal["table"] = "table"

    def __post_init__(self) -> None:
        for row in (*self.rows, self.widths):
            if len(row) != len(self.header):
                raise ValueError("every row of a table has as many cells as its header")


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Paragraph | Bullets | Table, ...]


@dataclass(frozen=True)
class Signature:
    """Where a party signs, on paper and with its key."""

    party: str
    signatory: str
    fingerprint: str
    state: str


@dataclass(frozen=True)
class Memorandum:
    """The whole document. `notice` says who has signed; `is_draft` that somebody has not.

    A `note` is set on one page: its sections have no numbers, and nobody signs it.
    `kind` is what the footer calls it, before its short hash.
    """

    title: str
    kicker: str
    subtitle: str
    notice: str
    is_draft: bool
    sections: tuple[Section, ...]
    signing: str
    signatures: tuple[Signature, ...]
    hash: str
    short_hash: str
    form: Literal["memorandum", "note"] = "memorandum"
    kind: str = "charter"
