"""`accord map`: propose a mapping for a file that no format is for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.errors import InputError
from accord.base.files import whole_file
from accord.cli.console import JsonOption, home_relative, print_json, say
from accord.station.records.examples import example_names, example_text
from accord.station.records.proposing import Proposal, proposal_text, propose


def verb(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A file whose first line names columns.")
    ] = None,
    table: Annotated[
        str | None, typer.Option(help="The table it should fill, where it can't be told.")
    ] = None,
    example: Annotated[
        str | None, typer.Option(help="A shipped example instead; “list” lists them.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Write it here instead of showing it.")] = None,
    json: JsonOption = False,
) -> None:
    """Propose a mapping from a file's header and first lines, for a person to complete.

    What was not found is marked FILL_IN, so nothing is imported by mistake. Examples that ship are
    for interim and formative assessments in the shapes that publishers deliver.

    Examples: accord map benchmark.csv --to mapping.yaml · accord map --example list
    """
    if example == "list":
        for name, title in example_names().items():
            say(f"{name}: {title}")
        return
    if (file is None) == (example is None):
        raise InputError.because(
            "Give a file, or the name of an example.", "For example: accord map benchmark.csv"
        )
    proposal = propose(file, table) if file else None
    text = proposal_text(proposal) if proposal else example_text(example or "")
    if json and proposal:
        print_json(_plain(proposal))
    elif to is None:
        typer.echo(text, nl=False)
    else:
        with whole_file(to) as draft:
            draft.write_text(text, encoding="utf-8")
        say(f"Written: {home_relative(to)}. Complete it, then: accord import --mapping")


def _plain(proposal: Proposal) -> dict[str, object]:
    return {
        "table": proposal.table.name,
        "person": proposal.person,
        "columns": {each.field.name: each.column for each in proposal.fields},
        "missing": [item.name for item in proposal.missing],
        "unused": list(proposal.unused),
    }
