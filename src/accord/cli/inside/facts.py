"""`accord facts`: settle what is true of each student in each year."""

from __future__ import annotations

from dataclasses import asdict

from accord.cli.console import (
    JsonOption,
    TerminalProgress,
    home_relative,
    print_json,
    say,
    show_table,
)
from accord.cli.inside.station import StationFolder
from accord.station.facts.build import FactsReport, build_facts
from accord.station.station import Station


def verb(station: StationFolder, json: JsonOption = False) -> None:
    """Make facts of the current records: one row per student, school year, level and organisation.

    Each attribute is settled by a stated rule, and how often each rule decided is counted (--json).
    The same records make the same facts, so running it again changes nothing.
    """
    report = build_facts(Station.open(station), TerminalProgress())
    if json:
        print_json(asdict(report))
        return
    show_facts(report)
    say(f"Next: accord measure {home_relative(station)}")


def show_facts(report: FactsReport) -> None:
    """How many rows there are of each fact and school year."""
    names = list(dict.fromkeys(name for year in report.years for name in year.rows))
    show_table(
        f"Facts {report.facts}" + ("" if report.made else " · made before from the same records"),
        ["school year", *names],
        [(year.period, *(year.rows.get(name, 0) for name in names)) for year in report.years],
        right=set(names),
    )
