"""The targets of each district's own plan, so that its figures stand against its own promises.

A target is data that a district writes: district, indicator, group, value, the school year it is
for, and the plan that holds it. None is made up where none is given.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from pydantic import Field

from accord.base.documents import Written, read_document
from accord.indicators.sourced import Exact, Period


class PlanTarget(Written):
    """One target of one district's plan; `value` is in the indicator's unit."""

    district: str = Field(pattern=r"^\d{14}$")
    indicator: str
    group: str
    value: Exact
    by: Period
    plan: str

    @property
    def exact(self) -> Fraction:
        return Fraction(self.value)


class PlanTargets(Written):
    """A file of targets."""

    targets: tuple[PlanTarget, ...]

    def of(self, district: str, indicator: str, group: str) -> PlanTarget | None:
        """The target of a district for a group; the latest year's where it has several."""
        found = [
            target
            for target in self.targets
            if (target.district, target.indicator, target.group) == (district, indicator, group)
        ]
        return max(found, key=lambda target: target.by, default=None)


NO_TARGETS = PlanTargets(targets=())


def read_targets(path: Path) -> PlanTargets:
    """Read a file of targets. Raises `InputError`, `MachineError`."""
    return read_document(path, PlanTargets)[0]
