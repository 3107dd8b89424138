"""What the cells of a field look like: enough to tell a layout that fits from one that does not.

A shape is never a check on a student's value (the record model does that); it is evidence that the
right field stands in the right place. What is found instead is described, never repeated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A pattern of cells and what people call it."""

    words: str
    pattern: re.Pattern[str]

    def fits(self, cell: str) -> bool:
        """Whether a cell that is not blank looks like this."""
        return self.pattern.fullmatch(cell) is not None


def _shape(words: str, pattern: str) -> Shape:
    return Shape(words, re.compile(pattern))


SHAPES = {
    "ssid": _shape("the 10 digits of an SSID", r"\d{1,10}|\d(\.\d+)?[eE]\+?\d+"),
    "agency": _shape("the 7 digits of a district or school", r"\d{6,7}|\d{13,14}"),
    "cds": _shape("the 14 digits of a CDS code", r"\d{13,14}"),
    "academic-year": _shape("a school year such as 2023-2024", r"\d{4}-\d{4}"),
    "date": _shape("a date", r"\d{8}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}( 00:00:00)?"),
    "yes-no": _shape("Y or N", r"[YN]|Yes|No"),
    "gender": _shape("a code of gender", r"[FMXU]"),
    "grade": _shape("a grade", r"TK|KN|K|IN|PS|UE|US|TD|AD|0?[1-9]|1[0-2]"),
    "code": _shape("a code", r"[A-Za-z]?\d{1,4}"),
    "status": _shape("an English-language status", r"EO|IFEP|EL|RFEP|TBD|ADEL"),
    "number": _shape("a number", r"-?\d+(\.\d+)?"),
    "level": _shape("a level", r"\d{1,2}|NS|NR"),
}
"""Every shape that a layout may name."""


def described(cell: str) -> str:
    """What a cell looks like, for a message: how many signs of which kind, none of them itself."""
    if not cell:
        return "nothing"
    if cell.isdigit():
        return f"{len(cell)} digits" if len(cell) > 1 else "one digit"
    if any(sign.isdigit() for sign in cell):
        return f"{len(cell)} signs, digits among them"
    return f"{len(cell)} signs without a digit" if len(cell) > 1 else "one sign"
