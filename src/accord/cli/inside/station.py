"""`accord station`: make a district's station."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from accord.base.errors import InputError
from accord.base.files import machine_errors, whole_file
from accord.charter.sign import read_signed, signatures_path
from accord.cli.console import JsonOption, home_relative, print_json, say, show_table
from accord.station.outside import register
from accord.station.station import Station

app = typer.Typer(
    no_args_is_help=True,
    help="""Make and look at a station: the folder, inside one district, that holds its records.
    Keep it on an encrypted disk that only the district's analysts can reach.""",
)

StationFolder = Annotated[Path, typer.Argument(metavar="STATION", help="The station's folder.")]


@app.command("init", no_args_is_help=True)
def init(
    folder: StationFolder,
    charter: Annotated[Path, typer.Option(help="The charter that your district is a party to.")],
    district: Annotated[str, typer.Option(help="Your district's id, as the charter writes it.")],
    json: JsonOption = False,
) -> None:
    """Make a station for one district, with the charter and a secret of its own.

    Example: accord station init station --charter charter.yaml --district 99100010000000
    """
    signed = read_signed(charter)
    party = signed.charter.party(district)
    if party is None:
        ids = ", ".join(one.id for one in signed.charter.parties)
        raise InputError.because(
            "This district is not a party to the charter.",
            f"Its parties are: {ids}.",
            file=charter,
            field="parties",
        )
    station = Station.create(folder, district, party.name)
    adopt_charter(station, charter)
    _show(station, json)
    if not json:
        say(f"Next: accord import {home_relative(folder)} --mapping MAPPING FILES")


@app.command("charter", no_args_is_help=True)
def charter(folder: StationFolder, charter: Path) -> None:
    """Put a newer charter, or more signatures, into a station."""
    adopt_charter(Station.open(folder), charter)
    say(read_signed(Station.open(folder).charter_file).state)


@app.command("knows", no_args_is_help=True)
def knows(
    folder: StationFolder,
    figures: Annotated[
        Path, typer.Argument(help="A table of cells, as accord cells --csv prints one.")
    ],
    json: JsonOption = False,
) -> None:
    """Register figures that others hold about your district, such as the state's own table.

    Every release is audited together with them from then on: what they tell is known.

    Example: accord station knows station state-figures.csv
    """
    entry, is_new = register(Station.open(folder), figures)
    if json:
        print_json({"entry": entry.sequence, "figures": entry.subject["figures"], "new": is_new})
        return
    said = "registered" if is_new else "registered already"
    say(f"✓ {said}: entry {entry.sequence} of the ledger")


@app.command("show", no_args_is_help=True)
def show(folder: StationFolder, json: JsonOption = False) -> None:
    """Say whose station this is and which charter it works under."""
    _show(Station.open(folder), json)


def adopt_charter(station: Station, charter: Path) -> None:
    """Copy a charter and its signatures into a station, each whole."""
    for source, target in (
        (charter, station.charter_file),
        (signatures_path(charter), station.charter_signatures),
    ):
        if source.exists():
            with whole_file(target) as draft, machine_errors(source):
                shutil.copyfile(source, draft)


def _show(station: Station, as_json: bool) -> None:
    signed = read_signed(station.charter_file)
    if as_json:
        print_json(
            {
                "station": str(station.folder),
                "district": station.district,
                "name": station.name,
                "charter": signed.charter.hash,
                "in_force": signed.in_force,
            }
        )
        return
    show_table(
        f"Station of {station.name}",
        ["", ""],
        [
            ("folder", home_relative(station.folder)),
            ("district", station.district),
            ("partnership", signed.charter.partnership.name),
            ("charter", signed.state),
        ],
    )
