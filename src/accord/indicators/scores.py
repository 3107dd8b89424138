"""Tests and their scales, as data: ``catalogue/tests/*.yaml``.

For each test, subject and grade: the score at which the standard is met, and the lowest and the
highest score that can be obtained, by the school years in which they hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from accord.base.canonical import content_hash
from accord.base.documents import Written, read_document
from accord.base.periods import GRADES, SchoolYear
from accord.indicators.sourced import Period, Standing


class Scale(Written):
    """The scale of one grade. `standard` is empty where the test has no such score."""

    lowest: int
    standard: int | None = None
    highest: int

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        middle = self.lowest if self.standard is None else self.standard
        if not self.lowest <= middle <= self.highest:
            raise ValueError("lowest, standard and highest must not fall")
        return self


class Scales(Written):
    """The scales of one subject by grade, from one school year to another (or on)."""

    since: Period = Field(alias="from")
    until: Period | None = Field(default=None, alias="to")
    source: str
    standing: Standing
    scores: dict[str, Scale]

    @model_validator(mode="after")
    def _grades_exist(self) -> Self:
        unknown = [grade for grade in self.scores if grade not in GRADES]
        if unknown:
            raise ValueError(f"there is no grade “{unknown[0]}”")
        return self

    def covers(self, period: SchoolYear) -> bool:
        """Whether these scales hold in `period`."""
        after = self.until is not None and SchoolYear.parse(self.until) < period
        return SchoolYear.parse(self.since) <= period and not after


class WrittenTest(Written):
    """A test as the file writes it. `meets` is the lowest level that meets the standard."""

    test: str
    name: str
    levels: dict[int, str]
    meets: int
    subjects: dict[str, list[Scales]]

    @model_validator(mode="after")
    def _never_two_at_once(self) -> Self:
        for subject, versions in self.subjects.items():
            for earlier, later in pairwise(versions):
                ended = earlier.until is not None and earlier.until < later.since
                if not ended:
                    raise ValueError(f"two scales of {subject} hold in {later.since}")
        return self


@dataclass(frozen=True)
class ScaledTest:
    """A test by its id: its levels (1 the lowest) and its scales."""

    id: str
    name: str
    levels: Mapping[int, str]
    meets: int
    subjects: Mapping[str, tuple[Scales, ...]]

    def scale(self, subject: str, grade: str, period: str) -> Scale | None:
        """The scale of a subject and grade (``3``) in a school year; `None` when there is none."""
        year = SchoolYear.parse(period)
        for version in self.subjects.get(subject, ()):
            if version.covers(year):
                return version.scores.get(grade)
        return None

    @cached_property
    def hash(self) -> str:
        """The hash of the scales and of which level meets the standard."""
        return content_hash(
            {
                "test": self.id,
                "meets": self.meets,
                "subjects": {
                    subject: [
                        version.model_dump(mode="json", include={"since", "until", "scores"})
                        for version in versions
                    ]
                    for subject, versions in self.subjects.items()
                },
            }
        )


def read_test(path: Path) -> ScaledTest:
    """Read one test. Raises `InputError`."""
    written, _ = read_document(path, WrittenTest)
    return ScaledTest(
        id=written.test,
        name=written.name,
        levels=written.levels,
        meets=written.meets,
        subjects={subject: tuple(versions) for subject, versions in written.subjects.items()},
    )
