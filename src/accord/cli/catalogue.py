"""`accord catalogue`: the definitions and student groups that this installation knows."""

from __future__ import annotations

from typing import Annotated

import typer

from accord.base.canonical import short_hash
from accord.cli.console import JsonOption, print_json, say, show_table
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.indicators.definition import Definition


def verb(
    definition: Annotated[
        str | None, typer.Argument(help="One definition, as id@version, to see in full.")
    ] = None,
    groups: Annotated[bool, typer.Option("--groups", help="List the student groups.")] = False,
    json: JsonOption = False,
) -> None:
    """List the definitions that charters may name, or show one of them with its meaning.

    Example: accord catalogue chronic-absenteeism@1.0
    """
    catalogue = load_catalogue()
    if groups:
        _list_groups(catalogue, json)
    elif definition is not None:
        _show_definition(catalogue.definition(definition), json)
    else:
        _list_definitions(catalogue, json)


def _list_groups(catalogue: Catalogue, as_json: bool) -> None:
    rows = [(one.id, one.name, one.partition or "") for one in catalogue.groups.values()]
    if as_json:
        print_json([{"id": id_, "name": name, "partition": part} for id_, name, part in rows])
    else:
        show_table("Student groups", ["id", "name", "part of"], rows)


def _show_definition(found: Definition, as_json: bool) -> None:
    if as_json:
        print_json({"definition": found.reference, "hash": found.hash, "meaning": found.meaning})
        return
    show_table(
        f"{found.title} · {found.reference}",
        ["", ""],
        [
            ("question", found.question),
            ("in plain words", found.plain),
            ("better", found.direction),
            ("source", f"{found.source} ({found.standing})"),
            ("hash", found.hash),
        ],
    )
    say("Its exact meaning: the same command with --json")


def _list_definitions(catalogue: Catalogue, as_json: bool) -> None:
    listed = catalogue.definitions.values()
    if as_json:
        print_json([{"definition": one.reference, "hash": one.hash} for one in listed])
        return
    show_table(
        "Definitions",
        ["definition", "title", "unit", "better", "hash"],
        [
            (one.reference, one.title, one.unit, one.direction, short_hash(one.hash))
            for one in listed
        ],
    )
