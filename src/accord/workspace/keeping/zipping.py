"""A zip file made while it is sent: nothing of it lies on the disk, and little in memory."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Inside:
    """A file inside: its name, and its bytes piece by piece."""

    name: str
    pieces: Iterator[bytes]


class _Outflow(io.RawIOBase):
    """Takes what is written until it is sent on."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held.append(bytes(data))
        return len(self._held[-1])

    def drain(self) -> bytes:
        """What was written since the last time."""
        held, self._held = self._held, []
        return b"".join(held)


def zipped(
    files: Iterable[Inside], manifest: Callable[[Mapping[str, str]], bytes]
) -> Iterator[bytes]:
    """A zip of files, piece by piece; last ``manifest.json``, made of each file's hash."""
    out, hashes = _Outflow(), dict[str, str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            digest = hashlib.sha256()
            with archive.open(file.name, "w") as entry:
                for piece in file.pieces:
                    digest.update(piece)
                    entry.write(piece)
                    yield out.drain()
            hashes[file.name] = f"sha256:{digest.hexdigest()}"
        archive.writestr("manifest.json", manifest(hashes))
    yield out.drain()
