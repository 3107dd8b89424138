"""The query that measures one fact in one period.

- `organisations`, `places`: an organisation's number, which is that of all its grades together, and
  the numbers of its grades, which follow it.
- `counted`: the rows of the fact, read once and made narrow: the *spot* (place and slice), what
  each row adds to the tallies, and what says which groups it belongs to.
- `by_COLUMN` and `grouped`: the tallies added up by spot and group rule.
- `every`: the same, and all grades of an organisation together.
- `part_N`: the sums of one profile and slice by place and group, taken from the tallies.

What is costly is to join and to add up, not to read: only organisations are looked up, grades are
counted on from them; conditions are looked at once for each row, not once for each group. Adding up
the finest cells first (by every attribute at once) and groups from those costs the same where a
school has three or four students to a cell, more where it has fewer, and more memory. One row for
each student and group, or grouping sets, cost several times as much; so does taking the slices
apart by conditions within one sum, instead of joining them at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from accord.base.periods import GRADES, grade_number
from accord.indicators.groups import Group
from accord.station.engines.duckdb.bounds import Bound, stored_bound
from accord.station.engines.duckdb.membership import (
    Membership,
    bits_of,
    mask_sql,
    membership_of,
)
from accord.station.engines.duckdb.names import file_sql, name_sql, text_sql
from accord.station.engines.duckdb.tallies import Source, Tallies, tallies_of
from accord.station.engines.request import Part, sum_type

_GRADES = len(GRADES) + 1  # the numbers that an organisation takes: its own, and one each
_GRADE = f"grade + {1 - grade_number(GRADES[0])}"


def sums_query(
    part: Part, groups: Sequence[Group], levels: Sequence[str], columns: Mapping[str, str]
) -> str:
    """The query whose rows are the table of sums of one part of a request.

    `columns` has the type of every column of the fact file.
    """
    bounds = {name: bound for name, kind in columns.items() if (bound := stored_bound(kind))}
    membership = membership_of(part.definitions, groups)
    tallies = tallies_of(part.definitions, membership.profiles, bounds)
    populations = [f"{text} as {name}" for name, text in tallies.populations.items()]
    parts = _parts(tallies)
    steps = {
        "fact as not materialized": f"""
            select {_listed("*", *populations)}
            from {file_sql(part.source)}
            where level in ({", ".join(map(text_sql, levels))})
        """,
        "found as materialized": "select distinct level, organisation, grade from fact",
        "organisations as materialized": f"""
            select level, organisation,
                (row_number() over (order by level, organisation) * {_GRADES})::integer as place
            from (select distinct level, organisation from found)
        """,
        "places as materialized": f"""
            select level, organisation, null as grade, place from organisations
            union all
            select level, organisation, grade, place + {_GRADE}
            from found join organisations using (level, organisation)
            where grade is not null
        """,
        "counted as materialized": _counted(membership, tallies, bounds),
        **_by_column(membership, tallies),
        "grouped as materialized": "union all".join(_grouped(membership, tallies)),
        "every as materialized": _every(tallies),
        "served as": _served(membership),
        **{f"part_{number} as": _part(sources) for number, sources in enumerate(parts)},
    }
    written = ",\n".join(f"{name} ({query})" for name, query in steps.items())
    return f"with {written}\n{_result(groups, tallies.sources, len(parts))}"


def _counted(membership: Membership, tallies: Tallies, bounds: Mapping[str, Bound]) -> str:
    masks = [
        f"{mask_sql(mask, bounds)} as mask_{number}" for number, mask in enumerate(membership.masks)
    ]
    added = [f"{tally.row} as {tally.name}" for tally in tallies.tallies]
    spot = f"(place + {_GRADE}) * {tallies.slice_count} + {tallies.slice_sql} as spot"
    return f"""
        select {_listed(spot, *map(name_sql, membership.families), *masks, *added)}
        from fact join organisations using (level, organisation)
        where grade is not null
    """


def _by_column(membership: Membership, tallies: Tallies) -> dict[str, str]:
    """A step for each family."""
    steps = {}
    first = [f"{tally.first} as {tally.name}" for tally in tallies.tallies]
    for column in map(name_sql, membership.families):
        steps[f"{_by(column)} as materialized"] = f"""
            select {_listed("spot", column, *first)} from counted group by spot, {column}
        """
    return steps


def _grouped(membership: Membership, tallies: Tallies) -> Iterator[str]:
    names = [tally.name for tally in tallies.tallies]
    first = [f"{tally.first} as {tally.name}" for tally in tallies.tallies]
    again = [f"{tally.again} as {tally.name}" for tally in tallies.tallies]
    for column, texts in membership.families.items():
        rules = ", ".join(_row(text_sql(text), rule) for text, rule in texts.items())
        yield f"""
            select {_listed("spot", "rule", *names)}
            from {_by(name_sql(column))}
            join (values {rules}) as rules({name_sql(column)}, rule) using ({name_sql(column)})
        """
    for number, mask in enumerate(membership.masks):
        rules = ", ".join(_row(rule, f"{bit}::bigint") for rule, bit in bits_of(mask).items())
        yield f"""
            select {_listed("spot", "rule", *first)}
            from counted join (values {rules}) as rules(rule, bit) on mask_{number} & bit <> 0
            group by spot, rule
        """
    if membership.always is not None:
        families = membership.families
        fewest = min(families, key=lambda column: len(families[column]), default=None)
        source = "counted" if fewest is None else _by(name_sql(fewest))
        yield f"""
            select {_listed("spot", f"{membership.always} as rule", *(again if fewest else first))}
            from {source}
            group by spot
        """


def _by(column: str) -> str:
    return name_sql(f"by_{column}")


def _every(tallies: Tallies) -> str:
    names = _listed(*(tally.name for tally in tallies.tallies))
    again = _listed(*(f"{tally.again} as {tally.name}" for tally in tallies.tallies))
    place, slice_ = f"spot // {tallies.slice_count}", f"spot % {tallies.slice_count}"
    return f"""
        select {place} as place, {slice_} as slice, rule, {names} from grouped
        union all
        select {place} // {_GRADES} * {_GRADES} as whole, {slice_} as slice, rule, {again}
        from grouped
        group by whole, slice, rule
    """


def _served(membership: Membership) -> str:
    """Which rule serves which group (by its position), for which profiles."""
    profiles = range(membership.profile_count)
    rows = (
        _row(rule, position, *(str(profile in served).lower() for profile in profiles))
        for (rule, position), served in membership.served.items()
    )
    named = _row("rule", "position", *(f"profile_{profile}" for profile in profiles))
    return f"from (values {', '.join(rows)}) as served{named}"


def _parts(tallies: Tallies) -> list[list[Source]]:
    """The sums that are found in the same rows, together."""
    found: dict[tuple[int, tuple[int, ...]], list[Source]] = {}
    for source in tallies.sources:
        found.setdefault((source.profile, source.slices), []).append(source)
    return list(found.values())


def _part(sources: Sequence[Source]) -> str:
    """A profile has one rule for a group: only several slices leave something to add up."""
    several = len(sources[0].slices) > 1
    sums = (
        f"{f'sum({each.tally})' if several else each.tally} as {name_sql(each.item.key)}"
        for each in sources
    )
    return f"""
        select {_listed("place", "position", *sums)}
        from every join served using (rule)
        where profile_{sources[0].profile} and slice in {_row(*sources[0].slices)}
        {"group by place, position" if several else ""}
    """


def _result(groups: Sequence[Group], sources: Sequence[Source], parts: int) -> str:
    listed = ", ".join(_row(number, text_sql(group.id)) for number, group in enumerate(groups))
    sums = (
        f"coalesce({name}, 0)::{_stored(source)} as {name}"
        for source in sources
        for name in (name_sql(source.item.key),)
    )
    joins = "\n".join(f"left join part_{number} using (place, position)" for number in range(parts))
    return f"""
select {_listed("level", "organisation", "grade", 'id as "group"', *sums)}
from places
cross join (values {listed}) as listed(position, id)
{joins}
order by place, position
"""


def _stored(source: Source) -> str:
    return str(sum_type(source.item.size)).replace("decimal128", "decimal")


def _row(*items: object) -> str:
    return f"({', '.join(map(str, items))})"


def _listed(*items: str) -> str:
    return ", ".join(items)
