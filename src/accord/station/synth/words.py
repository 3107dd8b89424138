"""Columns of text as positions in a short list of words, so that millions of rows cost little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accord.station.synth.draws import Dates, Flags, Ints

BLANK = -1
_YES_NO = ("false", "true")


@dataclass(frozen=True)
class Words:
    """A text column: for each row a position in `words`, or `BLANK`."""

    position: Ints
    words: Sequence[str]

    def __len__(self) -> int:
        return len(self.position)


Column = Words | Dates
Table = dict[str, Column]
"""The columns of a table, by field."""


def constant(word: str, size: int) -> Words:
    """The same word in every row."""
    return Words(np.zeros(size, dtype=np.int64), (word,))


def numbers(values: Ints, blank: Flags | None = None) -> Words:
    """Whole numbers as text; blank where `blank` holds."""
    distinct, position = np.unique(values, return_inverse=True)
    words = tuple(str(number) for number in distinct)
    return Words(position if blank is None else np.where(blank, BLANK, position), words)


def flags(values: Flags) -> Words:
    """``true`` and ``false``."""
    return Words(values.astype(np.int64), _YES_NO)


def stacked(columns: Sequence[Column]) -> Column:
    """One column after another; text columns keep one list of words between them."""
    texts = [column for column in columns if isinstance(column, Words)]
    if not texts:
        return np.concatenate([column for column in columns if not isinstance(column, Words)])
    if all(text.words is texts[0].words for text in texts):
        return Words(np.concatenate([text.position for text in texts]), texts[0].words)
    words = tuple(dict.fromkeys(word for text in texts for word in text.words))
    place = {word: position for position, word in enumerate(words)}
    moved = []
    for text in texts:
        to = np.array([*(place[word] for word in text.words), BLANK])
        moved.append(to[text.position])
    return Words(np.concatenate(moved), words)
