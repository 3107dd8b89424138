"""The rows of published tables as arrays: what each definition shows of each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from accord.audit.sources import Source
from accord.cells.cell import State
from accord.cells.places import Whole
from accord.cells.table import DECIMALS

UNIT = 10**DECIMALS
"""Numbers are held in millionths, as a release keeps them."""
ABSENT = np.iinfo(np.int64).min

STATES = tuple(State)
_KEY = ("district", "period", "as_of", "data_status", "indicator", "definition_version",
        "definition_hash")  # fmt: skip
_NUMBERS = ("numerator", "denominator", "low", "high")

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Sighting:
    """What one source shows of one definition, district and period.

    `snapshot` is the date, the data status and the measure that the numbers are of.
    `cells` are (school, grade, group); `state` indexes `STATES`; each of `numbers` has one entry a
    cell, in millionths, `ABSENT` where nothing is shown.
    """

    source: Source
    district: str
    period: str
    snapshot: tuple[str, str, str]
    reference: str
    definition_hash: str
    cells: tuple[Place, ...]
    state: Whole
    numbers: dict[str, Whole]

    def in_state(self, state: State) -> Whole:
        """The positions of the cells in a state."""
        return np.flatnonzero(self.state == STATES.index(state))


def sightings(sources: Sequence[Source]) -> Iterator[Sighting]:
    """Every source's rows, a definition, district and period at a time."""
    for source in sources:
        columns = source.table.columns
        texts = {name: columns[name].to_pylist() for name in (*_KEY, "school", "grade", "group")}
        numbers = {name: _millionths(columns[name]) for name in _NUMBERS}
        places = {state.value: place for place, state in enumerate(STATES)}
        state = np.array([places[text] for text in columns["state"].to_pylist()], dtype=np.int64)
        rows: dict[tuple[str, ...], list[int]] = {}
        for row, key in enumerate(zip(*(texts[name] for name in _KEY), strict=True)):
            rows.setdefault(key, []).append(row)
        for key, chosen in rows.items():
            district, period, as_of, status, indicator, version, definition_hash = key
            yield Sighting(
                source=source,
                district=district,
                period=period,
                snapshot=(as_of, status, source.measure),
                reference=f"{indicator}@{version}",
                definition_hash=definition_hash,
                cells=tuple(
                    (texts["school"][row], texts["grade"][row], texts["group"][row])
                    for row in chosen
                ),
                state=state[chosen],
                numbers={name: values[chosen] for name, values in numbers.items()},
            )


def _millionths(column: pa.ChunkedArray) -> Whole:
    """A column of six-place decimals as whole numbers; Arrow keeps them so, in 16 bytes each."""
    found = np.full(len(column), ABSENT, dtype=np.int64)
    start = 0
    for chunk in column.chunks:
        words = np.frombuffer(chunk.buffers()[1], dtype=np.int64).reshape(-1, 2)
        part = words[chunk.offset : chunk.offset + len(chunk), 0]
        shown = np.asarray(chunk.is_valid())
        found[start : start + len(chunk)][shown] = part[shown]
        start += len(chunk)
    return found
