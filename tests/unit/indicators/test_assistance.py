"""Differentiated assistance: one group fails in two areas; what is not known stays open."""

from __future__ import annotations

import pytest

from accord.indicators.assistance import Assistance, assistance_of
from accord.indicators.catalogue import Catalogue
from accord.indicators.levels import Colour

INDICATORS = {
    "ela": "distance-from-standard-ela",
    "mathematics": "distance-from-standard-mathematics",
    "progress": "english-learner-progress",
    "absence": "chronic-absenteeism",
    "graduation": "graduation-rate",
    "suspension": "suspension-rate",
    "prepared": "college-career-prepared",
}


def judged(
    catalogue: Catalogue, group: str = "homeless", period: str = "2023-24", **colours: Colour | None
) -> Assistance:
    """How a group stands all of whose colours are green but for these."""
    given: dict[str, Colour | None] = dict.fromkeys(INDICATORS.values(), "green")
    given |= {INDICATORS[name]: colour for name, colour in colours.items()}
    return assistance_of(catalogue.assistance, period, group, given)


@pytest.mark.parametrize(
    ("colours", "areas", "eligible"),
    [
        ({}, [], False),
        ({"suspension": "red"}, [6], False),
        ({"suspension": "red", "absence": "red"}, [5, 6], True),
        ({"graduation": "red", "absence": "red"}, [5], False),  # one area, twice
        ({"ela": "red", "mathematics": "red", "prepared": "red"}, [4, 8], True),
        ({"ela": "red", "mathematics": "orange", "prepared": "red"}, [4, 8], True),
        ({"ela": "orange", "mathematics": "red", "prepared": "red"}, [4, 8], True),
        ({"ela": "orange", "mathematics": "orange", "prepared": "red"}, [8], False),
        ({"ela": "red", "prepared": "red"}, [8], False),  # the other subject is green
        ({"progress": "red", "suspension": "red"}, [4, 6], True),
        ({"progress": "orange", "suspension": "red"}, [6], False),
    ],
)
def test_areas_that_fail(
    catalogue: Catalogue, colours: dict[str, Colour], areas: list[int], eligible: bool
) -> None:
    found = judged(catalogue, **colours)
    assert [area.priority for area in found.failed] == areas
    assert found.eligible is eligible
    assert found.open == ()


def test_a_colour_that_is_not_known_is_no_good_one(catalogue: Catalogue) -> None:
    found = judged(catalogue, suspension="red", absence=None)
    assert [area.priority for area in found.open] == [5]
    assert found.eligible is None
    assert judged(catalogue, absence=None).eligible is False, "one open area can't make two"
    assert judged(catalogue, suspension="red", prepared="red", absence=None).eligible is True


def test_long_term_learners_are_judged_by_progress_alone_from_2025(catalogue: Catalogue) -> None:
    """By two subjects that are red until then, and not by them after; orange suffices after."""
    group = "long-term-english-learners"
    subjects: dict[str, Colour | None] = {"ela": "red", "mathematics": "red", "suspension": "red"}
    assert judged(catalogue, group, "2023-24", **subjects).eligible is True
    assert judged(catalogue, group, "2024-25", **subjects).eligible is False
    assert judged(catalogue, group, "2024-25", progress="orange", suspension="red").eligible is True
    assert judged(catalogue, "homeless", "2024-25", **subjects).eligible is True


def test_years_whose_criteria_are_not_on_record(catalogue: Catalogue) -> None:
    found = judged(catalogue, period="2018-19", suspension="red", absence="red")
    assert (found.failed, found.eligible) == ((), None)
