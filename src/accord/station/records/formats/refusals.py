"""Why a file is taken for nothing, each with what to do. No sentence holds a student's value."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from accord.base.errors import InputError, Problem
from accord.base.periods import SchoolYear
from accord.station.records.formats.fitting import Fit
from accord.station.records.formats.model import FileFormat, Layout

_MOST = 8


def unknown_file(file: Path, named: str | None) -> InputError:
    """No format has anything in common with the file."""
    if named is not None:
        return InputError.because(
            f"This does not look like “{named}” at all.",
            "Leave --as out and see what it is taken for, or write a mapping for it.",
            file=file,
        )
    return InputError.because(
        "This file is in none of the formats known here.",
        f"Propose a mapping for it with: accord map {file.name} (the formats are listed by: "
        "accord layouts list STATION).",
        file=file,
    )


def unknown_record_type(file: Path, name: str, formats: Sequence[FileFormat]) -> InputError:
    """The lines begin as CALPADS lines do, with a type that no format is for."""
    known = ", ".join(each.record_type for each in formats if each.record_type)
    return InputError.because(
        f"The lines begin with {name}, a record type that is not read here.",
        f"Read are: {known}. For another one write a mapping, or a layout of your own.",
        file=file,
    )


def several_record_types(file: Path, names: Sequence[str]) -> InputError:
    return InputError.because(
        f"The file mixes lines of several record types: {', '.join(names)}.",
        "Export each record type to a file of its own.",
        file=file,
    )


def several_formats(file: Path, names: Sequence[str]) -> InputError:
    return InputError.because(
        f"This file could be in one of several formats: {', '.join(names)}.",
        f"Say which with --as, for example --as {names[0]}.",
        file=file,
    )


def no_year(file: Path, written: FileFormat) -> InputError:
    return InputError.because(
        f"Neither the lines nor the name of this file say of which school year it is "
        f"({written.format}).",
        "Say it with --year, for example --year 2023-24.",
        file=file,
    )


def other_year(file: Path, layouts: Sequence[Layout], year: SchoolYear) -> InputError:
    """The fields are those of a layout of other years."""
    fitting = " or ".join(f"{layout.layout} ({layout.years})" for layout in layouts)
    return InputError.because(
        f"The file is of {year}, but its fields are those of {fitting}.",
        f"Check the year. If it is right, import it with --as {layouts[0].layout}.",
        file=file,
    )


def no_layout_fits(
    file: Path, written: FileFormat, fits: Sequence[Fit], own: Sequence[Fit]
) -> InputError:
    """The layouts of the file's year (`own`) do not fit: what speaks against the nearest."""
    nearest = min(own or fits, key=lambda fit: len(fit.misfits))
    others = [fit.layout for fit in fits if fit.fits]
    if others:
        would = f" Layout {others[0].layout} ({others[0].years}) would fit."
        remedy = f"Check the year. If it is right, import it with --as {others[0].layout}."
    else:
        would = " No other layout fits either."
        remedy = (
            "Export the file again, or correct the layout: "
            f"accord layouts copy STATION {written.format}."
        )
    name = nearest.layout.layout
    return InputError(
        *(
            Problem(
                f"{misfit.what} Layout {name} ({nearest.layout.years}) does not fit.{would}",
                remedy,
                file=str(file),
                line=misfit.line,
                field=misfit.field,
            )
            for misfit in nearest.misfits[:_MOST]
        )
    )
