"""A file whose lines refer to lines of another: what is taken over stands beside each line.

The result is a plain copy of the first file, one row a line as before, with the columns taken over
and one that says whether anything was found. A line that refers to nothing is quarantined later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accord.station.records.readers.reading import Reading
from accord.station.records.sql import Connection, literal


@dataclass(frozen=True)
class Lookup:
    """What one file takes from another: `on` are pairs of columns (here, there) that must agree,
    `take` the columns taken over and what they are called here.

    With `must_exist`, a line that names something there is nothing of is refused; `on[0]` is the
    column that names it.
    """

    name: str
    reading: Reading
    on: Sequence[tuple[str, str]]
    take: Sequence[tuple[str, str]]
    must_exist: bool = True


def with_lookups(
    con: Connection, base: Reading, lookups: Sequence[Lookup], work: Path, name: str = "joined"
) -> Reading:
    """`base` with the columns of every lookup. Its own columns keep their places."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE looking AS FROM {base.relation}")
    columns, joins, selected = list(base.columns), [], []
    found: dict[str, str] = {}
    for number, lookup in enumerate(lookups):
        _load_lookup(con, lookup, f"looked{number}")
        pairs = " AND ".join(
            f"nullif(trim(looking.c{base.columns.index(here)}), '') = looked{number}.k{index}"
            for index, (here, _) in enumerate(lookup.on)
        )
        joins.append(f"LEFT JOIN looked{number} ON {pairs}")
        selected += [f"coalesce(looked{number}.t{n}, '')" for n in range(len(lookup.take))]
        selected.append(f"CASE WHEN looked{number}.k0 IS NULL THEN '' ELSE 'yes' END")
        columns += [name for name, _ in lookup.take]
        columns.append(mark := f"found in {lookup.name}")
        if lookup.must_exist:
            found[mark] = lookup.on[0][0]
    own = [f"coalesce(looking.c{index}, '')" for index in range(len(base.columns))]
    target = work / f"{name}.csv"
    con.execute(
        f"COPY (SELECT {', '.join([*own, *selected])} FROM looking {' '.join(joins)} "
        f"ORDER BY looking.rowid) TO {literal(str(target))} "
        "(FORMAT csv, HEADER false, QUOTE '\"', ESCAPE '\"', FORCE_QUOTE *)"
    )
    return replace(
        base,
        path=target,
        delimiter=",",
        newline="\n",
        skip=0,
        columns=tuple(columns),
        lookups={**base.lookups, **found},
    )


def _load_lookup(con: Connection, lookup: Lookup, table: str) -> None:
    """One row a key; where the file repeats a key, the last line counts."""
    there = lookup.reading.columns
    keys = ", ".join(
        f"nullif(trim(c{there.index(name)}), '') AS k{index}"
        for index, (_, name) in enumerate(lookup.on)
    )
    taken = ", ".join(
        f"last(nullif(trim(c{there.index(name)}), '') ORDER BY row) AS t{index}"
        for index, (_, name) in enumerate(lookup.take)
    )
    names = ", ".join(f"k{index}" for index in range(len(lookup.on)))
    con.execute(f"CREATE OR REPLACE TEMP TABLE there AS FROM {lookup.reading.relation}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {keys}{', ' if taken else ''}{taken} "
        f"FROM (SELECT *, rowid AS row FROM there) GROUP BY {names}"
    )
