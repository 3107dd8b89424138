"""The attacker works: he computes what usual practice leaves open, and says how."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np

from accord.audit.recover import recover
from accord.audit.solving import determined
from accord.cells.cell import Cell, State
from accord.cells.equations import Relations, equations
from accord.cells.places import Places
from accord.cells.table import CellTable
from accord.charter.plan import Plan
from accord.station.protect.primary import misses_minimum, misses_threshold
from accord.station.protect.protect import protect_release
from accord.station.protect.raw import Guarded, Measured, raw_table, read_sheet
from accord.station.protect.rows import Heading, exact_rows
from adversary.districts import DISTRICT, PERIOD
from adversary.gate import catalogue, charter, definitions, measured, narrowed, relations

IDS = ("chronic-absenteeism", "suspension-rate")
RULES = charter().disclosure
GENDER = Relations((("female", "male", "nonbinary"),), ())


def cell(group: str, numerator: int | None, denominator: int | None, **places: str) -> Cell:
    hidden = numerator is None or denominator is None
    return Cell(
        partnership="cedar-harbor",
        district=DISTRICT,
        school=places.get("school", ""),
        grade=places.get("grade", ""),
        group=group,
        period=PERIOD,
        as_of="2024-06-30",
        data_status="certified",
        indicator=places.get("indicator", "suspension-rate"),
        definition_version="1.0",
        definition_hash="sha256:" + "0" * 64,
        numerator=None if hidden else Fraction(numerator or 0),
        denominator=None if hidden else Fraction(denominator or 0),
        value=None if hidden else Decimal(1),
        low=None,
        high=None,
        state=State.SUPPRESSED if hidden else State.PUBLISHED,
    )


def test_one_hidden_group_of_a_partition_is_found() -> None:
    table = CellTable.of(
        [
            cell("all", 60, 300),
            cell("female", 25, 140),
            cell("male", 34, 156),
            cell("nonbinary", None, None),
        ]
    )
    (found,) = recover(table, GENDER, single=False, minimum=11)
    assert (found.cell.group, found.numerator, found.denominator) == ("nonbinary", 1, 4)
    assert found.formulas == (
        "numerator: nonbinary (district, all grades) = all − female − male",
        "denominator: nonbinary (district, all grades) = all − female − male",
    )


def test_two_hidden_groups_of_a_partition_are_not() -> None:
    table = CellTable.of(
        [
            cell("all", 60, 300),
            cell("female", None, None),
            cell("male", 34, 156),
            cell("nonbinary", None, None),
        ]
    )
    assert recover(table, GENDER, single=False, minimum=11) == []


def test_a_rectangle_with_an_open_corner_is_found_through_several_equations() -> None:
    """In no line is there one hidden cell alone, but the district less school B is school A."""
    hidden = {("", "female"), ("", "male"), ("A", "female"), ("A", "male"), ("A", "nonbinary")}
    numbers = {"all": (40, 200), "female": (20, 95), "male": (18, 95), "nonbinary": (2, 10)}
    cells = [
        cell(group, *((None, None) if (school, group) in hidden else numbers[group]), school=school)
        for school in ("A", "B")
        for group in numbers
    ] + [
        cell("all", 80, 400),
        cell("nonbinary", 5, 22),
        *(cell(group, None, None) for group in ("female", "male")),
    ]
    found = recover(CellTable.of(cells), GENDER, single=True, minimum=11)
    assert [(one.cell.school, one.cell.group, one.denominator) for one in found] == [
        ("A", "nonbinary", 12)
    ]
    assert found[0].formulas[1] == (
        "denominator: nonbinary (school A, all grades) = "
        "nonbinary (district, all grades) − nonbinary (school B, all grades)"
    )


def test_a_hidden_count_is_read_from_another_indicators_column() -> None:
    """Eleven schools show the same denominator for both; in the twelfth only one is hidden."""
    cells = []
    for number in range(12):
        school = f"{number:02}"
        for indicator, count in (("met-standard", 30 + number), ("mean-scale-score", 900)):
            hidden = number == 0 and indicator == "met-standard"
            numbers = (None, None) if hidden else (count, 60 + number)
            cells.append(cell("all", *numbers, school=school, indicator=indicator))
    cells += [cell("all", 416, 786, indicator="met-standard")]
    found = recover(CellTable.of(cells), GENDER, single=True, minimum=11)
    assert [(one.cell.school, one.numerator, one.denominator) for one in found] == [("00", 20, 60)]
    assert found[0].formulas[1].startswith("denominator: all (school 00, all grades) = all")


def test_elimination_gives_fractions_where_they_are_needed() -> None:
    """2a + b = x and b = y, so that a is half of x − y."""
    assert determined([{0: 2, 1: 1, 2: -1}, {1: 1, 3: -1}], {0, 1}) == {
        1: {3: 1},
        0: {2: Fraction(1, 2), 3: Fraction(-1, 2)},
    }


def unprotected(source: Measured, *, hide: bool) -> dict[tuple[str, ...], Cell]:
    """Every cell as it is, or with usual practice: hidden when small or extreme, nothing else."""
    agreement = narrowed(charter(), *IDS)
    sheet = read_sheet(source, "student_year", PERIOD)
    assert sheet is not None
    raw = raw_table(sheet, definitions(*IDS), Plan(agreement), relations())
    heading = Heading("cedar-harbor", DISTRICT, source.as_of, source.data_status)
    found = {}
    for measure in raw.measures:
        small = misses_minimum(measure, RULES) | misses_threshold(measure, RULES)
        nobody = measure.denominator.units == 0
        hidden = small if hide else nobody
        rows = exact_rows(heading, Guarded(PERIOD, raw.places, measure, measure.leaves & hidden))
        for one in CellTable.arranged(rows):
            found[one.indicator, one.school, one.grade, one.group] = one
    return found


def test_usual_practice_is_taken_apart_and_every_number_found_is_true(tmp_path: Path) -> None:
    source = measured(tmp_path, 7, size=20_000, schools=(5, 2, 2), moving=0.0, ids=IDS)
    truth = unprotected(source, hide=False)
    usual = unprotected(source, hide=True)
    found = recover(CellTable.of(usual.values()), relations(), single=True, minimum=RULES.minimum)
    assert len(found) >= 10
    for one in found:
        real = truth[one.cell.indicator, one.cell.school, one.cell.grade, one.cell.group]
        expected = (real.numerator or 0, real.denominator or 0)
        assert (one.numerator, one.denominator) == expected


def test_showing_one_of_two_hidden_members_opens_the_other(tmp_path: Path) -> None:
    source = measured(tmp_path, 11, size=4000, schools=(3, 1, 1), moving=0.0, ids=IDS)
    agreement = narrowed(charter(), IDS[0])
    table = protect_release(
        source, charter=agreement, catalogue=catalogue(), audience="partners"
    ).table
    truth = unprotected(source, hide=False)
    cells = {(one.school, one.grade, one.group): one for one in table}
    places = Places.of(list(cells))
    everywhere = np.full((len(places.grades), len(places.groups)), True)
    pairs = []
    for members, _ in equations(places, relations(), everywhere):
        hidden = [
            name
            for name in map(places.name, members.tolist())
            if cells[name].state is State.SUPPRESSED
        ]
        if len(hidden) == 2 and all(truth[IDS[0], *name].is_shown for name in hidden):
            pairs.append(hidden)
    assert len(pairs) > 5
    for shown, other in pairs[:8]:
        opened = cells | {shown: truth[IDS[0], *shown]}
        found = recover(CellTable.of(opened.values()), relations(), single=True, minimum=11)
        assert other in {(one.cell.school, one.cell.grade, one.cell.group) for one in found}


def test_bands_are_unknown_to_the_attacker() -> None:
    band = replace(cell("male", None, None), state=State.BANDED, low=Decimal(10), high=Decimal(20))
    table = CellTable.of(
        [cell("all", 60, 300), cell("female", 25, 140), band, cell("nonbinary", None, None)]
    )
    assert recover(table, GENDER, single=False, minimum=11) == []
