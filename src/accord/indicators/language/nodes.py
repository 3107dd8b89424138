"""The definition language as a tree: frozen nodes that refuse nonsense when they are built.

Two kinds of expression share these nodes. A *row* expression is over the columns of one fact (the
population, each sum's term, a group's rule). A *cell* expression is over the named sums of one
cell (the numerator, the denominator, the value). Row expressions never divide, so every sum is an
exact integer or decimal; cell expressions are evaluated as exact fractions, and dividing by zero
gives *nothing* (the value is not applicable), as SQL's null does.

Nothing (`None`) behaves as null does in SQL: comparisons with it are nothing, a population keeps a
row only when its condition is true, a sum skips a term that is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Type(StrEnum):
    """What a value can be."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    BOOLEAN = "boolean"

    @property
    def is_number(self) -> bool:
        return self in (Type.INTEGER, Type.DECIMAL)


class MeaningError(ValueError):
    """An expression that can be read but makes no sense: the message says why, in a sentence."""


@dataclass(frozen=True)
class Column:
    """A column of a fact, or a named sum in a cell expression."""

    name: str
    type: Type


@dataclass(frozen=True)
class Literal:
    """A constant. Decimals keep the digits they were written with."""

    value: int | Decimal | str | bool

    @property
    def type(self) -> Type:
        match self.value:
            case bool():
                return Type.BOOLEAN
            case int():
                return Type.INTEGER
            case Decimal():
                return Type.DECIMAL
            case _:
                return Type.TEXT


@dataclass(frozen=True)
class Compare:
    """`left` `operator` `right`, both numbers, both text or both boolean."""

    operator: str
    left: Node
    right: Node
    type: Type = Type.BOOLEAN

    def __post_init__(self) -> None:
        if self.operator not in ("=", "<>", "<", "<=", ">", ">="):
            raise MeaningError(f"there is no comparison “{self.operator}”")
        _need_alike(self.left, self.right, f"compare with “{self.operator}”")
        if self.operator not in ("=", "<>") and self.left.type is Type.BOOLEAN:
            raise MeaningError("true and false have no order")


@dataclass(frozen=True)
class IsNull:
    """Whether a value is nothing."""

    operand: Node
    type: Type = Type.BOOLEAN


@dataclass(frozen=True)
class IsIn:
    """Whether a value is one of some constants of its own kind."""

    operand: Node
    choices: tuple[Literal, ...]
    type: Type = Type.BOOLEAN

    def __post_init__(self) -> None:
        if not self.choices:
            raise MeaningError("“in ()” needs at least one choice")
        for choice in self.choices:
            _need_alike(self.operand, choice, "look for it among these")


@dataclass(frozen=True)
class Not:
    operand: Node
    type: Type = Type.BOOLEAN

    def __post_init__(self) -> None:
        _need_boolean(self.operand, "not")


@dataclass(frozen=True)
class And:
    left: Node
    right: Node
    type: Type = Type.BOOLEAN

    def __post_init__(self) -> None:
        _need_boolean(self.left, "and")
        _need_boolean(self.right, "and")


@dataclass(frozen=True)
class Or:
    left: Node
    right: Node
    type: Type = Type.BOOLEAN

    def __post_init__(self) -> None:
        _need_boolean(self.left, "or")
        _need_boolean(self.right, "or")


@dataclass(frozen=True)
class Arithmetic:
    """`+`, `-` and `*` anywhere; `/` only in cell expressions (the parser sees to that)."""

    operator: str
    left: Node
    right: Node

    def __post_init__(self) -> None:
        if self.operator not in ("+", "-", "*", "/"):
            raise MeaningError(f"there is no operation “{self.operator}”")
        for side in (self.left, self.right):
            if not side.type.is_number:
                raise MeaningError(
                    f"“{self.operator}” needs numbers on both sides, and one side is {side.type}"
                )

    @property
    def type(self) -> Type:
        whole = self.left.type is Type.INTEGER and self.right.type is Type.INTEGER
        return Type.INTEGER if whole and self.operator != "/" else Type.DECIMAL


@dataclass(frozen=True)
class Negate:
    operand: Node

    def __post_init__(self) -> None:
        if not self.operand.type.is_number:
            raise MeaningError(f"“-” needs a number, and this is {self.operand.type}")

    @property
    def type(self) -> Type:
        return self.operand.type


@dataclass(frozen=True)
class Extreme:
    """The greatest or least of several numbers; nothing among them is passed over."""

    which: str
    operands: tuple[Node, ...]

    def __post_init__(self) -> None:
        if self.which not in ("greatest", "least") or len(self.operands) < 2:
            raise MeaningError("“greatest” and “least” take two numbers or more")
        for operand in self.operands:
            if not operand.type.is_number:
                raise MeaningError(f"“{self.which}” compares numbers, and one is {operand.type}")

    @property
    def type(self) -> Type:
        whole = all(operand.type is Type.INTEGER for operand in self.operands)
        return Type.INTEGER if whole else Type.DECIMAL


@dataclass(frozen=True)
class Ceiling:
    """The next whole number at or above; only in cell expressions."""

    operand: Node
    type: Type = Type.INTEGER

    def __post_init__(self) -> None:
        if not self.operand.type.is_number:
            raise MeaningError(f"“ceil” needs a number, and this is {self.operand.type}")


@dataclass(frozen=True)
class Case:
    """The result of the first condition that is true, else `otherwise` (nothing if absent)."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None

    def __post_init__(self) -> None:
        if not self.branches:
            raise MeaningError("“case” needs at least one “when”")
        for condition, _ in self.branches:
            _need_boolean(condition, "when")
        first = self.branches[0][1]
        results = [result for _, result in self.branches[1:]]
        for result in [*results, *([self.otherwise] if self.otherwise is not None else [])]:
            _need_alike(first, result, "choose between them in one “case”")

    @property
    def type(self) -> Type:
        results = [result for _, result in self.branches]
        if self.otherwise is not None:
            results.append(self.otherwise)
        if results[0].type.is_number:
            whole = all(result.type is Type.INTEGER for result in results)
            return Type.INTEGER if whole else Type.DECIMAL
        return results[0].type


Node: TypeAlias = (
    Column
    | Literal
    | Compare
    | IsNull
    | IsIn
    | Not
    | And
    | Or
    | Arithmetic
    | Negate
    | Extreme
    | Ceiling
    | Case
)


def _need_boolean(node: Node, word: str) -> None:
    if node.type is not Type.BOOLEAN:
        raise MeaningError(f"“{word}” needs a condition, and this is {node.type}")


def _need_alike(left: Node, right: Node, purpose: str) -> None:
    if left.type is not right.type and not (left.type.is_number and right.type.is_number):
        raise MeaningError(f"can't {purpose}: one is {left.type}, the other {right.type}")
