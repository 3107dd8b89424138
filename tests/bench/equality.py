"""Whether two contenders give the same number in every cell."""

from __future__ import annotations

from pathlib import Path

import duckdb
from pandas_way import HUNDREDTHS
from state import YEARS

from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.engines.request import distinct_sums

FACTS = ("student_year", "test_result")
_PLACE = 'level, organisation, grade, "group"'


def cells_equal(engine: Path, other: Path, *, hundredths: bool = False) -> int:
    """How many cells there are, all equal. `hundredths`: the other keeps days in whole hundredths.

    Raises `AssertionError` where a sum is missing or differs.
    """
    catalogue = load_catalogue()
    cells = 0
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '4GB'")
        for fact in FACTS:
            for year in YEARS:
                ours, theirs = (folder / fact / f"{year}.parquet" for folder in (engine, other))
                names = _names(connection, theirs, fact, catalogue)
                our_sums = ", ".join(
                    f"{key} * 100" if hundredths and name in HUNDREDTHS else key
                    for name, key in names.items()
                )
                their_sums = ", ".join(f'"{name}"' for name in names)
                different = connection.execute(f"""
                    select count(*) from (
                        (select {_PLACE}, {our_sums} from '{ours}'
                         except all select {_PLACE}, {their_sums} from '{theirs}')
                        union all
                        (select {_PLACE}, {their_sums} from '{theirs}'
                         except all select {_PLACE}, {our_sums} from '{ours}')
                    )
                """).fetchall()[0][0]
                assert different == 0, f"{different} rows of {fact} {year} differ"
                rows = connection.execute(f"select count(*) from '{ours}'").fetchall()[0][0]
                cells += rows * len(names)
    return cells


def _names(
    connection: duckdb.DuckDBPyConnection, path: Path, fact: str, catalogue: Catalogue
) -> dict[str, str]:
    """The key of each sum that a hand-made file calls INDICATOR.SUM."""
    definitions = {each.id: each for each in catalogue.definitions.values() if each.fact == fact}
    found = {}
    for name, *_ in connection.execute(f"describe from '{path}'").fetchall():
        indicator, dot, sum_name = name.partition(".")
        if dot:
            found[name] = definitions[indicator].sum_keys[sum_name]
    missing = {item.key for item in distinct_sums(definitions.values())} - set(found.values())
    assert not missing, f"{path.name} lacks {len(missing)} sums of {fact}"
    return found
