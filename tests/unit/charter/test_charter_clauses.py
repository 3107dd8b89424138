"""What an amendment made of each clause, before and after, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from charter_stub import StubCatalogue
from charter_text import SMALL, changed, parsed

from accord.base.documents import Source, check_document
from accord.base.errors import AccordError
from accord.charter import Charter, check_charter, example
from accord.charter.clauses import ChangedClause, changed_clauses


def between(*changes: tuple[str, str]) -> tuple[ChangedClause, ...]:
    known = StubCatalogue()
    return changed_clauses(parsed(SMALL)[0], parsed(changed(*changes))[0], known)


def test_the_same_charter_has_no_changed_clause() -> None:
    assert between() == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "text: Mathematics for all.",
            "text: Mathematics, and joy in it.",
            ChangedClause(
                "Goals", "Goal 1",
                "Mathematics for all.\nEast: E1\nWest: W1",
                "Mathematics, and joy in it.\nEast: E1\nWest: W1",
            ),
        ),
        (
            "to: 2027-06-30",
            "to: 2029-06-30",
            ChangedClause(
                "The partnership", "Term",
                "From August 15, 2022 to June 30, 2027.", "From August 15, 2022 to June 30, 2029.",
            ),
        ),
        (
            "step: 2.5",
            "step: 3",
            ChangedClause(
                "Targets", "Met the standard, mathematics: All students, each district",
                "2.5 points higher each year, counted from 2021–22.",
                "3 points higher each year, counted from 2021–22.",
            ),
        ),
        (
            "Head of Curriculum",
            "Director of Learning",
            ChangedClause(
                "Strands", "Numbers",
                "Numbers, since September 1, 2022.\nEast: Director of Mathematics\n"
                "West: Head of Curriculum",
                "Numbers, since September 1, 2022.\nEast: Director of Mathematics\n"
                "West: Director of Learning",
            ),
        ),
    ],
)  # fmt: skip
def test_a_clause_before_and_after(old: str, new: str, expected: ChangedClause) -> None:
    assert between((old, new)) == (expected,)


def test_a_clause_that_is_new_and_one_that_is_taken_out() -> None:
    moved = ("{role: Sponsor, district", "{role: Host, district")
    taken_out, new = between(moved)
    assert (taken_out.name, taken_out.before, taken_out.after) == (
        "Sponsor, East", "Superintendent", ""
    )  # fmt: skip
    assert (new.name, new.before, new.after) == ("Host, East", "", "Superintendent")


def test_what_a_readers_words_would_lose_is_said_in_those_of_the_file() -> None:
    """A definition's id for a strategy is no reader's word; but it is what was signed."""
    (found,) = between(("name: East–West Partnership", "name: East–West Partners"))
    assert (found.before, found.after) == ("East–West Partnership", "East–West Partners")
    hashed = "from: 2020-21\n  - definition: chronic-absenteeism@1.0"
    kept = f"from: 2020-21\n    hash: sha256:{'0' * 64}\n  - definition: chronic-absenteeism@1.0"
    (found,) = between((hashed, kept))
    assert found.before != found.after
    assert "0" * 64 in found.after


def test_no_change_of_meaning_is_lost() -> None:
    """Each value of a charter is changed by itself; some clause then differs in its words."""
    known = StubCatalogue()
    charter, _ = parsed(example("cedar-harbor"))
    tried = 0
    for place, other in others((), charter.canonical()):
        if place[-1] in ("accord", "amends") or (made := rebuilt(charter, place, other)) is None:
            continue
        tried += 1
        found = changed_clauses(charter, made, known)
        assert found, place
        assert all(one.before != one.after for one in found), place
    assert tried > 150


def rebuilt(charter: Charter, place: tuple[Any, ...], other: Any) -> Charter | None:
    """The charter with another value at a place, where that is a charter that fits together."""
    plain = deepcopy(charter.canonical())
    inner = plain
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = other
    source = Source("charter.yaml", {})
    try:
        made = check_document(plain, source, Charter)
        check_charter(made, source, StubCatalogue())
    except AccordError:
        return None
    return made


def others(place: tuple[Any, ...], value: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each value within a plain one, with another of its kind."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from others((*place, name), inner)
    elif isinstance(value, list):
        if len(value) > 1:
            yield place, value[:-1]
            yield place, value[::-1]
        for number, inner in enumerate(value):
            yield from others((*place, number), inner)
    elif isinstance(value, int):
        yield place, value + 1
    elif isinstance(value, str):
        yield place, f"{value} too"
        for own, new in (("2021-22", "2020-21"), ("2026-27", "2025-26"), ("2022-", "2023-")):
            if own in value:
                yield place, value.replace(own, new)
        if value.replace(".", "").lstrip("-").isdigit():
            yield place, f"{value}1"
