"""Cell expressions as exact fractions in DuckDB SQL: integers above and below the line.

DuckDB divides in floating point, so nothing is divided. A number is a `Ratio` of two integer
expressions and a constant factor; it is nothing where either of the two is null, which is what
dividing by zero comes to. Rounding half-up is integer arithmetic too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from accord.indicators.language.nodes import (
    And,
    Arithmetic,
    Case,
    Ceiling,
    Column,
    Compare,
    Extreme,
    IsIn,
    IsNull,
    Literal,
    Negate,
    Node,
    Not,
    Or,
)
from accord.station.engines.duckdb.names import constant_sql

_ONE = "1"
_SHOWN_DIGITS = 30  # before rounded places are added, of the 38 that a decimal can have


@dataclass(frozen=True)
class Ratio:
    """`factor` × `over` / `under`, the last two the SQL of integers that can stand in a product.

    `under` may be below zero.
    """

    factor: Fraction
    over: str = _ONE
    under: str = _ONE

    @property
    def numerator(self) -> str:
        """The SQL of an integer above the line."""
        return _times(self.factor.numerator, self.over)

    @property
    def denominator(self) -> str:
        """The SQL of an integer below the line."""
        return _times(self.factor.denominator, self.under)

    def rounded(self, decimals: int) -> str:
        """The SQL of the value as a decimal of so many places, halves away from zero."""
        over, under = f"abs({self.numerator})", f"abs({self.denominator})"
        units = f"({2 * 10**decimals} * {over} + {under}) // (2 * {under})"
        signed = f"sign({self.numerator}) * sign({self.denominator}) * ({units})"
        unit = f" * {Decimal(1).scaleb(-decimals):f}" if decimals else ""
        return f"({signed})::decimal({_SHOWN_DIGITS}, 0){unit}"


def ratio_of(node: Node, names: Mapping[str, Ratio]) -> Ratio:
    """The ratio of a number over `names`, the sums of one cell."""
    match node:
        case Column(name, _):
            return names[name]
        case Literal(int() | Decimal() as value):
            return Ratio(Fraction(value))
        case Negate(operand):
            return _negative(ratio_of(operand, names))
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, ratio_of(left, names), ratio_of(right, names))
        case Ceiling(operand, _):
            return _ceiling(ratio_of(operand, names))
        case Extreme(which, operands):
            return _extreme(which, [ratio_of(operand, names) for operand in operands])
        case Case(branches, otherwise):
            conditions = [condition_sql(condition, names) for condition, _ in branches]
            results = [result for _, result in branches]
            results += [] if otherwise is None else [otherwise]
            return _choice(conditions, [ratio_of(result, names) for result in results])
        case _:
            raise TypeError("a number is expected here")


def condition_sql(node: Node, names: Mapping[str, Ratio]) -> str:
    """The SQL of a condition, or of text, over the sums of one cell; safe to put anywhere."""
    match node:
        case Literal(value):
            return constant_sql(value)
        case Compare(operator, left, right, _) if left.type.is_number:
            return f"({_compared(operator, ratio_of(left, names), ratio_of(right, names))})"
        case Compare(operator, left, right, _):
            return f"({condition_sql(left, names)} {operator} {condition_sql(right, names)})"
        case IsNull(operand, _) if operand.type.is_number:
            return _is_nothing(ratio_of(operand, names))
        case IsNull(operand, _):
            return f"({condition_sql(operand, names)} is null)"
        case IsIn(operand, choices, _):
            equal = (condition_sql(Compare("=", operand, choice), names) for choice in choices)
            return f"({' or '.join(equal)})"
        case Not(operand, _):
            return f"(not {condition_sql(operand, names)})"
        case And(left, right, _):
            return f"({condition_sql(left, names)} and {condition_sql(right, names)})"
        case Or(left, right, _):
            return f"({condition_sql(left, names)} or {condition_sql(right, names)})"
        case Case(branches, otherwise):
            whens = [
                f"when {condition_sql(condition, names)} then {condition_sql(result, names)}"
                for condition, result in branches
            ]
            last = [] if otherwise is None else [f"else {condition_sql(otherwise, names)}"]
            return f"({' '.join(['case', *whens, *last, 'end'])})"
        case _:
            raise TypeError("a condition is expected here")


def _arithmetic(operator: str, left: Ratio, right: Ratio) -> Ratio:
    match operator:
        case "+":
            return _sum(left, right)
        case "-":
            return _sum(left, _negative(right))
        case "*":
            over, under = _product(left.over, right.over), _product(left.under, right.under)
            return Ratio(left.factor * right.factor, over, under)
        case _:
            if right.factor == 0:
                return _NOTHING
            below = right.over if right.over == _ONE else f"nullif({right.over}, 0)"
            over, under = _product(left.over, right.under), _product(left.under, below)
            return Ratio(left.factor / right.factor, over, under)


_NOTHING = Ratio(Fraction(1), "null::hugeint")


def _negative(ratio: Ratio) -> Ratio:
    return Ratio(-ratio.factor, ratio.over, ratio.under)


def _sum(left: Ratio, right: Ratio) -> Ratio:
    if left.over == left.under == right.over == right.under == _ONE:
        return Ratio(left.factor + right.factor)
    under = left.under
    if left.under != right.under:
        under = _product(left.under, right.under)
        left = Ratio(left.factor, _product(left.over, right.under), left.under)
        right = Ratio(right.factor, _product(right.over, left.under), under)
    factor, (first, second) = _in_units([left, right])
    sign = "-" if second < 0 else "+"
    added = f"({_times(first, left.over)} {sign} {_times(abs(second), right.over)})"
    return Ratio(factor, added, under)


def _compared(operator: str, left: Ratio, right: Ratio) -> str:
    if left.under == right.under == _ONE:
        _, (first, second) = _in_units([left, right])
        return f"{_times(first, left.over)} {operator} {_times(second, right.over)}"
    gap = _sum(left, _negative(right))
    return f"sign({gap.over}) * sign({gap.under}) {operator} 0"


def _extreme(which: str, ratios: Sequence[Ratio]) -> Ratio:
    if all(ratio.under == _ONE for ratio in ratios):
        factor, units = _in_units(ratios)
        return Ratio(factor, f"{which}({', '.join(_overs(units, ratios))})")
    better = ">=" if which == "greatest" else "<="
    best, *others = ratios
    for other in others:
        conditions = [_is_nothing(best), _is_nothing(other), _compared(better, best, other)]
        best = _choice(conditions, [other, best, best, other])
    return best


def _choice(conditions: Sequence[str], ratios: Sequence[Ratio]) -> Ratio:
    """The ratio of the first condition that is true, else the last, if there is one more."""
    factor, units = _in_units(ratios)
    over = _case(conditions, _overs(units, ratios))
    if all(ratio.under == _ONE for ratio in ratios):
        return Ratio(factor, over)
    return Ratio(factor, over, _case(conditions, [ratio.under for ratio in ratios]))


def _case(conditions: Sequence[str], results: Sequence[str]) -> str:
    whens = [
        f"when {condition} then {result}"
        for condition, result in zip(conditions, results, strict=False)
    ]
    last = [f"else {results[-1]}"] if len(results) > len(conditions) else []
    return f"({' '.join(['case', *whens, *last, 'end'])})"


def _ceiling(ratio: Ratio) -> Ratio:
    """DuckDB's whole division cuts off; a remainder above zero is one more."""
    if ratio.denominator == _ONE:
        return ratio
    over, under = f"({ratio.numerator})", ratio.denominator
    if ratio.under != _ONE:
        over, under = f"({over} * sign({under}))", f"abs({under})"
    more = f"case when {over} % {under} > 0 then 1 else 0 end"
    return Ratio(Fraction(1), f"({over} // {under} + {more})")


def _is_nothing(ratio: Ratio) -> str:
    return f"({ratio.over} is null or {ratio.under} is null)"


def _in_units(ratios: Sequence[Ratio]) -> tuple[Fraction, list[int]]:
    """A factor above zero that all have in common, and each one's own factor in units of it."""
    below = lcm(*(ratio.factor.denominator for ratio in ratios))
    above = gcd(*(int(ratio.factor * below) for ratio in ratios)) or 1
    factor = Fraction(above, below)
    return factor, [int(ratio.factor / factor) for ratio in ratios]


def _overs(units: Sequence[int], ratios: Sequence[Ratio]) -> list[str]:
    """What is above the line, of 128 bits even where all are constants."""
    texts = [_times(unit, ratio.over) for unit, ratio in zip(units, ratios, strict=True)]
    if all(ratio.over == _ONE for ratio in ratios):
        texts[0] += "::hugeint"
    return texts


def _times(count: int, text: str) -> str:
    if text == _ONE:
        return str(count)
    return text if count == 1 else f"{count} * {text}"


def _product(left: str, right: str) -> str:
    if left == _ONE:
        return right
    return left if right == _ONE else f"{left} * {right}"
