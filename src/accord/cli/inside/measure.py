"""`accord measure`: compute every indicator's sums from the facts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import typer

from accord.cli.console import (
    JsonOption,
    TerminalProgress,
    home_relative,
    print_json,
    say,
    show_table,
)
from accord.cli.inside.station import StationFolder
from accord.indicators.catalogue import load_catalogue
from accord.station.engines.measure import measure_station
from accord.station.station import Station


def verb(
    station: StationFolder,
    engine: Annotated[
        Literal["duckdb", "reference"],
        typer.Option(help="duckdb is fast; reference is plain and slow. They agree exactly."),
    ] = "duckdb",
    json: JsonOption = False,
) -> None:
    """Compute the sums of every definition, for every group, grade, school and school year.

    What is measured stays inside: nothing is protected yet. Measuring the same facts again finds
    the sums that are there.
    """
    measure = measure_station(
        Station.open(station), load_catalogue(), engine=engine, progress=TerminalProgress()
    )
    if json:
        print_json(asdict(measure))
        return
    show_table(
        f"Measure {measure.id}" + ("" if measure.made else " · made before from the same facts"),
        ["", ""],
        [
            ("facts", measure.facts),
            ("school years", ", ".join(measure.periods)),
            ("definitions", len(measure.definitions)),
            ("student groups", len(measure.groups)),
            ("as of", f"{measure.as_of}, {measure.data_status}"),
        ],
    )
    say(f"Next: accord release {home_relative(station)} --prepare --key PREPARER")
