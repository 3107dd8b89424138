"""What every reader hands over: a file as plain text, one row a line, every line accounted for.

Whatever the file was (compressed, another encoding, a workbook), the next step reads one plain
UTF-8 file in which row r (from 0) stands for line `first_line` + r of the source. A line that is
no row leaves a *hole* in its place, so that line numbers never shift.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from accord.station.records.sql import literal, path_literal

HOLE = "\x1ahole"

BLANK = "blank-line"

_SPELLED = {"\n": "\\n", "\r\n": "\\r\\n"}  # DuckDB wants them spelled out
_LONGEST_LINE = 4_000_000  # bytes; the careful reader refuses lines of a million characters


@dataclass(frozen=True)
class Reading:
    """A file, ready to become records.

    `path` holds `rows` rows after `skip` lines; `original` is the same text before any line was
    replaced by a hole, its first line the source's line `original_first`. `lines` counts the
    physical lines after the header: each must end up loaded, quarantined or set aside. `refused`
    lists the lines that are no rows, by reason (an id of `reasons.yaml`); `joined` maps each
    further line of a record that spans several to the record's first line.

    `columns` are the file's own; `derived` adds columns that are computed from them, as SQL over
    c0, c1, …. `lookups` names columns that say whether the record that a line refers to was found
    in another file, each with the column that refers to it.
    """

    path: Path
    original: Path
    delimiter: str
    newline: str
    skip: int
    first_line: int
    rows: int
    columns: tuple[str, ...]
    lines: int
    refused: Mapping[str, list[int]] = field(default_factory=dict)
    joined: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    has_typed_cells: bool = False
    original_first: int = 1
    derived: Mapping[str, str] = field(default_factory=dict)
    lookups: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The file's own columns, then those derived from them."""
        return (*self.columns, *self.derived)

    @property
    def has_holes(self) -> bool:
        return bool(self.refused or self.joined)

    @property
    def relation(self) -> str:
        """SQL of the rows, in order: columns c0, c1, … as text, blank cells as null."""
        return self.relation_over(self.path, skip=self.skip, newline=self.newline)

    def relation_over(self, path: Path, *, skip: int, newline: str) -> str:
        """The same for another file with rows of this shape."""
        names = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(self.columns)))
        own = (
            f"read_csv({path_literal(path)}, auto_detect=false, header=false, skip={skip}, "
            f"delim={literal(self.delimiter)}, quote='\"', escape='\"', "
            f"new_line={literal(_SPELLED[newline])}, columns={{{names}}}, "
            f"max_line_size={_LONGEST_LINE})"
        )
        if not self.derived:
            return own
        first = len(self.columns)
        added = ", ".join(
            f"{sql} AS c{number}" for number, sql in enumerate(self.derived.values(), start=first)
        )
        return f"(SELECT *, {added} FROM {own})"
