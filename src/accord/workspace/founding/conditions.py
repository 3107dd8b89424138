"""The conditions for success that ship with the software: dated, each with its source."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from accord.base.documents import Written, read_document
from accord.charter.values import Day, Id, Name, Text


class ConditionSource(Written):
    """Where something is said; a law has no one year."""

    id: Id
    title: Name
    by: Name
    address: Text
    year: int | None = None

    @property
    def words(self) -> str:
        """Who says it, and when."""
        return f"{self.by}, {self.year}" if self.year else self.by


class Condition(Written):
    """A condition as a question, why it matters, and where that comes from.

    `verified` says that the source's own summary was read and says so.
    """

    id: Id
    name: Name
    asks: Text
    why: Text
    source: Id
    verified: bool


class Conditions(Written):
    """All conditions as of a day, in the order in which they are asked."""

    dated: Day
    sources: tuple[ConditionSource, ...]
    conditions: tuple[Condition, ...]

    def source_of(self, condition: Condition) -> ConditionSource:
        """Raises `KeyError` for a source that is not listed."""
        return {one.id: one for one in self.sources}[condition.source]

    def after(self, condition: str) -> str | None:
        """The condition that is asked next; none after the last one."""
        ids = [one.id for one in self.conditions]
        following = ids[ids.index(condition) + 1 :] if condition in ids else []
        return following[0] if following else None


@cache
def load_conditions() -> Conditions:
    """The conditions as shipped."""
    with as_file(files("accord.workspace.founding").joinpath("conditions.yaml")) as path:
        return read_document(path, Conditions)[0]
