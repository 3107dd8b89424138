"""Every paragraph of the hand-worked tables, on every engine."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from accord.base.periods import grade_number
from accord.indicators.catalogue import Catalogue, load_catalogue
from spec.chapters import (
    PERIOD,
    Expected,
    exact,
    fact_rows,
    organisation_of,
    read_spec,
    spec_files,
)
from support.engines import ENGINES, Row, measured

CASES = [
    pytest.param(path, reference, number, id=f"{reference}-{paragraph.title}")
    for path in spec_files()
    for reference in read_spec(path).definitions
    for number, paragraph in enumerate(read_spec(path).paragraphs)
    if paragraph.is_about(reference)
]


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


@cache
def cells(engine: str, path: Path, reference: str) -> dict[tuple[object, ...], Row]:
    """The sums of every cell that a file asks about, by level, organisation, grade and group."""
    spec = read_spec(path)
    definition = catalogue().definition(reference)
    groups = dict.fromkeys(wanted.group for each in spec.paragraphs for wanted in each.expect)
    rows = measured(
        engine,
        {definition.fact: {PERIOD: fact_rows(spec, reference, catalogue())}},
        catalogue(),
        (definition,),
        tuple(catalogue().group(group) for group in groups),
    )[definition.fact, PERIOD]
    return {(row["level"], row["organisation"], row["grade"], row["group"]): row for row in rows}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("path", "reference", "number"), CASES)
def test_paragraph(engine: str, path: Path, reference: str, number: int) -> None:
    definition = catalogue().definition(reference)
    for wanted in read_spec(path).paragraphs[number].expect:
        row = cells(engine, path, reference)[_key(wanted, number)]
        sums = {name: Fraction(row[key]) for name, key in definition.sum_keys.items()}
        value = definition.value_of(sums)
        found = (
            definition.numerator_of(sums),
            definition.denominator_of(sums),
            None if value is None else str(definition.rounded(value)),
        )
        assert found == (exact(wanted.numerator), exact(wanted.denominator), wanted.value)


def test_every_definition_has_its_tables() -> None:
    described = {reference for path in spec_files() for reference in read_spec(path).definitions}
    assert described == set(catalogue().definitions)


def _key(wanted: Expected, number: int) -> tuple[object, ...]:
    return (
        wanted.level,
        organisation_of(number, wanted.organisation),
        grade_number(wanted.grade) if wanted.grade else None,
        wanted.group,
    )
