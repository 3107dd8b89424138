"""The marks of the five states and of the findings, with the names that a screen reader says.

A mark never stands without its name: pages give both, terminals print the mark and explain it once.
"""

from __future__ import annotations

from dataclasses import dataclass

from accord.cells.cell import State
from accord.insight.change import Movement, Verdict
from accord.insight.gaps import GapMovement
from accord.insight.pace import Status
from accord.insight.series import Reading


@dataclass(frozen=True)
class Mark:
    """`text` is what a terminal or a table shows; `name` is what it means, in words.

    `shape` is the id of the drawn form in pages, `tone` its colour class; both may be empty.
    """

    text: str
    name: str
    shape: str = ""
    tone: str = ""


STATES = {
    State.PUBLISHED: Mark("", "a number"),
    State.BANDED: Mark("", "a range: the number lies in it"),
    State.SUPPRESSED: Mark("◦", "hidden to protect students"),
    State.NOT_APPLICABLE: Mark("–", "does not apply here"),
    State.MISSING: Mark("", "missing: the district has no records for this"),
}
NOT_RELEASED = Mark("", "missing: no release holds this figure")

_TONES = {Verdict.IMPROVED: "better", Verdict.WORSENED: "worse", Verdict.UNSURE: "unsure"}
_MOVEMENTS = {
    Movement.ROSE: Mark("▲", "rose", "up"),
    Movement.FELL: Mark("▼", "fell", "down"),
    Movement.UNSURE: Mark("○", "can't tell yet", "ring", "unsure"),
    Movement.NOT_JUDGED: Mark("○", "not judged", "ring", "unsure"),
}
STATUSES = {
    Status.MET: Mark("✓", "met", "check", "better"),
    Status.ON_PACE: Mark("●", "on pace", "dot", "better"),
    Status.BEHIND: Mark("◆", "behind pace", "diamond", "worse"),
    Status.SHORT: Mark("◆", "not met", "diamond", "worse"),
    Status.UNSURE: Mark("○", "too close to call", "ring", "unsure"),
    Status.UNKNOWN: Mark("", "can't be judged", "", "unsure"),
}
GAPS = {
    GapMovement.NARROWED: Mark("▸◂", "narrowed", "narrowed", "better"),
    GapMovement.WIDENED: Mark("◂▸", "widened", "widened", "worse"),
    GapMovement.UNSURE: Mark("○", "can't tell yet", "ring", "unsure"),
}


def state_mark(reading: Reading) -> Mark:
    """The mark of what stands, or doesn't, in a reading."""
    return NOT_RELEASED if reading.cell is None else STATES[reading.cell.state]


def movement_mark(movement: Movement, verdict: Verdict) -> Mark:
    """The mark of a change: its form says which way, its tone whether that is good."""
    mark = _MOVEMENTS[movement]
    return Mark(mark.text, mark.name, mark.shape, mark.tone or _TONES[verdict])
