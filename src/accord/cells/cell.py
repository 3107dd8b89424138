"""A cell: one indicator for one organisation, grade, group and period, in one of five states.

A cell never shows a number that its state forbids. In particular a suppressed cell shows nothing
at all, and looks the same whatever the reason was: a reason at eleven students or more would say
that the count is extreme.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class State(StrEnum):
    """What stands in a cell. Five different things, and none of them is zero."""

    PUBLISHED = "published"
    """The exact numerator, denominator and value."""
    BANDED = "banded"
    """Only that the value lies between `low` and `high`, both included."""
    SUPPRESSED = "suppressed"
    """Hidden, to protect these students or others."""
    NOT_APPLICABLE = "not_applicable"
    """The indicator does not speak about these grades."""
    MISSING = "missing"
    """The district holds no records that would answer."""

    @property
    def needs(self) -> frozenset[str]:
        """The numbers that a cell in this state must have."""
        return _NEEDS[self]

    @property
    def allows(self) -> frozenset[str]:
        """The numbers that it may have; every other one is empty."""
        return _ALLOWS[self]


_NOTHING: frozenset[str] = frozenset()
_NEEDS = {
    State.PUBLISHED: frozenset({"numerator", "denominator", "value"}),
    State.BANDED: frozenset({"low", "high"}),
    State.SUPPRESSED: _NOTHING,
    State.NOT_APPLICABLE: _NOTHING,
    State.MISSING: _NOTHING,
}
_ALLOWS = _NEEDS | {State.PUBLISHED: _NEEDS[State.PUBLISHED] | {"standard_error"}}

DATA_STATUSES = ("certified", "preliminary", "unofficial")
NUMBERS = ("numerator", "denominator", "value", "low", "high", "standard_error")


@dataclass(frozen=True)
class Cell:
    """One cell, as a release shows it. Raises `ValueError` on numbers that its state forbids.

    Empty `school` or `grade` means all. `period` is a school year such as ``2023-24``, `as_of` an
    ISO date. `numerator`, `denominator` are exact to six decimals; `value`, `low` and `high` are
    rounded half-up to the definition's decimals, in its unit. `standard_error` is that of a mean,
    rounded; it travels in Parquet only.
    """

    partnership: str
    district: str
    school: str
    grade: str
    group: str
    period: str
    as_of: str
    data_status: str
    indicator: str
    definition_version: str
    definition_hash: str
    numerator: Fraction | None
    denominator: Fraction | None
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    state: State
    standard_error: Decimal | None = None

    def __post_init__(self) -> None:
        present = {name for name in NUMBERS if getattr(self, name) is not None}
        if missing := self.state.needs - present:
            raise ValueError(f"a {self.state} cell needs {', '.join(sorted(missing))}")
        if forbidden := present - self.state.allows:
            raise ValueError(f"a {self.state} cell can't have {', '.join(sorted(forbidden))}")
        if self.denominator is not None and self.denominator <= 0:
            raise ValueError("a published cell has a denominator above zero")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("a band's low end is above its high end")

    @property
    def organisation(self) -> str:
        """The school, or the district where the cell is the whole district's."""
        return self.school or self.district

    @property
    def level(self) -> str:
        """``school`` or ``district``."""
        return "school" if self.school else "district"

    @property
    def definition(self) -> str:
        """The reference ``id@version`` of the cell's definition."""
        return f"{self.indicator}@{self.definition_version}"

    @property
    def is_shown(self) -> bool:
        """Whether the cell shows a value or a band."""
        return self.state in (State.PUBLISHED, State.BANDED)


CELL_COLUMNS = tuple(field.name for field in fields(Cell))
CSV_COLUMNS = tuple(name for name in CELL_COLUMNS if name != "standard_error")
TEXT_COLUMNS = tuple(name for name in CELL_COLUMNS if name not in (*NUMBERS, "state"))
