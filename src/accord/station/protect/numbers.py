"""Which numbers of a release are protected, who shows them, and what may not be told of them.

A release shows a numerator and a denominator in each cell of a definition. What is protected is how
many of a group's students are counted, or what their scores add up to; how many students there are
counts as known. So each definition brings one number, and every column of a release that holds the
same number shows it too: whoever took the test is the numerator of participation and the
denominator of a mean score. What must stay hidden of such a number is hidden in all of them.

Participation alone brings a second number. How many did *not* take the test is known only to who
knows how many were expected, and those are shown nowhere else: so nearly everybody's taking part is
hidden by hiding participation, and the scores beside it stay in sight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from accord.cells.frame import Frame, frame_of
from accord.cells.places import Flags, Whole
from accord.cells.system import UNBOUNDED
from accord.charter.model import Disclosure
from accord.indicators.scores import ScaledTest
from accord.station.protect.columns import Columns, sum_key
from accord.station.protect.quantity import Interval, Least
from accord.station.protect.raw import Measure, RawTable
from accord.station.protect.scores import reach_of


@dataclass(frozen=True)
class Number:
    """One number in every place of a frame.

    `owner` is the position of the measure that brings it, `shown_by` those of all that show it.
    `least` and `most` is what so many `students` can bring, whoever they are; `unbounded` says that
    a reader doesn't know the latter. `groups` and `blur` are those of a `Quantity`. `adds_up` is
    false where the number is no plain sum, `is_count` true where it is how many are counted.
    """

    indicator: str
    owner: int
    shown_by: tuple[int, ...]
    frame: Frame
    values: Whole
    students: Whole
    least: Whole
    most: Whole
    interval: Interval
    groups: tuple[Least, ...]
    blur: int
    unbounded: bool = False
    adds_up: bool = True
    is_count: bool = False


def numbers_of(raw: RawTable, rules: Disclosure, tests: Mapping[str, ScaledTest]) -> list[Number]:
    """The protected numbers of a table's measures, the most widely shown first."""
    columns = Columns(raw.measures, rules)
    frames: dict[object, Frame] = {}
    found: list[Number] = []
    for owner, measure in enumerate(raw.measures):
        everywhere = np.ones(len(raw.places), dtype=bool)
        relations = raw.relations.with_unions(raw.places, measure.members.units, everywhere)
        if relations not in frames:
            frames[relations] = frame_of(raw.places, relations, raw.spans)
        maker = _Maker(owner, measure, columns.showing(owner), frames[relations], rules)
        is_size = measure.definition.is_rate and columns.is_size(owner)
        if measure.definition.spread is not None:
            found.append(maker.total(raw.period, tests))
        else:
            found.append(maker.count(is_size=is_size))
        if is_size:
            found.append(maker.rest())
    return sorted(found, key=lambda number: -len(number.shown_by))


@dataclass(frozen=True)
class _Maker:
    """Makes the numbers that one measure brings."""

    owner: int
    measure: Measure
    shown_by: tuple[int, ...]
    frame: Frame
    rules: Disclosure

    def count(self, *, is_size: bool) -> Number:
        """How many of the students, or of their days, are counted.

        Where those who are counted are whom other definitions are about (`is_size`), fewer of them
        than the minimum must stay hidden as well, the rest is a number of its own, and how many
        there were to be counted is known only where it is shown.
        """
        rules, students = self.rules, self._students
        counted, of, scale = self.measure.numerator.same_units(self.measure.denominator)
        values, size = self.frame.filled(counted), self.frame.filled(of)
        groups = [Least(students, rules.minimum), Least(size, rules.minimum * scale)]
        threshold = rules.threshold * scale
        is_rate = self.measure.definition.is_rate
        if is_rate:
            groups += [
                Least(values, threshold),
                Least(values, rules.minimum * scale)
                if is_size
                else Least(size - values, threshold),
            ]
        each = -(-size // np.maximum(students, 1))
        width = np.minimum(np.minimum(students, rules.colluders + 1) * each, size)
        width = np.where(_unsafe(groups), width, 0)
        speaks = is_rate & (width > 0) & (size >= threshold)
        return self._number(
            values=values,
            least=np.zeros_like(size),
            most=size,
            interval=Interval(
                width,
                np.where(speaks, threshold, -UNBOUNDED),
                np.where(speaks & (not is_size), size - threshold, UNBOUNDED),
            ),
            groups=tuple(groups),
            blur=int((rules.colluders + 1) * each.max(initial=1)),
            adds_up=sum_key(self.measure, "numerator") is not None,
            unbounded=is_size,
            is_count=True,
        )

    def rest(self) -> Number:
        """How many are not counted, for a reader who doesn't know how many there are in all."""
        rules, students = self.rules, self._students
        counted, of, scale = self.measure.numerator.same_units(self.measure.denominator)
        values, threshold = self.frame.filled(of - counted), rules.threshold * scale
        nearly_all = (values < threshold) & (students >= rules.minimum)
        wide = np.minimum(students, rules.colluders + 1) * scale
        return self._number(
            values=values,
            least=np.zeros_like(values),
            most=self.frame.filled(of),
            interval=Interval(
                np.where(nearly_all, wide, 0),
                np.where(nearly_all, threshold, -UNBOUNDED),
                np.full(len(values), UNBOUNDED),
            ),
            groups=(Least(students, rules.minimum), Least(values, threshold)),
            blur=(rules.colluders + 1) * scale,
            shown_by=(self.owner,),
            unbounded=True,
            adds_up=sum_key(self.measure, "numerator") is not None,
        )

    def total(self, period: str, tests: Mapping[str, ScaledTest]) -> Number:
        """What the scores of a mean add up to.

        The mean of those who don't collude stays open by the charter's `points`, however the
        colluders' own scores fall.
        """
        rules, measure = self.rules, self.measure
        assert measure.definition.spread is not None
        total = measure.sums[measure.definition.spread.total]
        values = self.frame.filled(total.units)
        students = self.frame.filled(measure.sums[measure.definition.spread.count].units)
        reach = reach_of(
            measure.definition, period, self.frame.places, tests, (values // total.scale, students)
        )
        least, most, furthest = (
            ends * total.scale for ends in (reach.least, reach.most, reach.furthest)
        )
        denominator = measure.denominator
        groups = (
            Least(students, rules.minimum),
            Least(self._students, rules.minimum),
            Least(self.frame.filled(denominator.units), rules.minimum * denominator.scale),
        )
        colluding = np.minimum(rules.colluders, np.maximum(students - 1, 0))
        points = rules.points * total.scale
        width = colluding * furthest + (students - colluding) * points
        width = np.minimum(width, most - least)
        return self._number(
            values=values,
            students=students,
            least=least,
            most=most,
            interval=Interval(
                np.where(_unsafe(groups), width, 0),
                np.full(len(values), -UNBOUNDED),
                np.full(len(values), UNBOUNDED),
            ),
            groups=groups,
            blur=rules.colluders * int(furthest.max(initial=0)) + rules.minimum * points,
        )

    @property
    def _students(self) -> Whole:
        return self.frame.filled(self.measure.members.units)

    def _number(self, **parts: Any) -> Number:
        own: dict[str, Any] = {
            "indicator": self.measure.definition.id,
            "owner": self.owner,
            "shown_by": self.shown_by,
            "frame": self.frame,
            "students": self._students,
        }
        return Number(**(own | parts))


def _unsafe(groups: list[Least] | tuple[Least, ...]) -> Flags:
    unsafe: Flags = np.logical_or.reduce([group.values < group.least for group in groups])
    return unsafe
