"""The days of instruction of a made-up school year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from accord.base.periods import SchoolYear
from accord.station.synth.draws import Dates
from accord.station.synth.profile import CalendarRules

_MONDAY, _WEDNESDAY, _SATURDAY = 0, 2, 5


@dataclass(frozen=True)
class Calendar:
    """`days` in order, as dates; everything else counts positions in it, from 0."""

    year: SchoolYear
    days: Dates

    @property
    def last(self) -> int:
        """Position of the last day of instruction."""
        return len(self.days) - 1

    def on_or_after(self, day: date) -> int:
        """Position of the first day of instruction that is not before `day`."""
        return int(np.searchsorted(self.days, np.datetime64(day, "D")))

    @property
    def census(self) -> int:
        """Position of census day: the first Wednesday of October (CALPADS Fall 1)."""
        return self.on_or_after(_weekday_from(date(self.year.start, 10, 1), _WEDNESDAY))


def calendar_of(year: SchoolYear, rules: CalendarRules) -> Calendar:
    """Weekdays from the opening Monday on, without closed days, until there are enough of them."""
    closed = _closed_days(year, rules)
    day = _weekday_from(date(year.start, 8, rules.opens), _MONDAY)
    days: list[date] = []
    while len(days) < rules.days:
        if day.weekday() < _SATURDAY and day not in closed:
            days.append(day)
        day += timedelta(days=1)
    return Calendar(year, np.array(days, dtype="datetime64[D]"))


def _closed_days(year: SchoolYear, rules: CalendarRules) -> set[date]:
    days = set()
    for closed in rules.closed:
        day, last = _in_year(year, closed.first), _in_year(year, closed.last)
        while day <= last:
            if closed.only is None or day.weekday() == _MONDAY:
                days.add(day)
            day += timedelta(days=1)
    return days


def _in_year(year: SchoolYear, text: str) -> date:
    month, day = (int(part) for part in text.split("-"))
    return date(year.start if month >= 7 else year.start + 1, month, day)


def _weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
