"""`accord synth`: make a made-up district's extract files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.cli.console import TerminalProgress, home_relative, say
from accord.station.synth import PROFILES, load_profile, make_district

FIRST, LAST, SEED = "2020-21", "2024-25", 1


def verb(
    profile: Annotated[str, typer.Argument(help=f"One of {', '.join(PROFILES)}.")],
    folder: Annotated[Path, typer.Argument(help="A new folder for the files.")],
    students: Annotated[
        int | None, typer.Option(help="How many students; the profile's own number if left out.")
    ] = None,
    first: Annotated[str, typer.Option(help="The first school year.")] = FIRST,
    last: Annotated[str, typer.Option(help="The last school year.")] = LAST,
    seed: Annotated[int, typer.Option(help="The same seed makes the same files.")] = SEED,
    portrait: Annotated[
        bool,
        typer.Option(
            help="Also marks, levels of English, diplomas, colleges, interim tests and staff."
        ),
    ] = False,
) -> None:
    """Make a made-up district, as the extract files that a district would export.

    Beside the files are a mapping that reads them and truth.json: the effects that were built in,
    and every bad line that was planted.

    Example: accord synth cedar-valley extracts
    """
    years = school_years(first, last)
    made = make_district(
        load_profile(profile),
        folder,
        years,
        seed,
        TerminalProgress(),
        students=students,
        portrait=portrait,
    )
    say(f"Made: {home_relative(made)}")
    say(f"Next: accord import STATION --mapping {home_relative(made / 'mapping.yaml')} {folder}")


def school_years(first: str, last: str) -> tuple[SchoolYear, ...]:
    """Every school year from the first to the last. Raises `InputError`."""
    try:
        start, end = SchoolYear.parse(first), SchoolYear.parse(last)
    except ValueError as error:
        raise InputError.because(
            f"{str(error).capitalize()}.", "Correct it.", field="first, last"
        ) from None
    if end < start:
        raise InputError.because(
            "The last school year is before the first.", "Swap them.", field="first, last"
        )
    return tuple(start.plus(years) for years in range(end.start - start.start + 1))
