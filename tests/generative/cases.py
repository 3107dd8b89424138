"""Random definitions and random facts, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from accord.base.documents import Source, check_document
from accord.base.errors import InputError
from accord.indicators.build import Surroundings, build_definition
from accord.indicators.catalogue import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group, intersection
from accord.indicators.language.canonical import as_json, as_text
from accord.indicators.language.nodes import Node, Type
from accord.indicators.vocabulary import Fact, FactColumn
from accord.indicators.written import WrittenDefinition
from generative.expressions import Cells, Reach, Rows

PERIODS = ("2022-23", "2023-24")
ORGANISATIONS = (("district", "D"), ("school", "S"), ("school", "T"), ("school", "U"))
GROUPS = ("all", "african-american", "white", "female", "english-learners", "disadvantaged")
_REDEFINED = ("english-learners", "disadvantaged")
_EXTREMES = {"SMALLINT": (-32768, 32767), "INTEGER": (-(2**31), 2**31 - 1)}


@dataclass(frozen=True)
class Batch:
    """Some definitions over the same rows, and what their expressions reach."""

    seed: int
    definitions: tuple[Definition, ...]
    groups: tuple[Group, ...]
    facts: Mapping[str, Mapping[str, list[dict[str, Any]]]]


def batch_of(seed: int, size: int, catalogue: Catalogue, reach: Reach) -> Batch:
    """A batch of `size` definitions, with facts of some seventy rows for each period."""
    random = Random(seed)
    definitions = tuple(_definition(random, number, catalogue, reach) for number in range(size))
    groups = tuple(catalogue.group(group) for group in GROUPS)
    both = intersection("both", "Both", [catalogue.group(group) for group in _REDEFINED])
    facts = {
        fact.id: {period: _rows(random, fact, period) for period in PERIODS}
        for fact in catalogue.vocabulary.facts.values()
    }
    return Batch(seed, definitions, (*groups, both), facts)


def _definition(random: Random, number: int, catalogue: Catalogue, reach: Reach) -> Definition:
    """A definition that the checks accept; a few draws are refused for the size of a number."""
    while True:
        written, trees = _draw(random, number, catalogue)
        around = Surroundings(catalogue.vocabulary, catalogue.groups, {})
        try:
            definition = build_definition(
                check_document(written, Source("generated", {}), WrittenDefinition),
                Source("generated", {}),
                around,
            )
        except InputError as error:
            if "could grow to" not in str(error):
                raise
            continue
        _check_read_back(definition, trees)
        for tree in trees.values():
            reach.add(tree)
        return definition


def _draw(
    random: Random, number: int, catalogue: Catalogue
) -> tuple[dict[str, Any], dict[str, Node]]:
    fact = random.choice(list(catalogue.vocabulary.facts.values()))
    rows = Rows(random, fact.columns)
    population = rows.condition(random.randint(0, 4))
    terms = {f"sum_{index}": _term(random, rows) for index in range(random.randint(1, 3))}
    kinds = {"members": Type.INTEGER} | {
        name: term.type if term.type.is_number else Type.INTEGER for name, term in terms.items()
    }
    cells = Cells(random, kinds)
    numerator = cells.number(random.randint(0, 3))
    redefined = {
        group: rows.condition(random.randint(0, 2)) for group in _REDEFINED if random.random() < 0.3
    }
    trees = {"population": population, "numerator": numerator, **terms, **redefined}
    written = {
        "definition": f"generated-{number}",
        "version": "1.0",
        "title": "Generated",
        "question": "Do the engines agree?",
        "plain": "A generated definition.",
        "fact": fact.id,
        "population": as_text(population),
        "sums": {name: as_text(term) for name, term in terms.items()},
        "numerator": as_text(numerator),
        "denominator": " + ".join(["members", *terms]),
        "value": "100 * numerator / denominator",
        "groups": {group: as_text(rule) for group, rule in redefined.items()},
        "unit": "percent",
        "decimals": 1,
        "direction": "higher",
        "strand": "generated",
        "timing": "leading",
        "period_kinds": ["year"],
        "data_statuses": ["certified"],
        "levels": ["district", "school"],
        "interval": "none",
        "source": "generated",
        "standing": "unverified",
    }
    return written, trees


def _term(random: Random, rows: Rows) -> Node:
    if random.random() < 0.4:
        return rows.condition(random.randint(0, 3))
    return rows.number(random.randint(0, 3))


def _check_read_back(definition: Definition, trees: Mapping[str, Node]) -> None:
    """What was written as text must come back as the same tree."""
    read = {
        "population": definition.population,
        "numerator": definition.numerator,
        **definition.groups,
    }
    for name, tree in read.items():
        assert as_json(tree) == as_json(trees[name]), as_text(trees[name])


def _rows(random: Random, fact: Fact, period: str) -> list[dict[str, Any]]:
    rows = []
    for student in range(random.randint(0, 25)):
        for level, organisation in ORGANISATIONS:
            if level == "district" or random.random() < 0.5:
                extreme = random.random() < 0.1
                row = {n: _value(random, column, extreme) for n, column in fact.columns.items()}
                row |= {"student": f"{student:04d}", "period": period}
                row |= {"level": level, "organisation": organisation}
                rows.append(row)
    return rows


def _value(random: Random, column: FactColumn, extreme: bool) -> Any:
    """A value of a column; in an `extreme` row all numbers are as large as they can be at once, so
    that their products are."""
    if column.empty and not extreme and random.random() < 0.2:
        return None
    if column.name == "grade":
        return random.choice((-1, 3, 11))
    match column.type:
        case Type.BOOLEAN:
            return random.random() < 0.5
        case Type.TEXT:
            return random.choice(list(column.codes)) if column.codes else "any"
        case Type.INTEGER:
            if extreme:
                return random.choice(_EXTREMES[column.stored])
            return random.choice((0, 1, 2, 3, 4, 2432, 2500, -30, 7))
        case Type.DECIMAL:
            if extreme:
                return Decimal("9999.99")
            return Decimal(random.randint(0, 800)) / 4
