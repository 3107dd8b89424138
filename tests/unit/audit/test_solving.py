"""What follows exactly from known sums, and from which of them."""

from __future__ import annotations

from fractions import Fraction

from accord.audit.recover import recover
from accord.audit.solving import determined
from accord.cells.equations import Relations
from accord.cells.table import CellTable
from adversary.published import cell

HALF = Fraction(1, 2)


def test_the_only_unknown_of_an_equation_follows() -> None:
    """Entry 7 less 2 plus 3 is nothing, so 7 is 2 less 3."""
    assert determined([{7: 1, 2: -1, 3: 1}], {7}) == {7: {2: 1, 3: -1}}
    assert determined([{7: 2, 2: -1}], {7}) == {7: {2: HALF}}
    assert determined([{7: -1, 2: 1}], {7}) == {7: {2: 1}}


def test_two_unknowns_of_one_equation_do_not() -> None:
    assert determined([{7: 1, 8: 1, 2: -1}], {7, 8}) == {}


def test_one_answer_leads_to_the_next() -> None:
    """7 is 2, 8 is 7 less 3, and 9 is 8."""
    chain = [{9: 1, 8: -1}, {8: 1, 7: -1, 3: 1}, {7: 1, 2: -1}]
    assert determined(chain, {7, 8, 9}) == {
        7: {2: 1},
        8: {2: 1, 3: -1},
        9: {2: 1, 3: -1},
    }


def test_sums_that_cancel_leave_no_trace() -> None:
    """8 is 7 less 2, and 7 is 2 and 3: so 8 is 3."""
    assert determined([{7: 1, 2: -1, 3: -1}, {8: 1, 7: -1, 2: 1}], {7, 8})[8] == {3: 1}


def test_two_equations_solve_two_unknowns() -> None:
    """Their sum is 1 and their difference is 2."""
    both = [{7: 1, 8: 1, 1: -1}, {7: 1, 8: -1, 2: -1}]
    assert determined(both, {7, 8}) == {7: {1: HALF, 2: HALF}, 8: {1: HALF, 2: -HALF}}
    assert determined([both[0], both[0]], {7, 8}) == {}


def test_three_by_pairs() -> None:
    """7 + 8, 8 + 9 and 7 + 9 are known: 7 is half of the first and last less the second."""
    pairs = [{7: 1, 8: 1, 1: -1}, {8: 1, 9: 1, 2: -1}, {7: 1, 9: 1, 3: -1}]
    assert determined(pairs, {7, 8, 9})[7] == {1: HALF, 2: -HALF, 3: HALF}


def test_an_unknown_of_a_single_equation_keeps_nobody_else_from_following() -> None:
    """9 and 10 are unknown together with 7, which follows by other equations."""
    found = determined(
        [{7: 1, 8: 1, 1: -1}, {7: 1, 8: -1, 2: -1}, {9: 1, 10: 1, 7: 1}, {11: 1, 8: 1, 7: 1}],
        {7, 8, 9, 10, 11},
    )
    assert found == {
        7: {1: HALF, 2: HALF},
        8: {1: HALF, 2: -HALF},
        11: {1: -1},
    }


def test_the_only_hidden_school_of_a_district() -> None:
    """C is 90 − 41 − 37 = 12 of 60, if a student has one school; else 61 students may be off."""
    table = CellTable.of(
        [
            cell("own-rate", "all", (90, 460)),
            cell("own-rate", "all", (41, 210), school="A"),
            cell("own-rate", "all", (37, 190), school="B"),
            cell("own-rate", "all", None, school="C"),
        ]
    )
    alone = Relations((), ())
    (found,) = recover(table, alone, single=True, minimum=11)
    assert (found.cell.school, found.numerator, found.denominator) == ("C", 12, 60)
    assert found.formulas[0] == (
        "numerator: all (school C, all grades) = all (district, all grades) "
        "− all (school A, all grades) − all (school B, all grades)"
    )
    assert recover(table, alone, single=False, minimum=11) == []
