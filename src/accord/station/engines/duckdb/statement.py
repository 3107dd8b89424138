"""The SQL of a single number, for a person to read, paste into a DuckDB shell and run.

It says the definition's own words in the order in which they matter: whose rows, which group, who
counts, what is added up, what is divided by what. It is compiled from the same expressions as the
engine's query and not from that query, so it also checks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from textwrap import fill

from accord.base.periods import grade_number
from accord.indicators.definition import MEMBERS, Definition
from accord.indicators.groups import Group
from accord.indicators.language.nodes import Column, Literal, Node, Or
from accord.indicators.language.walk import columns_of
from accord.indicators.vocabulary import Fact
from accord.station.engines.duckdb.bounds import Bound, stored_bound
from accord.station.engines.duckdb.compile import row_sql
from accord.station.engines.duckdb.exact import Ratio, ratio_of
from accord.station.engines.duckdb.names import file_sql, name_sql, text_sql
from accord.station.engines.duckdb.tallies import ALWAYS, chosen, conditions_of

_WIDTH = 100
_SHOWN_DECIMALS = 6  # as cells show a numerator that is not whole


@dataclass(frozen=True)
class Cell:
    """Which number: `organisation` is a district's or a school's id, `grade` as it is written,
    empty for all grades together."""

    level: str
    organisation: str
    grade: str
    period: str


def statement(definition: Definition, group: Group, cell: Cell, fact: Fact, source: Path) -> str:
    """The SQL that gives `numerator`, `denominator` and `value` (rounded) of one cell.

    `fact` is the vocabulary's fact that the definition reads; `source` the path of its Parquet file
    for the period, as seen from where the statement will be run.
    """
    bounds = {
        name: bound
        for name, column in fact.columns.items()
        if (bound := stored_bound(column.stored))
    }
    sums = {item.name: _sum_ratio(item.name, item.size.scale) for item in definition.sums}
    numerator = _part("numerator", definition.numerator, definition, sums)
    denominator = _part("denominator", definition.denominator, definition, sums)
    value = ratio_of(
        definition.value, {"numerator": numerator.ratio, "denominator": denominator.ratio}
    )
    above, below = value.numerator, value.denominator
    return f"""{_heading(definition, group, cell)}
with counted as (
    select *
    from {file_sql(source)}
    where {_and(_conditions(definition, group, cell, bounds))}
),
sums as (
    select
        {_listed(_aggregates(definition, bounds))}
    from counted
),
cell as (
    select
        {_listed([*numerator.columns, *denominator.columns])}
    from sums
),
fraction as (
    select
        *,
        ({above})::hugeint as above,
        ({below})::hugeint as below
    from cell
)
select
    {numerator.shown},
    {denominator.shown},
    {Ratio(Fraction(1), "above", "below").rounded(definition.decimals)} as value
from fraction;
"""


@dataclass(frozen=True)
class _Part:
    """The numerator or the denominator: the columns that hold it, the ratio that they are, and how
    it is shown."""

    columns: tuple[str, ...]
    ratio: Ratio
    shown: str


def _part(name: str, node: Node, definition: Definition, sums: Mapping[str, Ratio]) -> _Part:
    if isinstance(node, Column):
        scale = next(item.size.scale for item in definition.sums if item.name == node.name)
        return _Part((f"{name_sql(node.name)} as {name}",), _sum_ratio(name, scale), name)
    ratio = ratio_of(node, sums)
    if ratio.denominator == "1":
        column = f"({ratio.numerator})::hugeint as {name}"
        return _Part((column,), Ratio(Fraction(1), name), name)
    above, below = f"{name}_above", f"{name}_below"
    held = Ratio(Fraction(1), above, below)
    columns = (
        f"({ratio.numerator})::hugeint as {above}",
        f"({ratio.denominator})::hugeint as {below}",
    )
    return _Part(columns, held, f"{held.rounded(_SHOWN_DECIMALS)} as {name}")


def _sum_ratio(name: str, scale: int) -> Ratio:
    """A column with so many digits after the point as a ratio of whole numbers."""
    held = name_sql(name)
    if not scale:
        return Ratio(Fraction(1), held)
    units = 10**scale
    return Ratio(Fraction(1, units), f"({units} * {held})::hugeint")


def _heading(definition: Definition, group: Group, cell: Cell) -> str:
    grade = f"grade {cell.grade}" if cell.grade else "all grades"
    lines = (
        f"{definition.title} ({definition.reference}). {definition.plain}",
        f"{group.name}; {cell.level} {cell.organisation}, {grade}, {cell.period}.",
        "Run it in the DuckDB shell from the station's folder. Nothing is calculated in floating "
        "point: the value is a fraction of whole numbers, rounded half-up by whole numbers too.",
    )
    return "\n".join(
        fill(" ".join(line.split()), _WIDTH, initial_indent="-- ", subsequent_indent="-- ")
        for line in lines
    )


def _conditions(
    definition: Definition, group: Group, cell: Cell, bounds: Mapping[str, Bound]
) -> list[str]:
    place = [f"level = {text_sql(cell.level)}", f"organisation = {text_sql(cell.organisation)}"]
    if cell.grade:
        place.append(f"grade = {grade_number(cell.grade)}")
    rule = [_joined(each, bounds) for each in conditions_of(definition.rule_of(group))]
    counts = [_joined(each, bounds) for each in conditions_of(definition.population)]
    return [*place, *rule, *counts]


def _joined(condition: Node, bounds: Mapping[str, Bound]) -> str:
    text = row_sql(condition, bounds)
    return f"({text})" if isinstance(condition, Or) else text


def _aggregates(definition: Definition, bounds: Mapping[str, Bound]) -> Iterable[str]:
    used = columns_of(definition.numerator) | columns_of(definition.denominator) | {MEMBERS}
    for item in (each for each in definition.sums if each.name in used):
        added, condition = chosen(item.term)
        counts = added == Literal(1)
        whole = "count(*)" if counts else f"sum({row_sql(added, bounds)})"
        if condition != ALWAYS:
            whole += f" filter (where {row_sql(condition, bounds)})"
        whole = whole if counts else f"coalesce({whole}, 0)"
        kind = "" if item.size.scale else "::hugeint"
        yield f"{whole}{kind} as {name_sql(item.name)}"


def _and(conditions: Iterable[str]) -> str:
    return "\n      and ".join(conditions)


def _listed(items: Iterable[str]) -> str:
    return ",\n        ".join(items)
