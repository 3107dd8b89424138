"""What a charter needs to know of the catalogue of definitions and groups, and no more.

The catalogue is built on definitions, which come after the charter in the order of imports; any
object of this shape will do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from accord.charter.model import Charter


class KnownDefinition(Protocol):
    """An indicator's definition, as far as it is spoken of in a charter."""

    @property
    def title(self) -> str: ...

    @property
    def plain(self) -> str: ...

    @property
    def unit(self) -> str:
        """``percent``, ``points`` or ``score``."""

    @property
    def direction(self) -> str:
        """``higher`` or ``lower``: which is better."""


class KnownGroup(Protocol):
    """A student group of the catalogue."""

    @property
    def name(self) -> str: ...

    @property
    def partition(self) -> str | None:
        """Groups of one partition share no student."""


class CatalogueIndex(Protocol):
    """The definitions and groups that this installation knows."""

    @property
    def groups(self) -> Mapping[str, KnownGroup]:
        """Student groups by id, in the order in which they are shown."""

    def references(self) -> Mapping[str, str]:
        """The hash of every definition, by ``id@version``."""

    def definition(self, reference: str) -> KnownDefinition:
        """One of the definitions that `references` names."""


def group_name(charter: Charter, known: CatalogueIndex, group: str) -> str:
    """How a group of the charter is called: an intersection by the charter, others as known."""
    for crossing in charter.intersections:
        if crossing.id == group:
            return crossing.name
    return known.groups[group].name
