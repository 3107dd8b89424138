"""What is asked of an engine, and the table of sums that every engine answers with.

An engine reads one fact file a period and writes one table of sums beside it: for every level,
organisation, grade (and all grades together) and student group, the sums that the definitions
name. Each level is summed from its own rows, never from the level below: a student counted in two
schools counts once in the district.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from accord.base.progress import Progress
from accord.indicators.definition import Definition, Sum
from accord.indicators.groups import Group
from accord.indicators.language.size import SUM_DIGITS, TERM_DIGITS, Size

LEVELS = ("district", "school")

_SHORT_DIGITS = 18  # what 64 bits always hold
_ROW_DIGITS = SUM_DIGITS - TERM_DIGITS


@dataclass(frozen=True)
class Part:
    """One fact in one period: what is read at once, and the definitions that read it."""

    fact: str
    period: str
    source: Path
    definitions: tuple[Definition, ...]

    def target(self, out: Path) -> Path:
        """Where its sums go within the folder of a measure."""
        return out / self.fact / f"{self.period}.parquet"


@dataclass(frozen=True)
class MeasureRequest:
    """Definitions × groups × levels × periods, over one folder of facts."""

    facts: Path
    periods: tuple[str, ...]
    definitions: tuple[Definition, ...]
    groups: tuple[Group, ...]
    levels: tuple[str, ...] = LEVELS

    @property
    def parts(self) -> tuple[Part, ...]:
        """What there is to read, fact by fact. A fact without a file for a period (no test was
        taken that year) has no part, and so no sums."""
        found = []
        for fact in dict.fromkeys(definition.fact for definition in self.definitions):
            readers = tuple(each for each in self.definitions if each.fact == fact)
            for period in self.periods:
                source = self.facts / fact / f"{period}.parquet"
                if source.is_file():
                    found.append(Part(fact, period, source, readers))
        return tuple(found)


class Engine(Protocol):
    """Computes the sums of a request, `out/FACT/PERIOD.parquet` for each of its parts.

    The tables have the columns of `sums_schema` and one row for every level, organisation, grade
    and group (`grade` null = all grades) where the fact has any row for that organisation and
    grade: where no row counts, a sum is zero. Rows are in the order of level, organisation, grade
    (all grades first) and the request's groups.
    """

    def __call__(self, request: MeasureRequest, out: Path, progress: Progress) -> None: ...


def distinct_sums(definitions: Iterable[Definition]) -> tuple[Sum, ...]:
    """The sums of some definitions, each key once, in the order they are first named."""
    return tuple({item.key: item for each in definitions for item in each.sums}.values())


def sums_schema(definitions: Iterable[Definition]) -> pa.Schema:
    """The columns of a table of sums: what the row is about, then the sums by their keys."""
    return pa.schema(
        [
            ("level", pa.string()),
            ("organisation", pa.string()),
            ("grade", pa.int16()),
            ("group", pa.string()),
            *((item.key, sum_type(item.size)) for item in distinct_sums(definitions)),
        ]
    )


def sum_type(term: Size) -> pa.DataType:
    """The narrowest type that holds the sum of ten thousand million terms of this size."""
    short = term.digits + _ROW_DIGITS <= _SHORT_DIGITS
    if short and term.scale == 0:
        return pa.int64()
    return pa.decimal128(_SHORT_DIGITS if short else SUM_DIGITS, term.scale)
