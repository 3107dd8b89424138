"""The query that measures one fact in one period: read once, then only add up ever smaller tables.

- `cells`: the rows of the fact, added up to the finest cells that any group tells apart.
- `places`: the organisations and their grades, in the order of the result. Each organisation comes
  before its grades; its place is theirs as a `whole`.
- `marked`: the cells by place, with masks instead of the columns that the groups' rules look at.
- `grouped`: the cells added up by place and rule.
- `added`: the sums by place and group, taken from the tallies.

A row for each student and group, or grouping sets, would hold a state's whole table in memory; this
holds the cells. The materialized steps are those that are read twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accord.indicators.groups import Group
from accord.station.engines.duckdb.bounds import stored_bound
from accord.station.engines.duckdb.membership import MASK_BITS, Membership, membership_of
from accord.station.engines.duckdb.names import file_sql, name_sql, text_sql
from accord.station.engines.duckdb.tallies import Source, Tallies, tallies_of
from accord.station.engines.request import Part, sum_type

_PLACE = ("level", "organisation", "grade")


def sums_query(
    part: Part, groups: Sequence[Group], levels: Sequence[str], columns: Mapping[str, str]
) -> str:
    """The query whose rows are the table of sums of one part of a request.

    `columns` has the type of every column of the fact file.
    """
    bounds = {name: bound for name, kind in columns.items() if (bound := stored_bound(kind))}
    membership = membership_of(part.definitions, groups)
    tallies = tallies_of(part.definitions, membership.profiles, bounds)
    masks = [membership.mask_sql(mask, bounds) for mask in range(membership.mask_count)]
    return f"""
with cells as materialized ({_cells(part, levels, membership, tallies)}),
places as materialized ({_PLACES}),
marked as ({_marked(masks, tallies)}),
grouped as ({_grouped(membership, tallies)}),
served as ({_served(membership)}),
added as materialized ({_added(membership, tallies)}),
summed as (
    from added
    union all
    select whole, position, sum(columns(added.* exclude (place, position)))
    from added join places using (place)
    group by whole, position
)
{_result(groups, tallies)}
"""


def _cells(part: Part, levels: Sequence[str], membership: Membership, tallies: Tallies) -> str:
    keys = dict.fromkeys((*_PLACE, *tallies.slices, *membership.columns))
    named = [*map(name_sql, keys)]
    return f"""
select {_listed(*named, *(f"{tally.aggregate} as {tally.name}" for tally in tallies.tallies))}
from {file_sql(part.source)}
where level in ({", ".join(map(text_sql, levels))})
group by {", ".join(named)}
"""


_PLACES = """
with found as (
    select distinct level, organisation, grade from cells
    union
    select distinct level, organisation, null from cells
),
numbered as (
    select *, row_number() over (order by level, organisation, grade nulls first) as place
    from found
)
select *, min(place) over (partition by level, organisation) as whole from numbered
"""


def _marked(masks: Sequence[str], tallies: Tallies) -> str:
    named = [f"{sql} as mask_{number}" for number, sql in enumerate(masks)]
    kept = (tally.name for tally in tallies.tallies)
    return f"""
select {_listed("place", *map(name_sql, tallies.slices), *named, *kept)}
from cells join places using (level, organisation, grade)
"""


def _grouped(membership: Membership, tallies: Tallies) -> str:
    keys = ("place", *map(name_sql, tallies.slices), "rule")
    added = [f"sum({tally.name}) as {tally.name}" for tally in tallies.tallies]
    queries = []
    for mask in range(membership.mask_count):
        first = mask * MASK_BITS
        rules = range(first, min(first + MASK_BITS, len(membership.rules)))
        bits = ", ".join(_row(rule, f"{1 << (rule - first)}::bigint") for rule in rules)
        queries.append(f"""
select {_listed(*keys, *added)}
from marked join (values {bits}) as bits(rule, bit) on mask_{mask} & bit <> 0
group by {", ".join(keys)}
""")
    return "union all".join(queries)


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
    sums = (
        f"sum({source.tally}){_filter(source, several)} as {name_sql(source.item.key)}"
        for source in tallies.sources
    )
    return f"""
select place, position,
    {_listed(*sums)}
from grouped join served using (rule)
group by place, position
"""


def _result(groups: Sequence[Group], tallies: Tallies) -> str:
    listed = ", ".join(_row(number, text_sql(group.id)) for number, group in enumerate(groups))
    sums = (
        f"coalesce({name}, 0)::{_stored(source)} as {name}"
        for source in tallies.sources
        for name in (name_sql(source.item.key),)
    )
    return f"""
select level, organisation, grade, id as "group",
    {_listed(*sums)}
from places
cross join (values {listed}) as listed(position, id)
left join summed using (place, position)
order by place, position
"""


def _stored(source: Source) -> str:
    return str(sum_type(source.item.size)).replace("decimal128", "decimal")


def _filter(source: Source, several_profiles: bool) -> str:
    conditions = [f"{name_sql(name)} = {text_sql(text)}" for name, text in source.slice.items()]
    if several_profiles:
        conditions.append(f"profile_{source.profile}")
    return f" filter (where {' and '.join(conditions)})" if conditions else ""


def _row(*items: object) -> str:
    return f"({', '.join(map(str, items))})"


def _listed(*items: str) -> str:
    return ",\n    ".join(items)
