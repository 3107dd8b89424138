"""The query that measures one fact in one period.

- `places`: the organisations and their grades, in the order of the result. Each organisation comes
  before its grades; its place is theirs as a `whole`.
- `counted`: the rows of the fact, read once and made narrow: the place, what each row adds to the
  tallies, and what says which groups it belongs to.
- `by_COLUMN` and `grouped`: the tallies added up by place and group rule.
- `added`: the sums by place and group, taken from the tallies.

What is costly is to add up, not to read: conditions are looked at once for each row, not once for
each group. Adding up the finest cells first (by every attribute at once) and groups from those
costs the same where a school has three or four students to a cell, more where it has fewer, and
more memory. One row for each student and group, or grouping sets, cost several times as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
    steps = {
        "fact as not materialized": f"""
            select {_listed("*", *populations)}
            from {file_sql(part.source)}
            where level in ({", ".join(map(text_sql, levels))})
        """,
        "places as materialized": _PLACES,
        "counted as materialized": _counted(membership, tallies, bounds),
        **_by_column(membership, tallies),
        "grouped as": "union all".join(_grouped(membership, tallies)),
        "served as": _served(membership),
        "added as materialized": _added(membership, tallies),
        "summed as": """
            from added
            union all
            select whole, position, sum(columns(added.* exclude (place, position)))
            from added join places using (place)
            group by whole, position
        """,
    }
    written = ",\n".join(f"{name} ({query})" for name, query in steps.items())
    return f"with {written}\n{_result(groups, tallies)}"


_PLACES = """
    with found as materialized (
        select distinct level, organisation, grade from fact
    ),
    numbered as (
        select *,
            row_number() over (order by level, organisation, grade nulls first)::integer as place
        from (from found union select level, organisation, null from found)
    )
    select *, min(place) over (partition by level, organisation) as whole from numbered
"""


def _counted(membership: Membership, tallies: Tallies, bounds: Mapping[str, Bound]) -> str:
    kept = dict.fromkeys([*tallies.slices, *membership.families])
    masks = [
        f"{mask_sql(mask, bounds)} as mask_{number}" for number, mask in enumerate(membership.masks)
    ]
    added = [f"{tally.row} as {tally.name}" for tally in tallies.tallies]
    return f"""
        select {_listed("place", *map(name_sql, kept), *masks, *added)}
        from fact join places using (level, organisation, grade)
    """


def _by_column(membership: Membership, tallies: Tallies) -> dict[str, str]:
    """A step for each family."""
    steps = {}
    for column in membership.families:
        keys = _listed(*dict.fromkeys([*_keys(tallies), name_sql(column)]))
        first = (f"{tally.first} as {tally.name}" for tally in tallies.tallies)
        steps[f"{name_sql(f'by_{column}')} as materialized"] = f"""
            select {_listed(keys, *first)}
            from counted
            group by {keys}
        """
    return steps


def _grouped(membership: Membership, tallies: Tallies) -> Iterator[str]:
    keys = _listed(*_keys(tallies))
    first = [f"{tally.first} as {tally.name}" for tally in tallies.tallies]
    again = [f"{tally.again} as {tally.name}" for tally in tallies.tallies]
    for column, texts in membership.families.items():
        rules = ", ".join(_row(text_sql(text), rule) for text, rule in texts.items())
        yield f"""
            select {_listed(keys, "rule", *(tally.name for tally in tallies.tallies))}
            from {name_sql(f"by_{column}")}
            join (values {rules}) as rules({name_sql(column)}, rule) using ({name_sql(column)})
        """
    for number, mask in enumerate(membership.masks):
        rules = ", ".join(_row(rule, f"{bit}::bigint") for rule, bit in bits_of(mask).items())
        yield f"""
            select {_listed(keys, "rule", *first)}
            from counted join (values {rules}) as rules(rule, bit) on mask_{number} & bit <> 0
            group by {keys}, rule
        """
    if membership.always is not None:
        families = membership.families
        fewest = min(families, key=lambda column: len(families[column]), default=None)
        source = "counted" if fewest is None else name_sql(f"by_{fewest}")
        yield f"""
            select {_listed(keys, f"{membership.always} as rule", *(again if fewest else first))}
            from {source}
            group by {keys}
        """


def _keys(tallies: Tallies) -> list[str]:
    return ["place", *map(name_sql, tallies.slices)]


def _served(membership: Membership) -> str:
    """Which rule serves which group (by its position), for which profiles."""
    profiles = range(membership.profile_count)
    rows = (
        _row(rule, position, *(str(profile in served).lower() for profile in profiles))
        for (rule, position), served in membership.served.items()
    )
    named = _row("rule", "position", *(f"profile_{profile}" for profile in profiles))
    return f"from (values {', '.join(rows)}) as served{named}"


def _added(membership: Membership, tallies: Tallies) -> str:
    several = membership.profile_count > 1
    if not several and not tallies.slices:
        sums = (f"{each.tally} as {name_sql(each.item.key)}" for each in tallies.sources)
        return f"""
            select {_listed("place", "position", *sums)}
            from grouped join served using (rule)
        """
    sums = (
        f"sum({each.tally}){_filter(each, several)} as {name_sql(each.item.key)}"
        for each in tallies.sources
    )
    return f"""
        select {_listed("place", "position", *sums)}
        from grouped join served using (rule)
        group by place, position
    """


def _filter(source: Source, several_profiles: bool) -> str:
    conditions = [f"{name_sql(name)} = {text_sql(text)}" for name, text in source.slice.items()]
    if several_profiles:
        conditions.append(f"profile_{source.profile}")
    return f" filter (where {' and '.join(conditions)})" if conditions else ""


def _result(groups: Sequence[Group], tallies: Tallies) -> str:
    listed = ", ".join(_row(number, text_sql(group.id)) for number, group in enumerate(groups))
    sums = (
        f"coalesce({name}, 0)::{_stored(source)} as {name}"
        for source in tallies.sources
        for name in (name_sql(source.item.key),)
    )
    return f"""
select {_listed("level", "organisation", "grade", 'id as "group"', *sums)}
from places
cross join (values {listed}) as listed(position, id)
left join summed using (place, position)
order by place, position
"""


def _stored(source: Source) -> str:
    return str(sum_type(source.item.size)).replace("decimal128", "decimal")


def _row(*items: object) -> str:
    return f"({', '.join(map(str, items))})"


def _listed(*items: str) -> str:
    return ", ".join(items)
