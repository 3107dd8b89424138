"""Protecting the definitions of one fact and period together, number after number.

Numbers of which one is part of another (who reached the highest level met the standard) are
protected together, since knowing one of them narrows the other down. All others are by themselves:
every group's size counts as known, so nothing else ties them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from accord.cells.places import Flags
from accord.charter.model import Disclosure
from accord.indicators.scores import ScaledTest
from accord.station.protect.costs import Costs
from accord.station.protect.hiding import hide
from accord.station.protect.knowledge import knowledge
from accord.station.protect.nesting import nested
from accord.station.protect.numbers import Number, numbers_of
from accord.station.protect.primary import misses_minimum
from accord.station.protect.quantity import Interval, Least, Quantity
from accord.station.protect.raw import Guarded, RawTable
from accord.station.protect.told import Told


def guard(
    raw: RawTable,
    rules: Disclosure,
    tests: Mapping[str, ScaledTest],
    costs: Costs,
    told: Told | None = None,
) -> list[Guarded]:
    """Each measure of `raw` with the cells that leave for somebody and must be hidden.

    `raw` has a measure or more. Raises `RefusedError` when numbers contradict each other, and as
    `hiding.hide` does.
    """
    scene = _Scene.of(raw, rules, costs, told or Told())
    pairs = list(nested([measure.definition for measure in raw.measures]))
    for family in _families(numbers_of(raw, rules, tests), pairs):
        quantity = _quantity(scene, family, pairs)
        hidden = hide(quantity).reshape(len(family), -1)
        for number, here in zip(family, hidden, strict=True):
            never = scene.of_number(number, scene.out) & (number.interval.width > 0)
            for measure in number.shown_by:
                scene.shown[measure] &= ~(here | never)[: number.frame.shown]
    return [
        Guarded(raw.period, raw.places, measure, measure.leaves & ~cells)
        for measure, cells in zip(raw.measures, scene.shown, strict=True)
    ]


@dataclass(frozen=True)
class _Scene:
    """A table in the making: by measure, the cells that are still `shown`, those that are `out`
    already, and those to hide `again` and `also`. What is about too few students is never shown,
    even where its number tells nothing: nobody of the two who were expected took the test."""

    raw: RawTable
    costs: Costs
    shown: list[Flags]
    out: list[Flags]
    again: list[Flags]
    also: list[Flags]

    @classmethod
    def of(cls, raw: RawTable, rules: Disclosure, costs: Costs, told: Told) -> _Scene:
        measures, places = raw.measures, raw.places
        return cls(
            raw,
            costs,
            [measure.leaves & ~misses_minimum(measure, rules) for measure in measures],
            [told.is_out(raw.period, measure, places) for measure in measures],
            [told.is_again(raw.period, measure, places) for measure in measures],
            [told.is_also(raw.period, measure, places) for measure in measures],
        )

    def of_number(self, number: Number, marked: Sequence[Flags]) -> Flags:
        """Where any measure that shows a number is marked, over the places of its frame."""
        answer = np.zeros(len(number.frame), dtype=bool)
        answer[: number.frame.shown] = np.logical_or.reduce([marked[m] for m in number.shown_by])
        return answer


def _families(
    numbers: Sequence[Number], pairs: Sequence[tuple[int, int]]
) -> Iterator[list[Number]]:
    """The numbers, together where they are nested, in their order."""
    left = list(numbers)
    while left:
        family = [left.pop(0)]
        for number in list(left):
            if (
                family[0].is_count
                and number.is_count
                and any({number.owner, each.owner} in map(set, pairs) for each in family)
            ):
                left.remove(number)
                family.append(number)
        yield family


def _quantity(
    scene: _Scene, family: Sequence[Number], pairs: Sequence[tuple[int, int]]
) -> Quantity:
    """The numbers of a family as they stand, given the cells that each measure still shows."""
    at = {number.owner: position for position, number in enumerate(family)}
    links = [(at[part], at[whole]) for part, whole in pairs if part in at and whole in at]
    forced, free, cost, out, width = [], [], [], [], []
    for number in family:
        somebody = number.students > 0
        visible = scene.of_number(number, scene.shown)
        told = scene.of_number(number, scene.out)
        again = scene.of_number(number, scene.again) & somebody & ~told
        also = scene.of_number(number, scene.also) & somebody & ~told
        price = np.zeros(len(number.frame))
        price[: number.frame.shown] = scene.costs.price(
            scene.raw.places, [scene.raw.measures[each] for each in number.shown_by]
        )
        forced.append((~visible & somebody & ~told) | again | also)
        free.append(visible & somebody & ~told & ~again & ~also)
        cost.append(price)
        out.append(told & somebody)
        width.append(np.where(told, 0, np.maximum(number.interval.width, also)))
    interval = Interval.joined([number.interval for number in family])
    return Quantity(
        system=knowledge(family, links if len(family) > 1 else []),
        values=np.concatenate([number.values for number in family]),
        forced=np.concatenate(forced),
        open=np.concatenate(free),
        cost=np.concatenate(cost),
        interval=replace(interval, width=np.concatenate(width)),
        groups=_groups(family),
        blur=max(number.blur for number in family),
        has_history=bool(np.concatenate(out).any()),
    )


def _groups(family: Sequence[Number]) -> tuple[Least, ...]:
    """What groups must have at least, by their position; nested numbers have the same rules."""
    return tuple(
        Least(np.concatenate([each.values for each in same]), same[0].least)
        for same in zip(*(number.groups for number in family), strict=True)
    )
