"""What is hidden beside: on tables to work out by hand, and by two programs for each number."""

from __future__ import annotations

import numpy as np
import pytest

from accord.base.errors import RefusedError
from accord.cells.frame import frame_of
from accord.cells.places import Flags, Places
from accord.cells.relations import Relations
from accord.cells.system import UNBOUNDED, System
from accord.station.protect import moves
from accord.station.protect.hiding import hide
from accord.station.protect.quantity import Interval, Least, Quantity
from bench.bounds import Told, told
from bench.gate_tables import district

RACES = Relations((("a", "b", "c", "d"),), ())
ALONE = Relations((), ())
MINIMUM, THRESHOLD, WIDTH = 11, 3, 3

Counts = dict[str, tuple[int, int]]
"""For each group how many are counted, and of how many students."""


def quantity(counts: Counts, relations: Relations, known: tuple[str, ...] = ()) -> Quantity:
    """One organisation; the groups of `known` can't be hidden."""
    places = Places.of([("", "", group) for group in counts])
    frame = frame_of(places, relations)
    names = [places.groups[group] for group in places.group]
    values = frame.filled(np.array([counts[name][0] for name in names]))
    students = frame.filled(np.array([counts[name][1] for name in names]))
    groups = (
        Least(students, MINIMUM),
        Least(values, THRESHOLD),
        Least(students - values, THRESHOLD),
    )
    unsafe = np.logical_or.reduce([group.values < group.least for group in groups])
    shown = np.arange(len(frame)) < frame.shown
    free = shown & (students > 0)
    free[[place for place, name in enumerate(names) if name in known]] = False
    nothing = np.zeros(len(frame.exact), dtype=np.int64)
    return Quantity(
        system=System(
            len(frame), np.zeros(len(frame), np.int64), students, frame.exact, nothing, nothing
        ),
        values=values,
        forced=~shown,
        open=free,
        cost=students.astype(float),
        interval=Interval(
            np.where(unsafe, np.minimum(students, WIDTH), 0),
            np.full(len(frame), -UNBOUNDED),
            np.full(len(frame), UNBOUNDED),
        ),
        groups=groups,
        blur=WIDTH,
    )


def hidden_groups(counts: Counts, relations: Relations = RACES) -> set[str]:
    places = Places.of([("", "", group) for group in counts])
    hidden = hide(quantity(counts, relations))
    return {places.name(place)[2] for place in range(len(places)) if hidden[place]}


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    counts = {"all": (40, 200), "a": (10, 50), "b": (10, 50), "c": (10, 50), "d": (10, 50)}
    assert hidden_groups(counts) == set()


def test_a_small_group_takes_the_cheapest_other_with_it() -> None:
    """d is the total less a, b and c; with c hidden as well, 13 students move between the two."""
    counts = {"all": (43, 164), "a": (20, 80), "b": (14, 50), "c": (6, 25), "d": (3, 9)}
    assert hidden_groups(counts) == {"c", "d"}


def test_hidden_parts_that_are_small_together_need_another() -> None:
    """c and d are 9 students between them, and the total less a and b would speak of those."""
    counts = {"all": (43, 139), "a": (20, 80), "b": (19, 50), "c": (2, 5), "d": (2, 4)}
    assert hidden_groups(counts) == {"b", "c", "d"}


def test_hidden_parts_that_nearly_all_count_need_another() -> None:
    """c and d are 17 students of whom 16 count: each would be known to within one."""
    counts = {"all": (50, 147), "a": (20, 80), "b": (14, 50), "c": (8, 9), "d": (8, 8)}
    assert hidden_groups(counts) == {"b", "c", "d"}


def test_bounds_alone_can_tell_too_much() -> None:
    """9 and 4 students with 10 of them counted pass every sum. The 4 may be 1 to 4, three wide;
    with 11 counted they are at least 2, two wide, so a third group must be hidden."""
    counts = {"all": (44, 143), "a": (20, 80), "b": (14, 50), "c": (7, 9), "d": (3, 4)}
    assert hidden_groups(counts) == {"c", "d"}
    counts |= {"all": (45, 143), "c": (8, 9)}
    assert hidden_groups(counts) == {"b", "c", "d"}


def test_a_complement_that_nobody_publishes_is_protected() -> None:
    """All but foster youth are 4 students; 40 less 16 are enough."""
    assert hidden_groups({"all": (9, 20), "foster": (7, 16)}, ALONE) == {"foster"}
    assert hidden_groups({"all": (19, 40), "foster": (7, 16)}, ALONE) == set()


def test_what_a_partition_leaves_out_is_protected() -> None:
    """All but a and b are 7 students, though no table has them."""
    assert len(hidden_groups({"all": (47, 107), "a": (20, 60), "b": (25, 40)})) == 1


def test_what_everybody_knows_can_not_protect() -> None:
    counts = {"all": (43, 164), "a": (20, 80), "b": (14, 50), "c": (6, 25), "d": (3, 9)}
    with pytest.raises(RefusedError, match="everybody knows"):
        hide(quantity(counts, RACES, known=("all", "a", "b", "c")))


def test_a_solver_without_an_answer_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moves, "SECONDS", 0.0)
    counts = {"all": (45, 143), "a": (20, 80), "b": (14, 50), "c": (8, 9), "d": (3, 4)}
    with pytest.raises(RefusedError, match="solver"):
        hide(quantity(counts, RACES))


@pytest.mark.parametrize("seed", range(4))
def test_no_short_cut_finds_what_two_programs_a_number_do_not(seed: int) -> None:
    made = district(12, seed)
    hidden = hide(made)
    assert told(made, hidden) == Told(exact=0, pinned=0, narrow=0)
    assert (hidden == hide(made)).all()


@pytest.mark.parametrize("seed", range(3))
def test_showing_any_one_more_cell_breaks_a_promise(seed: int) -> None:
    made = district(8, seed)
    hidden = hide(made)
    for cell in np.flatnonzero(hidden & ~made.primary).tolist():
        fewer = hidden.copy()
        fewer[cell] = False
        assert told(made, fewer).narrow or speaks_of_few(made, fewer), cell


def speaks_of_few(made: Quantity, hidden: Flags) -> bool:
    """Whether a total that is shown speaks of hidden parts that are too small together."""
    for members, signs in made.lines:
        parts = members[(signs > 0) & hidden[members]]
        if len(parts) and not hidden[members[signs < 0]].any():
            for group in made.groups:
                if group.values[parts].sum() < group.least and made.system.high[parts].any():
                    return True
    return False
