"""What in a text looks like a single student."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from accord.base.documents import Written, read_document

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\d|\w\.)[^.!?\n]*)*")
SMALLEST = 11
"""The smallest group where no charter is asked: California's usual one."""


class _Sign(Written):
    id: str
    says: str
    patterns: tuple[str, ...]
    source: str
    verified: bool


class _Signs(Written):
    as_of: str
    signs: tuple[_Sign, ...]


@dataclass(frozen=True)
class Sign:
    """Something that was seen: its id, and a phrase that repeats nothing of the text."""

    id: str
    says: str


def signs_in(text: str, smallest: int = SMALLEST) -> tuple[Sign, ...]:
    """The signs that a text shows, each once; `smallest` is the charter's smallest group."""
    sentences = [found for found in _SENTENCE.findall(text) if found.strip()]
    return tuple(
        sign
        for sign, patterns in _compiled(smallest)
        if any(all(one.search(sentence) for one in patterns) for sentence in sentences)
    )


@cache
def _compiled(smallest: int) -> tuple[tuple[Sign, tuple[re.Pattern[str], ...]], ...]:
    few = "|".join((*_WORDS[: smallest - 1], *(str(number) for number in range(1, smallest))))
    with as_file(files("accord.workspace.screening").joinpath("signs.yaml")) as path:
        written = read_document(path, _Signs)[0]
    return tuple(
        (
            Sign(one.id, one.says),
            tuple(re.compile(pattern.replace("{few}", few)) for pattern in one.patterns),
        )
        for one in written.signs
    )
