"""`growth_result`: the growth of each result that the station's norms cover.

Growth is made of the facts of results, when all years are there: a student's history is what the
district answers for, the year in question first. A result counts where `test_result` has it, at a
school also with a score of its own where lines disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from accord.base.periods import GRADES, SchoolYear, grade_number
from accord.indicators.catalogue import Catalogue
from accord.station.growth.norms import MOST_PRIORS, History, Norms
from accord.station.growth.percentiles import UNKNOWN, Target, growth_of

FACT = "growth_result"
_STORED = {"percentile": pa.int16(), "priors": pa.int16(), "needed": pa.int16()}


def write_growth(
    folder: Path, periods: Sequence[str], norms: Sequence[Norms], catalogue: Catalogue
) -> dict[str, int]:
    """Write ``growth_result/PERIOD.parquet`` beside the other facts; the rows of each period."""
    written = {}
    for period in periods:
        parts = [
            found for each in norms if (found := _growth(folder, period, each, catalogue)).num_rows
        ]
        if parts:
            table = pa.concat_tables(parts)
            path = folder / FACT / f"{period}.parquet"
            pq.write_table(table, path, compression="zstd", compression_level=1)
            written[period] = table.num_rows
    return written


def history_of(folder: Path, period: str, test: str, subject: str) -> tuple[pa.Array, History]:
    """The students with a score in `period` and their scores then and in the years before."""
    asked = SchoolYear.parse(period)
    years = [_scores(folder, asked.plus(-back), test, subject) for back in range(MOST_PRIORS + 1)]
    students = years[0].column("student")
    grade = np.full((len(students), MOST_PRIORS + 1), UNKNOWN, dtype=np.int64)
    score = np.full((len(students), MOST_PRIORS + 1), np.nan)
    for back, table in enumerate(years):
        place = pc.index_in(students, table.column("student")).to_numpy(zero_copy_only=False)
        found = np.flatnonzero(~np.isnan(place.astype(np.float64)))
        rows = place[found].astype(np.int64)
        grade[found, back] = table.column("grade").to_numpy()[rows]
        score[found, back] = table.column("scale_score").to_numpy()[rows]
    return students, History(grade, score)


def _scores(folder: Path, year: SchoolYear, test: str, subject: str) -> pa.Table:
    """One row a student: the district's result, where there is a score."""
    path = folder / "test_result" / f"{year}.parquet"
    columns = ["student", "grade", "scale_score"]
    if not path.is_file():
        kinds = (pa.string(), pa.int16(), pa.int32())
        return pa.table(
            {name: pa.array([], kind) for name, kind in zip(columns, kinds, strict=True)}
        )
    wanted = (
        (pc.field("level") == "district")
        & (pc.field("test") == test)
        & (pc.field("subject") == subject)
        & pc.field("scale_score").is_valid()
    )
    return pq.read_table(path, columns=columns, filters=wanted).combine_chunks()


def _growth(folder: Path, period: str, norms: Norms, catalogue: Catalogue) -> pa.Table:
    """The rows of one period, test and subject."""
    fact = catalogue.vocabulary.facts[FACT]
    path = folder / "test_result" / f"{period}.parquet"
    given = [name for name in fact.columns if name not in _STORED]
    grades = [int(grade) for grade in norms.fits]
    wanted = (
        (pc.field("test") == norms.test)
        & (pc.field("subject") == norms.subject)
        & pc.field("scale_score").is_valid()
        & pc.field("grade").isin(grades)
    )
    if not path.is_file():
        return pa.table({})
    results = pq.read_table(path, columns=given, filters=wanted).combine_chunks()
    students, history = history_of(folder, period, norms.test, norms.subject)
    place = pc.index_in(results.column("student"), students)
    known = place.is_valid()
    results, rows = results.filter(known), place.filter(known).to_numpy().astype(np.int64)
    here = History(history.grade[rows].copy(), history.score[rows].copy())
    here.grade[:, 0] = results.column("grade").to_numpy()
    here.score[:, 0] = results.column("scale_score").to_numpy()
    growth = growth_of(here, norms, _targets(catalogue, norms, period))
    made = {
        name: pa.array(values, pa.int16(), mask=unknown)
        for name, values, unknown in (
            ("percentile", growth.percentile, growth.percentile == UNKNOWN),
            ("priors", growth.priors, np.zeros(len(rows), dtype=np.bool_)),
            ("needed", growth.needed, growth.needed == UNKNOWN),
        )
    }
    columns = {name: made[name] if name in made else results.column(name) for name in fact.columns}
    return pa.table(columns)


def _targets(catalogue: Catalogue, norms: Norms, period: str) -> Mapping[int, Target]:
    """What the test asks for in each grade, where its scale says so."""
    test = catalogue.tests.get(norms.test)
    found = {}
    for grade in GRADES:
        scale = test.scale(norms.subject, grade, period) if test else None
        if scale is not None and scale.standard is not None:
            found[grade_number(grade)] = Target(scale.standard, scale.lowest, scale.highest)
    return found
