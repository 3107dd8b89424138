"""`accord facts`: settle what is true of each student in each year."""

from __future__ import annotations

import typer

from accord.cli.console import JsonOption, TerminalProgress, home_relative, print_json, say, show_table
from accord.cli.inside.station import StationFolder
from accord.station.facts.build import build_facts
from accord.station.station import Station

app = typer.Typer()


def verb(station: StationFolder, json: JsonOption = False) -> None:
    """Make facts of the current records: one row per student, school year, level and organisation.

    Each attribute is settled by a stated rule, and how often each rule decided is counted.
    The same records make the same facts, so running it again changes nothing.
    """
    report = build_facts(Station.open(station), TerminalProgress())
    print_json(report) if json else show_table("Facts", [], [])
    say(f"Next: accord measure {home_relative(station)}")
