"""Which columns of published tables are one and the same number, and all that is shown of each.

A *quantity* is a number in every place: how many took the test, how many of them met the standard.
Definitions show the same quantity under different names, and releases show it again. Whatever any
of them shows is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from accord.audit.forms import ROLES, Column, Form
from accord.audit.sightings import ABSENT, UNIT, Sighting
from accord.base.errors import Problem, RefusedError
from accord.cells.cell import State
from accord.cells.places import Flags, Places, Whole
from accord.cells.relations import NO_ACCIDENT

Shown: TypeAlias = tuple[int, str]
"""A sighting's number and a role."""

LONGEST_YEAR = 366
"""Days; nobody attends more in a school year."""

_SCALES = (1, 100)  # students and points; days are kept in hundredths
_MOST_NAMED = 10


@dataclass
class Quantity:
    """One number in every place, in `scale` units to one.

    `values` are in units (`ABSENT` where nobody shows it); `coarse` says where they are only known
    to the one below. `columns` are those that show it, the first of them gives it its name.
    """

    name: str
    column: Column
    snapshots: set[tuple[str, str, str]]
    values: Whole
    columns: list[Shown] = field(default_factory=list)
    scale: int = 1
    coarse: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @property
    def known(self) -> Flags:
        """Where it is shown."""
        shown: Flags = self.values != ABSENT
        return shown


@dataclass(frozen=True)
class Read:
    """The quantities that some sightings show. `owners` says which of them a column shows,
    `revised` whether a later sighting corrects an earlier one."""

    quantities: list[Quantity]
    owners: dict[Shown, int]
    revised: bool


def quantities(
    seen: Sequence[Sighting],
    forms: Sequence[Form],
    at: Mapping[tuple[str, str, str], int],
    *,
    unchanged: bool = True,
    newest: bool = True,
    alike: bool = True,
) -> Read:
    """The quantities of some sightings over the places `at`.

    Where figures were revised, whoever holds both takes all others to be as they were: the `newest`
    of each place counts, or, of what is audited and what was out before, the latter. With
    `unchanged` false the figures of each measure are held apart instead, unless they agree
    everywhere. With `alike`, any two numbers that agree wherever both are shown are taken for one,
    however they are defined. Raises `RefusedError` naming the rows when one column says two things
    of one place in one measure.
    """
    found: list[Quantity] = []
    revised = False
    for number in sorted(range(len(seen)), key=lambda each: _rank(seen[each], newest=newest)):
        sighting, form = seen[number], forms[number]
        where = np.array([at[cell] for cell in sighting.cells], dtype=np.int64)
        for role in ROLES:
            values = np.full(len(at), ABSENT, dtype=np.int64)
            values[where] = sighting.numbers[role]
            values[where[sighting.in_state(State.NOT_APPLICABLE)]] = 0
            column = form.columns[role]
            same = [each for each in found if each.column.key == column.key]
            for each in same:
                clash = _clash(each.values, values)
                if clash.any() and sighting.snapshot in each.snapshots:
                    raise _contradiction(sighting, role, clash, list(at))
                revised = revised or bool(clash.any())
            of_one = (each for each in same if unchanged or sighting.snapshot in each.snapshots)
            home = next(of_one, None)
            if home is None:
                name = f"{role} of {sighting.reference.partition('@')[0]}"
                home = Quantity(name, column, set(), np.full(len(at), ABSENT, dtype=np.int64))
                found.append(home)
            _take(home, values, sighting.snapshot, [(number, role)])
    merged = _merged(found, alike=alike)
    for each in merged:
        _rescale(each)
    owners = {shown: place for place, each in enumerate(merged) for shown in each.columns}
    rates = [[merged[owners[number, role]] for role in ROLES]
             for number, form in enumerate(forms) if form.is_rate]  # fmt: skip
    while any(_refine(part, whole) for part, whole in rates):
        pass
    return Read(merged, owners, revised)


def _rank(sighting: Sighting, *, newest: bool) -> tuple[bool, str, bool, int]:
    """What counts more comes later: the newer by its day, what is audited after all that was out;
    unless what is audited only fills in what was not said before."""
    is_audited = sighting.source.is_audited
    before = not newest and not is_audited
    return before, sighting.snapshot[0], is_audited, sighting.source.number


def _clash(one: Whole, other: Whole) -> Flags:
    both: Flags = (one != ABSENT) & (other != ABSENT) & (one != other)
    return both


def _take(
    home: Quantity, values: Whole, snapshot: tuple[str, str, str], columns: Sequence[Shown]
) -> None:
    new = values != ABSENT
    home.values[new] = values[new]
    home.snapshots.add(snapshot)
    home.columns.extend(columns)


def _merged(found: Sequence[Quantity], *, alike: bool) -> list[Quantity]:
    """Quantities that agree wherever both are shown, in no few places, are taken for one: all such
    if `alike`, else those that are defined as one."""
    kept: list[Quantity] = []
    for each in found:
        for other in kept:
            if not alike and each.column.key != other.column.key:
                continue
            both = each.known & other.known & (each.values != 0)
            if both.sum() >= NO_ACCIDENT and not _clash(each.values, other.values).any():
                for snapshot in each.snapshots:
                    _take(other, each.values, snapshot, [])
                other.columns.extend(each.columns)
                break
        else:
            kept.append(each)
    return kept


def _rescale(quantity: Quantity) -> None:
    """From millionths to the largest unit in which all numbers are whole; else to ones, rounded
    down."""
    shown = quantity.known
    values = quantity.values
    scales = [scale for scale in _SCALES if not (values[shown] % (UNIT // scale)).any()]
    quantity.scale = scales[0] if scales else 1
    unit = UNIT // quantity.scale
    quantity.coarse = shown & (values % unit != 0)
    quantity.values = np.where(shown, values // unit, ABSENT)


def _refine(part: Quantity, whole: Quantity) -> bool:
    """Bring a part and its whole to the finer of their units; whether that changed any.

    Half days attended, of whole days expected: only in one unit can they be held against each
    other.
    """
    changed = False
    for one, other in ((part, whole), (whole, part)):
        if one.scale < other.scale:
            one.values = np.where(one.known, one.values * (other.scale // one.scale), ABSENT)
            one.scale, changed = other.scale, True
    return changed


def _contradiction(
    sighting: Sighting, role: str, clash: Flags, places: Sequence[tuple[str, str, str]]
) -> RefusedError:
    """One problem for each row; the numbers themselves are in the files."""
    rows = [places[place] for place in np.flatnonzero(clash).tolist()]
    return RefusedError(
        *(
            Problem(
                f"The {role} of {sighting.reference}, {sighting.period}, is given twice and not "
                f"alike for {place_words(row)}.",
                "Find out which table is right; both are as of the same date.",
                file=sighting.source.name,
            )
            for row in rows[:_MOST_NAMED]
        )
    )


def place_words(place: tuple[str, str, str]) -> str:
    """``foster (school S, grade 3)``; the district and all grades where nothing is named."""
    school, grade, group = place
    where = f"school {school}" if school else "district"
    return f"{group} ({where}, {f'grade {grade}' if grade else 'all grades'})"


def places_of(seen: Sequence[Sighting]) -> Places:
    """All places that some sightings speak of."""
    return Places.of(sorted({cell for sighting in seen for cell in sighting.cells}))
