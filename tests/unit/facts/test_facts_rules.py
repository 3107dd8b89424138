"""The rules as people read them: complete, and with the catalogue's numbers in them."""

from __future__ import annotations

from datetime import date

import pytest

from accord.base.periods import SchoolYear
from accord.indicators.catalogue import Catalogue
from accord.station.facts.rules import EVERY_FACT, fact_rules, rules_page
from accord.station.facts.settings import RULES, census_day, settings_of, standards_of

_KEYS = {"student", "period", "level"}  # what a row is about


def test_every_column_is_settled_by_a_rule(catalogue: Catalogue) -> None:
    for fact in catalogue.vocabulary.facts.values():
        rules = (*fact_rules().of[EVERY_FACT], *fact_rules().of[fact.id])
        ruled = {column for rule in rules for column in rule.columns}
        given = {"test", "subject"} & set(fact.columns)
        assert ruled | given | _KEYS == set(fact.columns)


def test_rules_name_catalogue_rules_that_facts_hang_on(catalogue: Catalogue) -> None:
    used = {name for rule in fact_rules().rules for name in rule.uses}
    assert used == set(RULES)
    assert used <= set(catalogue.rules)


def test_the_page_has_every_rule_and_the_catalogues_numbers(catalogue: Catalogue) -> None:
    page = rules_page(catalogue)
    for rule in fact_rules().rules:
        assert f"### {rule.id}\n" in page
        assert all(f"| `{way}` |" in page for way in rule.ways)
    assert "lasted 245 days or more" in page
    assert "{" not in page


@pytest.mark.parametrize(
    ("start", "day"),
    [(2020, date(2020, 10, 7)), (2023, date(2023, 10, 4)), (2025, date(2025, 10, 1))],
)
def test_census_day_is_the_first_wednesday_in_october(
    start: int, day: date, catalogue: Catalogue
) -> None:
    assert census_day(SchoolYear(start), catalogue) == day


def test_a_year_that_is_not_over_ends_on_the_day_of_the_records(catalogue: Catalogue) -> None:
    def horizon(as_of: date) -> object:
        return settings_of(SchoolYear(2023), as_of, catalogue)["horizon"]

    assert horizon(date(2023, 12, 31)) == date(2023, 12, 31)
    assert horizon(date(2025, 6, 30)) == date(2024, 6, 30)


def test_scales_are_those_of_the_year(catalogue: Catalogue) -> None:
    def scale(start: int) -> list[tuple[int | None, int, int]]:
        return [
            found[3:]
            for found in standards_of(SchoolYear(start), catalogue)
            if found[:3] == ("sbac", "mathematics", 3)
        ]

    assert scale(2018) == [(2436, 2189, 2621)]
    assert scale(2023) == [(2436, 2190, 2660)]
    assert scale(2013) == []
