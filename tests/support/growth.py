"""The reference's own data: five years of reading scores of anonymised students."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from accord.station.growth.norms import History

_YEARS = range(2025, 2021, -1)


def wide_history(path: Path) -> History:
    """`sgpData_WIDE` as a history, the latest year first, with three years before it."""
    columns = ", ".join(
        f"coalesce(try_cast({name}_{year} AS DOUBLE), {missing}) AS {name}_{year}"
        for name, missing in (("GRADE", "-1"), ("SS", "'nan'::DOUBLE"))
        for year in _YEARS
    )
    found = duckdb.execute(
        f"SELECT {columns} FROM read_csv(?, all_varchar = true)", [str(path)]
    ).fetchnumpy()
    grade = np.column_stack([found[f"GRADE_{year}"] for year in _YEARS])
    return History(
        grade.astype(np.int64), np.column_stack([found[f"SS_{year}"] for year in _YEARS])
    )
