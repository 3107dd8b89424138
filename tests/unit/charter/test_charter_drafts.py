"""The worked examples, and keys put in the place of “pending”."""

from __future__ import annotations

import pytest
from charter_text import EAST, SMALL, WEST, changed, parsed

from accord.base.errors import InputError, StateError
from accord.base.periods import SchoolYear
from accord.base.signing import public_text
from accord.charter.checks import check_charter
from accord.charter.drafts import EXAMPLES, example, fill_keys
from accord.indicators.catalogue import load_catalogue

CEDAR, HARBOR = "99100010000000", "99200020000000"


def test_keys_are_filled_in_and_nothing_else_changes() -> None:
    text = example("cedar-harbor")
    filled = fill_keys(text, {HARBOR: public_text(WEST), CEDAR: public_text(EAST)}, "charter.yaml")
    charter, _ = parsed(filled)
    assert {party.id: party.key for party in charter.parties} == {
        CEDAR: public_text(EAST),
        HARBOR: public_text(WEST),
    }
    differing = [
        (old, new)
        for old, new in zip(text.splitlines(), filled.splitlines(), strict=True)
        if old != new
    ]
    assert [old.strip() for old, _ in differing] == ["key: pending", "key: pending"]


def test_a_key_that_is_there_stays_and_another_is_refused() -> None:
    assert fill_keys(SMALL, {"010": public_text(EAST)}, "charter.yaml") == SMALL
    with pytest.raises(StateError, match="East Unified has another key"):
        fill_keys(SMALL, {"010": public_text(WEST)}, "charter.yaml")


def test_a_stranger_has_no_place_for_a_key() -> None:
    with pytest.raises(InputError, match="no party “030”.*010, 020"):
        fill_keys(SMALL, {"030": public_text(WEST)}, "charter.yaml")


def test_a_key_among_others_on_one_line_is_not_guessed_at() -> None:
    start, end = SMALL.index("parties:"), SMALL.index("goal: Every")
    crowded = (
        'parties: [{id: "010", name: East Unified, short: East, plan: P, key: pending},'
        ' {id: "020", name: West Unified, short: West, plan: P, key: pending}]\n'
    )
    with pytest.raises(InputError, match="on a line of its own"):
        fill_keys(SMALL[:start] + crowded + SMALL[end:], {"020": public_text(WEST)}, "c.yaml")


def test_pending_elsewhere_is_left_alone() -> None:
    text = changed(
        (f'"{public_text(WEST)}"', "pending"),
        ("goal: Every student thrives.", "goal: 'No key: pending decisions'"),
    )
    filled = fill_keys(text, {"020": public_text(WEST)}, "charter.yaml")
    assert parsed(filled)[0].goal == "No key: pending decisions"


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_use_every_kind_of_rule_in_every_district(name: str) -> None:
    charter, _ = parsed(example(name))
    for party in charter.parties:
        rules = [
            target.rule.kind for target in charter.targets if target.district in ("all", party.id)
        ]
        assert set(rules) == {
            *("level", "yearly-step", "lagging-step", "distance-share", "halve-gap")
        }


def test_the_examples_list_their_indicators_for_the_five_years_of_their_records() -> None:
    for name, number in zip(EXAMPLES, (12, 8), strict=True):
        charter, _ = parsed(example(name))
        for year in range(2020, 2025):
            assert len(charter.references(SchoolYear(year))) == number


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_agree_with_the_catalogue_that_ships_beside_them(name: str) -> None:
    charter, source = parsed(example(name))
    check_charter(charter, source, load_catalogue())
