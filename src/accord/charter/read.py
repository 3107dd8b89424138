"""Reading a charter: from the file that people write, and from its canonical form in a release."""

from __future__ import annotations

import json
from pathlib import Path

from accord.base.canonical import canonical_bytes
from accord.base.documents import Source, check_document, read_document
from accord.base.errors import AccordError, InputError
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
        is_canonical = canonical_bytes(value) == data
    except (ValueError, TypeError, RecursionError):
        is_canonical = False
    if not is_canonical:
        raise _not_canonical(file)
    charter = check_document(value, Source(file, {}), Charter)
    if charter.canonical_bytes != data:
        raise _not_canonical(file)
    return charter


def _not_canonical(file: str) -> AccordError:
    return InputError.because(
        "This is not a charter in its canonical form.", "Ask its sender for it again.", file=file
    )
