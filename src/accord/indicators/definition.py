"""One indicator: its meaning as data, known by its hash.

A definition reads one fact. Its *population* says which rows count, its *sums* what is added up
over them, and the numerator and the denominator are exact expressions over a cell's sums. The value
is an exact expression over the numerator and the denominator *alone*, so that whoever holds a
released cell can recompute it. Every definition has the sum `members`: how many rows count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accord.base.numbers import round_half_up, square_root
from accord.indicators.groups import Group, all_of
from accord.indicators.language.evaluate import evaluate_cell
from accord.indicators.language.nodes import Node
from accord.indicators.language.size import Size
from accord.indicators.written import WrittenDefinition

MEMBERS = "members"


@dataclass(frozen=True)
class Sum:
    """A number added up over the rows of a cell's population.

    `term` is a number in every row or nothing; nothing is passed over, and the sum of no rows is
    zero. `key` is the same exactly where fact, population, group overrides and term are. `size`
    is the most digits a term can have; the sum has the same number of digits after the point.
    """

    name: str
    term: Node
    key: str
    size: Size


@dataclass(frozen=True)
class Spread:
    """The sums that a mean's standard error is made of: how many, their total, their squares."""

    count: str
    total: str
    squares: str


@dataclass(frozen=True)
class Definition:
    """See the module. Built by `accord.indicators.build`, never by hand.

    `population` includes the restriction to `grades` (``None`` = every grade). `numerator` and
    `denominator` are over sum names; `value` is over ``numerator`` and ``denominator``. `groups`
    holds this definition's own rule for some group ids. `written` is the document it was built
    from; `meaning` is what `hash` is taken of, as plain JSON.

    The hash covers all that decides a number, how it is rounded and judged, and the title under
    which it is shown. Explanations, sources, strand and timing can be mended without changing it.
    """

    id: str
    version: str
    title: str
    question: str
    plain: str
    fact: str
    population: Node
    sums: tuple[Sum, ...]
    numerator: Node
    denominator: Node
    value: Node
    unit: str
    decimals: int
    direction: str
    strand: str
    timing: str
    period_kinds: tuple[str, ...]
    data_statuses: tuple[str, ...]
    levels: tuple[str, ...]
    grades: tuple[str, ...] | None
    groups: Mapping[str, Node]
    spread: Spread | None
    interval: str
    source: str
    standing: str
    written: WrittenDefinition
    meaning: Mapping[str, Any]
    hash: str

    @property
    def reference(self) -> str:
        """``id@version``, as a charter names it."""
        return f"{self.id}@{self.version}"

    @property
    def is_rate(self) -> bool:
        """Whether it says what share of a group is counted, in percent."""
        return self.unit == "percent"

    @property
    def sum_keys(self) -> dict[str, str]:
        """The key of each sum by its name, `members` first."""
        return {item.name: item.key for item in self.sums}

    def rule_of(self, group: Group) -> Node:
        """Who belongs to `group` for this definition."""
        if group.parts:
            return all_of(self.rule_of(part) for part in group.parts)
        return self.groups.get(group.id, group.predicate)

    def numerator_of(self, sums: Mapping[str, Fraction]) -> Fraction | None:
        """The numerator of a cell whose sums are given by name."""
        return evaluate_cell(self.numerator, sums)

    def denominator_of(self, sums: Mapping[str, Fraction]) -> Fraction | None:
        """The denominator of a cell whose sums are given by name."""
        return evaluate_cell(self.denominator, sums)

    def value_from(
        self, numerator: Fraction | None, denominator: Fraction | None
    ) -> Fraction | None:
        """The exact value of a cell; nothing when there is nothing to divide by."""
        return evaluate_cell(self.value, {"numerator": numerator, "denominator": denominator})

    def value_of(self, sums: Mapping[str, Fraction]) -> Fraction | None:
        """The exact value of a cell whose sums are given by name."""
        return self.value_from(self.numerator_of(sums), self.denominator_of(sums))

    def rounded(self, value: Fraction) -> Decimal:
        """`value` as it is published: half-up to this definition's decimals."""
        return round_half_up(value, self.decimals)

    def standard_error_of(self, sums: Mapping[str, Fraction]) -> Decimal | None:
        """The standard error of a mean, in the unit of the value; nothing without a spread.

        s / √n over the `spread.count` students who have a number, times their share of the
        denominator (the rest count with a number that is the same whoever they are). Needs two.
        """
        denominator = self.denominator_of(sums)
        if self.spread is None or not denominator:
            return None
        count, total = sums[self.spread.count], sums[self.spread.total]
        if count < 2:
            return None
        variance = (sums[self.spread.squares] - total * total / count) / (count - 1)
        return square_root(variance / count * (count / denominator) ** 2)
