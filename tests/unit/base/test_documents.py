"""YAML that remembers its lines and never guesses."""

import time
from pathlib import Path

import pytest

from accord.base.documents import Written, check_document, parse_yaml, read_document
from accord.base.errors import InputError, MachineError


class Town(Written):
    name: str
    people: int


class Map(Written):
    title: str
    towns: list[Town]


def problems_of(text: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        value, source = parse_yaml(text, "map.yaml")
        check_document(value, source, Map)
    return [str(problem) for problem in caught.value.problems]


def test_scalars_are_read_as_json_would() -> None:
    value, _ = parse_yaml(b"[011, yes, 2020-01-01, 0.1, 12, true, null, '7']", "x")
    assert value == ["011", "yes", "2020-01-01", "0.1", 12, True, None, "7"]


def test_every_problem_is_told_with_its_line_and_a_remedy() -> None:
    text = b"title: Valley\ntowns:\n  - name: A\n    peple: 3\n  - name: B\n    people: many\n"
    found = problems_of(text)
    assert "map.yaml, line 4, field towns[1].peple" in found[1]
    assert "Did you mean “people”?" in found[1]
    assert "map.yaml, line 3, field towns[1].people: “people” is missing. Add it." in found[0]
    assert any(line.startswith("map.yaml, line 6, field towns[2].people") for line in found)


def test_a_value_is_never_repeated_in_a_message() -> None:
    text = b"title: Valley\ntowns:\n  - name: A\n    people: secret-4711\n"
    assert "4711" not in "".join(problems_of(text))


def test_a_name_given_twice_is_refused() -> None:
    assert (
        "line 2, field title: This name is given twice."
        in problems_of(b"title: a\ntitle: b\ntowns: []\n")[0]
    )


def test_aliases_can_not_expand() -> None:
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert "aliases" in problems_of(bomb)[0]


def test_deep_nesting_ends_quickly() -> None:
    began = time.monotonic()
    assert problems_of(b"[" * 3000 + b"]" * 3000)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"a: [", b"a: 'x", b"--- a\n--- b\n"])
def test_what_can_not_be_read_is_said_so(text: bytes) -> None:
    assert problems_of(text)


@pytest.mark.parametrize(
    "value",
    [
        *("!!int ''", "!!bool maybe", "!!timestamp soon", "!!float ''", "!!binary é", "!ours x"),
        "9" * 5_000,
    ],
)
def test_odd_tags_are_named_with_their_line(value: str) -> None:
    with pytest.raises(InputError, match="x, line 2, field b: This value can't be read"):
        parse_yaml(f"a: 1\nb: {value}\n".encode(), "x")


def test_half_a_character_is_named_with_its_line() -> None:
    with pytest.raises(InputError, match="x, line 2: .*invalid Unicode character escape"):
        parse_yaml(b'a: 1\nb: "\\ud800"\n', "x")


def test_a_name_that_can_not_be_shown_is_refused() -> None:
    with pytest.raises(InputError, match="A name is expected here"):
        parse_yaml(b'"a\\x07": 1', "x")


def test_endless_lists_end_quickly() -> None:
    began = time.process_time()
    with pytest.raises(InputError, match="more than 50,000 values"):
        parse_yaml(b"[" + b"a," * 400_000 + b"]", "x")
    assert time.process_time() - began < 5


def test_a_missing_file_is_the_machines_word(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="no such file"):
        read_document(tmp_path / "absent.yaml", Map)
