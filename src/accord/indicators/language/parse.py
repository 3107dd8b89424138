"""Text to tree: what the language allows, and a sentence about everything else.

`sqlglot` reads the text as DuckDB would; only the operations below pass. The limits keep hostile
input from costing more than a moment: they are checked on the tokens, before anything recursive
runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType

from sqlglot import Token, TokenType, exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import SqlglotError

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

MOST_CHARACTERS = 4_000
MOST_WORDS = 600
MOST_NESTED = 16
MOST_DEEP = 80
MOST_DIGITS = 18

_NUMBER = re.compile(r"^[0-9]+(\.[0-9]+)?$")
_DIALECT = DuckDB()


@dataclass(frozen=True)
class Scope:
    """What an expression may name, and whether it is over rows or over the sums of a cell.

    `noun` says what a name is here (“column of student_year”). `codes` has, for text columns that
    hold codes, every code there is. `hints` says of names that exist elsewhere why not here.
    """

    noun: str
    names: Mapping[str, Type]
    over_cells: bool
    constants: Mapping[str, Literal] = field(default_factory=lambda: MappingProxyType({}))
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    hints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def allowed(self) -> str:
        """Everything the language has, for messages."""
        rows = (
            "=, <>, <, <=, >, >=, between, in, and, or, not, is null, +, -, *, "
            "case when, greatest, least"
        )
        return f"{rows}, / and ceil" if self.over_cells else rows


def parse(text: str, scope: Scope) -> Node:
    """The tree of an expression. Raises `MeaningError` with a sentence and, where it is known, the
    character (from 1) at which the trouble begins."""
    tokens = _tokens(text)
    try:
        statements = _DIALECT.parser().parse(tokens, text)
    except SqlglotError as error:
        raise MeaningError(_first_complaint(error)) from None
    except RecursionError:
        raise MeaningError("this is nested too deeply: take some of it apart") from None
    if len(statements) != 1 or statements[0] is None:
        raise MeaningError("one expression is expected here")
    _check_depth(statements[0])
    return _Builder(scope).build(statements[0])


def _tokens(text: str) -> list[Token]:
    """The words and signs of a text that is within the limits."""
    if not text.strip():
        raise MeaningError("an expression is expected here, and there is none")
    if len(text) > MOST_CHARACTERS:
        raise MeaningError(f"this has more than {MOST_CHARACTERS:,} characters: take it apart")
    try:
        tokens = _DIALECT.tokenize(text)
    except SqlglotError as error:
        raise MeaningError(_first_complaint(error)) from None
    if len(tokens) > MOST_WORDS:
        raise MeaningError(f"this has more than {MOST_WORDS} words and signs: take it apart")
    nested = 0
    for token in tokens:
        nested += _opens(token)
        if nested > MOST_NESTED:
            raise MeaningError(f"this is nested more than {MOST_NESTED} deep: take it apart")
        if token.comments:
            raise MeaningError("an expression has no comments: write them beside it in the file")
    return tokens


def _check_depth(whole: exp.Expr) -> None:
    """Refuse a tree that something recursive would have to climb for long."""
    waiting = [(whole, 1)]
    while waiting:
        found, level = waiting.pop()
        if level > MOST_DEEP:
            raise MeaningError(f"this is more than {MOST_DEEP} steps deep: take some of it apart")
        waiting.extend((part, level + 1) for part in found.iter_expressions())


def _opens(token: Token) -> int:
    if token.token_type in (TokenType.L_PAREN, TokenType.CASE):
        return 1
    return -1 if token.token_type in (TokenType.R_PAREN, TokenType.END) else 0


def _first_complaint(error: SqlglotError) -> str:
    details = getattr(error, "errors", None)
    if not details:
        return "this can't be read: check its quotes"
    where = _at(details[0].get("col"))
    return f"this can't be read{where}: check the words, signs and parentheses around it"


def _at(character: int | None) -> str:
    return "" if character is None else f" (at character {character})"


def _place(expression: exp.Expr) -> int | None:
    starts = [part.meta["start"] for part in expression.walk() if "start" in part.meta]
    return min(starts) + 1 if starts else None


_COMPARISONS: Mapping[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: Mapping[type[exp.Expr], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}


class _Builder:
    """Turns sqlglot's tree into ours, or says what in it is not part of the language."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.readers: Mapping[type[exp.Expr], Callable[[exp.Expr], Node]] = {
            exp.Paren: lambda found: self.build(found.this),
            exp.Column: self.column,
            exp.Literal: self.literal,
            exp.Boolean: lambda found: Literal(bool(found.this)),
            exp.Not: lambda found: Not(self.build(found.this)),
            exp.And: lambda found: And(*self.both(found)),
            exp.Or: lambda found: Or(*self.both(found)),
            exp.Between: self.between,
            exp.In: self.choice,
            exp.Is: self.is_null,
            exp.Neg: self.negate,
            exp.Greatest: lambda found: self.extreme("greatest", found),
            exp.Least: lambda found: self.extreme("least", found),
            exp.Ceil: self.ceiling,
            exp.Case: self.case,
            **dict.fromkeys(_COMPARISONS, self.compare),
            **dict.fromkeys(_ARITHMETIC, self.arithmetic),
        }

    def build(self, found: exp.Expr) -> Node:
        reader = self.readers.get(type(found))
        if reader is None:
            raise self.foreign(found)
        try:
            return reader(found)
        except MeaningError as error:
            if "at character" in str(error):
                raise
            raise MeaningError(f"{error}{_at(_place(found))}") from None

    def foreign(self, found: exp.Expr) -> MeaningError:
        """What to say of something that SQL has and this language does not."""
        if isinstance(found, exp.Null):
            return MeaningError("“null” is only asked for: write “… is null” or “… is not null”")
        if isinstance(found, exp.Anonymous):
            name = found.name
        else:
            name = found.sql_name() if isinstance(found, exp.Func) else found.key
        return MeaningError(
            f"“{name.lower()[:40]}” is not part of this language, which has "
            f"{self.scope.allowed}{_at(_place(found))}"
        )

    def only(self, found: exp.Expr, *names: str) -> None:
        """Refuse whatever else sqlglot has read into `found` than the parts named."""
        ours = {"typed", "safe", "ignore_nulls"}
        if any(value for name, value in found.args.items() if name not in {*names, *ours}):
            raise MeaningError(f"this form of “{found.key}” is not part of this language")

    def both(self, found: exp.Expr) -> tuple[Node, Node]:
        self.only(found, "this", "expression")
        return self.build(found.this), self.build(found.expression)

    def column(self, found: exp.Expr) -> Node:
        self.only(found, "this")
        identifier = found.this
        if not isinstance(identifier, exp.Identifier):
            raise self.foreign(identifier)
        name = identifier.name.lower()
        if name in self.scope.constants:
            return self.scope.constants[name]
        if name in self.scope.names:
            return Column(name, self.scope.names[name])
        if name in self.scope.hints:
            raise MeaningError(f"“{name}” can't be used here: {self.scope.hints[name]}")
        if identifier.quoted:
            raise MeaningError(
                f"“{name[:40]}” is no {self.scope.noun}; text is written in single quotes"
            )
        near = get_close_matches(name, [*self.scope.names, *self.scope.constants], n=1)
        hint = f"did you mean “{near[0]}”?" if near else "it has " + ", ".join(self.scope.names)
        raise MeaningError(f"there is no {self.scope.noun} “{name[:40]}”: {hint}")

    def literal(self, found: exp.Expr) -> Node:
        text = str(found.this)
        if found.is_string:
            return Literal(text)
        if not _NUMBER.match(text):
            raise MeaningError(f"write the number “{text[:20]}” in plain digits, like 10 or 0.5")
        if len(text.replace(".", "")) > MOST_DIGITS:
            raise MeaningError(f"a number has {MOST_DIGITS} digits at most")
        return Literal(Decimal(text) if "." in text else int(text))

    def negate(self, found: exp.Expr) -> Node:
        operand = self.build(found.this)
        if isinstance(operand, Literal) and isinstance(operand.value, int | Decimal):
            if isinstance(operand.value, bool):
                raise MeaningError("“-” needs a number, and this is boolean")
            return Literal(-operand.value)
        return Negate(operand)

    def compare(self, found: exp.Expr) -> Node:
        left, right = self.both(found)
        self.check_codes(left, right)
        self.check_codes(right, left)
        return Compare(_COMPARISONS[type(found)], left, right)

    def arithmetic(self, found: exp.Expr) -> Node:
        left, right = self.both(found)
        operator = _ARITHMETIC[type(found)]
        if operator == "/" and not self.scope.over_cells:
            raise MeaningError(
                "rows are never divided: multiply the other side instead, "
                "or divide sums in the numerator, denominator or value"
            )
        return Arithmetic(operator, left, right)

    def between(self, found: exp.Expr) -> Node:
        self.only(found, "this", "low", "high")
        value = self.build(found.this)
        low, high = self.build(found.args["low"]), self.build(found.args["high"])
        return And(Compare(">=", value, low), Compare("<=", value, high))

    def choice(self, found: exp.Expr) -> Node:
        self.only(found, "this", "expressions")
        value = self.build(found.this)
        choices = []
        for item in found.expressions:
            choice = self.build(item)
            if not isinstance(choice, Literal):
                raise MeaningError("“in (…)” chooses among constants")
            self.check_codes(value, choice)
            choices.append(choice)
        return IsIn(value, tuple(choices))

    def is_null(self, found: exp.Expr) -> Node:
        self.only(found, "this", "expression")
        if not isinstance(found.expression, exp.Null):
            raise MeaningError("“is” only goes with null: write the condition itself, or “not” it")
        return IsNull(self.build(found.this))

    def extreme(self, which: str, found: exp.Expr) -> Node:
        self.only(found, "this", "expressions")
        operands = [found.this, *found.expressions]
        return Extreme(which, tuple(self.build(operand) for operand in operands))

    def ceiling(self, found: exp.Expr) -> Node:
        self.only(found, "this")
        if not self.scope.over_cells:
            raise MeaningError("“ceil” is for numerators, denominators and values, not for rows")
        return Ceiling(self.build(found.this))

    def case(self, found: exp.Expr) -> Node:
        if found.this is not None:
            raise MeaningError("write “case when … then … end” with a whole condition after “when”")
        branches = tuple(
            (self.build(branch.this), self.build(branch.args["true"]))
            for branch in found.args["ifs"]
        )
        otherwise = found.args.get("default")
        if otherwise is None or isinstance(otherwise, exp.Null):
            return Case(branches, None)
        return Case(branches, self.build(otherwise))

    def check_codes(self, column: Node, constant: Node) -> None:
        """A misspelt code would count nobody, silently; it is an error instead."""
        if not isinstance(column, Column) or not isinstance(constant, Literal):
            return
        codes = self.scope.codes.get(column.name)
        if codes and isinstance(constant.value, str) and constant.value not in codes:
            raise MeaningError(
                f"“{constant.value[:40]}” is no code of {column.name}: it has {', '.join(codes)}"
            )
