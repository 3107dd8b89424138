"""Pieces of Markdown that the generated reference pages are made of."""

from __future__ import annotations

from collections.abc import Iterable

MADE = "<!-- Made by docs/reference_pages.py. Change what it is made from, then run: make docs -->"
STANDINGS = {
    "verified": "recomputed, and equal to published figures",
    "documented": "read in the source named",
    "unverified": "a choice of ours or from memory; not to be taken for a state's rule",
}


def code(text: str) -> str:
    """An expression on one line."""
    return f"`{' '.join(text.split())}`"


def listed(title: str, items: Iterable[str]) -> list[str]:
    """A title and a list; nothing when the list is empty."""
    text = "\n".join(f"- {item}" for item in items)
    return [title, text] if text else []


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; upright strokes in cells are kept."""
    titles = list(header)
    lines = [titles, ["---"] * len(titles), *rows]
    escaped = ([cell.replace("|", "\\|") or " " for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)


def joined(blocks: Iterable[str]) -> str:
    """A page of blocks with an empty line between them."""
    return "\n\n".join(blocks) + "\n"
