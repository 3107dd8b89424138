"""Writes that are whole or absent, whatever happens to the machine half-way.

A file or folder is built beside its place under a temporary name, flushed to disk, and renamed.
A reader sees the old content or the new, never a part. Leftovers of an interrupted run carry the
mark `PARTIAL` in their name; `sweep` removes them.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from accord.base.errors import MachineError

PARTIAL = ".partial-"


@contextmanager
def machine_errors(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals about `path` into errors that say what to do."""
    try:
        yield
    except OSError as error:
        raise explain(error, path) from error


def explain(error: OSError, path: Path) -> MachineError:
    """The `MachineError` that tells a person what an `OSError` about `path` means."""
    known = {
        errno.ENOSPC: ("The disk is full.", "Free some room and run the same command again."),
        errno.EDQUOT: ("Your share of the disk is used up.", "Free some room and run it again."),
        errno.EACCES: ("This place may not be written or read by you.", "Ask for access to it."),
        errno.EPERM: ("This place may not be written or read by you.", "Ask for access to it."),
        errno.EROFS: ("This place is read-only.", "Choose another folder."),
        errno.ENOENT: ("There is no such file or folder.", "Check the path."),
        errno.ENOTDIR: ("Part of this path is a file, not a folder.", "Check the path."),
        errno.EISDIR: ("This is a folder, not a file.", "Name a file in it."),
    }
    what, remedy = known.get(
        error.errno or 0, (f"The system refused: {error.strerror}.", "Check the path and the disk.")
    )
    return MachineError.because(what, remedy, file=path)


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Yield a temporary path to write; on success it becomes `path`, otherwise it disappears.

    `private` makes it readable by its owner only. Raises `MachineError`.
    """
    with machine_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}{PARTIAL}{uuid.uuid4().hex[:8]}")
        try:
            if private:
                draft.touch(mode=0o600)
            yield draft
            flush(draft)
            draft.replace(path)
            flush(path.parent)
        finally:
            draft.unlink(missing_ok=True)


def write_whole(contents: Mapping[Path, str], *, private: bool = False) -> None:
    """Write many small files: each becomes new or stays as it was, and the disk is flushed twice in
    all, not twice for each.

    `private` makes them readable by their owner only. Raises `MachineError`.
    """
    mark = f"{PARTIAL}{uuid.uuid4().hex[:8]}"
    drafts = {path: path.with_name(f"{path.name}{mark}") for path in contents}
    try:
        for path, draft in drafts.items():
            with machine_errors(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                draft.touch(mode=0o600 if private else 0o666)
                draft.write_text(contents[path], encoding="utf-8")
        _flush_all(drafts.values())
        for path, draft in drafts.items():
            with machine_errors(path):
                draft.replace(path)
        _flush_all({path.parent for path in drafts})
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Like `whole_file` for a folder that does not exist yet."""
    with machine_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}{PARTIAL}{uuid.uuid4().hex[:8]}")
        draft.mkdir(mode=0o700 if private else 0o755)
        try:
            yield draft
            for inner in draft.rglob("*"):
                if inner.is_file():
                    flush(inner)
            draft.replace(path)
            flush(path.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def append_line(path: Path, line: str) -> None:
    """Append one line and flush it to disk; a torn last line from a crash is cut off first."""
    with machine_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as stream:
            _cut_torn_line(stream.fileno(), path)
            stream.write(line.encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())


def read_lines(path: Path) -> list[str]:
    """The whole lines of a file that `append_line` keeps; a torn last line is not one of them."""
    if not path.exists():
        return []
    with machine_errors(path):
        text = path.read_bytes()
    lines = text.decode("utf-8", errors="replace").split("\n")
    return lines[:-1]


def sweep(folder: Path) -> None:
    """Remove what interrupted runs left behind in `folder`."""
    for leftover in folder.glob(f"*{PARTIAL}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Ask the system to put a file, or a folder's list of names, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF):  # some systems can't flush a folder
            raise
    finally:
        os.close(handle)


def _flush_all(paths: Iterable[Path]) -> None:
    """Put everything that was written on the disk; path by path where the system can't at once."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        flush(path)


def _cut_torn_line(handle: int, path: Path) -> None:
    content = path.read_bytes()
    if content and not content.endswith(b"\n"):
        os.ftruncate(handle, content.rfind(b"\n") + 1)
