"""What every number of the catalogue carries: where it comes from, since when, how sure it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from accord.base.periods import SchoolYear

Standing = Literal["verified", "documented", "unverified"]
"""*verified*: recomputed and equal to published figures. *documented*: read in the source named.
*unverified*: a choice of ours or from memory; never to be shown as a state's rule."""


def _exact(value: Any) -> Any:
    """Numbers arrive as integers or as the text that was written: never as binary fractions."""
    if isinstance(value, bool):
        raise ValueError("a number is expected here")
    return str(value) if isinstance(value, int) else value


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value.adjusted()) > 18:
        raise ValueError("a number has at most 18 digits on either side of the point")
    return value


def _period(text: str) -> str:
    return str(SchoolYear.parse(text))


Exact = Annotated[Decimal, BeforeValidator(_exact), AfterValidator(_finite)]
Period = Annotated[str, AfterValidator(_period)]
