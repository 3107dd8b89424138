"""Each kind of attack on a table of a few cells, worked by hand.

Rules unless said otherwise: eleven students at least, three with and without what is counted, two
colluding students.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.audit.attacks import Attack, Kind, audit
from accord.audit.sources import Source, read_source
from accord.base.errors import RefusedError
from accord.cells.cell import Cell
from accord.cells.relations import Relations
from accord.cells.table import CellTable
from accord.charter.model import Disclosure
from adversary.publications import banded, cell, figures, source

GENDER = Relations((("female", "male", "nonbinary"),), ())
ALONE = Relations((), ())
RATE = "suspension-rate"


def attacks(*sources: Source, relations: Relations = GENDER) -> list[Attack]:
    return list(audit(sources, relations=relations).attacks)


def names(found: list[Attack]) -> set[tuple[str, str, str]]:
    return {(each.group, each.what, each.kind.value) for each in found}


def test_one_hidden_group_of_a_partition_is_subtracted() -> None:
    """60 − 25 − 34 = 1 of 300 − 140 − 156 = 4."""
    found = attacks(
        source(
            cell(RATE, "all", (60, 300)),
            cell(RATE, "female", (25, 140)),
            cell(RATE, "male", (34, 156)),
            cell(RATE, "nonbinary", None),
        )
    )
    assert names(found) == {
        ("nonbinary", "counted", "exact"), ("nonbinary", "not counted", "exact")
    }  # fmt: skip
    assert found[0].formula == (
        f"numerator of {RATE}, nonbinary (district, all grades) = all − female − male",
    )


def test_two_hidden_groups_with_room_between_them_are_not() -> None:
    """Female and male are 26 of 144 together: each can have anything from 0 up."""
    table = source(
        cell(RATE, "all", (60, 300)),
        cell(RATE, "female", None),
        cell(RATE, "male", (34, 156)),
        cell(RATE, "nonbinary", None),
    )
    assert attacks(table) == []


def test_hidden_counts_are_pinned_at_zero() -> None:
    """34 of the 34 who were suspended are male: nobody is left for the two hidden groups."""
    found = attacks(
        source(
            cell(RATE, "all", (34, 300)),
            cell(RATE, "female", None),
            cell(RATE, "male", (34, 156)),
            cell(RATE, "nonbinary", None),
        )
    )
    assert names(found) == {("female", "counted", "exact"), ("nonbinary", "counted", "exact")}
    assert "is not negative" in found[0].formula[0]


def test_colluding_students_close_a_narrow_range() -> None:
    """36 − 34 leaves 0, 1 or 2 for each: two students who know themselves may know the rest."""
    cells = [
        cell(RATE, "all", (36, 300)),
        cell(RATE, "female", None),
        cell(RATE, "male", (34, 156)),
        cell(RATE, "nonbinary", None),
    ]
    assert names(attacks(source(*cells))) == {
        ("female", "counted", "narrow"), ("nonbinary", "counted", "narrow")
    }  # fmt: skip
    nobody = Disclosure(colluders=0, threshold=1)
    assert attacks(source(*cells, rules=nobody)) == []


def test_a_range_that_lies_wholly_where_nearly_nobody_is_counted() -> None:
    """36 − 34 leaves at most two of the 124 and of the 20, whose sizes another indicator shows.
    With one colluder that is wide enough, and still says that nearly nobody is counted."""
    rules = Disclosure(colluders=1)
    hidden = [
        cell("met-standard-mathematics", "all", (36, 300)),
        cell("met-standard-mathematics", "female", None),
        cell("met-standard-mathematics", "male", (34, 156)),
        cell("met-standard-mathematics", "nonbinary", None),
    ]
    sizes = [
        cell("advanced-mathematics", "all", (9, 300)),
        cell("advanced-mathematics", "female", (0, 124)),
        cell("advanced-mathematics", "male", (9, 156)),
        cell("advanced-mathematics", "nonbinary", (0, 20)),
    ]
    assert names(attacks(source(*hidden, *sizes, rules=rules))) == {
        ("female", "counted", "extreme"), ("nonbinary", "counted", "extreme")
    }  # fmt: skip
    # of nobody knows how many, two may be all
    assert attacks(source(*hidden, rules=rules)) == []


def test_a_part_of_a_part_pins_from_below() -> None:
    """54 − 34 = 20 of female and nonbinary met the standard, 14 + 4 of them at the highest level.
    So of the eight nonbinary students 4 to 6 did. Of 136 female ones 14 to 16 did, which anybody
    may know."""
    found = attacks(
        source(
            cell("met-standard-mathematics", "all", (54, 300)),
            cell("met-standard-mathematics", "female", None),
            cell("met-standard-mathematics", "male", (34, 156)),
            cell("met-standard-mathematics", "nonbinary", None),
            cell("advanced-mathematics", "all", (27, 300)),
            cell("advanced-mathematics", "female", (14, 136)),
            cell("advanced-mathematics", "male", (9, 156)),
            cell("advanced-mathematics", "nonbinary", (4, 8)),
        )
    )
    assert names(found) == {
        ("nonbinary", "counted", "narrow"), ("nonbinary", "not counted", "narrow")
    }  # fmt: skip


def test_the_commonest_trap(tmp_path: Path) -> None:
    """A district's total, and exactly one school hidden: C is 90 − 41 − 37 = 12 of 60."""
    table = CellTable.of(
        [
            cell("own-rate", "all", (90, 460)),
            cell("own-rate", "all", (41, 210), school="A"),
            cell("own-rate", "all", (37, 190), school="B"),
            cell("own-rate", "all", None, school="C"),
        ]
    )
    table.write_csv(tmp_path / "published.csv")
    (found, _) = audit([read_source(tmp_path / "published.csv")]).attacks
    assert (found.school, found.kind) == ("C", Kind.EXACT)
    assert found.formula == (
        "numerator of own-rate, all (school C, all grades) = "
        "all (district, all grades) − all (schools A, B, all grades)",
    )


def test_schools_that_are_off_leave_so_much_room() -> None:
    """In grade 3 the schools have 10 more students than the district, in grade 4 one is hidden:
    nobody can tell how far grade 4 is off."""
    cells = [
        cell("own-rate", "all", (90, 400), grade="3"),
        cell("own-rate", "all", (50, 210), school="A", grade="3"),
        cell("own-rate", "all", (42, 200), school="B", grade="3"),
        cell("own-rate", "all", (88, 390), grade="4"),
        cell("own-rate", "all", (47, 210), school="A", grade="4"),
        cell("own-rate", "all", None, school="B", grade="4"),
    ]
    assert attacks(source(*cells), relations=ALONE) == []


def test_two_releases_safe_alone_and_unsafe_together() -> None:
    """The first hides female and nonbinary, the second male and nonbinary: together they show
    female and male, and nonbinary is 60 − 25 − 31 = 4."""
    first = [
        cell(RATE, "all", (60, 300)),
        cell(RATE, "female", None),
        cell(RATE, "male", (31, 150)),
        cell(RATE, "nonbinary", None),
    ]
    second = [
        cell(RATE, "all", (60, 300)),
        cell(RATE, "female", (25, 130)),
        cell(RATE, "male", None),
        cell(RATE, "nonbinary", None),
    ]
    assert attacks(source(*first)) == []
    assert attacks(source(*second)) == []
    together = attacks(source(*first), source(*second, name="later"))
    assert ("nonbinary", "counted", "exact") in names(together)


def test_a_principal_who_knows_the_own_school() -> None:
    """Two schools are hidden beside each other; the principal of B holds 20 of 80 and learns A:
    90 − 37 − 20 = 33 of 460 − 190 − 80 = 190. Only what the release adds is an attack."""
    hidden = [
        cell("own-rate", "all", (90, 460)),
        cell("own-rate", "all", None, school="A"),
        cell("own-rate", "all", None, school="B"),
        cell("own-rate", "all", (37, 190), school="C"),
    ]
    assert attacks(source(*hidden), relations=ALONE) == []
    own = figures(cell("own-rate", "all", (20, 80), school="B"))
    found = attacks(source(*hidden), own, relations=ALONE)
    assert {(each.school, each.pre_existing) for each in found} == {("A", False), ("B", True)}


def test_a_mean_is_read_from_a_neighbours_sum() -> None:
    """Whoever knows all scores and those of all others knows these: 2,500 · 300 − …"""
    found = attacks(
        source(
            cell("mean-scale-score-mathematics", "all", (750_000, 300)),
            cell("mean-scale-score-mathematics", "female", (350_000, 140)),
            cell("mean-scale-score-mathematics", "male", (390_100, 156)),
            cell("mean-scale-score-mathematics", "nonbinary", None),
        )
    )
    assert names(found) == {("nonbinary", "mean", "exact")}


def test_a_mean_with_two_hidden_is_open() -> None:
    """The two share 9,900 points over four students; scores go from about 2,000 to 3,000."""
    table = source(
        cell("mean-scale-score-mathematics", "all", (750_000, 300)),
        cell("mean-scale-score-mathematics", "female", None),
        cell("mean-scale-score-mathematics", "male", (390_100, 156)),
        cell("mean-scale-score-mathematics", "nonbinary", None),
    )
    assert attacks(table) == []


def test_a_band_bounds_its_neighbour() -> None:
    """Female is banded, so at least three are counted; of five in all, at most two are male."""
    cells = [cell(RATE, "all", (5, 60)), cell(RATE, "male", None)]
    pair = Relations((("female", "male"),), ())
    assert attacks(source(*cells, cell(RATE, "female", None)), relations=pair) == []
    found = attacks(source(*cells, banded(RATE, "female", 10, 50)), relations=pair)
    assert names(found) == {("male", "counted", "narrow")}


def test_totals_that_contradict_each_other_are_named() -> None:
    with pytest.raises(RefusedError) as refused:
        attacks(
            source(
                cell(RATE, "all", (60, 300)),
                cell(RATE, "female", (25, 140)),
                cell(RATE, "male", (34, 156)),
                cell(RATE, "nonbinary", (3, 4)),
                cell(RATE, "foster", None),
            )
        )
    assert "female (district, all grades)" in str(refused.value)


def test_one_figure_given_twice_is_named() -> None:
    with pytest.raises(RefusedError) as refused:
        attacks(
            source(cell(RATE, "all", (60, 300))),
            source(cell(RATE, "all", (61, 300)), name="other"),
        )
    (problem,) = refused.value.problems
    assert "all (district, all grades)" in problem.what
    assert problem.file == "other"


def test_a_revised_figure_is_another_number() -> None:
    """What was certified differs from what was preliminary; each is held against its own."""
    early: list[Cell] = [
        cell(RATE, "all", (61, 301), data_status="preliminary", as_of="2024-05-01"),
        cell(RATE, "foster", None, data_status="preliminary", as_of="2024-05-01"),
    ]
    assert attacks(source(*early), source(cell(RATE, "all", (60, 300)), name="later")) == []
