"""Inquiries that led to one another: each chain begins with a question that came from no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accord.workspace.inquiry.models import Inquiry


@dataclass(frozen=True)
class Link:
    """An inquiry with those that its answer opened."""

    inquiry: Inquiry
    opened: tuple[Link, ...]

    @property
    def length(self) -> int:
        """How many inquiries hang together from here on."""
        return 1 + sum(link.length for link in self.opened)


def chains_of(seen: Sequence[Inquiry]) -> list[Link]:
    """The chains among the inquiries that somebody sees, the longest first.

    One that came from an inquiry that they don't see begins a chain, like one that came from none.
    """
    known = {inquiry.pk for inquiry in seen}
    by_age = sorted(seen, key=lambda inquiry: (inquiry.made_at, inquiry.pk))
    beginnings = [one for one in by_age if one.came_from_id not in known]
    chains = [_link(one, by_age) for one in beginnings]
    return sorted(chains, key=lambda chain: -chain.length)


def _link(inquiry: Inquiry, every: Sequence[Inquiry]) -> Link:
    opened = tuple(_link(one, every) for one in every if one.came_from_id == inquiry.pk)
    return Link(inquiry, opened)
