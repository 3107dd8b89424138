"""Readings over the years: what may be joined by a line, and where it breaks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from accord.cells.cell import State
from accord.insight.estimates import rate
from accord.insight.series import why_not_comparable
from unit.insight.insight_cells import (
    CATALOGUE,
    MEAN,
    PLAIN,
    SURE,
    band_cell,
    cell,
    mean_cell,
    rate_cell,
    reading,
    series,
)


def test_a_published_rate_is_exact_with_wilsons_range() -> None:
    estimate = reading(rate_cell("2023-24", 3, 14)).estimate
    assert estimate is not None
    assert estimate.value == Fraction(300, 14)
    assert estimate.low == pytest.approx(7.57, abs=0.01)
    assert estimate.high == pytest.approx(47.59, abs=0.01)


def test_a_published_mean_has_its_t_range() -> None:
    estimate = reading(mean_cell("2023-24", 35_000, 14, "4"), definition=MEAN).estimate
    assert estimate is not None
    assert estimate.value == 2500
    assert estimate.high == pytest.approx(2508.64, abs=0.01)


def test_a_rate_of_days_has_no_range() -> None:
    estimate = reading(rate_cell("2023-24", 90, 100), definition=PLAIN).estimate
    assert estimate is not None
    assert (estimate.value, estimate.low, estimate.high) == (90, None, None)


@pytest.mark.parametrize(("width", "high"), [("2", "23"), ("0.1", "21.1")])
def test_a_bands_width_says_how_many_students_there_are_at_least(width: str, high: str) -> None:
    fewest = min(size.fewest for size in CATALOGUE.bands.sizes if size.width == Decimal(width))
    estimate = reading(band_cell("2023-24", "21", high)).estimate
    assert estimate is not None
    assert estimate.value is None
    assert (estimate.least, estimate.most) == (21, Fraction(high))
    assert estimate.low == rate(Fraction(21), Fraction(fewest), 100, SURE).low
    assert estimate.high == rate(Fraction(high), Fraction(fewest), 100, SURE).high


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.SUPPRESSED, "hidden to protect students"),
        (State.NOT_APPLICABLE, "does not apply here"),
        (State.MISSING, "the district has no records for this"),
    ],
)
def test_every_blank_says_why(state: State, why: str) -> None:
    blank = reading(cell("2023-24", state))
    assert blank.estimate is None
    assert blank.why_blank == why
    assert reading(rate_cell("2023-24", 3, 14)).why_blank == ""
    assert reading(None, "2023-24").why_blank == "no release holds this figure"


def test_only_like_is_compared_with_like() -> None:
    old = reading(rate_cell("2022-23", 10, 100))
    new = rate_cell("2023-24", 12, 100)
    assert why_not_comparable(old, reading(new)) == ""
    renamed = rate_cell("2023-24", 12, 100, definition_version="1.1", definition_hash="sha256:1")
    assert "1.0 became 1.1" in why_not_comparable(old, reading(renamed))
    early = rate_cell("2023-24", 12, 100, data_status="preliminary")
    assert "preliminary" in why_not_comparable(old, reading(early))
    assert "range" in why_not_comparable(old, reading(band_cell("2023-24", "21", "23")))
    assert why_not_comparable(old, reading(None, "2023-24")) != ""


def test_a_line_stops_at_a_blank_year_and_at_a_break() -> None:
    found = series(
        rate_cell("2019-20", 10, 100),
        rate_cell("2020-21", 11, 100),
        cell("2021-22", State.SUPPRESSED),
        rate_cell("2022-23", 12, 100),
        rate_cell("2023-24", 13, 100, definition_version="2.0", definition_hash="sha256:2"),
        "2024-25",
    )
    runs = [[item.period for item in run] for run in found.runs]
    assert runs == [["2019-20", "2020-21"], ["2022-23"], ["2023-24"]]
    assert [(stop.period, stop.why) for stop in found.breaks] == [
        ("2023-24", "definition 1.0 became 2.0")
    ]


def test_what_the_latest_can_be_compared_with() -> None:
    found = series(
        rate_cell("2020-21", 10, 100, data_status="preliminary"),
        rate_cell("2021-22", 11, 100),
        "2022-23",
        rate_cell("2023-24", 12, 100),
    )
    assert [item.period for item in found.comparable(found.latest)] == ["2021-22"]
