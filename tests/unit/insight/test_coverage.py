"""How many students the figures show; nothing hidden is filled in."""

from __future__ import annotations

from fractions import Fraction

from accord.cells.cell import State
from accord.insight.coverage import coverage
from accord.insight.judgement import judgement
from unit.insight.insight_cells import band_cell, cell, rate_cell, reading

LEAST = Fraction(9, 10)
WHOLE = reading(rate_cell("2023-24", 200, 1_000))


def test_the_share_of_students_in_a_shown_cell() -> None:
    shown = [reading(rate_cell("2023-24", 90, 600)), reading(rate_cell("2023-24", 60, 380))]
    hidden = reading(cell("2023-24", State.SUPPRESSED))
    found = coverage("gender", WHOLE, [*shown, hidden], LEAST)
    assert found.share == Fraction(98, 100)
    assert (found.cells, found.hidden, found.complete) == (3, 1, True)


def test_below_the_limit_it_is_incomplete() -> None:
    found = coverage("gender", WHOLE, [reading(rate_cell("2023-24", 90, 899))], LEAST)
    assert not found.complete
    assert coverage("gender", WHOLE, [reading(rate_cell("2023-24", 90, 900))], LEAST).complete


def test_what_does_not_apply_is_not_counted() -> None:
    found = coverage("grade", WHOLE, [reading(cell("2023-24", State.NOT_APPLICABLE))], LEAST)
    assert (found.cells, found.hidden) == (0, 0)


def test_bands_have_no_counts_so_only_a_hidden_cell_tells() -> None:
    bands = [reading(band_cell("2023-24", "21", "23"))]
    assert coverage("gender", bands[0], bands, LEAST).complete
    with_hidden = [*bands, reading(cell("2023-24", State.SUPPRESSED))]
    found = coverage("gender", bands[0], with_hidden, LEAST)
    assert found.share is None
    assert not found.complete


def test_the_numbers_behind_the_words_are_data_with_a_source() -> None:
    rules = judgement()
    assert (rules.confidence, rules.pace_years, rules.least_coverage) == (0.95, 3, Fraction(9, 10))
