"""Zip files: what is in them, the beginning of a member, a member taken out.

A zip comes from outside, so nothing of it is trusted: members are read one at a time under names of
our own, and one that would unpack to more than a station can hold is refused.
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from accord.base.errors import InputError
from accord.base.files import machine_errors

_MOST_MEMBERS = 1_000
_LARGEST = 8_000_000_000  # bytes


@dataclass(frozen=True)
class Member:
    """A file in a zip. `name` is its own, without folders."""

    archive: Path
    path: str
    size: int

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    def head(self, length: int) -> bytes:
        """Its first bytes. Raises `InputError` when it is damaged or locked."""
        with _opened(self.archive) as zipped, zipped.open(self.path) as stream:
            return stream.read(length)

    def take_out(self, folder: Path) -> Path:
        """Copy it into `folder`. Raises `InputError`, `MachineError`."""
        target = folder / f"member{PurePosixPath(self.name).suffix.lower()}"
        with (
            machine_errors(target),
            _opened(self.archive) as zipped,
            zipped.open(self.path) as stream,
            target.open("wb") as copy,
        ):
            shutil.copyfileobj(stream, copy, 1 << 22)
        return target


def members(archive: Path) -> tuple[Member, ...]:
    """The files in a zip, by path, without what a Macintosh adds. Raises `InputError`."""
    with _opened(archive) as zipped:
        infos = [info for info in zipped.infolist() if not info.is_dir()]
    kept = [info for info in infos if not info.filename.startswith("__MACOSX/")]
    if len(kept) > _MOST_MEMBERS or sum(info.file_size for info in kept) > _LARGEST:
        raise InputError.because(
            "The zip holds more than can be taken in.",
            "Unpack it and give the files one by one.",
            file=archive,
        )
    if any(info.flag_bits & 1 for info in kept):
        raise InputError.because(
            "The zip is locked with a password.", "Unpack it and give the files.", file=archive
        )
    return tuple(
        Member(archive, info.filename, info.file_size)
        for info in sorted(kept, key=lambda each: each.filename)
    )


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with machine_errors(archive), zipfile.ZipFile(archive) as zipped:
            yield zipped
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise InputError.because(
            "The zip is damaged, cut short or packed in a way that can't be read.",
            "Download it again.",
            file=archive,
        ) from None
