"""The `accord` command: puts the verbs together and turns every failure into words and a code.

Verbs that touch student rows live in `accord.cli.inside` and are there only where the station is
installed; everywhere else the command simply does not have them.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import typer

from accord import __version__
from accord.base.errors import AccordError, MachineError
from accord.base.files import explain
from accord.cli import console

# (module, name on the command line), in the order in which the work is done.
INSIDE = (
    ("synth", "synth"),
    ("station", "station"),
    ("layouts", "layouts"),
    ("importing", "import"),
    ("proposing", "map"),
    ("quality", "quality"),
    ("facts", "facts"),
    ("norms", "norms"),
    ("measure", "measure"),
    ("release", "release"),
    ("sql", "sql"),
)
BEGIN = (
    ("demo", "demo"),
    ("start", "start"),
)
OUTSIDE = (
    ("keys", "keys"),
    ("charter", "charter"),
    ("verify", "verify"),
    ("receive", "receive"),
    ("ledger", "ledger"),
    ("exchange", "exchange"),
    ("report", "report"),
    ("serve", "serve"),
    ("cells", "cells"),
    ("audit", "audit"),
    ("reconcile", "reconcile"),
    ("catalogue", "catalogue"),
)

EXIT_CODES = """Exit codes: 0 done · 1 a fault in accord · 2 the command was mistyped · 3 a file
can't be used as it is · 4 refused by a check · 5 not now: something must be done first, or has
been · 6 the machine said no (disk, permission, memory) · 130 interrupted."""

ABOUT = """Shared goals, shared measures, separate records.

accord computes the indicators that partner districts agreed on, each inside its own district, and
lets only protected, signed aggregates leave."""

_BEGIN_INSIDE = "Begin with: accord demo"
_BEGIN_OUTSIDE = "Begin with: accord demo --public"
_WITHOUT_ARGUMENTS = ("demo", "catalogue", "serve")


def build(only: str | None = None) -> typer.Typer:
    """The command with every verb that this installation has.

    With `only`, the name of a verb, the modules of the others are not imported: starting is most of
    what a small verb takes. Where there is no such verb, all are there, to be told from.
    """
    is_inside = importlib.util.find_spec("accord.station") is not None
    app = typer.Typer(
        name="accord",
        help=f"{ABOUT}\n\n{_BEGIN_INSIDE if is_inside else _BEGIN_OUTSIDE}",
        epilog=EXIT_CODES,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    panels = [
        ("To begin", "accord.cli", BEGIN),
        ("Inside a district", "accord.cli.inside", INSIDE if is_inside else ()),
        ("Between districts", "accord.cli", OUTSIDE),
    ]
    is_known = any(only == name for _, _, verbs in panels for _, name in verbs)
    for panel, package, verbs in panels:
        for module, name in verbs:
            if not is_known or name == only:
                _add(app, f"{package}.{module}", name, panel)
    return app


def main() -> None:
    """Run the command line; the process ends with one of the documented exit codes."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line with these arguments and return its exit code."""
    try:
        command = build(arguments[0] if arguments else None)
        code = command(args=arguments, prog_name="accord", standalone_mode=False)
    except AccordError as error:
        return _told(error, arguments)
    except typer.TyperException as error:
        return _mistyped(error)
    except (KeyboardInterrupt, typer.Abort):
        console.err.print("Interrupted. Nothing half done was kept; run the same command again.")
        return 130
    except MemoryError:
        return _told(_out_of_memory(), arguments)
    except OSError as error:
        return _told(explain(error, Path(str(error.filename or "."))), arguments)
    except Exception as error:  # the last line of defence: no traceback, no value from a record
        return _fault(error)
    return code if isinstance(code, int) else 0


def _say_version(asked: bool) -> None:
    if asked:
        console.say(__version__)
        raise typer.Exit


def _root(
    version: bool = typer.Option(
        False,
        "--version",
        callback=_say_version,
        is_eager=True,  # before a verb is missed
        help="Print the version and stop.",
    ),
) -> None:
    """Nothing but the options that stand before a verb."""


def _add(app: typer.Typer, module_name: str, name: str, panel: str) -> None:
    module = importlib.import_module(module_name)
    if hasattr(module, "app"):
        app.add_typer(module.app, name=name, rich_help_panel=panel)
    else:
        needs_arguments = name not in _WITHOUT_ARGUMENTS
        app.command(name=name, rich_help_panel=panel, no_args_is_help=needs_arguments)(module.verb)


def _mistyped(error: Any) -> int:
    error.show()  # its own usage, and what was wrong; the class has no public type for it
    return 2


def _told(error: AccordError, arguments: list[str]) -> int:
    if "--json" in arguments:
        console.print_json(console.problems_as_json(error))
    else:
        console.show_problems(error)
    return error.exit_code


def _out_of_memory() -> AccordError:
    return MachineError.because(
        "There is not enough memory for this step.",
        "Close other programs, or run it on a machine with more memory.",
    )


def _fault(error: Exception) -> int:
    if os.environ.get("ACCORD_DEBUG") == "1":
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, line {last.lineno}"
    console.err.print(
        f"✗ This is a fault in accord: {type(error).__name__} at {place}.\n"
        "  Nothing half done was kept. Please report it with the command you ran; the message\n"
        "  of the fault is left out here because it could hold a student's value\n"
        "  (ACCORD_DEBUG=1 shows it)."
    )
    return 1
