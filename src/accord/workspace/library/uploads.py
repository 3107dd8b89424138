"""Whether a file is what its name says, where it is kept, and how it is read again.

Only the beginning of a file and the table of contents of an Office file are looked at; nothing is
unpacked. Files with macros are refused, for nobody here needs them.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from copy import copy
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from accord.base.canonical import file_hash, short_hash
from accord.base.errors import InputError, StateError
from accord.base.files import machine_errors, whole_file
from accord.workspace.library.kinds import FILE_KINDS
from accord.workspace.library.models import Upload
from accord.workspace.people.models import Partnership, Person
from accord.workspace.releases.exchanging import folder_of
from accord.workspace.sealing.fields import key_at_hand, own_key
from accord.workspace.sealing.streams import PIECE, seal_file, unsealed

LARGEST = 25_000_000
"""Bytes. What is larger is better kept where it is, and linked."""

_MACROS = "vbaproject.bin"
_PIECE = 1 << 20
_LONGEST_NAME = 160


Owner = TypeVar("Owner")


def keep(
    path: Path,
    name: str,
    *,
    partnership: Partnership,
    by: Person,
    of: Callable[[Upload], Owner],
) -> Owner:
    """Check the file at `path`, which came under `name`, and keep it; `of` makes whose file it is.

    Who sees that decides whether the file is sealed. Raises `InputError` when it is too large, of a
    kind that isn't kept, or not what it says.
    """
    kind = check(path, name)
    upload = Upload.objects.create(
        partnership=partnership, kind=kind, size=path.stat().st_size, by=by, at=timezone.now()
    )
    owner = of(upload)
    _lay(upload, path, Path(name).name[-_LONGEST_NAME:])
    return owner


def seal_laid(upload: Upload) -> None:
    """Seal a file that lies open though its owner isn't shared. Raises `MachineError`."""
    former = copy(upload)
    path = place_of(former)
    if path.exists():
        _lay(upload, path, upload.name)
        transaction.on_commit(partial(remove, former))


def pieces_of(upload: Upload) -> Iterator[bytes]:
    """The bytes of a file in the clear, piece by piece; a sealed one was checked whole before.

    Raises `StateError` where its key is locked or was destroyed, or the file is gone;
    `RefusedError` where it was altered.
    """
    path = place_of(upload)
    if not path.exists():
        raise StateError.because(
            "This file is no longer kept here.", "Ask whoever brought it, or the host."
        )
    if not upload.is_sealed:
        return _read(path)
    key = key_at_hand(upload)
    for _ in unsealed(path, key, upload.seal):
        pass  # nothing is given of a file that was altered further on
    return unsealed(path, key, upload.seal)


def remove(upload: Upload) -> None:
    """Take the bytes of a file away, unless another upload has the same. Raises `MachineError`."""
    alike = Upload.objects.filter(
        partnership=upload.partnership, hash=upload.hash, is_sealed=False, expired_at=None
    )
    if upload.is_sealed or not alike.exclude(pk=upload.pk).exists():
        path = place_of(upload)
        with machine_errors(path):
            path.unlink(missing_ok=True)


def place_of(upload: Upload) -> Path:
    """Where an upload lies: a sealed one by its seal, another by its hash."""
    folder = folder_of(upload.partnership) / "library"
    mark = upload.hash
    return folder / (upload.seal if upload.is_sealed else f"{short_hash(mark)}{mark[-20:]}")


def check(path: Path, name: str) -> str:
    """The kind of a file, as the end of its name. Raises `InputError`."""
    size = path.stat().st_size
    if size > LARGEST:
        raise InputError.because(
            f"This file has {size / 1e6:,.0f} MB; the library keeps files up to "
            f"{LARGEST // 1_000_000} MB.",
            "Make it smaller, or keep it where it is and put its address into a document.",
            file=name,
        )
    end = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    end = {"jpeg": "jpg"}.get(end, end)
    kind = FILE_KINDS.get(end)
    if kind is None:
        raise InputError.because(
            "The library doesn't keep this kind of file.",
            f"Bring one of these: {', '.join(FILE_KINDS)}.",
            file=name,
        )
    if not _begins(path, kind.begins) or (kind.holds and not _holds(path, kind.holds, name)):
        raise _not_what_it_says(name, kind.name)
    if not kind.begins and not _is_text(path):
        raise _not_what_it_says(name, kind.name)
    return end


def _lay(upload: Upload, path: Path, name: str) -> None:
    """Lay the bytes at `path` where they are kept: sealed, or in the clear."""
    upload.is_sealed = upload.circle() is not None
    if not upload.is_sealed:
        upload.hash = file_hash(path)
    target = place_of(upload)
    with machine_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if upload.is_sealed or not target.exists():
            with whole_file(target, private=True) as draft:
                if upload.is_sealed:
                    seal_file(path, draft, own_key(upload), upload.seal)
                else:
                    shutil.copyfile(path, draft)
    if upload.is_sealed:
        upload.hash = file_hash(target)
    upload.name = name
    upload.save(update_fields=["name", "hash", "is_sealed"])


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def _begins(path: Path, beginning: bytes) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(beginning)) == beginning


def _holds(path: Path, part: str, name: str) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            inside = packed.namelist()
    except zipfile.BadZipFile:
        return False
    if any(one.lower().endswith(_MACROS) for one in inside):
        raise InputError.because(
            "This file carries macros.", "Save it without macros, and bring that.", file=name
        )
    return part in inside


def _is_text(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as stream:
            while piece := stream.read(_PIECE):
                if "\x00" in piece:
                    return False
    except UnicodeDecodeError:
        return False
    return True


def _not_what_it_says(name: str, kind: str) -> InputError:
    return InputError.because(
        f"This file is called {kind} by its name, but it is something else.",
        "Open it in the program it was made with, save it again, and bring that.",
        file=name,
    )
