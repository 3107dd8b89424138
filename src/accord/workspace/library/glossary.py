"""The words of the partnership: those of its charter, and those of the system's own glossary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import accord
from accord.charter.model import Charter
from accord.indicators.catalogue import load_catalogue

_FILE = "GLOSSARY.md"
_BESIDE = Path(accord.__file__).parent
_PLACES = (_BESIDE / _FILE, _BESIDE.parents[1] / _FILE)
"""In an installation it lies in the package; in a checkout, at its root."""

_ROW = re.compile(r"^\| (?P<word>.+?) \| (?P<meaning>.+) \|$")


@dataclass(frozen=True)
class Entry:
    """A word and its meaning, in plain text."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Chapter:
    """Words that belong together."""

    name: str
    entries: tuple[Entry, ...]


def of_charter(charter: Charter) -> tuple[Chapter, ...]:
    """The strands and the indicators of a charter, in its order."""
    known = load_catalogue()
    strands = tuple(
        Entry(strand.name, f"A strand of joint work since {strand.start.year}.")
        for strand in charter.strands
    )
    definitions = [
        known.definition(charter.newest(indicator).definition)
        for indicator in charter.indicator_ids
    ]
    indicators = tuple(Entry(one.title, one.plain) for one in definitions)
    return (Chapter("Indicators of the charter", indicators), Chapter("Strands", strands))


@cache
def of_system() -> tuple[Chapter, ...]:
    """The system's own words, chapter by chapter."""
    path = next(place for place in _PLACES if place.exists())
    parts = path.read_text(encoding="utf-8").split("\n## ")[1:]
    return tuple(_chapter(part) for part in parts)


def _chapter(part: str) -> Chapter:
    name, _, rows = part.partition("\n")
    found = (_ROW.match(line) for line in rows.splitlines())
    entries = tuple(
        Entry(_plain(row["word"]), _plain(row["meaning"]))
        for row in found
        if row and row["word"] not in ("word", "---")
    )
    return Chapter(name.strip(), entries)


def _plain(text: str) -> str:
    return re.sub(r"[*`]", "", text)
