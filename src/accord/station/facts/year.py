"""One school year's facts: the steps in their order, the files, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accord.base.periods import SchoolYear
from accord.indicators.catalogue import Catalogue
from accord.station.facts import growth_result, membership, settle, student_year, test_result
from accord.station.facts.counts import Counts, left_out_of, ways_of
from accord.station.facts.kind import Kind
from accord.station.facts.kinds import KINDS, departed
from accord.station.facts.settings import settings_of, standards_of
from accord.station.facts.workbench import Workbench

FACTS = ("student_year", "test_result", growth_result.FACT, *(kind.fact for kind in KINDS))

_STANDARDS = """
test VARCHAR, subject VARCHAR, grade SMALLINT,
standard_score INTEGER, lowest_score INTEGER, highest_score INTEGER
"""


@dataclass(frozen=True)
class YearReport:
    """What came of one school year.

    `rows` are the rows of each fact. `settled` says how many were settled in which way, by rule
    and level; `left_out` what the records hold that no fact comes of.
    """

    period: str
    rows: dict[str, int]
    settled: Counts
    left_out: dict[str, int]


@dataclass(frozen=True)
class Making:
    """What every year is made with: the day of the records, the catalogue's rules, the facts that
    the records can have, and the folder that the facts go to."""

    as_of: date
    catalogue: Catalogue
    kinds: Sequence[Kind]
    folder: Path


def make_year(workbench: Workbench, year: SchoolYear, making: Making) -> YearReport:
    """Write ``FACT/PERIOD.parquet`` for each fact that the year has, and count how it was settled.

    `workbench` must have numbered students and schools and hold `settle.SHARED` and the shared
    steps of the facts that these records can have.
    """
    catalogue, kinds, folder = making.catalogue, making.kinds, making.folder
    workbench.let(settings_of(year, making.as_of, catalogue))
    workbench.fill("standards", _STANDARDS, list(standards_of(year, catalogue)))
    workbench.make((*membership.STEPS, *test_result.STEPS))
    for kind in kinds:
        workbench.make(kind.before)
    workbench.make((departed(kinds), *settle.STEPS, *student_year.STEPS))
    queries = {"student_year": student_year.FACT, "test_result": test_result.FACT}
    for kind in kinds:
        workbench.make(kind.steps)
        queries[kind.fact] = kind.query
    files = {fact: folder / fact / f"{year}.parquet" for fact in queries}
    rows = {fact: workbench.write(query, files[fact]) for fact, query in queries.items()}
    settled = ways_of(workbench, files["test_result"])
    for fact, path in files.items():
        if rows[fact] == 0:
            path.unlink()
    return YearReport(str(year), rows, settled, left_out_of(workbench))
