"""Which numbers to add up while a fact is read, so that none is added up twice.

Definitions of one family ask the same of different subjects: how many were tested in mathematics,
in reading. Where populations differ only in the constant that a text column equals, the column
becomes part of the finest cells and one *tally* serves them all; it is taken apart again when the
sums are written. With three subjects this adds up a third of the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accord.indicators.definition import Definition, Sum
from accord.indicators.groups import all_of
from accord.indicators.language.nodes import And, Case, Column, Compare, Literal, Node, Type
from accord.station.engines.duckdb.bounds import Bound
from accord.station.engines.duckdb.compile import row_sql

_ALWAYS = Literal(True)


@dataclass(frozen=True)
class Tally:
    """A number added up in every finest cell: `aggregate` is its SQL over the rows of a fact."""

    name: str
    aggregate: str


@dataclass(frozen=True)
class Source:
    """Where a sum is found: in a tally, for the cells whose columns have these values, by the
    group rules of one profile."""

    item: Sum
    tally: str
    slice: Mapping[str, str]
    profile: int


@dataclass(frozen=True)
class Tallies:
    """All tallies of a fact, the columns they are sliced by, and the sums they serve."""

    tallies: tuple[Tally, ...]
    slices: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class _Wanted:
    item: Sum
    conditions: tuple[Node, ...]
    profile: int


def tallies_of(
    definitions: Iterable[Definition],
    profiles: Mapping[str, int],
    columns: Mapping[str, Bound],
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
    slices = _slicing_columns(wanted)
    tallies: dict[str, Tally] = {}
    sources = []
    for want in wanted:
        slice_, rest = _split(want.conditions, slices)
        aggregate = aggregate_sql(want.item.term, rest, columns)
        tally = tallies.setdefault(aggregate, Tally(f"t{len(tallies)}", aggregate))
        sources.append(Source(want.item, tally.name, slice_, want.profile))
    return Tallies(tuple(tallies.values()), slices, tuple(sources))


def aggregate_sql(term: Node, conditions: Iterable[Node], columns: Mapping[str, Bound]) -> str:
    """The SQL that adds up `term` over the rows for which every condition is true.

    A term that is nothing (or zero) but where a condition holds is added up where it holds.
    """
    term, chosen = _chosen(term)
    needed = [each for each in (*conditions, chosen) if each != _ALWAYS]
    what = "count(*)" if term == Literal(1) else f"sum({row_sql(term, columns)})"
    if not needed:
        return what
    return f"{what} filter (where {row_sql(all_of(needed), columns)})"


def _chosen(term: Node) -> tuple[Node, Node]:
    match term:
        case Case(((condition, result),), None | Literal(0)):
            return result, condition
        case _:
            return term, _ALWAYS


def conditions_of(node: Node) -> Iterable[Node]:
    """The conditions that an expression joins by “and”."""
    if isinstance(node, And):
        yield from conditions_of(node.left)
        yield from conditions_of(node.right)
    else:
        yield node


def _slicing_columns(wanted: Iterable[_Wanted]) -> tuple[str, ...]:
    """The text columns that some populations hold equal to one constant and some to another."""
    constants: dict[str, set[str]] = {}
    for want in wanted:
        for column, text in _equalities(want.conditions).items():
            constants.setdefault(column, set()).add(text)
    return tuple(column for column, texts in constants.items() if len(texts) > 1)


def _equalities(conditions: Iterable[Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for condition in conditions:
        if (pair := _equality(condition)) is not None:
            found.setdefault(*pair)
    return found


def _equality(condition: Node) -> tuple[str, str] | None:
    match condition:
        case Compare("=", Column(name, Type.TEXT), Literal(str() as text)):
            return name, text
        case _:
            return None


def _split(
    conditions: Iterable[Node], slices: tuple[str, ...]
) -> tuple[dict[str, str], list[Node]]:
    """The conditions that the slices answer, and the rest."""
    answered: dict[str, str] = {}
    rest = []
    for condition in conditions:
        pair = _equality(condition)
        if pair is not None and pair[0] in slices and answered.setdefault(*pair) == pair[1]:
            continue
        rest.append(condition)
    return answered, rest
