"""The rules in plain sight: which cells are too small or too extreme to be shown at all."""

from __future__ import annotations

from accord.cells.places import Flags
from accord.charter.model import Disclosure
from accord.station.protect.amounts import Amounts
from accord.station.protect.raw import Measure


def misses_minimum(measure: Measure, rules: Disclosure) -> Flags:
    """The cells with fewer students than the minimum."""
    few: Flags = _below(measure.members, rules.minimum)
    return few | _below(measure.denominator, rules.minimum)


def misses_threshold(measure: Measure, rules: Disclosure) -> Flags:
    """The cells in which nearly nobody, or nearly everybody, is counted."""
    rest = measure.denominator.less(measure.numerator)
    extreme = _below(measure.numerator, rules.threshold) | _below(rest, rules.threshold)
    is_rate: Flags = extreme & measure.definition.is_rate
    return is_rate


def _below(amounts: Amounts, least: int) -> Flags:
    below: Flags = amounts.units < least * amounts.scale
    return below
