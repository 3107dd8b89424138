"""XML interchanges as plain rows, in one pass and without holding the file in memory.

Every element right under the root is a record. What it holds is flattened: a cell is named by the
path of elements to it; where a path comes again, further ones are numbered. Declarations of
entities and document types are refused before anything of them is read.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.station.records.readers.reading import HOLE, Reading

LINE = "(line)"
_CHUNK = 1 << 20
_DEEPEST = 30
_MOST_CELLS = 2_000
_MOST_REPEATS = 9

Record = Mapping[str, str]
Source = Callable[[], "BinaryIO"]


@dataclass
class Contents:
    """What a file holds: its root, and of each kind of record how many there are, with the paths of
    their cells in the order in which they first come, and the values of some paths."""

    root: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    columns: dict[str, dict[str, None]] = field(default_factory=dict)
    seen: dict[str, Counter[str]] = field(default_factory=dict)


def contents_of(file: Path, source: Source, wanted: tuple[str, ...] = ()) -> Contents:
    """One pass over a file; `wanted` are endings of paths whose values are counted.

    Raises `InputError` when it is no well-formed XML, `MachineError`.
    """
    found = Contents()

    def take(kind: str, record: Record) -> None:
        found.counts[kind] += 1
        columns = found.columns.setdefault(kind, {LINE: None})
        for path, value in record.items():
            columns[path] = None
            for ending in wanted:
                if path == ending or path.endswith("/" + ending):
                    found.seen.setdefault(ending, Counter())[value] += 1

    found.root = _walk(file, source, take)
    return found


def read_records(
    file: Path, source: Source, kind: str, columns: tuple[str, ...], work: Path
) -> Reading:
    """All records of one kind, a row each; lines count records. Raises `InputError`."""
    target = work / "records.csv"
    rows = 0
    with machine_errors(target), target.open("w", encoding="utf-8", newline="") as copy:
        writer = csv.writer(copy, lineterminator="\n")

        def take(of: str, record: Record) -> None:
            nonlocal rows
            if of == kind:
                rows += 1
                writer.writerow([_flat(record.get(path, "")) for path in columns])

        _walk(file, source, take)
    return Reading(
        path=target,
        original=target,
        delimiter=",",
        newline="\n",
        skip=0,
        first_line=1,
        rows=rows,
        columns=columns,
        lines=rows,
    )


def _flat(text: str) -> str:
    flat = " ".join(text.replace("\0", " ").split())
    return "" if flat == HOLE else flat


def _walk(file: Path, source: Source, take: Callable[[str, Record], None]) -> str:
    walker = _Walker(file, take)
    with machine_errors(file), _explained(file, walker), source() as stream:
        while chunk := stream.read(_CHUNK):
            walker.parser.Parse(chunk, False)
        walker.parser.Parse(b"", True)
    return walker.root


@contextmanager
def _explained(file: Path, walker: _Walker) -> Iterator[None]:
    try:
        yield
    except expat.ExpatError as error:
        raise InputError.because(
            "This is not well-formed XML from here on.",
            "Export the file again; it may have been cut short.",
            file=file,
            line=getattr(error, "lineno", None),
        ) from None
    except (LookupError, ValueError):
        if walker.root:  # the declaration comes before any element
            raise
        raise InputError.because(
            "The first line declares a character encoding that can't be read.",
            "Export the file again, as UTF-8.",
            file=file,
            line=1,
        ) from None


class _Walker:
    """Follows the elements and hands over each record when it ends."""

    def __init__(self, file: Path, take: Callable[[str, Record], None]) -> None:
        self.file = file
        self.take = take
        self.root = ""
        self.path: list[str] = []
        self.text: list[str] = []
        self.record: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise InputError.because(
            "The file declares a document type or entities, which no interchange needs and which "
            "can be an attack.",
            "Export the file again without them.",
            file=self.file,
            line=self.parser.CurrentLineNumber,
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self.text.clear()
        if not self.root:
            self.root = name
            return
        self.path.append(name)
        if len(self.path) == 1:
            self.record = {LINE: str(self.parser.CurrentLineNumber)}
        if len(self.path) > _DEEPEST or len(self.record) > _MOST_CELLS:
            raise InputError.because(
                "A record holds more, or is nested deeper, than any interchange's.",
                "Export the file again.",
                file=self.file,
                line=self.parser.CurrentLineNumber,
            )
        inside = "/".join(self.path[1:])
        for key in ("id", "ref"):
            if key in attributes:
                self._put(f"{inside}@{key}", attributes[key])

    def end(self, name: str) -> None:
        if not self.path:
            return
        value = "".join(self.text).strip()
        self.text.clear()
        if value and len(self.path) > 1:
            if "://" in value:  # a descriptor: a name space and, behind the sign, its value
                value = value.rpartition("#")[2]
            self._put("/".join(self.path[1:]), value)
        kind = self.path.pop()
        if not self.path:
            self.take(kind, self.record)

    def _put(self, path: str, value: str) -> None:
        if path not in self.record:
            self.record[path] = value
            return
        for number in range(2, _MOST_REPEATS + 1):
            if (numbered := f"{path} ({number})") not in self.record:
                self.record[numbered] = value
                return
