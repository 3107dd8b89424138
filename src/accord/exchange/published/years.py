"""How downloads write school years: in a column, in one of three styles, or in the file's name."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.exchange.published.layout import YearStyle

_NAMED_YEAR = re.compile(r"(?<!\d)(\d{4})[-_–](\d{2}|\d{4})(?!\d)|(?<!\d)(\d{2})(\d{2})(?!\d)")


@lru_cache
def year_text(year: SchoolYear, before: int) -> str:
    """The school year so many years before, as it is stored."""
    return str(year.plus(-before))


def parse_year(text: str, style: YearStyle) -> SchoolYear:
    """``2023-2024``, ``2024`` (the year it ends in) or ``0809``. Raises `ValueError`."""
    if style == "school year":
        return SchoolYear.parse(text)
    if not re.fullmatch(r"\d{4}", text):
        raise ValueError("four digits are expected")
    if style == "year it ends in":
        return SchoolYear(int(text) - 1)
    first, second = int(text[:2]), int(text[2:])
    if second != (first + 1) % 100:
        raise ValueError("the two years follow each other")
    return SchoolYear((1900 if first >= 70 else 2000) + first)


def year_in_name(file: str) -> SchoolYear:
    """The school year that a file's name holds: ``…2018-19…``, ``…1819…``. Raises `InputError`."""
    for match in _NAMED_YEAR.finditer(Path(file).name):
        try:
            if match[1]:
                return SchoolYear.parse(f"{match[1]}-{match[2]}")
            return parse_year(f"{match[3]}{match[4]}", "two digits each")
        except ValueError:
            continue
    raise InputError.because(
        "The file does not say its school year, neither inside nor in its name.",
        "Put the year into its name, as in cohort_2018-19.csv.",
        file=file,
    )
