"""The spellings by which fields, dates and codes are found: `words.yaml` as typed data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

from accord.base.documents import Written, read_document


class Words(Written):
    """Spellings of headers by field, formats of dates in the order of trial, known codes."""

    words: Mapping[str, tuple[str, ...]]
    dates: tuple[str, ...]
    codes: Mapping[str, Mapping[str, bool | str]]


@cache
def words() -> Words:
    """All spellings."""
    with as_file(files(__package__) / "words.yaml") as path:
        document, _ = read_document(path, Words)
    return document
