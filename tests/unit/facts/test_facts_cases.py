"""Every hand-worked case."""

from __future__ import annotations

from pathlib import Path

import pytest
from facts_cases import DISTRICT, Case, columns_of, drawn, fact_rows, read_cases, settle, shown

from accord.indicators.catalogue import Catalogue

CASES = read_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_records_settle_as_worked_by_hand(case: Case, tmp_path: Path, catalogue: Catalogue) -> None:
    tables = {name: drawn(table) for name, table in case.records.items()}
    facts = settle(tables, tmp_path, catalogue, case.as_of)
    for fact, table in case.expected.items():
        rows = fact_rows(facts, fact)
        expected = sorted(drawn(table), key=lambda row: list(row.values()))
        assert shown(rows, columns_of(table)) == expected
        for row in rows:
            assert (row["level"] == "district") == (row["organisation"] == DISTRICT)
