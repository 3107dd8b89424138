"""The statement shown for a number, run by hand, gives that number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from accord.base.numbers import round_half_up
from accord.base.periods import grade_text
from accord.indicators.catalogue import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.station.engines.duckdb.statement import Cell, statement
from accord.station.engines.reference.measure import sums_of
from accord.station.engines.request import LEVELS
from generative.cases import batch_of
from generative.expressions import Reach
from support.engines import write_facts
from unit.engines.conftest import PERIOD, Define, MakeRow

Shown = tuple[Decimal | None, ...]


def shown(
    definition: Definition, group: Group, cell: Cell, catalogue: Catalogue, folder: Path
) -> Shown:
    """What the statement of a cell gives: numerator, denominator and value."""
    fact = catalogue.vocabulary.facts[definition.fact]
    source = folder / definition.fact / f"{cell.period}.parquet"
    with duckdb.connect() as connection:
        cursor = connection.execute(statement(definition, group, cell, fact, source))
        assert [column[0] for column in cursor.description or ()] == [
            "numerator",
            "denominator",
            "value",
        ]
        return tuple(None if x is None else Decimal(x) for x in cursor.fetchall()[0])


def wanted(definition: Definition, sums: Mapping[str, Fraction]) -> Shown:
    """The same from a cell's sums by key, in plain Python."""
    named = {name: sums[key] for name, key in definition.sum_keys.items()}
    parts = (definition.numerator_of(named), definition.denominator_of(named))
    value = definition.value_from(*parts)
    return (
        *(None if part is None else round_half_up(part, 6) for part in parts),
        None if value is None else definition.rounded(value),
    )


def write(folder: Path, catalogue: Catalogue, fact: str, rows: list[dict[str, Any]]) -> None:
    write_facts(folder, {fact: {PERIOD: rows}}, catalogue.vocabulary)


def test_a_rate_rounds_half_up(tmp_path: Path, catalogue: Catalogue, make_row: MakeRow) -> None:
    """13 of 16 students is 81.25 %, which is 81.3."""
    rows = [make_row(suspended=number < 13) for number in range(16)]
    write(tmp_path, catalogue, "student_year", rows)
    definition = catalogue.definition("suspension-rate@1.0")
    cell = Cell("district", "D", "5", PERIOD)
    found = shown(definition, catalogue.group("all"), cell, catalogue, tmp_path)
    assert found == (13, 16, Decimal("81.3"))


def test_days_are_shown_as_days(tmp_path: Path, catalogue: Catalogue, make_row: MakeRow) -> None:
    rows = [make_row(days_expected=Decimal(180), days_attended=Decimal("170.50"))] * 2
    write(tmp_path, catalogue, "student_year", rows)
    definition = catalogue.definition("attendance-rate@1.0")
    cell = Cell("district", "D", "", PERIOD)
    found = shown(definition, catalogue.group("all"), cell, catalogue, tmp_path)
    assert found == (Decimal(341), Decimal(360), Decimal("94.7"))


def test_a_cell_of_nobody_has_no_value(
    tmp_path: Path, catalogue: Catalogue, make_row: MakeRow
) -> None:
    write(tmp_path, catalogue, "student_year", [make_row()])
    definition = catalogue.definition("suspension-rate@1.0")
    cell = Cell("district", "D", "5", PERIOD)
    found = shown(definition, catalogue.group("foster"), cell, catalogue, tmp_path)
    assert found == (0, 0, None)


def test_a_fraction_above_the_line_is_shown_to_six_places(
    tmp_path: Path, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    write(tmp_path, catalogue, "student_year", [make_row(suspended=True), make_row(), make_row()])
    definition = define(
        sums={"away": "suspended"}, numerator="away / (members - 4)", denominator="members + 0.5"
    )
    cell = Cell("district", "D", "", PERIOD)
    found = shown(definition, catalogue.group("all"), cell, catalogue, tmp_path)
    assert found == (Decimal(-1), Decimal("3.5"), Decimal("-28.6"))


def test_a_sum_may_have_any_name(
    tmp_path: Path, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    write(tmp_path, catalogue, "student_year", [make_row(stable=True)])
    definition = define(sums={"order": "stable", "above": "stable"}, numerator="order + above")
    cell = Cell("district", "D", "", PERIOD)
    found = shown(definition, catalogue.group("all"), cell, catalogue, tmp_path)
    assert found == (2, 1, Decimal("200.0"))


def test_it_reads_as_the_definition_does(catalogue: Catalogue) -> None:
    definition = catalogue.definition("chronic-absenteeism@1.0")
    text = statement(
        definition,
        catalogue.group("english-learners"),
        Cell("school", "S", "K", PERIOD),
        catalogue.vocabulary.facts["student_year"],
        Path("facts/0123456789ab/student_year/2023-24.parquet"),
    )
    for line in (
        "-- Chronic absenteeism (chronic-absenteeism@1.0).",
        "-- English learners; school S, grade K, 2023-24.",
        "from read_parquet('facts/0123456789ab/student_year/2023-24.parquet')",
        "and grade = 0",
        "and english_learner\n",
        "and days_attended > 0",
        "days_absent >= 0.10 * days_expected",
        "chronic as numerator",
    ):
        assert line in text


@pytest.mark.parametrize("seed", range(3))
def test_every_definition_over_generated_facts(
    tmp_path: Path, catalogue: Catalogue, seed: int
) -> None:
    batch = batch_of(seed, 10, catalogue, Reach())
    write_facts(tmp_path, batch.facts, catalogue.vocabulary)
    random, told = Random(seed), 0
    for definition in (*catalogue.definitions.values(), *batch.definitions):
        rows = batch.facts[definition.fact][PERIOD]
        cells = sums_of(rows, [definition], batch.groups, LEVELS)
        groups = {group.id: group for group in batch.groups}
        for place, group in random.sample(sorted(cells, key=str), min(5, len(cells))):
            grade = "" if place.grade is None else grade_text(place.grade)
            cell = Cell(place.level, place.organisation, grade, PERIOD)
            found = shown(definition, groups[group], cell, catalogue, tmp_path)
            expected = wanted(definition, cells[place, group])
            assert found == expected, (definition.id, cell, group)
            told += expected[-1] is not None
    assert told > 10
