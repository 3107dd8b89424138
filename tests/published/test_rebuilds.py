"""The state's published figures, made again from what stands beside them; a part, for every run.

`make published` does all of it.
"""

from __future__ import annotations

import pytest

from published.rebuilds import Rebuilt, elpi, incidents, pupil_counts, suspension
from real_data import cde_folder

pytestmark = pytest.mark.real


def check(found: list[Rebuilt]) -> None:
    assert found
    assert [each for each in found if not each.met] == []


def test_suspension_2023() -> None:
    check(suspension())


def test_english_learner_progress_2024() -> None:
    check(elpi(cde_folder()))


def test_pupil_counts_of_the_newest_year() -> None:
    check(pupil_counts(cde_folder(), ["2324"]))


def test_suspension_incidents() -> None:
    check(incidents(cde_folder()))
