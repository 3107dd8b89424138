"""The SQL that is shown for a number gives that number, run by hand, for every hand-worked cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from accord.base.numbers import round_half_up
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.engines.duckdb.statement import Cell, statement
from spec.chapters import PERIOD, exact, fact_rows, organisation_of, read_spec, spec_files
from support.engines import write_facts

CASES = [
    pytest.param(path, reference, id=reference)
    for path in spec_files()
    for reference in read_spec(path).definitions
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize(("path", "reference"), CASES)
def test_statements_give_the_numbers(
    path: Path, reference: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    spec = read_spec(path)
    definition = catalogue.definition(reference)
    fact = catalogue.vocabulary.facts[definition.fact]
    rows = fact_rows(spec, reference, catalogue)
    write_facts(tmp_path, {fact.id: {PERIOD: rows}}, catalogue.vocabulary)
    source = tmp_path / fact.id / f"{PERIOD}.parquet"
    for number, paragraph in enumerate(spec.paragraphs):
        if not paragraph.is_about(reference):
            continue
        for wanted in paragraph.expect:
            organisation = organisation_of(number, wanted.organisation)
            cell = Cell(wanted.level, organisation, wanted.grade, PERIOD)
            sql = statement(definition, catalogue.group(wanted.group), cell, fact, source)
            (found,) = duckdb.execute(sql).fetchall()
            expected = (_shown(wanted.numerator), _shown(wanted.denominator), wanted.value)
            assert _texts(found) == expected, f"{paragraph.title}\n{sql}"


def _shown(text: str | None) -> str | None:
    """An exact number as a cell shows it: half-up to six decimals."""
    number = exact(text)
    return None if number is None else str(round_half_up(number, 6))


def _texts(found: tuple[object, object, object]) -> tuple[str | None, str | None, str | None]:
    numerator, denominator, value = found
    return (_six(numerator), _six(denominator), None if value is None else str(value))


def _six(number: object) -> str | None:
    return None if number is None else str(Decimal(str(number)).quantize(Decimal("0.000001")))
