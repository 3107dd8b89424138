"""How many of the students do these figures show?

Hidden cells are never filled in. What is said instead is the share of students who are in a cell
that is shown: of all students, those in a shown group of a partition (every student is in exactly
one group of it), or in a shown grade. Below the limit of `judgement.yaml` the picture is called
incomplete.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from accord.cells.cell import State
from accord.insight.series import Reading


@dataclass(frozen=True)
class Coverage:
    """What part of the students is in a cell that is shown.

    `share` is absent where no exact counts are released (bands) or the whole is not shown.
    `hidden` counts suppressed cells among `cells`.
    """

    part: str
    share: Fraction | None
    cells: int
    hidden: int
    complete: bool


def coverage(part: str, whole: Reading, pieces: Iterable[Reading], least: Fraction) -> Coverage:
    """How much of `whole` its `pieces` show. `part` names the partition, for people.

    Without counts the picture is complete only when no piece is hidden.
    """
    cells = [piece.cell for piece in pieces if piece.cell is not None]
    cells = [cell for cell in cells if cell.state is not State.NOT_APPLICABLE]
    hidden = sum(cell.state is State.SUPPRESSED for cell in cells)
    share = None
    counted = all(cell.state is not State.BANDED for cell in cells)
    if counted and whole.cell is not None and whole.cell.denominator is not None:
        seen = sum((cell.denominator or Fraction(0) for cell in cells), Fraction(0))
        share = min(seen / whole.cell.denominator, Fraction(1))
    complete = hidden == 0 if share is None else share >= least
    return Coverage(part, share, len(cells), hidden, complete)
