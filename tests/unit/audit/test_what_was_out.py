"""What else was out: every release of a folder, and exactly those that a ledger names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from accord.audit import history
from accord.audit.history import read_history
from accord.base.errors import InputError, RefusedError
from accord.exchange.ledger import Ledger


@dataclass
class Read:
    """A file as it would be read: its id is what it holds."""

    id: str


@pytest.fixture(autouse=True)
def files_by_what_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "read_source", lambda path: Read(path.read_text("utf-8")))


def files(folder: Path, **held: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in held.items():
        (folder / f"{name}.accord").write_text(text, "utf-8")
    return folder


def ids(path: Path) -> list[str]:
    return [source.id for source in read_history(path)]


def ledger(path: Path, *acts: tuple[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    for kind, release in acts:
        subject: dict[str, Any] = {"release": release} if kind != "outside" else {"figures": "f"}
        Ledger(path).append(kind, subject)
    return path


def test_one_file_is_one_release(tmp_path: Path) -> None:
    assert ids(files(tmp_path, only="a") / "only.accord") == ["a"]


def test_a_folder_holds_those_in_it_and_below_by_name(tmp_path: Path) -> None:
    files(tmp_path, two="b", one="a")
    files(tmp_path / "earlier", zero="z")
    (tmp_path / "notes.txt").write_text("none of ours", "utf-8")
    assert ids(tmp_path) == ["z", "a", "b"]


def test_a_folder_without_a_release_is_no_history(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_history(tmp_path)
    assert "no release in this folder" in caught.value.problems[0].what
    assert caught.value.problems[0].file == str(tmp_path)


@pytest.mark.parametrize("beside", ["releases", "../releases"])
def test_a_ledgers_releases_come_in_its_order_from_beside_it_or_above(
    tmp_path: Path, beside: str
) -> None:
    book = ledger(
        tmp_path / "ledgers" / "own.jsonl",
        ("released", "b"), ("outside", ""), ("received", "a"), ("revoked", "c"),
    )  # fmt: skip
    files((book.parent / beside).resolve(), one="a", two="b", three="unnamed")
    assert ids(book) == ["b", "a"]


def test_a_release_that_a_ledger_names_and_that_is_gone_stops_the_audit(tmp_path: Path) -> None:
    book = ledger(tmp_path / "own.jsonl", ("released", "a"), ("released", "b"))
    files(tmp_path / "releases", one="a")
    with pytest.raises(RefusedError) as caught:
        read_history(book)
    assert "The release of entry 2 of this ledger is not here." in caught.value.problems[0].what
    assert caught.value.problems[0].file == str(book)
