"""Which shown cells an attack stands on: hiding one of them is how a release is repaired.

A hidden number is bounded by lines, and the solver's multipliers say which. The shown numbers in
those lines are what the attack needs; the station chooses which of them to hide as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from accord.audit.parts import parts_of
from accord.audit.program import Program
from accord.audit.search import Finding

_NOTHING = 1e-7

Lead = tuple[str, tuple[str, str, str]]
"""An indicator, and the school, grade and group of one of its cells."""


def leads(finding: Finding, most: int) -> Iterator[frozenset[Lead]]:
    """For each number that a publication exposes, but so many at `most`, the shown cells it needs.

    Cells of everybody's releases: some may have been out before. Raises `RefusedError` when the
    solver gives up.
    """
    case = finding.case
    unsafe = np.flatnonzero(finding.unsafe)[:most]
    targets = case.targets.only(unsafe)
    lowest, highest = finding.bounds.low[unsafe], finding.bounds.high[unsafe]
    published = case.published
    for part, about in parts_of(published, targets):
        program = Program(part) if len(about) else None
        at = {variable: place for place, variable in enumerate(part.variables.tolist())}
        for target in about.tolist():
            assert program is not None
            used = np.zeros(len(part.lines), dtype=bool)
            for sign, end in ((1.0, highest[target]), (-1.0, lowest[target])):
                of_part, of_whole = targets.factors(target, end)
                costs = np.zeros(len(part.variables))
                for variable, times in (
                    (int(targets.part[target]), of_part), (int(targets.whole[target]), of_whole)
                ):  # fmt: skip
                    if variable in at:
                        costs[at[variable]] = sign * times
                used |= np.abs(program.best(costs).multipliers) > _NOTHING
            members = case.published.lines
            lines = part.origin[used].tolist()
            found = {
                int(variable)
                for line in lines
                for variable in members.member[members.start[line] : members.start[line + 1]]
                if case.shown[variable]
            }
            yield frozenset(_cells(finding, found))


def _cells(finding: Finding, variables: set[int]) -> Iterator[Lead]:
    case = finding.case
    for variable in variables:
        if case.system.name(variable)[1] < case.frame.shown:
            for sighting, _ in case.quantity(variable).columns:
                indicator, _, _ = case.definitions[sighting].partition("@")
                yield indicator, case.place(variable)
