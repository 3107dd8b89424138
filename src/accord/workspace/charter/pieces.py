"""Two texts side by side, word by word: what stayed, what was taken out, what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
_ALIKE = 0.4
"""Below this share of common words, two texts are shown as two, not as a patchwork."""


@dataclass(frozen=True)
class Piece:
    """Some words; `is_other` says that the other text does not have them here."""

    text: str
    is_other: bool


@dataclass(frozen=True)
class Pair:
    """Both texts in pieces; one is empty where there was, or is, nothing."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def pair_of(before: str, after: str) -> Pair:
    """Both texts in pieces, whole words at a time."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < _ALIKE:
        return Pair(_whole(before), _whole(after))
    steps = matcher.get_opcodes()
    return Pair(
        tuple(_pieces((tag, "".join(old[a:b])) for tag, a, b, _, _ in steps)),
        tuple(_pieces((tag, "".join(new[c:d])) for tag, _, _, c, d in steps)),
    )


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, is_other=True),) if text else ()


def _pieces(steps: Iterator[tuple[str, str]]) -> Iterator[Piece]:
    """A space between two words that changed has changed with them."""
    kept = [(text, tag != "equal") for tag, text in steps if text]
    others = [is_other for _, is_other in kept]
    for place, (text, is_other) in enumerate(kept):
        if not text.isspace() or is_other:
            yield Piece(text, is_other)
        else:
            yield Piece(
                text, all(others[max(place - 1, 0) : place] + others[place + 1 : place + 2])
            )
