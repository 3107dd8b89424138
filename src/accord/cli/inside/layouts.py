"""`accord layouts`: the formats that files are recognised by, and what a district says of them."""

from __future__ import annotations

from typing import Annotated

import typer

from accord.base.errors import StateError
from accord.base.files import whole_file
from accord.cli.console import JsonOption, home_relative, print_json, say, show_table
from accord.cli.inside.station import StationFolder
from accord.station.records.formats import (
    confirm,
    find_layout,
    formats_of,
    is_confirmed,
    needs_confirmation,
)
from accord.station.records.formats.shipped import shipped_text
from accord.station.records.formats.sourcing import fields_used
from accord.station.station import Station

app = typer.Typer(
    no_args_is_help=True,
    help="""The layouts of files: which field stands where, in which school years, who says so.
    A layout that no official document confirms is confirmed by your district, once.""",
)

LayoutName = Annotated[str, typer.Argument(metavar="LAYOUT", help="The layout's name.")]


@app.command("list", no_args_is_help=True)
def list_(station: StationFolder, json: JsonOption = False) -> None:
    """List every layout that the station knows, and which wait to be confirmed."""
    opened = Station.open(station)
    rows = []
    for each in formats_of(opened):
        for layout in each.layouts:
            state = "official" if not needs_confirmation(each, layout) else "to be confirmed"
            if state != "official" and is_confirmed(opened, each, layout):
                state = "confirmed by the district"
            rows.append((layout.layout, each.title, layout.years, state))
    if json:
        names = ("layout", "format", "years", "state")
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        show_table("Layouts", ["layout", "format", "school years", "state"], rows)


@app.command("show", no_args_is_help=True)
def show(station: StationFolder, name: LayoutName, json: JsonOption = False) -> None:
    """Show the fields of a layout that are read, and what confirms each."""
    each, layout = find_layout(formats_of(Station.open(station)), name)
    rows = [
        (
            field.shown,
            f"{field.start}–{field.end}" if field.start else str(field.position),
            "yes" if layout.is_verified(field) else "no",
        )
        for field in fields_used(each, layout)
    ]
    if json:
        names = ("field", "place", "verified")
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    say(f"{each.title}, {layout.years}. {each.about}")
    say(f"Source: {layout.source}.")
    for note in layout.notes:
        say(note)
    show_table(f"Fields that are read by {name}", ["field", "place", "verified"], rows)


@app.command("confirm", no_args_is_help=True)
def confirm_(
    station: StationFolder,
    names: Annotated[list[str], typer.Argument(metavar="LAYOUT…", help="The layouts' names.")],
    by: Annotated[str, typer.Option(help="The post that has checked it, not a person's name.")],
) -> None:
    """Keep that your district has compared layouts with its files. It stays until they change.

    Example: accord layouts confirm station calpads-senr-2016 --by "Data coordinator"
    """
    opened = Station.open(station)
    formats = formats_of(opened)
    layouts = [find_layout(formats, name)[1] for name in names]
    with opened.lock():
        for layout in layouts:
            act = confirm(opened, layout, by)
            say(f"Kept: {act.by} has confirmed {act.layout} ({act.hash}), {act.at}.")


@app.command("copy", no_args_is_help=True)
def copy(
    station: StationFolder,
    name: Annotated[str, typer.Argument(metavar="FORMAT", help="The format's id.")],
) -> None:
    """Copy a format into the station, to correct its layouts there; the copy counts from then on.

    Example: accord layouts copy station calpads-sinf
    """
    opened = Station.open(station)
    target = opened.layouts_folder / f"{name}.yaml"
    text = shipped_text(name)
    if target.exists():
        raise StateError.because(
            "The station has a copy of this format already.",
            "Correct that one; move it away to begin anew.",
            file=target,
        )
    with whole_file(target) as draft:
        draft.write_text(text, encoding="utf-8")
    say(f"Written: {home_relative(target)}. Correct it, then: accord layouts list STATION")
