"""Complementary suppression on tables small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from accord.audit.solving import determined
from accord.base.errors import RefusedError
from accord.cells.equations import Relations, equations, remainders
from accord.cells.places import Flags, Lines, Places, Whole
from accord.station.protect.complement import hide
from accord.station.protect.primary import Quantity, Requirement

GROUPS = ("female", "male", "nonbinary")
GENDER = Relations((GROUPS,), ())
MINIMUM = 11


def quantity(places: Places, students: Whole, *, adds_up: bool = True) -> Quantity:
    everywhere = np.full((len(places.grades), len(places.groups)), adds_up)
    nothing = np.zeros(len(places), dtype=bool)
    return Quantity(
        equations=equations(places, GENDER, everywhere),
        remainders=remainders(places, GENDER),
        requirements=(Requirement(students, MINIMUM),),
        forced=nothing,
        settled=nothing,
        cost=students.astype(float),
    )


def one_organisation(**students: int) -> tuple[Places, Whole]:
    places = Places.of([("", "", group) for group in students])
    counts = [students[places.groups[group]] for group in places.group]
    return places, np.array(counts, dtype=np.int64)


def hidden_groups(**students: int) -> set[str]:
    places, counts = one_organisation(**students)
    hidden = hide(quantity(places, counts))
    return {places.name(cell)[2] for cell in np.flatnonzero(hidden).tolist()}


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    assert hidden_groups(all=300, female=140, male=145, nonbinary=15) == set()


def test_a_small_group_takes_the_cheapest_other_with_it() -> None:
    assert hidden_groups(all=300, female=140, male=156, nonbinary=4) == {"nonbinary", "female"}


def test_two_small_groups_that_are_small_together_need_a_third() -> None:
    """4 + 5 = 9 students, and all − male would be them."""
    assert hidden_groups(all=300, female=4, male=291, nonbinary=5) == {
        "female", "male", "nonbinary",
    }  # fmt: skip


def test_two_small_groups_that_are_large_enough_together_need_no_third() -> None:
    assert hidden_groups(all=300, female=6, male=289, nonbinary=5) == {"female", "nonbinary"}


def test_a_complement_that_nobody_publishes_is_protected() -> None:
    """All but foster youth are 4 students."""
    assert hidden_groups(all=20, foster=16) == {"foster"}
    assert hidden_groups(all=40, foster=16) == set()


def test_a_remainder_of_a_partition_is_protected() -> None:
    """All but the two groups that are published are 7 students."""
    assert hidden_groups(all=107, female=60, male=40) == {"male"}


def test_schools_that_add_up_protect_each_other() -> None:
    """School A hides two groups; its numbers are the district's less school B's."""
    numbers = {
        "": {"all": 400, "female": 190, "male": 190, "nonbinary": 20},
        "A": {"all": 200, "female": 95, "male": 101, "nonbinary": 4},
        "B": {"all": 200, "female": 95, "male": 89, "nonbinary": 16},
    }
    places = Places.of([(school, "", group) for school in numbers for group in ("all", *GROUPS)])
    students = np.array(
        [numbers[school][group] for school, _, group in map(places.name, range(len(places)))]
    )
    whole = quantity(places, students)
    hidden = hide(whole)
    assert {places.name(cell)[::2] for cell in np.flatnonzero(hidden).tolist()} == {
        ("A", "nonbinary"),
        ("B", "nonbinary"),
        ("A", "female"),
        ("B", "female"),
    }
    apart = quantity(places, students, adds_up=False)
    alone = {places.name(cell)[::2] for cell in np.flatnonzero(hide(apart)).tolist()}
    assert alone == {("A", "nonbinary"), ("A", "female")}


def test_a_cell_hidden_for_another_reason_serves() -> None:
    places, students = one_organisation(all=300, female=140, male=156, nonbinary=4)
    plain = quantity(places, students)
    forced = np.array([places.name(cell)[2] == "male" for cell in range(len(places))])
    hidden = hide(Quantity(**{**vars_of(plain), "forced": forced}))
    assert {places.name(c)[2] for c in np.flatnonzero(hidden).tolist()} == {"male", "nonbinary"}


def test_a_settled_cell_is_never_hidden() -> None:
    places, students = one_organisation(all=300, female=140, male=156, nonbinary=4)
    settled = np.array([places.name(cell)[2] == "female" for cell in range(len(places))])
    hidden = hide(Quantity(**{**vars_of(quantity(places, students)), "settled": settled}))
    assert {places.name(c)[2] for c in np.flatnonzero(hidden).tolist()} == {"male", "nonbinary"}


def test_what_follows_from_cells_that_cannot_be_hidden_is_refused() -> None:
    places, students = one_organisation(all=300, female=140, male=156, nonbinary=4)
    settled = np.array([places.name(cell)[2] != "nonbinary" for cell in range(len(places))])
    with pytest.raises(RefusedError, match="publication plan"):
        hide(Quantity(**{**vars_of(quantity(places, students)), "settled": settled}))


def test_the_charters_order_of_cost_decides() -> None:
    """With the district's cells dearer than any school's, schools are hidden first."""
    places = Places.of([(s, "", "foster") for s in ("", "A", "B", "C")])
    students = np.array([300, 4, 120, 176])
    plain = quantity(places, students)
    assert hide(plain).tolist() == [False, True, True, False]
    dear_schools = students + np.where(places.organisation > 0, 1e12, 0)
    assert hide(Quantity(**{**vars_of(plain), "cost": dear_schools})).tolist() == [
        True, True, False, False,
    ]  # fmt: skip


def vars_of(plain: Quantity) -> dict[str, object]:
    return {
        name: getattr(plain, name)
        for name in ("equations", "remainders", "requirements", "forced", "settled", "cost")
    }


def computable(lines: Lines, hidden: Flags) -> set[int]:
    """The hidden cells that follow from the others, by the attacker's own elimination."""
    rows = [dict(zip(m.tolist(), s.tolist(), strict=True)) for m, s in lines]
    return set(determined(rows, set(np.flatnonzero(hidden).tolist())))


def district_of(inner: NDArray[np.int64]) -> tuple[Places, Whole]:
    """Students by school × grade × gender, with the totals in every direction."""
    whole = np.pad(inner, ((1, 0), (1, 0), (1, 0)))
    for axis in range(3):
        first: list[slice | int] = [slice(None)] * 3
        first[axis] = 0
        whole[tuple(first)] = whole.sum(axis=axis)
    names = [["", *"ABCD"][: 1 + inner.shape[0]], ["", "9", "10", "11"][: 1 + inner.shape[1]]]
    names.append(["all", *GROUPS])
    places = Places.of([(s, g, k) for s in names[0] for g in names[1] for k in names[2]])
    students = [
        whole[tuple(axis.index(name) for axis, name in zip(names, places.name(cell), strict=True))]
        for cell in range(len(places))
    ]
    return places, np.array(students, dtype=np.int64)


def test_no_line_gives_a_cell_away_by_itself_but_all_of_them_do() -> None:
    """Found by search: promises 2 and 3 alone leave school B's 9 girls of grade 9 computable."""
    places, students = district_of(
        np.array(
            [
                [[9, 8, 41], [8, 50, 13], [1, 58, 14]],
                [[9, 9, 49], [65, 58, 6], [30, 15, 78]],
                [[38, 15, 7], [19, 13, 90], [69, 50, 15]],
            ]
        )
    )
    whole = quantity(places, students)
    assert computable(whole.equations, hide(whole)) == set()


@st.composite
def districts(draw: st.DrawFn) -> tuple[Places, Whole]:
    """Up to four schools of up to three grades, with many small groups."""
    shape = (draw(st.integers(1, 4)), draw(st.integers(1, 3)), len(GROUPS))
    size = st.one_of(st.integers(0, 14), st.integers(0, 80))
    cells = int(np.prod(shape))
    return district_of(
        np.array(draw(st.lists(size, min_size=cells, max_size=cells))).reshape(shape)
    )


@settings(max_examples=120, deadline=None)
@given(districts())
def test_the_four_promises_hold_on_any_district(district: tuple[Places, Whole]) -> None:
    places, students = district
    whole = quantity(places, students)
    hidden = hide(whole)
    assert hidden[students < MINIMUM].all()
    for members, signs in whole.equations:
        inside = hidden[members]
        assert inside.sum() != 1
        if inside.any() and not inside[signs < 0].any():
            assert students[members][inside].sum() >= MINIMUM
    assert computable(whole.equations, hidden) == set()


@settings(max_examples=60, deadline=None)
@given(districts())
def test_the_pattern_is_the_same_every_time(district: tuple[Places, Whole]) -> None:
    assert (hide(quantity(*district)) == hide(quantity(*district))).all()


@pytest.mark.parametrize("seed", range(3))
def test_hardly_anything_is_hidden_in_vain(seed: int) -> None:
    """Showing any one of the cells hidden beside would break a promise, but for a few."""
    chance = np.random.default_rng(seed)
    places = Places.of([(s, "", g) for s in ("", *"ABCDEFGH") for g in ("all", *GROUPS)])
    at = {name: places.groups.index(name) for name in ("all", *GROUPS)}
    table = np.zeros((9, 4), dtype=np.int64)
    for group, most in (("female", 90), ("male", 90), ("nonbinary", 16)):
        table[1:, at[group]] = chance.integers(2, most, 8)
    table[:, at["all"]] = table.sum(axis=1)
    table[0] = table.sum(axis=0)
    students = table[places.organisation, places.group]
    whole = quantity(places, students)
    hidden = hide(whole)
    vain = 0
    for cell in np.flatnonzero(hidden & (students >= MINIMUM)):
        fewer = hidden.copy()
        fewer[cell] = False
        alone = (whole.equations.counts(fewer) == 1).any()
        small = any(
            fewer[members].any()
            and not fewer[members][signs < 0].any()
            and students[members][fewer[members]].sum() < MINIMUM
            for members, signs in whole.equations
        )
        vain += not (alone or small or computable(whole.equations, fewer))
    assert vain <= 1
