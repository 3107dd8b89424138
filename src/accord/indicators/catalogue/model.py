"""The catalogue in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from accord.base.errors import InputError
from accord.indicators.assistance import AssistanceRule
from accord.indicators.bands import Bands
from accord.indicators.definition import Definition
from accord.indicators.groups import Group, intersection
from accord.indicators.levels import Grid, WrittenLevels
from accord.indicators.rules import Rule
from accord.indicators.scores import ScaledTest
from accord.indicators.vocabulary import Vocabulary


@dataclass(frozen=True)
class Catalogue:
    """All that is known by name: definitions by ``id@version``, the rest by id.

    `levels` has an indicator's grids, by the indicator's id and the grid's; `written_levels` has
    them with their school years, and what is not on record.
    """

    vocabulary: Vocabulary
    groups: Mapping[str, Group]
    definitions: Mapping[str, Definition]
    rules: Mapping[str, Rule]
    tests: Mapping[str, ScaledTest]
    bands: Bands
    written_levels: Mapping[str, WrittenLevels]
    assistance: AssistanceRule

    @property
    def levels(self) -> Mapping[str, Mapping[str, Grid]]:
        return {
            indicator: {grid.id: grid for grid in written.grids}
            for indicator, written in self.written_levels.items()
        }

    def definition(self, reference: str) -> Definition:
        """The definition that ``id@version`` names. Raises `InputError`."""
        found = self.definitions.get(reference)
        if found is None:
            near = get_close_matches(reference, self.definitions, n=1)
            raise InputError.because(
                f"The catalogue has no definition “{reference[:80]}”.",
                f"Did you mean “{near[0]}”?" if near else "List them with: accord catalogue",
            )
        return found

    def group(self, group_id: str) -> Group:
        """The group of that id. Raises `InputError`."""
        found = self.groups.get(group_id)
        if found is None:
            near = get_close_matches(group_id, self.groups, n=1)
            raise InputError.because(
                f"The catalogue has no student group “{group_id[:80]}”.",
                f"Did you mean “{near[0]}”?" if near else f"Use one of {', '.join(self.groups)}.",
            )
        return found

    def references(self) -> dict[str, str]:
        """The hash of every definition by its ``id@version``."""
        return {reference: found.hash for reference, found in self.definitions.items()}

    def intersect(self, group_id: str, of: Sequence[str], name: str = "") -> Group:
        """The group of students who belong to each of the groups `of`. Raises `InputError`."""
        parts = [self.group(part) for part in of]
        if group_id in self.groups:
            raise InputError.because(
                f"“{group_id[:80]}” is a student group of the catalogue already.",
                "Give the intersection an id of its own.",
            )
        try:
            return intersection(group_id, name or " and ".join(p.name for p in parts), parts)
        except ValueError as error:
            raise InputError.because(
                f"The intersection “{group_id[:80]}” makes no sense: {error}.",
                "Name two groups or more.",
            ) from None
