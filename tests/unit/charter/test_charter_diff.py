"""What changed between two charters, in words."""

from __future__ import annotations

import pytest
from charter_text import SMALL, changed, parsed
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.base.errors import AccordError
from accord.charter.diff import diff_charters


def sentences(old: str, new: str) -> list[str]:
    return [change.sentence for change in diff_charters(parsed(old)[0], parsed(new)[0])]


def test_the_same_charter_has_no_changes() -> None:
    assert sentences(SMALL, "# a comment\n" + SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "to: 2027-06-30",
            "to: 2029-06-30",
            "Changed: partnership term to: 2027-06-30 → 2029-06-30",
        ),
        (
            "step: 2.5",
            "step: 3",
            "Changed: target met-standard-mathematics, all, all: rule step: 2.5 → 3",
        ),
        (
            "step: 2.5",
            "limit: 90, step: 2.5",
            "Added: target met-standard-mathematics, all, all: rule limit: 90",
        ),
        ("name: West Unified", "name: West", "Changed: party 020: name: “West Unified” → West"),
        ("W1", "W2", "Changed: goal mathematics: aligned 020: W1 → W2"),
        ("white, ", "white, asian, ", "Added: group asian"),
        ("white, ", "", "Removed: group white"),
        ("minimum: 11", "minimum: 20", "Changed: disclosure minimum: 11 → 20"),
        (
            "threshold: 3\n",
            "threshold: 3\n  prefer: [district, school]\n",
            "Changed: disclosure prefer: [school, district] → [district, school]",
        ),
        (
            "roles:\n",
            'roles:\n  - {role: Chair, district: "020", title: Head of Schools}\n',
            "Added: role Chair, 020: title “Head of Schools”",
        ),
    ],
)
def test_each_change_is_said(old: str, new: str, expected: str) -> None:
    assert sentences(SMALL, changed((old, new))) == [expected]


def test_a_changed_order_is_a_change() -> None:
    assert sentences(SMALL, changed(("hispanic, white", "white, hispanic"))) == [
        "Changed: order of groups: all, hispanic, white, english-learners, students-with-"
        "disabilities → all, white, hispanic, english-learners, students-with-disabilities"
    ]


def test_other_crossings_are_one_removed_and_one_added() -> None:
    assert sentences(SMALL, changed(("grades: each", "grades: all"))) == [
        "Removed: publication partners, district, all, each, all: periods year",
        "Added: publication partners, district, all, all, all: periods year",
    ]


def test_a_new_version_of_a_definition_shows() -> None:
    found = sentences(SMALL, changed(("chronic-absenteeism@1.0", "chronic-absenteeism@1.1")))
    assert found == [
        "Removed: indicator chronic-absenteeism@1.0: "
        "strand numbers, goal mathematics, from 2020-21",
        "Added: indicator chronic-absenteeism@1.1: strand numbers, goal mathematics, from 2020-21",
    ]


LINES = SMALL.splitlines(keepends=True)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.sampled_from(["2022", "2021", "all", "west", "3", "W"]))
def test_there_are_changes_exactly_when_the_hashes_differ(line: int, word: str) -> None:
    text = "".join(
        one.replace(word, f"{word}0" if word.isalpha() else str(int(word) + 1))
        if index == line
        else one
        for index, one in enumerate(LINES)
    )
    try:
        new, _ = parsed(text)
    except AccordError:
        return
    old, _ = parsed()
    assert bool(diff_charters(old, new)) == (old.hash != new.hash)
    assert bool(diff_charters(new, old)) == (old.hash != new.hash)
