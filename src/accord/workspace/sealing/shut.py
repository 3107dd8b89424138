"""What stands for a text whose key is not at hand."""

from __future__ import annotations


class Shut(str):
    """The words that say why; `token` is the sealed text itself."""

    __slots__ = ("token",)
    token: str

    @classmethod
    def of(cls, token: str, words: str) -> Shut:
        """A stand-in that says why in `words`."""
        made = cls(words)
        made.token = token
        return made
