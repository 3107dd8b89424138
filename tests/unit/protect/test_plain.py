"""Plain tables worked by hand, and tiny ones against every whole table that a reader thinks of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.cells.frame import lines_of
from accord.cells.places import Flags, Whole
from accord.station.protect.plain import PlainTable, suppress

MORE = 3  # so much more than it is, an inner cell may be in the tables that are tried


def with_totals(inner: Whole) -> Whole:
    """Tables (in the last two axes) with the totals of their rows and columns at the end."""
    wide = np.concatenate([inner, inner.sum(axis=-1, keepdims=True)], axis=-1)
    return np.concatenate([wide, wide.sum(axis=-2, keepdims=True)], axis=-2)


def crossed(inner: list[list[int]]) -> PlainTable:
    whole = with_totals(np.array(inner))
    at = np.arange(whole.size).reshape(whole.shape).tolist()
    lines = [*at, *(list(column) for column in zip(*at, strict=True))]
    return PlainTable(
        whole.ravel(), lines_of([[(line[-1], -1), *((c, 1) for c in line[:-1])] for line in lines])
    )


def hidden_in(table: PlainTable, primary: Flags, columns: int) -> set[tuple[int, ...]]:
    hidden = suppress(table, primary).reshape(-1, columns)
    return set(map(tuple, np.argwhere(hidden).tolist()))


def told(table: PlainTable, hidden: Flags, primary: Flags, columns: int, width: int = 1) -> bool:
    """Whether some primary cell is the same, to less than `width`, in every table that fits."""
    truth = table.counts.reshape(-1, columns)
    inner, is_hidden = truth[:-1, :-1], hidden.reshape(truth.shape)
    free = np.argwhere(is_hidden[:-1, :-1] & (inner > 0))
    ends = [inner[row, column] + MORE + 1 for row, column in free]
    tried = np.indices(ends).reshape(len(free), int(np.prod(ends))).T
    tables = np.repeat(inner[None], len(tried), axis=0)
    tables[:, free[:, 0], free[:, 1]] = tried
    whole = with_totals(tables)
    fits = ((whole == truth) | is_hidden).all(axis=(1, 2))
    open_by = whole[fits].max(axis=0) - whole[fits].min(axis=0)
    return bool((open_by.ravel()[primary] < width).any())


def test_one_small_cell_takes_the_cheapest_rectangle_with_it() -> None:
    """The 2 at the upper left needs one more in its row, one in its column, and their corner."""
    table = crossed([[2, 30, 12], [25, 60, 70], [11, 80, 15]])
    assert hidden_in(table, table.counts == 2, 4) == {(0, 0), (0, 2), (2, 0), (2, 2)}


def test_small_cells_protect_each_other_without_more() -> None:
    table = crossed([[2, 3, 40], [4, 1, 50], [60, 70, 80]])
    assert hidden_in(table, table.counts < 5, 4) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_an_empty_cell_is_no_cover() -> None:
    """That nobody is in it is known: the 0 beside the 2 can't move, so the 40 must hide it."""
    table = crossed([[2, 0, 40], [30, 35, 50], [60, 70, 80]])
    hidden = hidden_in(table, table.counts == 2, 4)
    assert (0, 1) not in hidden
    assert (0, 0) in hidden


def test_a_wider_interval_needs_more_room() -> None:
    """A 1 among three 1s moves by one at most; to be three wide, larger cells must move too."""
    table = crossed([[1, 1, 9], [1, 1, 9]])
    primary = np.arange(12) == 0
    assert not told(table, suppress(table, primary, 3), primary, 4, width=3)
    assert told(table, np.isin(np.arange(12), [0, 1, 4, 5]), primary, 4, width=3)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_some_table_that_fits_differs_in_every_small_cell(
    inner: list[int], wanted: list[bool]
) -> None:
    """Every whole table that agrees with what is shown is tried, up to three more in a cell."""
    table = crossed([inner[:3], inner[3:]])
    primary = np.zeros((3, 4), dtype=bool)
    primary[:2, :3] = np.array(wanted).reshape(2, 3)
    primary = primary.ravel() & (table.counts > 0)
    assert not told(table, suppress(table, primary), primary, 4)


@pytest.mark.parametrize("seed", range(12))
def test_showing_any_one_more_cell_tells(seed: int) -> None:
    table = crossed(np.random.default_rng(seed).integers(1, 9, (2, 3)).tolist())
    primary = table.counts <= 2
    hidden = suppress(table, primary)
    assert not told(table, hidden, primary, 4)
    for cell in np.flatnonzero(hidden & ~primary).tolist():
        fewer = hidden & (np.arange(12) != cell)
        assert told(table, fewer, primary, 4), cell
