"""Reading a charter: from the file that people write, and from its canonical form in a release."""

from __future__ import annotations

import json
from pathlib import Path

from accord.base.documents import Source, check_document, read_document
from accord.base.errors import InputError
from accord.charter.model import Charter


def read_charter(path: Path) -> tuple[Charter, Source]:
    """The charter of a YAML file, and where its parts stand.

    Its shape is checked, and every problem told in one `InputError`; whether its parts fit one
    another and the catalogue is for `check_charter`. Raises `MachineError`.
    """
    return read_document(path, Charter)


def read_canonical(data: bytes, file: str) -> Charter:
    """The charter of canonical bytes; `file` is the name used in messages.

    Raises `InputError` when they are not a charter, or spelled in any but the one canonical way.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise InputError.because(
            "This is not a charter in its canonical form.", "Ask its sender again.", file=file
        ) from None
    charter = check_document(value, Source(file, {}), Charter)
    if charter.canonical_bytes != data:
        raise InputError.because(
            "This charter is not spelled in its canonical form.", "Ask its sender again.", file=file
        )
    return charter
