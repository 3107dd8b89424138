"""Linear quantile regression at many quantiles of the same data, exactly and fast.

At a quantile τ the fit minimises Σ ρ(y − Xβ), a linear program. Its dual has one variable between
0 and 1 for each row: 1 over the fitted plane, 0 under it. From one quantile to the next few rows
change sides, so only rows near the earlier plane are left free (Portnoy and Koenker 1997); the rest
are held on their side, and the program of the few is solved by an interior-point method
(Mehrotra's predictor and corrector, from a start in the middle). A row held on the wrong side is
set free and the program solved again, until no row is: that solution is the solution of the whole.
Last, the plane is put through the rows that it meets, which takes away the interior's remainder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.base.errors import AccordError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_MOST_STEPS = 60
_TO_THE_EDGE = 0.99995  # of the way to the nearest bound
_EDGE = 1e-15  # of a share: what is left of it must not round to nothing
_GAP = 1e-12  # mean complementarity, in units of the mean absolute residual
_FEASIBLE = 1e-9
_START = 1.0  # of the mean distance from the earlier plane: how far inside to begin
_MET = 1e-6  # a row is on the plane, in the same units
_FEWEST_FREE = 32  # rows for each column
_FREE_SHARE = 0.1
_MOST_ROUNDS = 30


@dataclass(frozen=True)
class Regression:
    """What is fitted. `design` has one row a student, an intercept in its first column, and full
    column rank."""

    design: Floats
    response: Floats

    def over(self, plane: Floats) -> Floats:
        """How far each row lies over a plane."""
        return np.asarray(self.response - self.design @ plane)

    def at(self, quantiles: Sequence[float]) -> Floats:
        """The coefficients at each quantile, one row a quantile, which must rise.

        Raises `AccordError` when a fit fails.
        """
        middle = len(quantiles) // 2
        start = np.asarray(np.linalg.lstsq(self.design, self.response, rcond=None)[0])
        fitted = np.empty((len(quantiles), self.design.shape[1]))
        for order in (range(middle, len(quantiles)), range(middle - 1, -1, -1)):
            near = start if order.step > 0 else fitted[middle]
            for place in order:
                near = _near(self, quantiles[place], near)
                fitted[place] = near
        return fitted


def _near(whole: Regression, quantile: float, near: Floats) -> Floats:
    """The fit at one quantile, from the plane of one nearby."""
    rows, columns = whole.design.shape
    residual = whole.over(near)
    scale = float(np.abs(residual).mean()) or 1.0
    centre = float(np.quantile(residual, quantile))
    near = near + centre * (np.arange(columns) == 0)
    want = np.asarray((1 - quantile) * whole.design.sum(axis=0))
    held = _Held(whole, want, residual > centre, scale)
    distance = np.abs(residual - centre)
    free = min(rows, max(_FEWEST_FREE * columns, int(_FREE_SHARE * rows)))
    while True:
        found = held.fit(_nearest(distance, free), near)
        if found is not None:
            return found
        if free == rows:
            raise AccordError.because(
                "A growth norm could not be fitted: the regression did not settle.",
                "Please report this, with the number of students and grades, and no records.",
            )
        free = min(rows, 2 * free)


def _nearest(distance: Floats, count: int) -> Flags:
    free = np.zeros(len(distance), dtype=np.bool_)
    free[np.argpartition(distance, count - 1)[:count]] = True
    return free


@dataclass(frozen=True)
class _Held:
    """A regression at one quantile, with the side on which each row is held unless it is free.

    `want` is what the shares must add up to, `scale` the mean distance from the plane.
    """

    whole: Regression
    want: Floats
    above: Flags
    scale: float

    def fit(self, free: Flags, near: Floats) -> Floats | None:
        """Solve for the free rows and two more, the sums of the rows held on either side; then set
        free whoever was held on the wrong one. Nothing where too many were."""
        design, response = self.whole.design, self.whole.response
        for _ in range(_MOST_ROUNDS):
            sides = (~free & self.above, ~free & ~self.above)
            some = [design[free], *(design[rows].sum(axis=0, keepdims=True) for rows in sides)]
            their = [response[free], *(response[rows].sum(keepdims=True) for rows in sides)]
            few = Regression(np.concatenate(some), np.concatenate(their))
            found = _interior(few, self.want, near, self.scale)
            if found is None:
                return None
            residual = self.whole.over(found)
            slack = _MET * self.scale
            wrong = (sides[0] & (residual < -slack)) | (sides[1] & (residual > slack))
            if not wrong.any():
                return self._through_its_rows(found, np.abs(residual) < slack)
            if wrong.sum() > free.sum():
                return None
            free, near = free | wrong, found
        return None

    def _through_its_rows(self, plane: Floats, met: Flags) -> Floats:
        """The plane put exactly through the rows it meets, where they say which plane it is."""
        design, response = self.whole.design[met], self.whole.response[met]
        if len(response) < len(plane):
            return plane
        exact, _, rank, _ = np.linalg.lstsq(design, response, rcond=None)
        apart = np.abs(response - design @ exact).max()
        is_exact = rank == len(plane) and apart < _MET * self.scale
        return np.asarray(exact) if is_exact else plane


def _interior(few: Regression, want: Floats, plane: Floats, scale: float) -> Floats | None:
    """max y'a with X'a = `want` and 0 ≤ a ≤ 1, by its multipliers: the plane.

    Nothing when it does not settle.
    """
    residual = few.over(plane)
    middle = _START * float(np.abs(residual).mean()) + _FEASIBLE * scale
    over, under = np.maximum(residual, 0) + middle, np.maximum(-residual, 0) + middle
    share = over / (over + under)
    size = float(np.abs(few.design).sum(axis=0).max())
    for _ in range(_MOST_STEPS):
        step = _Step.at(few, plane, share, (under, over), want)
        gap = step.gap()
        if gap < _GAP * scale and float(np.abs(step.missing).max()) < _FEASIBLE * size:
            return plane
        try:
            predicted = step.turn(-share * under, -step.left * over)
            aim = gap * (step.gap(predicted) / gap) ** 3
            turn = step.turn(
                aim - share * under - predicted.share * predicted.under,
                aim - step.left * over + predicted.share * predicted.over,
            )
        except np.linalg.LinAlgError:
            return None
        primal, dual = step.reach(turn)
        share = np.clip(share + primal * turn.share, _EDGE, 1 - _EDGE)
        plane = plane + dual * turn.plane
        under, over = under + dual * turn.under, over + dual * turn.over
    return None


@dataclass(frozen=True)
class _Turn:
    """A direction: how the plane, the shares and the distances from the plane would change."""

    plane: Floats
    share: Floats
    under: Floats
    over: Floats


@dataclass(frozen=True)
class _Step:
    """One point on the way, and Newton's equations there."""

    design: Floats
    share: Floats
    left: Floats
    under: Floats
    over: Floats
    offset: Floats
    missing: Floats
    weight: Floats
    scaled: Floats
    matrix: Floats

    @classmethod
    def at(
        cls,
        few: Regression,
        plane: Floats,
        share: Floats,
        sides: tuple[Floats, Floats],
        want: Floats,
    ) -> _Step:
        under, over = sides
        left = 1 - share
        weight = under / share + over / left
        scaled = few.design / weight[:, None]
        return cls(
            design=few.design,
            share=share,
            left=left,
            under=under,
            over=over,
            offset=few.over(plane) - over + under,
            missing=want - few.design.T @ share,
            weight=weight,
            scaled=scaled,
            matrix=scaled.T @ few.design,
        )

    def gap(self, turn: _Turn | None = None) -> float:
        """The mean complementarity, here or where `turn` leads."""
        share, left, under, over = self.share, self.left, self.under, self.over
        if turn is not None:
            primal, dual = self.reach(turn)
            share, left = share + primal * turn.share, left - primal * turn.share
            under, over = under + dual * turn.under, over + dual * turn.over
        return float(share @ under + left @ over) / (2 * len(share))

    def turn(self, one: Floats, other: Floats) -> _Turn:
        """The direction in which the products with the share and with what is left of it change
        by these. Raises `LinAlgError`."""
        pushed = self.offset - other / self.left + one / self.share
        plane = np.asarray(
            np.linalg.solve(self.matrix, self.scaled.T @ pushed - self.missing), dtype=np.float64
        )
        share = (pushed - self.design @ plane) / self.weight
        return _Turn(
            plane=plane,
            share=share,
            under=(one - self.under * share) / self.share,
            over=(other + self.over * share) / self.left,
        )

    def reach(self, turn: _Turn) -> tuple[float, float]:
        """How far one may go before a share or a distance reaches its bound."""
        primal = min(_until_zero(self.share, turn.share), _until_zero(self.left, -turn.share))
        dual = min(_until_zero(self.under, turn.under), _until_zero(self.over, turn.over))
        return primal, dual


def _until_zero(value: Floats, change: Floats) -> float:
    steepest = float((change / value).min())
    return 1.0 if steepest > -_TO_THE_EDGE else -_TO_THE_EDGE / steepest
