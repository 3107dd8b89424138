"""The story's words, read once."""

from __future__ import annotations

from functools import cache

from accord.base.documents import Written
from accord.workspace.demo.telling import read_words


class Post(Written):
    """A position and its role; `strand` for who leads one."""

    role: str
    title: str
    vacant: bool = False


class Strand(Written):
    """What is said and done about a strand."""

    immediate: tuple[str, ...]
    long_term: tuple[str, ...]
    notes: tuple[str, ...]
    adjust: tuple[str, ...]
    stay: tuple[str, ...]


class Story(Written):
    """The whole story. `posts` are by the district's place in the charter."""

    posts: tuple[tuple[Post, ...], ...]
    third_parties: tuple[Post, ...]
    meetings: tuple[tuple[int, int], ...]
    places: tuple[str, ...]
    strands: dict[str, Strand]
    progress: tuple[str, ...]
    candid: tuple[str, ...]


@cache
def story() -> Story:
    """The story that ships."""
    return read_words("story.yaml", Story)
