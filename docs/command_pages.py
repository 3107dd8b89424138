"""The reference page of the command line, made from the verbs' own help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from page_parts import MADE, joined, table
from typer.main import get_command

from accord.cli.app import ABOUT, BEGIN, EXIT_CODES, INSIDE, OUTSIDE, build


def command_page() -> str:
    """``docs/reference/commands.md``."""
    root: Any = get_command(build())
    blocks = ["# The command line", MADE, ABOUT, EXIT_CODES]
    blocks += [
        "Every verb that has `--json` prints one JSON document on standard output; progress and "
        "errors go to standard error. With `--json` an error is a document too."
    ]
    for title, verbs in (
        ("To begin", BEGIN),
        ("Inside a district", INSIDE),
        ("Between districts", OUTSIDE),
    ):
        blocks.append(f"## {title}")
        for _, name in verbs:
            blocks += _verb(f"accord {name}", root.commands[name])
    return joined(blocks)


def _verb(called: str, command: Any) -> Iterator[str]:
    yield f"### {called}"
    yield from (_paragraph(part) for part in (command.help or "").split("\n\n"))
    inner = getattr(command, "commands", {})
    if not inner:
        yield f"`{_usage(called, command)}`"
        yield from _parameters(command)
    for name, one in inner.items():
        yield f"#### {called} {name}"
        yield from (_paragraph(part) for part in (one.help or "").split("\n\n"))
        yield f"`{_usage(f'{called} {name}', one)}`"
        yield from _parameters(one)


def _paragraph(text: str) -> str:
    words = " ".join(text.split())
    before, example, after = words.partition("Example: ")
    return f"{before}{example}`{after}`" if example else words


def _usage(called: str, command: Any) -> str:
    arguments = [_placeholder(one) for one in command.params if not _is_option(one)]
    return " ".join([called, *arguments, "[OPTIONS]"])


def _parameters(command: Any) -> Iterator[str]:
    rows = []
    for one in command.params:
        help_ = " ".join((getattr(one, "help", None) or "").split())
        name = ", ".join(f"`{opt}`" for opt in one.opts) if _is_option(one) else ""
        needed = " Needed." if one.required and _is_option(one) else ""
        rows.append((name or f"`{_placeholder(one)}`", f"{help_}{needed}"))
    if rows:
        yield table(("", ""), rows)


def _is_option(parameter: Any) -> bool:
    return bool(parameter.opts[0].startswith("-"))


def _placeholder(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())
