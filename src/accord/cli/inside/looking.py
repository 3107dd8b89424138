"""What files are taken for, shown to people before anything is imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.cli.console import home_relative, print_json, say, show_table
from accord.station.records.formats import Asked, Taken, Wanted

_STATUSES = ("certified", "preliminary", "unofficial")


def asked_of(named: str | None, year: str | None, as_of: str | None, status: str) -> Asked:
    """The options of the command line as what is asked. Raises `InputError`."""
    if status not in _STATUSES:
        raise InputError.because(
            f"“{status}” is no status of data.", f"Use one of: {', '.join(_STATUSES)}."
        )
    try:
        wanted = Wanted(named, SchoolYear.parse(year) if year else None)
    except ValueError:
        raise InputError.because(
            f"“{year}” is no school year.", "Write it like this: --year 2023-24."
        ) from None
    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise InputError.because(
            f"“{as_of}” is no day.", "Write it like this: --as-of 2024-05-31."
        ) from None
    return Asked(wanted, day, status)


def show_look(station: Path, taken: Sequence[Taken], as_json: bool) -> None:
    """What each file would be taken for and why, what its fields look like, and what to do next."""
    if as_json:
        print_json([_plain(each) for each in taken])
        return
    why: tuple[str, ...] = ()
    for number, each in enumerate(taken):
        say(f"\n{each.name}" if number else each.name)
        for sentence in each.why if each.why != why else ("The same, of the same set.",):
            say(f"  {sentence}")
        why = each.why
        if not each.is_confirmed:
            say(f"  Layout {each.layout} waits to be confirmed by your district, once.")
        if each.looks:
            show_table(
                "  Fields that would be read",
                ["field", "confirmed by", "blank", "looks like"],
                [(look.field, look.origin, look.blank, look.found) for look in each.looks],
            )
    waiting = sorted({each.layout for each in taken if not each.is_confirmed})
    here = home_relative(station)
    if waiting:
        say("\nWhen the fields hold what they say, your district confirms the layouts, once:")
        typer.echo(f'  accord layouts confirm {here} {" ".join(waiting)} --by "your post"')
    else:
        say(f"\nNext: accord import {here} with the same files.")


def _plain(each: Taken) -> dict[str, object]:
    return {
        "file": each.name,
        "format": each.format,
        "layout": each.layout,
        "year": each.year,
        "why": list(each.why),
        "confirmed": each.is_confirmed,
        "fields": [
            {
                "field": look.field,
                "origin": look.origin,
                "blank": look.blank,
                "looks_like": look.found,
            }
            for look in each.looks
        ],
    }
