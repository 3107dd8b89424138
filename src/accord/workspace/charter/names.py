"""What the charter calls its strands, for choices and headings."""

from __future__ import annotations

from accord.workspace.people.models import Partnership
from accord.workspace.releases.exchanging import charter_now


def strand_names(partnership: Partnership) -> list[tuple[str, str]]:
    """The charter's strands in its order: id and name."""
    return [(strand.id, strand.name) for strand in charter_now(partnership).strands]
