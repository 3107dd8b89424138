"""What must stay hidden, and how well: one requirement for each hidden number.

Of a rate, two numbers must not become known: who is counted, and who is not. Of a mean, the mean.
A reader's range is wide enough when so many colluding students as the charter names could take
themselves out and still be left with a choice; and it must not lie wholly where nearly nobody, or
nearly everybody, is counted. A number of which everybody can see that it needs no protection (many
students, neither end near) was hidden beside others: it must only not be computable exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from accord.cells.places import Flags, Whole
from accord.charter.model import Disclosure
from accord.indicators.bands import Bands

COUNT, REST, MEAN = range(3)
"""Kinds of hidden number: a part, its whole less the part, the part over its whole."""
THOUSAND = 1000


@dataclass(frozen=True)
class Targets:
    """Hidden numbers, one entry each in every array.

    `part` and `whole` are variables of a system; `definition` says which definition hides it.
    Two tables that fit must differ by `width`: in units of the part for counts and rests, in
    thousandths of a point for means (of which zero asks for any difference at all). The higher of
    the two must be `reach` or more, or all of its whole: where nobody knows how many students there
    are, few who are counted may be all there are.
    """

    kind: Whole
    part: Whole
    whole: Whole
    definition: Whole
    width: Whole
    reach: Whole

    def __len__(self) -> int:
        return len(self.part)

    def only(self, wanted: Flags | Whole) -> Targets:
        """Some of them."""
        return Targets(*(column[wanted] for column in self.columns))

    def values(self, numbers: Whole) -> Whole:
        """Each count's and rest's number in a table with these numbers (a mean's part)."""
        rest = numbers[self.whole] - numbers[self.part]
        return np.where(self.kind == REST, rest, numbers[self.part])

    def factors(self, target: int, mean: float) -> tuple[float, float]:
        """By what its part and its whole are multiplied to push a target up; a mean, from `mean`
        on, by its part less so many times its whole."""
        kind = int(self.kind[target])
        return {COUNT: (1.0, 0.0), MEAN: (1.0, -mean)}.get(kind, (-1.0, 1.0))

    def met_by(self, one: Whole, other: Whole) -> Flags:
        """Which of them two tables that fit keep hidden; `other` has the higher numbers.

        Each argument has a row for each target: its part and its whole in that table.
        """
        low, high = _number(self.kind, one), _number(self.kind, other)
        reach = np.minimum(self.reach, np.maximum(other[:, 1], 1))
        wide = (high - low >= self.width) & (high >= reach)
        for at in np.flatnonzero(self.kind == MEAN).tolist():
            wide[at] = _means_differ(one[at].tolist(), other[at].tolist(), int(self.width[at]))
        return wide

    @property
    def columns(self) -> tuple[Whole, ...]:
        """The arrays, in the order above."""
        return self.kind, self.part, self.whole, self.definition, self.width, self.reach

    @classmethod
    def joined(cls, parts: Sequence[Targets]) -> Targets:
        """All of some, each different one once: the widest requirement counts."""
        if not parts:
            return cls(*(np.zeros(0, dtype=np.int64) for _ in range(6)))
        every = [np.concatenate(columns) for columns in zip(*(p.columns for p in parts),
                                                            strict=True)]  # fmt: skip
        kind, part, whole, _, width, reach = every
        order = np.lexsort((-reach, -width, whole, part, kind))
        same = np.stack([kind, part, whole])[:, order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (same[:, 1:] != same[:, :-1]).any(axis=0)
        return cls(*(column[order][first] for column in every))


def _number(kind: Whole, table: Whole) -> Whole:
    return np.where(kind == REST, table[:, 1] - table[:, 0], table[:, 0])


def _means_differ(one: list[int], other: list[int], width: int) -> bool:
    """Whether the other mean is above the one by so many thousandths, without dividing."""
    scale = one[1] * other[1]
    apart = other[0] * one[1] - one[0] * other[1]
    return scale > 0 and apart > 0 and apart * THOUSAND >= width * scale


@dataclass(frozen=True)
class Ends:
    """The ends of some parts and of their wholes, in units: what single lines already tell.

    `students` is how many students each is about at least, as far as anybody can see.
    """

    part_low: Whole
    part_high: Whole
    whole_low: Whole
    whole_high: Whole
    students: Whole


def rate_needs(
    ends: Ends, rules: Disclosure, scale: int, *, is_hidden: bool
) -> tuple[Whole, Whole]:
    """The width and the reach for counts and rests alike; zero width asks for nothing.

    `is_hidden` says that the places are of a table, not complements that nobody publishes.
    """
    most = np.minimum(ends.whole_high, (rules.colluders + 1) * scale)
    threshold = rules.threshold * scale
    plain = (
        (ends.students >= rules.minimum)
        & (ends.part_low >= threshold)
        & (ends.whole_low - ends.part_high >= threshold)
    )
    width = np.where(plain, np.minimum(most, int(is_hidden)), most)
    return width, np.where(plain, 0, threshold)


def mean_needs(ends: Ends, rules: Disclosure, bands: Bands) -> Whole:
    """The width of means in thousandths of a point, by how few students they may be about.

    A hidden mean must stay as open as the public's band for a group of that size would leave it;
    for groups below the smallest size, as wide as the widest.
    """
    width = np.full(len(ends.students), max(int(size.width * THOUSAND) for size in bands.means))
    for size in sorted(bands.means, key=lambda each: each.fewest):
        width = np.where(ends.students >= size.fewest, int(size.width * THOUSAND), width)
    return np.where(ends.students >= rules.minimum, 0, width)
