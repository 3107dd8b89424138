"""School years and grades: how they are written, ordered and shown.

A school year is stored as ``2023-24`` and runs from July 1 to June 30. A grade is stored in facts
as a small integer (TK = -1, K = 0, 1 to 12) and written in tables as ``TK``, ``K``, ``1`` … ``12``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_YEAR = re.compile(r"^(\d{4})\s*[-–/_]\s*(\d{2}|\d{4})$")

GRADES: tuple[str, ...] = ("TK", "K", *(str(number) for number in range(1, 13)))
_FIRST_GRADE = -1


@total_ordering
@dataclass(frozen=True)
class SchoolYear:
    """The school year that begins in July of `start`."""

    start: int

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Read ``2023-24``, ``2023-2024``, ``2023–24``, ``2023/24`` or ``2023_2024``.

        Raises `ValueError` when the text is none of these or the years do not follow each other.
        """
        match = _YEAR.match(text.strip())
        if not match:
            raise ValueError("a school year is written like 2023-24")
        start, end = int(match[1]), match[2]
        if int(end) % 100 != (start + 1) % 100 or (len(end) == 4 and int(end) != start + 1):
            raise ValueError("a school year is two years that follow each other, like 2023-24")
        return cls(start)

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year that holds `day`."""
        return cls(day.year if day.month >= 7 else day.year - 1)

    @property
    def first_day(self) -> date:
        return date(self.start, 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 6, 30)

    @property
    def shown(self) -> str:
        """For people: ``2023–24``."""
        return f"{self.start}–{(self.start + 1) % 100:02d}"

    def plus(self, years: int) -> SchoolYear:
        return SchoolYear(self.start + years)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    def __lt__(self, other: SchoolYear) -> bool:
        return self.start < other.start


def grade_number(text: str) -> int:
    """The stored integer of a written grade. Raises `ValueError` when there is none."""
    try:
        return GRADES.index(text) + _FIRST_GRADE
    except ValueError:
        raise ValueError(f"a grade is one of {', '.join(GRADES)}") from None


def grade_text(number: int) -> str:
    """The written form of a stored grade. Raises `ValueError` when it is out of range."""
    index = number - _FIRST_GRADE
    if not 0 <= index < len(GRADES):
        raise ValueError(f"a grade is stored as {_FIRST_GRADE} to 12")
    return GRADES[index]
