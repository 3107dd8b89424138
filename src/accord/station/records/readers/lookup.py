"""A file whose lines refer to lines of another: what is taken over stands beside each line.

The result is a plain copy of the first file, one row a line as before, with the columns taken over
and one that says whether anything was found. A line that refers to nothing is quarantined later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accord.station.records.readers.derived import columns_named, over_cells
from accord.station.records.readers.reading import Reading
from accord.station.records.sql import Connection, literal


@dataclass(frozen=True)
class Lookup:
    """What one file takes from another, called `name`.

    `on` says which expressions over this file's columns must equal which columns there; `take`
    which columns there are taken over under which names here. `reading` is nothing when the other
    file was not given: all is blank then. With `must_exist`, a line that names something there is
    nothing of is refused; the first column that `on` names is the one that does.
    """

    name: str
    reading: Reading | None
    on: Mapping[str, str]
    take: Mapping[str, str]
    must_exist: bool = True

    @property
    def mark(self) -> str:
        """The column that says whether something was found."""
        return f"found in {self.name}"


def with_lookups(
    con: Connection, base: Reading, lookups: Sequence[Lookup], work: Path, name: str = "joined"
) -> Reading:
    """`base` with the columns of every lookup, each of which sees those of the ones before."""
    for number, lookup in enumerate(lookups):
        base = _with_lookup(con, base, lookup, work / f"{name}{number}.csv")
    return base


def _with_lookup(con: Connection, base: Reading, lookup: Lookup, target: Path) -> Reading:
    con.execute(f"CREATE OR REPLACE TEMP TABLE looking AS FROM {base.relation}")
    join, taken, found = "", ["''"] * len(lookup.take), "''"
    if lookup.reading is not None:
        _load(con, lookup, lookup.reading)
        pairs = " AND ".join(
            f"{over_cells(_quoted(here), base.columns)} = k{index}"
            for index, here in enumerate(lookup.on)
        )
        join = f"LEFT JOIN looked ON {pairs}"
        taken = [f"coalesce(t{index}, '')" for index in range(len(lookup.take))]
        found = "CASE WHEN k0 IS NULL THEN '' ELSE 'yes' END"
    own = [f"coalesce(looking.c{index}, '')" for index in range(len(base.columns))]
    con.execute(
        f"COPY (SELECT {', '.join([*own, *taken, found])} FROM looking {join} "
        f"ORDER BY looking.rowid) TO {literal(str(target))} "
        "(FORMAT csv, HEADER false, QUOTE '\"', ESCAPE '\"', FORCE_QUOTE *)"
    )
    refers = columns_named(_quoted(next(iter(lookup.on))))[0]
    refuses = lookup.must_exist and refers in base.columns
    must = {lookup.mark: refers} if refuses else {}
    return replace(
        base,
        path=target,
        delimiter=",",
        newline="\n",
        skip=0,
        columns=(*base.columns, *lookup.take, lookup.mark),
        lookups={**base.lookups, **must},
    )


def with_last_of(con: Connection, base: Reading, key: str, name: str, work: Path) -> Reading:
    """`base` with a column that says, of lines that share a key, which is the last."""
    target = work / "last.csv"
    own = [f"coalesce(looking.c{index}, '')" for index in range(len(base.columns))]
    con.execute(f"CREATE OR REPLACE TEMP TABLE looking AS FROM {base.relation}")
    cell = over_cells(f'"{key}"', base.columns)
    con.execute(
        f"COPY (SELECT {', '.join(own)}, CASE WHEN {cell} IS NULL OR row_number() OVER "
        f"(PARTITION BY {cell} ORDER BY looking.rowid DESC) = 1 THEN 'yes' ELSE 'no' END "
        f"FROM looking ORDER BY looking.rowid) TO {literal(str(target))} "
        "(FORMAT csv, HEADER false, QUOTE '\"', ESCAPE '\"', FORCE_QUOTE *)"
    )
    return replace(
        base, path=target, delimiter=",", newline="\n", skip=0, columns=(*base.columns, name)
    )


def _load(con: Connection, lookup: Lookup, reading: Reading) -> None:
    """Table `looked`: one row a key; where the file repeats a key, the last line counts."""

    def cell(name: str) -> str:
        return over_cells(_quoted(name), reading.columns)

    keys = ", ".join(f"{cell(there)} AS k{n}" for n, there in enumerate(lookup.on.values()))
    taken = "".join(
        f", last({cell(there)} ORDER BY row) AS t{n}"
        for n, there in enumerate(lookup.take.values())
    )
    names = ", ".join(f"k{n}" for n in range(len(lookup.on)))
    con.execute(f"CREATE OR REPLACE TEMP TABLE there AS FROM {reading.relation}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE looked AS SELECT {keys}{taken} "
        f"FROM (SELECT *, rowid AS row FROM there) GROUP BY {names}"
    )


def _quoted(expression: str) -> str:
    """A plain name as an expression; an expression as it is."""
    return expression if '"' in expression else f'"{expression}"'
