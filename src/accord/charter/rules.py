"""The five ways in which a target can be set. `targets` computes with them; here is what they say.

Steps and levels are in the indicator's own unit (percentage points, score points). A step below
zero leads down, for indicators of which less is better.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from accord.base.documents import Written
from accord.charter.values import Exact, Id, Year

_BASELINE = "the school year that the rule counts from, such as 2021-22"


class Level(Written):
    """A level to be reached by a school year, and kept after it."""

    kind: Literal["level"]
    value: Exact
    by: Year
    baseline: Year | None = None
    """Where the straight line to the level begins; without one there is no pace to compare with."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.baseline is not None and self.by <= self.baseline:
            raise ValueError("the year “by” which a level is reached comes after the baseline")
        return self


class YearlyStep(Written):
    """The same step every year from a baseline, until a limit where there is one."""

    kind: Literal["yearly-step"]
    step: Exact
    baseline: Year = Field(description=_BASELINE)
    limit: Exact | None = None

    @model_validator(mode="after")
    def _moves(self) -> Self:
        if self.step == 0:
            raise ValueError("a step of 0 asks for nothing")
        return self


class LaggingStep(Written):
    """A step every year, and a longer one for groups that stood behind all students at first."""

    kind: Literal["lagging-step"]
    step: Exact
    lagging_step: Exact
    baseline: Year = Field(description=_BASELINE)
    limit: Exact | None = None

    @model_validator(mode="after")
    def _is_faster_for_those_behind(self) -> Self:
        if self.step * self.lagging_step < 0 or abs(self.lagging_step) <= abs(self.step):
            raise ValueError("“lagging_step” goes the way of “step”, and further")
        return self


class DistanceShare(Written):
    """Every year a share of what is left to a level: half-up to a whole number, at least 1.

    California's Academic Performance Index grew by this rule, with 5 % of the distance to 800.
    """

    kind: Literal["distance-share"]
    share: Exact
    level: Exact
    baseline: Year = Field(description=_BASELINE)

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        if not 0 < self.share <= 100:
            raise ValueError("“share” is a percentage above 0 and up to 100")
        return self


class HalveGap(Written):
    """Half the gap to a reference group, as it stood at a baseline, by a school year."""

    kind: Literal["halve-gap"]
    reference: Id
    baseline: Year = Field(description=_BASELINE)
    by: Year

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.by <= self.baseline:
            raise ValueError("the year “by” which a gap is halved comes after the baseline")
        return self


Rule = Annotated[
    Level | YearlyStep | LaggingStep | DistanceShare | HalveGap, Field(discriminator="kind")
]
