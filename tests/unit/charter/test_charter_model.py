"""What a charter says, read exactly, and its one canonical form."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from charter_text import SMALL, changed, parsed, write
from hypothesis import given
from hypothesis import strategies as st

from accord.base.canonical import bytes_hash
from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.charter.read import read_canonical, read_charter


def test_it_is_read_with_exact_numbers_real_dates_and_its_defaults(tmp_path: Path) -> None:
    charter, _ = read_charter(write(tmp_path))
    rule = charter.targets[0].rule
    assert rule.kind == "yearly-step"
    assert rule.step == Decimal("2.5")
    assert Fraction(rule.step) == Fraction(5, 2)
    assert rule.baseline == SchoolYear(2021)
    assert charter.partnership.founded.isoformat() == "2022-08-15"
    assert charter.disclosure.colluders == 2
    assert charter.disclosure.prefer == ("school", "district")
    assert charter.group_ids[-1] == "learners-with-disabilities"


def test_the_hash_is_that_of_the_canonical_bytes_and_defaults_are_spelled_out() -> None:
    charter, _ = parsed()
    assert charter.hash == bytes_hash(charter.canonical_bytes)
    canonical = json.loads(charter.canonical_bytes)
    assert canonical["disclosure"] == {
        "colluders": 2,
        "points": 20,
        "minimum": 11,
        "prefer": ["school", "district"],
        "threshold": 3,
    }
    assert canonical["targets"][0]["rule"]["step"] == "2.5"
    assert canonical["indicators"][0]["from"] == "2020-21"
    assert canonical["amends"] is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("step: 2.5", "step: 2.50"),
        ("step: 2.5", 'step: "2.5"'),
        ("baseline: 2021-22}", "baseline: 2021–2022}"),
        ("threshold: 3", "threshold: 3\n  colluders: 2  # as the default says"),
        ("goal: Every student thrives.", "goal: >-\n  Every student\n  thrives."),
    ],
)
def test_spelling_does_not_change_the_hash(old: str, new: str) -> None:
    assert parsed(changed((old, new)))[0].hash == parsed()[0].hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("step: 2.5", "step: 2.6"),
        ("threshold: 3", "threshold: 4"),
        ("E1", "E2"),
        ("minimum: 11", "minimum: 12"),
        ("grades: each", "grades: all"),
    ],
)
def test_meaning_does(old: str, new: str) -> None:
    assert parsed(changed((old, new)))[0].hash != parsed()[0].hash


def test_the_canonical_form_reads_back_as_the_same_charter() -> None:
    charter, _ = parsed()
    assert read_canonical(charter.canonical_bytes, "charter.json") == charter


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[" * 50_000,
        b"null",
        b'{"a": 1}',
        b'{"a":1.5}',
        b'{"\\ud800":1}',
        b'{"accord":"charter/1"}',
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_canonical(data, "charter.json")


def test_a_second_spelling_of_the_canonical_form_is_refused() -> None:
    charter, _ = parsed()
    spaced = json.dumps(json.loads(charter.canonical_bytes)).encode()
    without_default = json.loads(charter.canonical_bytes)
    del without_default["amends"]
    shorter = json.dumps(without_default, separators=(",", ":"), ensure_ascii=False).encode()
    for data in (spaced, shorter):
        with pytest.raises(InputError, match="canonical form"):
            read_canonical(data, "charter.json")


@pytest.mark.parametrize(
    ("old", "new", "field", "what"),
    [
        ("2022-09-01", "2022-02-30", "strands[1].from", "There is no such day"),
        ("2022-09-01", "1661990400", "strands[1].from", "A date is written like 2022-08-15"),
        ("baseline: 2021-22}", "baseline: 2021-23}", "targets[1].rule.baseline", "follow each"),
        ("baseline: 2021-22}", "baseline: 9999-00}", "targets[1].rule.baseline", "between 1900"),
        (", baseline: 2021-22}", "}", "targets[1].rule.baseline", "“baseline” is missing"),
        ("step: 2.5", "step: 1e9", "targets[1].rule.step", "A number is written like"),
        ("step: 2.5", "step: true", "targets[1].rule.step", "A number is written like"),
        ("step: 2.5", "step: 0", "targets[1].rule", "asks for nothing"),
        ("kind: yearly-step", "kind: yearly", "targets[1].rule", "not one of the kinds"),
        ("by: 2025-26", "by: 2021-22", "targets[2].rule", "comes after the baseline"),
        ("minimum: 11", "minimum: eleven", "disclosure.minimum", "whole number"),
        ("minimum: 11", "minimum: true", "disclosure.minimum", "whole number"),
        ("per_term: 2", "per_term: 0", "meetings.per_term", "greater than or equal to 1"),
        ("minimum: 11", "minimun: 11", "disclosure.minimun", "not a field here"),
        ("groups: all", "groups: []", "publication[1].groups", "nothing would leave"),
        ("groups: all", "groups: most", "publication[1].groups", "the word all, or a list"),
        ("audience: partners", "audience: press", "publication[1].audience", "the choices"),
        ("id: numbers", "id: Numbers", "strands[1].id", "lower-case letters"),
        ('- id: "010"', "- id: ../x", "parties[1].id", "letters, digits"),
        ("chronic-absenteeism@1.0", "chronic-absenteeism", "indicators[2].definition", "@1.0"),
        ("goal: Every student thrives.", "goal: ''", "goal", "empty"),
        ("goal: Every student thrives.", 'goal: "a\\x07b"', "goal", "can't be printed"),
        ("goal: Every student thrives.", 'goal: "a\\u202eb"', "goal", "reorders text"),
        ("name: East Unified", 'name: "East\\nUnified"', "parties[1].name", "one line"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_field(
    old: str, new: str, field: str, what: str
) -> None:
    with pytest.raises(InputError) as caught:
        parsed(changed((old, new)))
    problem = next(problem for problem in caught.value.problems if problem.field == field)
    assert what in problem.what
    assert problem.remedy
    assert problem.line == SMALL[: SMALL.index(old)].count("\n") + 1


def test_a_key_that_is_none_is_refused_and_a_pending_one_is_read() -> None:
    written = SMALL.split('key: "')[1].split('"')[0]
    pending, _ = parsed(changed((f'"{written}"', "pending")))
    assert not pending.parties[0].has_key
    with pytest.raises(InputError, match=r"parties\[1\].key"):
        parsed(changed((written, "ed25519:short")))


def test_two_spellings_of_one_key_are_one_key() -> None:
    """The last of 43 digits carries two spare bits, so four digits spell the same key."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    written = parsed()[0].parties[0].key
    other = written[:-1] + digits[digits.index(written[-1]) ^ 1]
    assert other != written
    assert parsed(changed((written, other)))[0].parties[0].key == written


def test_district_ids_keep_their_zeros_and_may_stand_without_quotes() -> None:
    charter, _ = parsed(SMALL.replace('"020"', "470").replace('"010"', "010"))
    assert [party.id for party in charter.parties] == ["010", "470"]
    assert charter.goals[0].aligned == {"010": "E1", "470": "W1"}


def test_it_knows_which_definitions_count_in_a_school_year() -> None:
    text = changed(
        (
            "  - definition: chronic-absenteeism@1.0\n    strand: numbers\n    goal: mathematics\n"
            "    from: 2020-21\n",
            "  - {definition: chronic-absenteeism@1.0, strand: numbers, goal: mathematics,"
            " from: 2020-21, to: 2022-23}\n"
            "  - {definition: chronic-absenteeism@1.1, strand: numbers, goal: mathematics,"
            " from: 2023-24}\n",
        )
    )
    charter, _ = parsed(text)
    assert charter.references(SchoolYear(2019)) == ()
    assert charter.references(SchoolYear(2022))[1] == "chronic-absenteeism@1.0"
    assert charter.references(SchoolYear(2023))[1] == "chronic-absenteeism@1.1"
    assert charter.indicator_ids == ("met-standard-mathematics", "chronic-absenteeism")


def test_a_district_of_its_own_rule_goes_before_that_of_all() -> None:
    text = SMALL.replace(
        "groups: [all,",
        "  - indicator: met-standard-mathematics\n    group: all\n    district: '020'\n"
        "    rule: {kind: level, value: 60, by: 2025-26}\ngroups: [all,",
    )
    charter, _ = parsed(text)
    east = charter.rule_for("met-standard-mathematics", "all", "010")
    west = charter.rule_for("met-standard-mathematics", "all", "020")
    assert east is not None
    assert west is not None
    assert (east.kind, west.kind) == ("yearly-step", "level")
    assert charter.rule_for("met-standard-mathematics", "hispanic", "010") is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_every_decimal_survives_the_canonical_form(value: Decimal) -> None:
    if value == 0:
        return
    charter, _ = parsed(changed(("step: 2.5", f'step: "{value:f}"')))
    again = read_canonical(charter.canonical_bytes, "charter.json")
    assert again.targets[0].rule == charter.targets[0].rule
    assert charter.targets[0].rule.kind == "yearly-step"
    assert charter.targets[0].rule.step == value
