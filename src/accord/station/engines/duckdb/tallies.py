"""Which numbers to add up while a fact is read, so that none is added up twice.

A *tally* is what one row adds: one where a condition holds, or a term where one holds. Definitions
of one family ask the same of different subjects: how many were tested in mathematics, in reading.
Where populations differ only in the constant that a text column equals, rows are told apart by that
constant, their *slice*, and one tally serves them all; slices are put beside each other again when
the sums are written. With three subjects a third of the numbers is added up.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from accord.indicators.definition import Definition, Sum
from accord.indicators.groups import all_of
from accord.indicators.language.nodes import And, Case, Column, Compare, Literal, Node, Type
from accord.station.engines.duckdb.bounds import Bound, bound_of
from accord.station.engines.duckdb.compile import row_sql
from accord.station.engines.duckdb.names import name_sql, text_sql

ALWAYS = Literal(True)
_MOST_ROWS = 10**8  # of one fact in one period, where a state of six million students has 10**7
_SHORT = 10**18  # what 64 bits always hold


@dataclass(frozen=True)
class Tally:
    """The SQL of what a row adds (`row`), of adding up rows (`first`) and of adding up such sums
    (`again`). Both sums are kept in 64 bits where they always fit: DuckDB adds up in 128, at more
    than twice the cost. A sum that does not fit after all is an error, never a wrong number."""

    name: str
    row: str
    first: str
    again: str


@dataclass(frozen=True)
class Source:
    """Where a sum is found: in a tally, in these slices, by the group rules of one profile."""

    item: Sum
    tally: str
    slices: tuple[int, ...]
    profile: int


@dataclass(frozen=True)
class Tallies:
    """All tallies of a fact, and what they rest on.

    `populations` are the conditions that tallies use by name, `slice_sql` is the number of a row's
    slice, below `slice_count`, and `sources` are the sums that they serve.
    """

    populations: Mapping[str, str]
    tallies: tuple[Tally, ...]
    slice_sql: str
    slice_count: int
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class _Wanted:
    item: Sum
    conditions: tuple[Node, ...]
    profile: int


def tallies_of(
    definitions: Iterable[Definition], profiles: Mapping[str, int], columns: Mapping[str, Bound]
) -> Tallies:
    """The tallies that serve every sum of `definitions`, which all read one fact.

    `profiles` has the number of each definition's group rules, by its reference; `columns` the
    bounds of the fact's number columns.
    """
    wanted = tuple(
        {
            item.key: _Wanted(item, tuple(conditions_of(each.population)), profiles[each.reference])
            for each in definitions
            for item in each.sums
        }.values()
    )
    slices = _Slices(_slicing_columns(wanted))
    populations: dict[str, str] = {}
    tallies: dict[str, Tally] = {}
    sources = []
    for want in wanted:
        asked, rest = _split(want.conditions, slices.texts)
        term, condition = chosen(want.item.term)
        if rest:
            text = row_sql(all_of(rest), columns)
            name = populations.setdefault(text, f"p{len(populations)}")
            condition = joined([Column(name, Type.BOOLEAN), condition])
        row = _row_sql(term, condition, columns)
        tally = tallies.setdefault(row, _tally(f"t{len(tallies)}", row, term, columns))
        sources.append(Source(want.item, tally.name, slices.numbers(asked), want.profile))
    named = {name: text for text, name in populations.items()}
    return Tallies(named, tuple(tallies.values()), slices.sql, slices.count, tuple(sources))


@dataclass(frozen=True)
class _Slices:
    """A number for every way in which the slicing columns can have the texts that are asked for.

    A column's own number is 0 for any other text, or none, and then counts its `texts` from 1.
    """

    texts: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        return prod(1 + len(texts) for texts in self.texts.values())

    @property
    def sql(self) -> str:
        number = "0"
        for column, texts in self.texts.items():
            whens = " ".join(
                f"when {text_sql(text)} then {place}" for place, text in enumerate(texts, start=1)
            )
            own = f"case {name_sql(column)} {whens} else 0 end"
            number = own if number == "0" else f"({number}) * {1 + len(texts)} + {own}"
        return number

    def numbers(self, asked: Mapping[str, str]) -> tuple[int, ...]:
        """The slices in which columns have the texts asked for."""
        ways = product(*([None, *texts] for texts in self.texts.values()))
        wanted = [asked.get(column) for column in self.texts]
        return tuple(
            number
            for number, way in enumerate(ways)
            if all(want in (None, text) for want, text in zip(wanted, way, strict=True))
        )


def conditions_of(node: Node) -> Iterable[Node]:
    """The conditions that an expression joins by “and”; those that always hold are left out."""
    if isinstance(node, And):
        yield from conditions_of(node.left)
        yield from conditions_of(node.right)
    elif node != ALWAYS:
        yield node


def joined(conditions: Iterable[Node]) -> Node:
    """All of some conditions, without those that always hold."""
    needed = [each for each in conditions if each != ALWAYS]
    return all_of(needed) if needed else ALWAYS


def chosen(term: Node) -> tuple[Node, Node]:
    """What a term adds, and where it adds anything."""
    match term:
        case Case(((condition, result),), None | Literal(0)):
            return result, condition
        case _:
            return term, ALWAYS


def _row_sql(term: Node, condition: Node, columns: Mapping[str, Bound]) -> str:
    added = "1::tinyint" if term == Literal(1) else row_sql(term, columns)
    if condition == ALWAYS:
        return added
    return f"case when {row_sql(condition, columns)} then {added} end"


def _tally(name: str, row: str, term: Node, columns: Mapping[str, Bound]) -> Tally:
    if term == Literal(1):
        return Tally(name, row, f"count({name})", f"sum({name})::bigint")
    bound, kind = bound_of(term, columns), ""
    if bound.most * _MOST_ROWS < _SHORT:
        kind = f"::decimal(18, {bound.scale})" if bound.scale else "::bigint"
    return Tally(name, row, f"sum({name}){kind}", f"sum({name}){kind}")


def _slicing_columns(wanted: Iterable[_Wanted]) -> dict[str, tuple[str, ...]]:
    """The text columns that some populations hold equal to one constant and some to another, with
    the constants."""
    constants: dict[str, dict[str, None]] = {}
    for want in wanted:
        for condition in want.conditions:
            if (pair := text_equality(condition)) is not None:
                constants.setdefault(pair[0], {})[pair[1]] = None
    return {column: tuple(texts) for column, texts in constants.items() if len(texts) > 1}


def text_equality(condition: Node) -> tuple[str, str] | None:
    """The column and the text of a condition like ``subject = 'ela'``."""
    match condition:
        case Compare("=", Column(name, Type.TEXT), Literal(str() as text)):
            return name, text
        case _:
            return None


def _split(conditions: Iterable[Node], slices: Container[str]) -> tuple[dict[str, str], list[Node]]:
    """The conditions that the slices answer, and the rest."""
    answered: dict[str, str] = {}
    rest = []
    for condition in conditions:
        pair = text_equality(condition)
        if pair is not None and pair[0] in slices and answered.setdefault(*pair) == pair[1]:
            continue
        rest.append(condition)
    return answered, rest
