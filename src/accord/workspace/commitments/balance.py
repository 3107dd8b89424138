"""Promised against given: each commitment with how much of its time has passed.

Nothing is called behind by half a percent: a commitment is behind only where less than three
quarters of what its passed time asks for was given, which leaves room for the school calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accord.workspace.commitments.kinds import Kind
from accord.workspace.commitments.models import Commitment
from accord.workspace.people.models import District

_WIDTH = 200
_BEHIND = Decimal("0.75")


@dataclass(frozen=True)
class Line:
    """A commitment with what was given. `due` is what its passed time asks for."""

    commitment: Commitment
    given: Decimal
    due: Decimal
    is_over: bool

    @property
    def promised(self) -> Decimal:
        return self.commitment.promised

    @property
    def is_kept(self) -> bool:
        return self.given >= self.promised

    @property
    def is_behind(self) -> bool:
        """Whether clearly less was given than the passed time asks for."""
        return not self.is_kept and self.given < self.due * _BEHIND

    @property
    def words(self) -> str:
        """How it stands, in words."""
        if self.is_kept:
            return "kept in full" if self.is_over else "given in full already"
        if self.is_over:
            return "ended short of what was promised"
        return "behind what its time asks for" if self.is_behind else "as far as its time"

    @property
    def width(self) -> int:
        """The bar's length, of `_WIDTH`; more than was promised fills it."""
        share = self.given / self.promised if self.promised else Decimal(1)
        return round(_WIDTH * min(share, Decimal(1)))

    @property
    def mark(self) -> int:
        """Where the passed time stands on the bar."""
        share = self.due / self.promised if self.promised else Decimal(1)
        return round(_WIDTH * share)


@dataclass(frozen=True)
class Total:
    """The lines of a district and a kind that are not over, added up."""

    district: District
    kind: Kind
    given: Decimal
    promised: Decimal
    due: Decimal


def lines_of(commitments: Iterable[Commitment], today: date) -> list[Line]:
    """Each commitment with its gifts, in order. Wants the gifts prefetched."""
    return [_line(one, today) for one in commitments]


def totals_of(lines: Sequence[Line], districts: Sequence[District]) -> list[list[Total]]:
    """For each kind, a total for each district, side by side; kinds that nobody promised are out.

    Commitments that are over don't count: they are history, and would hide what runs now.
    """
    running = [line for line in lines if not line.is_over]
    return [
        [_total(running, district, kind) for district in districts]
        for kind in Kind
        if any(line.commitment.kind == kind for line in running)
    ]


def _line(commitment: Commitment, today: date) -> Line:
    kept = [gift.amount for gift in commitment.gifts.all() if gift.taken_back_at is None]
    whole = (commitment.until - commitment.since).days + 1
    passed = min(max((today - commitment.since).days + 1, 0), whole)
    return Line(
        commitment,
        sum(kept, Decimal()),
        commitment.promised * passed / whole,
        commitment.until < today,
    )


def _total(lines: Iterable[Line], district: District, kind: Kind) -> Total:
    own = [
        line
        for line in lines
        if line.commitment.kind == kind and line.commitment.district_id == district.pk
    ]
    return Total(
        district,
        kind,
        sum((line.given for line in own), Decimal()),
        sum((line.promised for line in own), Decimal()),
        sum((line.due for line in own), Decimal()),
    )
