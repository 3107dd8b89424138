"""Bytes to plain text: compression, encodings and line ends, without losing count of a line.

The bytes are read once to hash and survey them. A file that is already plain (UTF-8, uniform line
ends, not compressed) is used where it lies; any other is copied once as UTF-8 into the work
folder. Bytes that are no characters become U+FFFD, and the careful reader then quarantines their
lines.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from accord.base.errors import InputError
from accord.base.files import machine_errors

REPLACEMENT = "\ufffd"
_CHUNK = 1 << 22
_TAIL = 1 << 12
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LOST = re.compile("[\udc80-\udcff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Survey:
    """What the bytes of a text look like."""

    lines: int
    newlines: int
    returns: int
    return_newlines: int
    has_nulls: bool
    is_utf8: bool
    head: bytes

    @property
    def newline(self) -> str | None:
        """The one line end used throughout; nothing when they are mixed."""
        if self.returns == 0:
            return "\n"
        return "\r\n" if self.returns == self.return_newlines == self.newlines else None


@dataclass(frozen=True)
class PlainText:
    """A UTF-8 file and how sure its lines are.

    `lines` counts physical lines, of which the last `blank_end` have nothing on them; `newline` is
    their one end, or nothing when ends are mixed; `is_damaged` says that some bytes were no
    characters and stand as U+FFFD.
    """

    path: Path
    lines: int
    blank_end: int
    newline: str | None
    has_nulls: bool
    is_damaged: bool
    source_hash: str
    notes: tuple[str, ...]


def plain_text(file: Path, encoding: str, work: Path) -> PlainText:
    """`file` as plain text. Raises `InputError` when it is empty or damaged, `MachineError`.

    `encoding` is a name or ``auto``: what a byte-order mark says, else UTF-8, else Windows-1252.
    A UTF-8 mark stays where it is; whoever reads the header passes over it.
    """
    digest = hashlib.sha256()
    packed = file.name.lower().endswith(".gz")
    path = work / "unpacked.txt" if packed else file
    with machine_errors(file), _damage_explained(file):
        if packed:
            with path.open("wb") as copy:
                first = _survey(_copied(_unpacked(file, digest), copy))
        else:
            first = _survey(_hashed(file, digest))
    source_hash = "sha256:" + digest.hexdigest()
    if not first.head:
        raise InputError.because(
            "The file is empty.", "Export it again: not even a header is there.", file=file
        )
    name, notes = _encoding(path, encoding, first)
    old_macintosh = first.newlines == 0 and first.returns > 0
    if name in ("utf-8", "utf-8-sig") and first.is_utf8 and not old_macintosh:
        return _plain(path, first, False, source_hash, notes)
    target = work / "plain.txt"
    with machine_errors(target):
        damaged = _transcode(path, target, name, old_macintosh)
        with target.open("rb") as stream:
            second = _survey(iter(lambda: stream.read(_CHUNK), b""))
    return _plain(target, second, damaged, source_hash, notes)


def _plain(
    path: Path, survey: Survey, damaged: bool, source_hash: str, notes: tuple[str, ...]
) -> PlainText:
    return PlainText(
        path=path,
        lines=survey.lines,
        blank_end=_blank_end(path),
        newline=survey.newline,
        has_nulls=survey.has_nulls,
        is_damaged=damaged,
        source_hash=source_hash,
        notes=notes,
    )


def _blank_end(path: Path) -> int:
    """How many lines with nothing on them end a file, as far as its last few thousand tell."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL))
        tail = stream.read()
    return max(0, tail[len(tail.rstrip(b"\r\n")) :].count(b"\n") - 1)


def _survey(chunks: Iterator[bytes]) -> Survey:
    newlines = returns = return_newlines = 0
    has_nulls, is_utf8, head, last = False, True, b"", b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for chunk in chunks:
        cells = np.frombuffer(chunk, np.uint8)
        newlines += int(np.count_nonzero(cells == 10))
        if b"\r" in chunk:
            returns += chunk.count(b"\r")
            return_newlines += chunk.count(b"\r\n")
        return_newlines += last == b"\r" and chunk[:1] == b"\n"
        has_nulls = has_nulls or b"\0" in chunk
        if is_utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        head, last = head or chunk[:4096], chunk[-1:]
    is_utf8 = is_utf8 and not decoder.getstate()[0]
    lines = newlines + (last not in (b"\n", b""))
    return Survey(lines, newlines, returns, return_newlines, has_nulls, is_utf8, head)


def _encoding(path: Path, wanted: str, survey: Survey) -> tuple[str, tuple[str, ...]]:
    if wanted != "auto":
        with_mark = wanted == "utf-8" and survey.head.startswith(codecs.BOM_UTF8)
        return ("utf-8-sig" if with_mark else wanted), ()
    for mark, name in _BOMS:
        if survey.head.startswith(mark):
            return name, (f"Read as {name.removesuffix('-sig')}: it begins with that mark.",)
    even, odd = survey.head[::2].count(0), survey.head[1::2].count(0)
    if max(even, odd) * 4 > len(survey.head) // 2:
        return ("utf-16-le" if odd > even else "utf-16-be"), ("Read as utf-16 without a mark.",)
    if survey.is_utf8 or _is_damaged_utf8(path):
        return "utf-8", ()
    return "windows-1252", ("Not UTF-8: read as windows-1252.",)


def _is_damaged_utf8(path: Path) -> bool:
    """Whether most characters beyond ASCII are whole UTF-8, so that the rest is damage."""
    whole = broken = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            text = decoder.decode(chunk)
            lost = len(_LOST.findall(text))
            broken += lost
            whole += len(_BEYOND_ASCII.findall(text)) - lost
    return whole > broken


def _transcode(path: Path, target: Path, encoding: str, old_macintosh: bool) -> bool:
    """Copy as UTF-8; whether some bytes were no characters."""
    damaged = False
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with path.open("rb") as stream, target.open("wb") as copy:
        while True:
            chunk = stream.read(_CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            damaged = damaged or REPLACEMENT in text
            if old_macintosh:
                text = text.replace("\r", "\n")
            copy.write(text.encode())
            if not chunk:
                return damaged


def _hashed(file: Path, digest: hashlib._Hash) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            yield chunk


def _unpacked(file: Path, digest: hashlib._Hash) -> Iterator[bytes]:
    for _ in _hashed(file, digest):
        pass
    with gzip.open(file) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _copied(chunks: Iterator[bytes], copy: BinaryIO) -> Iterator[bytes]:
    for chunk in chunks:
        copy.write(chunk)
        yield chunk


@contextmanager
def _damage_explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError.because(
            "The compressed file is damaged or cut short.",
            "Copy or export it again.",
            file=file,
        ) from None
