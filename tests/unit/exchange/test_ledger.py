"""The chain: nothing taken out, put in or changed without it showing."""

import json
from pathlib import Path

import pytest

from accord.base.errors import RefusedError, StateError
from accord.base.locks import exclusive
from accord.exchange.ledger import BEGINNING, Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for number in range(3):
        ledger.append("release", {"number": number + 1})
    return ledger


def test_entries_follow_each_other(ledger: Ledger) -> None:
    entries = ledger.entries()
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert entries[0].previous == BEGINNING
    assert entries[2].previous == entries[1].hash
    assert ledger.head() == entries[2].hash


def test_an_empty_ledger_has_a_beginning(tmp_path: Path) -> None:
    assert Ledger(tmp_path / "none.jsonl").head() == BEGINNING


def test_a_gap_says_how_many_entries_are_missing(ledger: Ledger) -> None:
    ledger.append("release", {"number": 4})
    lines = ledger.path.read_text().splitlines()
    ledger.path.write_text("\n".join([lines[0], lines[3]]) + "\n")
    with pytest.raises(RefusedError, match="line 2.*two entries are missing between them"):
        ledger.entries()


def test_a_fork_names_both_lines(ledger: Ledger, tmp_path: Path) -> None:
    """Two entries that follow the same one: the history was continued twice."""
    other = Ledger(tmp_path / "other.jsonl")
    other.path.write_text("".join(ledger.path.read_text().splitlines(keepends=True)[:2]))
    other.append("release", {"number": 9})
    ledger.path.write_text(ledger.path.read_text() + other.path.read_text().splitlines()[2] + "\n")
    with pytest.raises(RefusedError, match="line 4.*that of line 3 follow the same one.*forks"):
        ledger.entries()


def test_every_fault_is_told_at_once(ledger: Ledger) -> None:
    lines = ledger.path.read_text().splitlines()
    lines[0] = lines[0].replace('"number": 1', '"number": 5')
    ledger.path.write_text("\n".join([*lines, "rubbish", lines[2]]) + "\n")
    problems = ledger.problems()
    assert [(problem.line, problem.remedy != "") for problem in problems] == [
        (1, True),
        (4, True),
        (5, True),
    ]


def test_a_sound_chain_has_no_problems(ledger: Ledger) -> None:
    assert ledger.problems() == []


def test_two_commands_can_not_write_at_once(ledger: Ledger) -> None:
    lock = ledger.path.with_name("ledger.jsonl.lock")
    with exclusive(lock), pytest.raises(StateError, match="at work"):
        ledger.append("release", {"number": 4})


@pytest.mark.parametrize("line", [0, 1])
def test_a_removed_entry_shows(ledger: Ledger, line: int) -> None:
    lines = ledger.path.read_text().splitlines()
    del lines[line]
    ledger.path.write_text("\n".join(lines) + "\n")
    with pytest.raises(RefusedError, match=f"line {line + 1}.*does not follow"):
        ledger.entries()


def test_a_changed_entry_shows(ledger: Ledger) -> None:
    ledger.path.write_text(ledger.path.read_text().replace('"number": 2', '"number": 7'))
    with pytest.raises(RefusedError, match="line 2.*changed after it was written"):
        ledger.entries()


def test_a_rewritten_entry_breaks_the_next(ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger(tmp_path / "other.jsonl")
    other.append("release", {"number": 9})
    lines = ledger.path.read_text().splitlines()
    lines[0] = other.path.read_text().strip()
    ledger.path.write_text("\n".join(lines) + "\n")
    with pytest.raises(RefusedError, match="line 2.*does not follow"):
        ledger.entries()


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[]", "null", '{"sequence": 1}', "\ud800".encode("utf-8", "replace").decode()],
)
def test_rubbish_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(RefusedError, match="line 1"):
        Ledger(path).entries()


def test_nothing_is_appended_to_a_broken_chain(ledger: Ledger) -> None:
    entry = json.loads(ledger.path.read_text().splitlines()[0])
    ledger.path.write_text(json.dumps(entry | {"kind": "other"}) + "\n")
    with pytest.raises(RefusedError):
        ledger.append("release", {"number": 4})
