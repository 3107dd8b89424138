"""The scale of the state's tests: the catalogue's, and the levels that it has no use for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from accord.base.documents import Written, read_document
from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.synth.draws import Ints
from accord.station.synth.profile import TESTED_GRADES

TEST = "sbac"


class _Levels(Written):
    """The lowest scores of levels 2 and 4, by grade."""

    source: str
    mathematics: dict[str, tuple[int, int]]
    ela: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Marks:
    """Scores that matter, one column each, for every entry of an array of grades."""

    lowest: Ints
    second: Ints
    standard: Ints
    fourth: Ints
    highest: Ints

    def level(self, score: Ints) -> Ints:
        """The achievement level of each score, 1 to 4."""
        marks = np.stack([self.second, self.standard, self.fourth])
        return np.asarray(1 + (score >= marks).sum(axis=0))


def marks_of(subject: str, year: SchoolYear, grade: Ints) -> Marks:
    """The marks of each tested grade in a year. Raises `InputError` when there are none."""
    table = np.array([_row(subject, year, number) for number in TESTED_GRADES])
    return Marks(*table[np.searchsorted(TESTED_GRADES, grade)].T)


@cache
def _row(subject: str, year: SchoolYear, grade: int) -> tuple[int, int, int, int, int]:
    scale = _catalogue().tests[TEST].scale(subject, str(grade), str(year))
    if scale is None or scale.standard is None:
        raise InputError.because(
            f"The catalogue has no scale of {TEST} for {year}.", "Begin with a later school year."
        )
    levels = _levels().mathematics if subject == "mathematics" else _levels().ela
    second, fourth = levels[str(grade)]
    return scale.lowest, second, scale.standard, fourth, scale.highest


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


@cache
def _levels() -> _Levels:
    read, _ = read_document(Path(__file__).parent / "sbac.yaml", _Levels)
    return read
