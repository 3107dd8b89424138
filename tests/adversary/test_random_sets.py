"""Random table sets, a few of those that `make adversary` tries: nothing that is out gives away
what is protected, and nothing is hidden in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.base.errors import RefusedError
from accord.station import clearing
from accord.station.clearing import clear
from adversary.random_sets import table_set
from adversary.trials import exactly, let_out, shown_again, two_releases


@pytest.mark.parametrize("seed", [1, 3, 7])
def test_what_is_let_out_is_safe_from_the_attacker(seed: int, tmp_path: Path) -> None:
    """From the file alone, and for one who knows the size of every group in it."""
    found = let_out(table_set(seed, tmp_path), seed, spans=False)
    assert not found.refused
    assert found.shown > 0
    assert (found.from_file, found.with_sizes) == ([], [])


def test_what_is_mended_by_many_small_steps_is_let_out(tmp_path: Path) -> None:
    """Participation beside results: more rounds of hiding than most releases ever take."""
    each = table_set(1439, tmp_path, participation=True)
    found = let_out(each, 1439, spans=False)
    assert not found.refused
    assert found.also > 10
    assert found.from_file == []


def test_what_is_not_mended_in_time_is_refused_with_what_falls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clearing, "MOST_ROUNDS", 2)
    with pytest.raises(RefusedError) as refused:
        clear(table_set(1439, tmp_path, participation=True).gate, "partners", [])
    first, *attacks = refused.value.problems
    assert first.what.endswith("hidden numbers, and does so after hiding more 2 times.")
    assert attacks
    assert all("2021-22" in each.what for each in attacks)


def test_what_the_district_says_that_readers_know_is_counted_in(tmp_path: Path) -> None:
    """How many are in each grade of each school: unsafe until it is registered."""
    found = let_out(table_set(4, tmp_path), 4, register=True)
    assert found.with_spans
    assert found.registered == []
    assert found.shown_registered > 0


@pytest.mark.parametrize("seed", [1, 3, 4, 5])
def test_what_is_let_out_is_safe_from_the_exact_reader(seed: int, tmp_path: Path) -> None:
    each = table_set(seed, tmp_path, tiny=True)
    asked, learned = exactly(each, clear(each.gate, "partners", []).protected.table, unions=True)
    assert asked > 10
    assert learned == []


@pytest.mark.parametrize("seed", [3, 35])
def test_it_is_safe_from_one_who_knows_which_grades_each_school_serves(
    seed: int, tmp_path: Path
) -> None:
    each = table_set(seed, tmp_path, tiny=True)
    asked, learned = exactly(each, clear(each.gate, "partners", []).protected.table, spans=True)
    assert asked > 10
    assert learned == []


@pytest.mark.parametrize("seed", [1, 3, 4, 6])
def test_each_cell_that_was_hidden_beside_is_missed_when_it_is_shown(
    seed: int, tmp_path: Path
) -> None:
    tried, unnoticed = shown_again(table_set(seed, tmp_path, tiny=True))
    assert tried > 0
    assert unnoticed == []


@pytest.mark.parametrize("seed", [3, 6])
def test_two_releases_that_are_unsafe_together_are_caught_and_repaired(
    seed: int, tmp_path: Path
) -> None:
    assert two_releases(table_set(seed, tmp_path, tiny=True)) == (True, True, [])
