"""Writes are whole or absent."""

import errno
from pathlib import Path

import pytest

from accord.base.errors import MachineError
from accord.base.files import (
    append_line,
    explain,
    read_lines,
    sweep,
    whole_file,
    whole_folder,
    write_whole,
)


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "report.txt"
    with whole_file(target) as draft:
        draft.write_text("half")
        assert not target.exists()
    assert target.read_text() == "half"


def test_a_failure_leaves_the_old_file_and_no_leftovers(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), whole_file(target) as draft:
        draft.write_text("new")
        raise RuntimeError
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_a_folder_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), whole_folder(tmp_path / "facts") as draft:
        (draft / "one.parquet").write_text("x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with whole_folder(tmp_path / "facts") as draft:
        (draft / "one.parquet").write_text("x")
    assert (tmp_path / "facts" / "one.parquet").read_text() == "x"


def test_a_private_file_is_its_owners_only(tmp_path: Path) -> None:
    with whole_file(tmp_path / "secret", private=True) as draft:
        draft.write_text("x")
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_a_torn_line_never_counted(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    append_line(journal, "one")
    with journal.open("ab") as stream:
        stream.write(b"two, but the power w")
    assert read_lines(journal) == ["one"]
    append_line(journal, "three")
    assert read_lines(journal) == ["one", "three"]


def test_leftovers_of_a_killed_run_are_swept(tmp_path: Path) -> None:
    (tmp_path / "facts.partial-ab12").mkdir()
    (tmp_path / "x.json.partial-cd34").write_text("x")
    (tmp_path / "kept.json").write_text("x")
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]


def test_a_missing_parent_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(MachineError), whole_file(tmp_path / "file" / "inner") as draft:
        draft.write_text("x")


@pytest.mark.parametrize(
    ("number", "word"), [(28, "full"), (30, "read-only"), (13, "may not"), (2, "no such file")]
)
def test_the_systems_refusals_say_what_to_do(number: int, word: str) -> None:
    problem = explain(OSError(number, "x"), Path("place")).problems[0]
    assert word in problem.what
    assert problem.remedy
    assert problem.file == "place"


def test_of_many_files_each_becomes_new_or_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = {tmp_path / "keys" / name: f"new {name}" for name in "abc"}
    write_whole(dict.fromkeys(new, "old"), private=True)
    replace = Path.replace

    def failing(draft: Path, path: Path) -> Path:
        if path.name == "c":
            raise OSError(errno.ENOSPC, "no room")
        return replace(draft, path)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(MachineError, match="full"):
        write_whole(new, private=True)
    assert [path.read_text() for path in new] == ["new a", "new b", "old"]
    assert len(list((tmp_path / "keys").iterdir())) == 3, "no leftovers"
    assert (tmp_path / "keys" / "a").stat().st_mode & 0o077 == 0
