"""How a problem of a charter is told: where it stands, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from accord.base.documents import Place, Source
from accord.base.errors import Problem

_SHOWN = 12
_MOST_CHOICES = 1_000
_MOST_PROBLEMS = 100


@dataclass
class Findings:
    """The problems of one charter, in the order in which they are found.

    Nobody mends more than `_MOST_PROBLEMS` at a time; what comes after them is left for next time.
    """

    source: Source
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.problems) >= _MOST_PROBLEMS

    def add(self, place: Place, what: str, remedy: str) -> None:
        """A problem at `place`."""
        if not self.is_full:
            self.problems.append(self.source.problem(place, what, remedy))

    def need_known(self, place: Place, kind: str, value: str, choices: Iterable[str]) -> bool:
        """Whether `value` is one of the `choices`; a problem when it isn't."""
        known = list(choices)
        if value in known:
            return True
        if not self.is_full:
            what = f"There is no {kind} “{value}” in this charter."
            self.add(place, what, suggestion(value, known))
        return False

    def need_different(self, kind: str, places: Sequence[tuple[Place, str]]) -> None:
        """A problem at each place whose value an earlier place has already."""
        first: dict[str, Place] = {}
        for place, value in places:
            if value in first:
                line = self.source.line_of(first[value])
                at = f" (first on line {line})" if line is not None else ""
                self.add(place, f"This {kind} is given twice{at}.", "Keep one, or change one.")
            else:
                first[value] = place


def suggestion(value: str, choices: Sequence[str]) -> str:
    """The choice that was probably meant, or else the choices there are."""
    near = get_close_matches(value, choices[:_MOST_CHOICES], n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    if not choices:
        return "Define it first."
    more = f" or {len(choices) - _SHOWN} more" if len(choices) > _SHOWN else ""
    return f"Use one of: {', '.join(choices[:_SHOWN])}{more}."
