"""`accord serve`: the workspace on this machine, with a made-up partnership in it."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Annotated

import typer

from accord.base.errors import InputError, StateError
from accord.cli.console import TerminalProgress, home_relative, say

_STUDENTS = 1500
"""Enough of each made-up district for its figures to be shown, few enough to wait for."""


def verb(
    folder: Annotated[
        Path | None, typer.Argument(help="Where the workspace keeps its data.")
    ] = None,
    exchange: Annotated[
        Path | None,
        typer.Option(help="The exchange folder of an `accord demo`, instead of making one."),
    ] = None,
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8008,
) -> None:
    """Run the workspace on this machine, on SQLite, with a made-up partnership loaded.

    The first time, two made-up districts are run from extract files to releases, which takes two or
    three minutes. Only this machine can reach it, and you choose which made-up person you are. How
    a partnership runs its own, with PostgreSQL and HTTPS: docs/how-to/deploy.md.

    Example: accord serve build/workspace --exchange build/demo/exchange
    """
    if importlib.util.find_spec("django") is None:
        raise StateError.because(
            "This installation has no workspace.",
            "Install it with: pip install 'accord-partnership[workspace]'",
        )
    serving = importlib.import_module("accord.workspace.serving")
    home = folder or Path("build/workspace")
    serving.prepare(home, demo=True)
    loading = importlib.import_module("accord.workspace.demo.loading")  # once Django is set up
    loading.load_demo(lambda: _exchange(home, exchange), TerminalProgress())
    say(f"The workspace: http://127.0.0.1:{port}/somebody/")
    say(f"Its data: {home_relative(home)}. Stop it with Ctrl-C.")
    serving.run(port)


def _exchange(home: Path, given: Path | None) -> Path:
    """The exchange folder to begin from: the one given, or that of a demo made now."""
    if given is not None:
        if not (given / "charters").is_dir():
            raise InputError.because(
                "This is not an exchange folder.",
                "Name the folder “exchange” that accord demo made.",
                file=given,
            )
        return given
    if importlib.util.find_spec("accord.station") is None:
        raise StateError.because(
            "This installation has no station, so it can't make the districts' releases.",
            "Name the exchange folder of a demo with --exchange.",
        )
    inside = importlib.import_module("accord.cli.inside.demonstration")
    inside.run(home / "demo", _STUDENTS)
    return home / "demo" / "exchange"
