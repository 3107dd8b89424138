"""What a user says besides the files, and the day that files describe."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.station.records.formats.recognise import Wanted


@dataclass(frozen=True)
class Asked:
    """What a user says besides the files. `as_of` is the day they describe."""

    wanted: Wanted = field(default_factory=Wanted)
    as_of: date | None = None
    data_status: str = "unofficial"


def as_of_day(year: SchoolYear, asked: Asked, file: Path) -> tuple[date, str]:
    """The day that a file describes: as the user says, or the end of a year that is over."""
    if asked.as_of is not None:
        return asked.as_of, f"As of {asked.as_of}, as you say."
    if year.last_day >= date.today():
        raise InputError.because(
            f"The school year {year} is not over, so the file describes a day before its end.",
            "Say which with --as-of, for example the day of the export.",
            file=file,
        )
    return year.last_day, f"As of {year.last_day}, the last day of its school year."
