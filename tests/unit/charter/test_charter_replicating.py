"""A blank charter holds nothing of the districts that it was made from, and can be filled in."""

from __future__ import annotations

from datetime import date

import pytest

from accord.base.documents import Source, check_document, parse_yaml
from accord.base.errors import InputError
from accord.charter import EXAMPLES, Charter, blank_charter, check_charter, example
from accord.charter.replicating import BLANK_PARTIES
from accord.charter.values import FILL_IN
from accord.indicators.catalogue import load_catalogue

TODAY = date(2026, 11, 22)


def read(text: str) -> tuple[Charter, Source]:
    value, source = parse_yaml(text.encode(), "charter.yaml")
    return check_document(value, source, Charter), source


def filled(text: str) -> str:
    """What somebody who fills it in makes of it: codes, and words of their own."""
    for code, district in zip(("0100", "0200"), BLANK_PARTIES, strict=True):
        text = text.replace(district, f'"{code}"')
        spoken = district.replace("-", " ")
        text = text.replace(f"{FILL_IN} the name of the {spoken}", f"Unified {code}")
        text = text.replace(f"{FILL_IN} the {spoken} in short", f"U {code}")
    return text.replace(FILL_IN, "Our own")


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_of_the_districts_is_in_it(name: str) -> None:
    charter, _ = read(example(name))
    blank = blank_charter(charter, TODAY).lower()
    for party in charter.parties:
        for own in (party.id, party.name, party.short, party.plan):
            assert own.lower() not in blank
    assert charter.partnership.id not in blank
    for strand in charter.strands:
        assert not [lead for lead in strand.leads.values() if lead.lower() in blank]
    for goal in charter.goals:
        assert not [text for text in goal.aligned.values() if text.lower() in blank]
    made, _ = read(blank_charter(charter, TODAY))
    assert made.targets == ()
    assert not [party for party in made.parties if party.has_key]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_check_lists_what_is_left_until_it_is_filled_in(name: str) -> None:
    text = blank_charter(read(example(name))[0], TODAY)
    with pytest.raises(InputError) as refused:
        check_charter(*read(text), load_catalogue())
    lines = text.splitlines()
    for problem in refused.value.problems:
        assert "to be filled in" in problem.what or "stands for a district’s code" in problem.what
        assert problem.line is not None
        near = " ".join(lines[problem.line - 1 : problem.line + 1])
        assert FILL_IN in near or any(one in near for one in BLANK_PARTIES)
    check_charter(*read(filled(text)), load_catalogue())


def test_what_was_agreed_stays() -> None:
    charter, _ = read(example("cedar-harbor"))
    made, _ = read(blank_charter(charter, TODAY))
    assert [goal.text for goal in made.goals] == [goal.text for goal in charter.goals]
    assert made.strategies == charter.strategies
    assert made.publication == charter.publication
    assert (made.groups, made.intersections) == (charter.groups, charter.intersections)
    assert (made.disclosure, made.workspace) == (charter.disclosure, charter.workspace)
    assert made.indicator_ids == charter.indicator_ids


def test_days_and_years_move_along() -> None:
    """Figures of two years before the founding, and a strand that begins 320 days after it."""
    charter, _ = read(example("cedar-harbor"))
    made, _ = read(blank_charter(charter, TODAY))
    assert made.partnership.founded == made.strands[0].start == TODAY
    assert {str(entry.first) for entry in made.indicators} == {"2024-25"}
    assert (made.strands[3].start - TODAY).days == 320
    assert made.partnership.term.end == date(2031, 6, 30)


def test_a_name_within_an_id_goes_and_the_id_stays_one() -> None:
    text = example("cedar-harbor").replace("attendance-teams", "cedar-valley-teams")
    text = text.replace("Every school has", "Every school of Harbor Point's has")
    made, _ = read(blank_charter(read(text)[0], TODAY))
    assert "new-teams" in [one.id for one in made.strategies]
    assert f"school of {FILL_IN} (a name)'s has" in made.strategies[3].text
