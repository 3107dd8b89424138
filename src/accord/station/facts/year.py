"""One school year's facts: the steps in their order, the two files, and the counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accord.base.periods import SchoolYear
from accord.indicators.catalogue import Catalogue
from accord.station.facts import membership, settle, student_year, test_result
from accord.station.facts.counts import Counts, left_out_of, ways_of
from accord.station.facts.settings import settings_of, standards_of
from accord.station.facts.workbench import Workbench

FACTS = ("student_year", "test_result")

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


def make_year(
    workbench: Workbench, year: SchoolYear, as_of: date, catalogue: Catalogue, folder: Path
) -> YearReport:
    """Write ``FACT/PERIOD.parquet`` for each fact that the year has, and count how it was settled.

    `workbench` must have numbered students and schools and hold `settle.SHARED`.
    """
    workbench.let(settings_of(year, as_of, catalogue))
    workbench.fill("standards", _STANDARDS, list(standards_of(year, catalogue)))
    workbench.make((*membership.STEPS, *test_result.STEPS, *settle.STEPS, *student_year.STEPS))
    files = {fact: folder / fact / f"{year}.parquet" for fact in FACTS}
    rows = {
        "student_year": workbench.write(student_year.FACT, files["student_year"]),
        "test_result": workbench.write(test_result.FACT, files["test_result"]),
    }
    settled = ways_of(workbench, files["test_result"])
    for fact, path in files.items():
        if rows[fact] == 0:
            path.unlink()
    return YearReport(str(year), rows, settled, left_out_of(workbench))
