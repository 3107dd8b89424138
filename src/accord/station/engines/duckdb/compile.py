"""Row expressions as DuckDB SQL that means exactly what `evaluate_row` computes.

DuckDB calculates in the type of its operands and refuses what outgrows it: 30000 * 10 overflows
when the column is a SMALLINT, and two eighteen-digit decimals overflow where forty digits were
meant. How large a number can be is known from how its columns are stored, so each operation is
given operands of a type that holds its largest result. Conditions need no such care: comparison,
`in`, `and`, `or`, `greatest` and `least` treat nothing as DuckDB treats null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    MeaningError,
    Negate,
    Node,
    Not,
    Or,
    Type,
)
from accord.station.engines.duckdb.bounds import Bound, bound_of, furthest
from accord.station.engines.duckdb.names import constant_sql, name_sql

# How tightly each form holds together; a part that holds less tightly needs parentheses.
_OR, _AND, _NOT, _COMPARE, _ADD, _MULTIPLY, _SIGN, _ATOM = range(8)
_NARROW = 2**63 - 1
_INTEGER_DIGITS, _BIGINT_DIGITS = 10, 19  # that DuckDB allows for in an integer among decimals
_SHORT = 18  # digits of the decimals that DuckDB keeps in 64 bits
_MOST_DIGITS = 38


def row_sql(node: Node, columns: Mapping[str, Bound]) -> str:
    """The SQL of a row expression. `columns` has the bound of every number column it uses.

    Raises `MeaningError` for an expression that has no place over rows, or whose numbers need more
    than 38 digits.
    """
    return _Writer(columns).write(node)[0]


@dataclass(frozen=True)
class _Writer:
    columns: Mapping[str, Bound]

    def write(self, node: Node) -> tuple[str, int]:  # noqa: PLR0912 (one case a node)
        """The text of a node, and how tightly it holds together."""
        match node:
            case Column(name, _):
                return name_sql(name), _ATOM
            case Literal(value):
                text = constant_sql(value)
                return text, _SIGN if text.startswith("-") else _ATOM
            case Compare(operator, left, right, _):
                first, second = self.alike((left, right))
                return f"{first} {operator} {second}", _COMPARE
            case IsNull(operand, _):
                return f"{self.within(operand, _ADD)} is null", _COMPARE
            case IsIn(operand, choices, _):
                value, *listed = self.alike((operand, *choices))
                return f"{value} in ({', '.join(listed)})", _COMPARE
            case Not(IsNull(operand, _), _):
                return f"{self.within(operand, _ADD)} is not null", _COMPARE
            case Not(operand, _):
                return f"not {self.within(operand, _NOT)}", _NOT
            case And(left, right, _):
                return f"{self.within(left, _AND)} and {self.within(right, _NOT)}", _AND
            case Or(left, right, _):
                return f"{self.within(left, _OR)} or {self.within(right, _AND)}", _OR
            case Arithmetic(operator, left, right):
                return self.arithmetic(node, operator, left, right)
            case Negate(operand):
                return f"-{self.operand(operand, node, _ATOM)}", _SIGN
            case Extreme(which, operands):
                return f"{which}({', '.join(self.alike(operands))})", _ATOM
            case Case(branches, otherwise):
                return self.case(branches, otherwise), _ATOM
            case Ceiling():
                raise MeaningError("“ceil” has no place in a row expression")

    def within(self, node: Node, strength: int) -> str:
        text, own = self.write(node)
        return text if own >= strength else f"({text})"

    def arithmetic(
        self, node: Arithmetic, operator: str, left: Node, right: Node
    ) -> tuple[str, int]:
        strength = _MULTIPLY if operator == "*" else _ADD
        first = self.operand(left, node, strength)
        bare = isinstance(right, Literal) and not isinstance(left, Literal)
        second = (
            self.within(right, strength + 1)
            if bare and self.held(node) != "DECIMAL"
            else self.operand(right, node, strength + 1)
        )
        return f"{first} {operator} {second}", strength

    def operand(self, node: Node, whole: Arithmetic | Negate, strength: int) -> str:
        """A part of a calculation, in a type that can hold the result of the whole."""
        held = self.held(whole)
        if held == "DECIMAL":
            return self.decimal_operand(node, whole, strength)
        if isinstance(node, Arithmetic | Negate) and self.held(node) == held:
            return self.within(node, strength)
        return f"cast({self.write(node)[0]} as {held})"

    def decimal_operand(self, node: Node, whole: Arithmetic | Negate, strength: int) -> str:
        if self.is_short(whole):
            return self.within(node, strength)
        product = isinstance(whole, Arithmetic) and whole.operator == "*"
        scale = bound_of(node if product else whole, self.columns).scale
        return f"cast({self.write(node)[0]} as decimal({_MOST_DIGITS}, {scale}))"

    def held(self, node: Arithmetic | Negate) -> str:
        """The type in which DuckDB will hold the result."""
        if node.type is not Type.INTEGER:
            return "DECIMAL"
        return "bigint" if bound_of(node, self.columns).most <= _NARROW else "hugeint"

    def alike(self, nodes: Sequence[Node]) -> list[str]:
        """Values to compare or choose between, in types that lose nothing when they meet.

        Where decimals are as long as DuckDB can have them it would drop digits after the point.
        """
        if not any(node.type is Type.DECIMAL for node in nodes) or all(map(self.is_short, nodes)):
            return [self.within(node, _ADD) for node in nodes]
        widest = furthest(*(bound_of(node, self.columns) for node in nodes))
        if widest.digits > _MOST_DIGITS:
            raise MeaningError(f"these numbers need more than {_MOST_DIGITS} digits to meet")
        kind = f"decimal({_MOST_DIGITS}, {widest.scale})"
        return [f"cast({self.write(node)[0]} as {kind})" for node in nodes]

    def is_short(self, node: Node) -> bool:
        """Whether DuckDB's own decimal type for this is short enough to be left to it."""
        match node:
            case Column() | Literal():
                return self.own_digits(node) <= _SHORT
            case Negate(operand):
                return self.is_short(operand)
            case Arithmetic(_, Column() | Literal() as left, Column() | Literal() as right):
                return self.own_digits(left) + self.own_digits(right) <= _SHORT
            case _:
                return False

    def own_digits(self, node: Column | Literal) -> int:
        """The digits of the decimal type that DuckDB sees in a column or constant."""
        digits = bound_of(node, self.columns).digits
        if isinstance(node, Literal) and node.type is Type.INTEGER:
            return _INTEGER_DIGITS if digits < _INTEGER_DIGITS else _BIGINT_DIGITS
        return digits

    def case(self, branches: tuple[tuple[Node, Node], ...], otherwise: Node | None) -> str:
        last = () if otherwise is None else (otherwise,)
        results = self.alike((*(result for _, result in branches), *last))
        whens = [
            f"when {self.write(condition)[0]} then {result}"
            for (condition, _), result in zip(branches, results, strict=False)
        ]
        ending = [f"else {results[-1]}"] if last else []
        return " ".join(["case", *whens, *ending, "end"])
