"""Engines agree on generated cases; the cases reach the whole language.

`ACCORD_CASES=20000` runs as many; `ACCORD_SEED` begins elsewhere.
"""

from __future__ import annotations

import os
from functools import cache

from accord.indicators.catalogue import load_catalogue
from generative.agreement import Agreement, compare_engines, compare_tables
from generative.cases import batch_of
from generative.expressions import ORDERED, Reach
from support.engines import measured

CASES = int(os.environ.get("ACCORD_CASES", "500"))
SEED = int(os.environ.get("ACCORD_SEED", "20260101"))

FORMS = {
    *(f"Compare {operator} number" for operator in ORDERED),
    *(f"Compare {operator} number mixed" for operator in ORDERED),
    *(f"Compare {operator} text" for operator in ORDERED),
    *(f"Compare {operator} boolean" for operator in ("=", "<>")),
    *(f"IsNull {kind}" for kind in ("number", "text", "boolean")),
    *(f"IsIn {kind}" for kind in ("number", "text", "boolean")),
    *(f"Arithmetic {operator}" for operator in "+-*/"),
    *(f"Extreme {which}" for which in ("greatest", "least")),
    *(
        f"Case {kind} {ending} else"
        for kind in ("number", "text", "boolean")
        for ending in ("with", "without")
    ),
    *(f"Literal {kind}" for kind in ("integer", "decimal", "text", "boolean")),
    *(f"Column {kind}" for kind in ("integer", "decimal", "text", "boolean")),
    *("And", "Or", "Not", "Negate", "Ceiling"),
}


@cache
def agreement() -> Agreement:
    return compare_engines(CASES, SEED)


def test_engines_agree() -> None:
    assert agreement().disagreements == []
    assert agreement().cases == CASES
    assert agreement().told > 0.2


def test_cases_reach_every_form_and_column() -> None:
    reach = agreement().reach
    assert FORMS - reach.forms.keys() == set()
    assert reach.forms.keys() - FORMS == set()
    columns = {
        name
        for fact in load_catalogue().vocabulary.facts.values()
        for name, column in fact.columns.items()
        if not column.key
    }
    assert columns - reach.columns.keys() == set()


def test_a_wrong_sum_is_noticed() -> None:
    catalogue = load_catalogue()
    batch = batch_of(SEED, 5, catalogue, Reach())
    tables = measured("reference", batch.facts, catalogue, batch.definitions, batch.groups)
    changed = {part: [dict(row) for row in rows] for part, rows in tables.items()}
    definition = batch.definitions[0]
    changed[definition.fact, "2023-24"][-1][definition.sums[0].key] += 1
    found = Agreement()
    compare_tables(batch, tables, changed, found)
    assert len(found.disagreements) == 1
