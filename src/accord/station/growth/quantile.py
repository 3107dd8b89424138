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

import numpy as np
from numpy.typing import NDArray

from accord.base.errors import AccordError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_MOST_STEPS = 60
_TO_THE_EDGE = 0.99995  # of the way to the nearest bound
_GAP = 1e-12  # mean complementarity, in units of the mean absolute residual
_FEASIBLE = 1e-9
_START = 1.0  # of the mean distance from the earlier plane: how far inside to begin
_MET = 1e-6  # a row is on the plane, in the same units
_FEWEST_FREE = 32  # rows for each column
_FREE_SHARE = 0.1
_MOST_ROUNDS = 30


def fit_quantiles(design: Floats, response: Floats, quantiles: Sequence[float]) -> Floats:
    """The coefficients at each quantile, one row a quantile, which must rise.

    `design` has one row a student, an intercept in its first column, and full column rank. Raises `AccordError` when a fit fails.
    """
    middle = len(quantiles) // 2
    start = np.linalg.lstsq(design, response, rcond=None)[0]
    fitted = np.empty((len(quantiles), design.shape[1]))
    for order in (range(middle, len(quantiles)), range(middle - 1, -1, -1)):
        near = start if order.step > 0 else fitted[middle]
        for place in order:
            near = _fit(design, response, quantiles[place], near)
            fitted[place] = near
    return fitted


def _fit(design: Floats, response: Floats, quantile: float, near: Floats) -> Floats:
    """The fit at one quantile, from the plane of one nearby."""
    rows, columns = design.shape
    residual = response - design @ near
    scale = float(np.abs(residual).mean()) or 1.0
    centre = float(np.quantile(residual, quantile))
    near = near + centre * (np.arange(columns) == 0)
    distance = np.abs(residual - centre)
    above = residual > centre
    want = (1 - quantile) * design.sum(axis=0)
    free_rows = min(rows, max(_FEWEST_FREE * columns, int(_FREE_SHARE * rows)))
    for _ in range(_MOST_ROUNDS):
        free = _nearest(distance, free_rows)
        found = _with_the_rest_held(design, response, want, (free, above), near, scale)
        if found is not None:
            return found
        if free_rows == rows:
            break
        free_rows = min(rows, 2 * free_rows)
    raise AccordError.because(
        "A growth norm could not be fitted: the regression did not settle.",
        "Please report this, with the number of students and grades, and none of the records.",
    )


def _nearest(distance: Floats, count: int) -> Flags:
    free = np.zeros(len(distance), dtype=np.bool_)
    free[np.argpartition(distance, count - 1)[:count]] = True
    return free


def _with_the_rest_held(
    design: Floats,
    response: Floats,
    want: Floats,
    sides: tuple[Flags, Flags],
    near: Floats,
    scale: float,
) -> Floats | None:
    """Solve for the free rows and two more, the sums of the rows held on either side; then set free
    whoever was held on the wrong one. Nothing where too many were."""
    free, above = sides[0].copy(), sides[1].copy()
    for _ in range(_MOST_ROUNDS):
        held = (~free & above, ~free & ~above)
        some = [design[free], *(design[rows].sum(axis=0, keepdims=True) for rows in held)]
        their = [response[free], *(response[rows].sum(keepdims=True) for rows in held)]
        found = _interior(np.concatenate(some), np.concatenate(their), want, near, scale)
        if found is None:
            return None
        residual = response - design @ found
        wrong = ~free & (
            (above & (residual < -_MET * scale)) | (~above & (residual > _MET * scale))
        )
        if not wrong.any():
            return _through_its_rows(design, response, found, residual, scale)
        if wrong.sum() > free.sum():
            return None
        free |= wrong
        near = found
    return None


def _interior(
    design: Floats, response: Floats, want: Floats, near: Floats, scale: float
) -> Floats | None:
    """max y'a with X'a = `want` and 0 ≤ a ≤ 1, by its multipliers: the plane."""
    plane = near.copy()
    residual = response - design @ plane
    middle = _START * float(np.abs(residual).mean()) + _FEASIBLE * scale
    over = np.maximum(residual, 0) + middle
    under = np.maximum(-residual, 0) + middle
    share = over / (over + under)
    size = float(np.abs(design).sum(axis=0).max())
    for _ in range(_MOST_STEPS):
        missing = want - design.T @ share
        gap = float(share @ under + (1 - share) @ over) / (2 * len(share))
        if gap < _GAP * scale and float(np.abs(missing).max()) < _FEASIBLE * size:
            return plane
        left = 1 - share
        weight = under / share + over / left
        offset = response - design @ plane - over + under
        scaled = design / weight[:, None]
        matrix = scaled.T @ design
        try:
            factor = np.linalg.cholesky(matrix)
        except np.linalg.LinAlgError:
            return None
        turn = _solver(factor)

        def direction(
            one: Floats, other: Floats
        ) -> tuple[Floats, Floats, Floats, Floats]:
            pushed = offset - other / left + one / share  # noqa: B023 (used within this step)
            step = turn(scaled.T @ pushed - missing)  # noqa: B023
            moved = (pushed - design @ step) / weight  # noqa: B023
            fall = (one - under * moved) / share  # noqa: B023
            rise = (other + over * moved) / left  # noqa: B023
            return step, moved, fall, rise

        _, moved, fall, rise = direction(-share * under, -left * over)
        primal, dual = _reach(share, left, moved), _reach_of((under, fall), (over, rise))
        ahead = float(
            (share + primal * moved) @ (under + dual * fall)
            + (left - primal * moved) @ (over + dual * rise)
        ) / (2 * len(share))
        aim = gap * (ahead / gap) ** 3
        step, moved, fall, rise = direction(
            aim - share * under - moved * fall, aim - left * over + moved * rise
        )
        primal, dual = _reach(share, left, moved), _reach_of((under, fall), (over, rise))
        share = share + primal * moved
        plane = plane + dual * step
        under, over = under + dual * fall, over + dual * rise
    return None


def _solver(factor: Floats):  # type: ignore[no-untyped-def]
    return lambda right: np.linalg.solve(factor.T, np.linalg.solve(factor, right))


def _reach(share: Floats, left: Floats, moved: Floats) -> float:
    """How far a step may go before a share leaves 0 to 1."""
    return min(_until_zero(share, moved), _until_zero(left, -moved))


def _reach_of(*pairs: tuple[Floats, Floats]) -> float:
    return min(_until_zero(value, change) for value, change in pairs)


def _until_zero(value: Floats, change: Floats) -> float:
    steepest = float((change / value).min())
    return 1.0 if steepest > -_TO_THE_EDGE else -_TO_THE_EDGE / steepest


def _through_its_rows(
    design: Floats, response: Floats, plane: Floats, residual: Floats, scale: float
) -> Floats:
    """The plane put exactly through the rows it meets, where they say which plane it is."""
    met = np.abs(residual) < _MET * scale
    if met.sum() < design.shape[1]:
        return plane
    exact, _, rank, _ = np.linalg.lstsq(design[met], response[met], rcond=None)
    apart = np.abs(response[met] - design[met] @ exact).max()
    return exact if rank == design.shape[1] and apart < _MET * scale else plane
