"""Random expressions of the definition language, as trees.

Every form that the language has can come up, over any column; `Reach` keeps count of what did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

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
    Type,
)
from accord.indicators.language.walk import parts_of
from accord.indicators.vocabulary import FactColumn

ORDERED = ("=", "<>", "<", "<=", ">", ">=")
INTEGERS = (-1, 0, 1, 2, 3, 7, 10, 11, 100, 2432, 32767, 32768, 100000)
DECIMALS = (
    *("0.1", "0.10", "0.5", "0.95", "1.00", "2.25", "17.5", "100.125", "0.0001"),
    *("0.000000001", "99999999.999999", "123456789012.345"),
)


@dataclass
class Reach:
    """What came up, and how often: forms with their operators and the types of their parts."""

    forms: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)

    def add(self, node: Node) -> None:
        self.forms[form_of(node)] += 1
        if isinstance(node, Column):
            self.columns[node.name] += 1
        for part in parts_of(node):
            self.add(part)


def form_of(node: Node) -> str:
    """One form of the language: ``Compare < text``, ``Arithmetic *``, ``Case text with else``."""
    match node:
        case Compare(operator, left, right, _):
            kind = "number" if left.type.is_number else str(left.type)
            mixed = " mixed" if left.type is not right.type else ""
            return f"Compare {operator} {kind}{mixed}"
        case Arithmetic(operator, _, _):
            return f"Arithmetic {operator}"
        case Extreme(which, _):
            return f"Extreme {which}"
        case IsIn(operand, _, _) | IsNull(operand, _):
            kind = "number" if operand.type.is_number else str(operand.type)
            return f"{type(node).__name__} {kind}"
        case Case(_, otherwise):
            kind = "number" if node.type.is_number else str(node.type)
            return f"Case {kind} {'without' if otherwise is None else 'with'} else"
        case Literal() | Column():
            return f"{type(node).__name__} {node.type}"
        case _:
            return type(node).__name__


class Rows:
    """Random expressions over the columns of a fact."""

    def __init__(self, random: Random, columns: Mapping[str, FactColumn]) -> None:
        self.random = random
        usable = [column for column in columns.values() if not column.key]
        self.columns = {kind: [column for column in usable if column.type is kind] for kind in Type}

    def condition(self, depth: int) -> Node:
        if depth <= 0:
            return self.plain_condition()
        makers: Sequence[Callable[[], Node]] = (
            lambda: And(self.condition(depth - 1), self.condition(depth - 1)),
            lambda: Or(self.condition(depth - 1), self.condition(depth - 1)),
            lambda: Not(self.condition(depth - 1)),
            lambda: self.comparison(depth - 1),
            lambda: self.comparison(depth - 1),
            lambda: self.choice(depth - 1),
            lambda: IsNull(self.anything(depth - 1)),
            lambda: self.case(self.condition, depth - 1),
            self.plain_condition,
        )
        return self.random.choice(makers)()

    def plain_condition(self) -> Node:
        if self.random.random() < 0.1:
            return Literal(self.random.random() < 0.5)
        return self.column(Type.BOOLEAN)

    def comparison(self, depth: int) -> Node:
        kind = self.random.choice(("number", "number", "number", "text", "boolean"))
        if kind == "number":
            left, right = self.number(depth), self.number(depth)
            return Compare(self.random.choice(ORDERED), left, right)
        if kind == "boolean":
            left, right = self.condition(depth), self.condition(depth)
            return Compare(self.random.choice(("=", "<>")), left, right)
        column = self.random.choice(self.columns[Type.TEXT])
        other = self.text_constant(column) if self.random.random() < 0.7 else self.text(depth)
        return Compare(self.random.choice(ORDERED), _as_node(column), other)

    def choice(self, depth: int) -> Node:
        if self.random.random() < 0.5:
            column = self.random.choice(self.columns[Type.TEXT])
            listed = [self.text_constant(column) for _ in range(self.random.randint(1, 3))]
            return IsIn(_as_node(column), tuple(listed))
        kind = self.random.random()
        if kind < 0.15:
            return IsIn(self.condition(depth), (Literal(True),))
        numbers = [self.number_constant() for _ in range(self.random.randint(1, 4))]
        return IsIn(self.number(depth), tuple(numbers))

    def anything(self, depth: int) -> Node:
        return self.random.choice((self.condition, self.number, self.text))(depth)

    def number(self, depth: int) -> Node:
        if depth <= 0:
            return self.plain_number()
        makers: Sequence[Callable[[], Node]] = (
            lambda: self.arithmetic(depth - 1),
            lambda: self.arithmetic(depth - 1),
            lambda: _negated(self.number(depth - 1)),
            lambda: Extreme(
                self.random.choice(("greatest", "least")),
                tuple(self.number(depth - 1) for _ in range(self.random.randint(2, 3))),
            ),
            lambda: self.case(self.number, depth - 1),
            self.plain_number,
            self.plain_number,
        )
        return self.random.choice(makers)()

    def plain_number(self) -> Node:
        if self.random.random() < 0.3:
            return self.number_constant()
        kinds = [kind for kind in (Type.INTEGER, Type.DECIMAL) if self.columns[kind]]
        return self.column(self.random.choice(kinds))

    def arithmetic(self, depth: int) -> Node:
        if self.random.random() < 0.2:  # long enough to need more than 64 bits
            pair = Arithmetic("*", self.plain_number(), self.plain_number())
            return Arithmetic("*", pair, self.plain_number())
        operator = self.random.choice(("+", "-", "*"))
        return Arithmetic(operator, self.number(depth), self.number(depth))

    def text(self, depth: int) -> Node:
        if depth > 0 and self.random.random() < 0.3:
            return self.case(self.text, depth - 1)
        return self.column(Type.TEXT)

    def case(self, result: Callable[[int], Node], depth: int) -> Node:
        branches = tuple(
            (self.condition(depth), result(depth)) for _ in range(self.random.randint(1, 2))
        )
        return Case(branches, result(depth) if self.random.random() < 0.6 else None)

    def column(self, kind: Type) -> Node:
        return _as_node(self.random.choice(self.columns[kind]))

    def number_constant(self) -> Literal:
        if self.random.random() < 0.6:
            number = self.random.choice(INTEGERS)
            return Literal(-number if self.random.random() < 0.2 else number)
        return Literal(Decimal(self.random.choice(DECIMALS)))

    def text_constant(self, column: FactColumn) -> Literal:
        return Literal(self.random.choice(list(column.codes) or ["any", "other"]))


class Cells:
    """Random numbers over the sums of a cell."""

    def __init__(self, random: Random, sums: Mapping[str, Type]) -> None:
        self.random = random
        self.sums = sums

    def number(self, depth: int) -> Node:
        if depth <= 0:
            name = self.random.choice(list(self.sums))
            return Column(name, self.sums[name])
        makers: Sequence[Callable[[], Node]] = (
            lambda: Arithmetic(
                self.random.choice(("+", "-", "*", "/")),
                self.number(depth - 1),
                self.number(depth - 1),
            ),
            lambda: Ceiling(self.number(depth - 1)),
            lambda: _negated(self.number(depth - 1)),
            lambda: Extreme("greatest", (Literal(0), self.number(depth - 1))),
            lambda: Case(
                ((Compare(">", self.number(depth - 1), Literal(2)), self.number(depth - 1)),),
                self.number(depth - 1),
            ),
            lambda: Literal(Decimal("0.95")),
        )
        return self.random.choice(makers)()


def _as_node(column: FactColumn) -> Column:
    return Column(column.name, column.type)


def _negated(node: Node) -> Node:
    """The reader folds “-” into constants, so no tree that it gives has it before one."""
    if isinstance(node, Literal) and isinstance(node.value, int | Decimal):
        return Literal(-node.value)
    return Negate(node)
