"""Rows of facts with everything unremarkable, and definitions made of a few expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from accord.base.documents import Source, check_document
from accord.indicators.build import Surroundings, build_definition
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.indicators.definition import Definition
from accord.indicators.language.nodes import Type
from accord.indicators.written import WrittenDefinition

PERIOD = "2023-24"
_PLAIN = {Type.BOOLEAN: False, Type.INTEGER: 0, Type.DECIMAL: Decimal(0), Type.TEXT: "NR"}

MakeRow = Callable[..., dict[str, Any]]
Define = Callable[..., Definition]


@cache
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped()


@pytest.fixture(scope="session")
def make_row(catalogue: Catalogue) -> MakeRow:
    """A row of a fact: at the district ``D``, in grade 5, and nothing else true of it."""

    def make(fact: str = "student_year", **values: Any) -> dict[str, Any]:
        columns = catalogue.vocabulary.facts[fact].columns
        plain = {name: _PLAIN[column.type] for name, column in columns.items()}
        place = {"period": PERIOD, "level": "district", "organisation": "D", "grade": 5}
        assert values.keys() <= columns.keys()
        return plain | place | values

    return make


@pytest.fixture(scope="session")
def define(catalogue: Catalogue) -> Define:
    """A definition of these expressions. Without a value it is a percentage of the members."""

    def build(
        definition_id: str = "tried",
        *,
        population: str = "true",
        sums: Mapping[str, str] | None = None,
        numerator: str = "members",
        denominator: str = "members",
        value: str = "100 * numerator / denominator",
        fact: str = "student_year",
        decimals: int = 1,
        groups: Mapping[str, str] | None = None,
    ) -> Definition:
        written = {
            "definition": definition_id,
            "version": "1.0",
            "title": "Tried",
            "question": "Is it right?",
            "plain": "A definition made for a test.",
            "fact": fact,
            "population": population,
            "sums": dict(sums or {}),
            "numerator": numerator,
            "denominator": denominator,
            "value": value,
            "groups": dict(groups or {}),
            "unit": "score",
            "decimals": decimals,
            "direction": "higher",
            "strand": "tried",
            "timing": "leading",
            "period_kinds": ["year"],
            "data_statuses": ["certified"],
            "levels": ["district", "school"],
            "interval": "none",
            "source": "a test",
            "standing": "unverified",
        }
        source = Source("test", {})
        return build_definition(
            check_document(written, source, WrittenDefinition),
            source,
            Surroundings(catalogue.vocabulary, catalogue.groups, {}),
        )

    return build
