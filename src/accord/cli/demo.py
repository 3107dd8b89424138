"""`accord demo`: the main job on made-up districts, or the state's figures about two real ones."""

from __future__ import annotations

import importlib
import importlib.util
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from accord.base.errors import StateError
from accord.cli.console import say
from accord.cli.start import tell, write_public
from accord.exchange.published.keeping import shipped
from accord.insight.published.findings import find

FRESNO, LONG_BEACH = "10621660000000", "19647250000000"
FOUNDED = 2008


def verb(
    folder: Annotated[Path | None, typer.Argument(help="Where to put everything.")] = None,
    students: Annotated[
        int | None, typer.Option(help="Fewer students a district, for a quicker look.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Fresno and Long Beach, from published figures.")
    ] = False,
) -> None:
    """Run the main job on two made-up districts, from extract files to a shared scorecard.

    In each district: import, quality, facts, measure, protect, review, sign by two. Then receive,
    verify, report.
    An earlier demo in the same folder is replaced. With --public: an exploration letter and a
    scorecard about Fresno Unified and Long Beach Unified, only from what the state published;
    this needs no station. Needs no network.
    """
    if public:
        show_public(folder or Path("build/public"))
    elif importlib.util.find_spec("accord.station") is None:
        raise StateError.because(
            "This installation has no station, so it can't run the main job.",
            "See what needs no records with: accord demo --public",
        )
    else:
        inside = importlib.import_module("accord.cli.inside.demonstration")
        inside.run(folder or Path("build/demo"), students)


def show_public(folder: Path) -> None:
    """Write the letter and the scorecard about Fresno and Long Beach from the figures that ship."""
    figures = shipped()
    view = find(figures, [FRESNO, LONG_BEACH], today=date.today(), founded=FOUNDED)
    tell(view, write_public(view, figures, folder))
    say("Try next: accord start --public CDS CDS FILE…, with the newest files of the state")
