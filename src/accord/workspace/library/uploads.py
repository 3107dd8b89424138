"""Whether a file is what its name says, and where it is kept.

Only the beginning of a file and the table of contents of an Office file are looked at; nothing is
unpacked. Files with macros are refused, for nobody here needs them.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from django.utils import timezone

from accord.base.canonical import file_hash, short_hash
from accord.base.errors import InputError
from accord.base.files import machine_errors, whole_file
from accord.workspace.library.kinds import FILE_KINDS
from accord.workspace.library.models import Upload
from accord.workspace.people.models import Partnership, Person
from accord.workspace.releases.exchanging import folder_of

LARGEST = 25_000_000
"""Bytes. What is larger is better kept where it is, and linked."""

_MACROS = "vbaproject.bin"
_PIECE = 1 << 20


def keep(path: Path, name: str, *, partnership: Partnership, by: Person) -> Upload:
    """Check the file at `path`, which came under `name`, and keep it.

    Raises `InputError` when it is too large, of a kind that isn't kept, or not what it says.
    """
    kind = check(path, name)
    mark = file_hash(path)
    target = _place(partnership, mark)
    with machine_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            with whole_file(target, private=True) as draft:
                shutil.copyfile(path, draft)
    return Upload.objects.create(
        partnership=partnership,
        name=Path(name).name[-160:],
        kind=kind,
        size=path.stat().st_size,
        hash=mark,
        by=by,
        at=timezone.now(),
    )


def place_of(upload: Upload) -> Path:
    """Where an upload lies."""
    return _place(upload.partnership, upload.hash)


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


def _place(partnership: Partnership, mark: str) -> Path:
    return folder_of(partnership) / "library" / f"{short_hash(mark)}{mark[-20:]}"
