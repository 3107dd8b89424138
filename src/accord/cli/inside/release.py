"""`accord release`: protect, sign and write what may leave."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Literal

import typer

from accord.base.files import machine_errors, whole_file
from accord.base.signing import load_private_key
from accord.cli.console import (
    JsonOption,
    TerminalProgress,
    home_relative,
    say,
    show_table,
)
from accord.cli.inside.station import StationFolder
from accord.cli.verify import show_release
from accord.indicators.catalogue import load_catalogue
from accord.station.protect.reasons import Visible
from accord.station.releasing import Made, make_release
from accord.station.station import Station


def verb(
    station: StationFolder,
    key: Annotated[Path, typer.Option(help="Your district's private key.")],
    audience: Annotated[
        Literal["partners", "public"], typer.Option(help="Whom the release is for.")
    ] = "partners",
    to: Annotated[
        Path | None, typer.Option(help="Also put a copy of the release here, to send.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Protect the measured cells, sign them, and enter the release in the district's ledger.

    Only what the charter's publication plan names can leave, and only what the gate lets through.

    Example: accord release station --key keys/cedar-valley.pem --to cedar-valley.accord
    """
    made = make_release(
        Station.open(station),
        audience,
        load_private_key(key),
        load_catalogue(),
        progress=TerminalProgress(),
    )
    if to is not None:
        copy_release(made, to)
    show_release(made.release, json, done="signed, and in the ledger")
    if not json:
        show_visibility(made.protected.visible)
        say(f"Written: {home_relative(to or made.path)}")
        say("Next: send it to your partners, who run accord receive")


def copy_release(made: Made, to: Path) -> None:
    """Put a copy of a release where it can be sent from."""
    with whole_file(to) as draft, machine_errors(made.path):
        shutil.copyfile(made.path, draft)


def show_visibility(visible: tuple[Visible, ...]) -> None:
    """What share of students stays in view, by indicator and level."""
    totals: dict[tuple[str, str], list[int]] = {}
    for one in visible:
        sums = totals.setdefault((one.indicator, one.level), [0, 0])
        sums[0] += one.shown_students
        sums[1] += one.students
    show_table(
        "Share of students in view (each counted once for every group they belong to)",
        ["indicator", "level", "in view"],
        [
            (indicator, level, f"{100 * shown / students:.1f} %" if students else "–")
            for (indicator, level), (shown, students) in totals.items()
        ],
        right={"in view"},
    )
    say()
