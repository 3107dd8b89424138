"""Searching every case of an audit, several at a time, and telling what the search answers for.

A case is searched with all that anybody holds. What is found exposed is searched once more without
the publication that is audited: what others alone give away is *pre-existing*, and a release
answers for what it adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from accord.audit.assumed import Assumed
from accord.audit.bounds import Bounds, bounds_of
from accord.audit.case import Case, cases
from accord.audit.program import Unsolvable
from accord.audit.quantities import place_words
from accord.audit.sightings import ABSENT, STATES, Sighting
from accord.audit.targets import MEAN, Targets
from accord.audit.whole import no_whole_table
from accord.base.errors import RefusedError
from accord.base.parallel import in_parallel
from accord.cells.cell import State
from accord.cells.places import Flags
from accord.cells.relations import Relations
from accord.indicators.catalogue.model import Catalogue

_MOST_NAMED = 20


@dataclass(frozen=True)
class Finding:
    """A case, what the search found, and the targets that others expose without the audited."""

    case: Case
    bounds: Bounds
    pre_existing: Flags

    @property
    def unsafe(self) -> Flags:
        """The targets that this publication exposes."""
        exposed: Flags = ~self.bounds.safe & ~self.pre_existing
        return exposed

    @property
    def narrowest(self) -> int | None:
        """The least width, in students, of all counts that are safe."""
        targets = self.case.targets
        counts = self.bounds.safe & (targets.kind != MEAN) & (targets.width > 0)
        if not counts.any():
            return None
        tables = self.bounds.tables
        scale = np.array(
            [self.case.quantity(variable).scale for variable in targets.part[counts].tolist()]
        )
        some = targets.only(counts)
        rows = np.arange(len(some))
        every = np.stack([some.values(table) for table in tables])
        low = every[self.bounds.low_table[counts], rows]
        high = every[self.bounds.high_table[counts], rows]
        return int(((high - low) // scale).min())


@dataclass(frozen=True)
class World:
    """All that is seen, and what anybody knows about groups and definitions."""

    seen: tuple[Sighting, ...]
    relations: Relations
    catalogue: Catalogue
    meanings: dict[str, Any]

    def cases(self, assumed: Assumed | None = None) -> Iterator[Case]:
        """Every case with something audited in it."""
        return cases(self.seen, self.relations, self.catalogue, self.meanings, assumed)

    def case_like(self, other: Case, assumed: Assumed) -> Case:
        """The same case when less is assumed."""
        here = [each for each in self.seen
                if (each.district, each.period) == (other.district, other.period)]  # fmt: skip
        found = replace(self, seen=tuple(here)).cases(assumed)
        return next(each for each in found if each.fact == other.fact)


def searched(
    world: World, every: Sequence[Case], before: Sequence[Finding] = ()
) -> Iterator[Finding]:
    """What the search finds in each case, in order. A case that was searched `before` is not again.

    Raises `RefusedError` when figures contradict each other or the solver gives up.
    """
    known = {each.case.name: each for each in before}
    new = [case for case in every if not _is_known(case, known)]
    found = in_parallel(partial(_searched_one, world, new), range(len(new)))
    yield from (known[case.name] if _is_known(case, known) else next(found) for case in every)


def _searched_one(world: World, every: Sequence[Case], number: int) -> Finding:
    return _searched(world, every[number])


def _is_known(case: Case, known: dict[str, Finding]) -> bool:
    """Whether a case was searched before, as it is: the same ranges, lines and hidden numbers."""
    former = known.get(case.name)
    return former is not None and former.case.is_same_as(case)


def _searched(world: World, case: Case) -> Finding:
    """Search a case; where no table fits, again with less and less of what is only likely."""
    found = None
    for assumed in case.assumed.weaker:
        tried = case if assumed == case.assumed else world.case_like(case, assumed)
        try:
            found = bounds_of(tried.system, tried.targets)
        except Unsolvable as error:
            last = no_whole_table_in(tried, error)
            continue
        break
    if found is None:
        raise last
    exposed = ~found.safe
    before = np.zeros(len(tried.targets), dtype=bool)
    if exposed.any() and any(not each.source.is_audited for each in world.seen):
        before[exposed] = _exposed_without(world, tried, tried.targets.only(exposed))
    return Finding(tried, found, before)


def no_whole_table_in(case: Case, error: Unsolvable) -> RefusedError:
    """What to say when published figures fit no table: the rows that can't stand together."""
    lines = case.system.lines
    blamed = np.zeros(len(lines), dtype=bool)
    blamed[error.lines] = True
    rows = [
        f"{case.quantity(variable).name}, {place_words(case.place(variable))}"
        for variable in dict.fromkeys(lines.only(blamed).member.tolist())
        if case.published.low[variable] == case.published.high[variable]
    ]
    if not rows:
        return no_whole_table()
    named = "; ".join(rows[:_MOST_NAMED])
    return RefusedError.because(
        f"These figures of {case.district}, {case.period}, contradict each other: {named}.",
        "No table of students can have them all. Find out which is wrong.",
    )


def _exposed_without(world: World, case: Case, targets: Targets) -> Flags:
    """Which targets others expose when what is audited shows nothing at all."""
    blank = replace(world, seen=tuple(map(_blank, world.seen)))
    alone = blank.case_like(case, case.assumed)
    bounds = bounds_of(alone.system, alone.targets)
    exposed = {
        _identity(alone, alone.targets, target) for target in np.flatnonzero(~bounds.safe).tolist()
    }
    return np.array(
        [_identity(case, targets, target) in exposed for target in range(len(targets))], dtype=bool
    )


def _blank(sighting: Sighting) -> Sighting:
    """A sighting that hides what it hid, and shows nothing."""
    if not sighting.source.is_audited:
        return sighting
    told = (State.PUBLISHED, State.BANDED, State.NOT_APPLICABLE)
    silent = np.isin(sighting.state, [STATES.index(state) for state in told])
    return replace(
        sighting,
        state=np.where(silent, STATES.index(State.MISSING), sighting.state),
        numbers={name: np.full(len(column), ABSENT) for name, column in sighting.numbers.items()},
    )


def _identity(case: Case, targets: Targets, target: int) -> tuple[object, ...]:
    part, whole = int(targets.part[target]), int(targets.whole[target])
    keys = case.quantity(part).column.key, case.quantity(whole).column.key
    return int(targets.kind[target]), case.place(part), *keys
