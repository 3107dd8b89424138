"""τ-Argus on a published instance: the pattern it would hide, and its audit of any pattern.

Its rules protect a count both ways by a share of itself, where ours ask for a width: its audit is
asked with a share that comes to less than one for every primary count, which is what both mean by
“not computable”.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from pytauargus import ProtectResult, protect
from pytauargus.batch import Apriory
from pytauargus.hrc import write_hrc

from bench.instances import Instance, Key

_SAFETY_RANGE = 10  # percent
_OPTIMAL = "OPT(1)"  # within a minute, else the best that it found
_SAFE, _SECONDARY = 1, (11, 12)


@dataclass(frozen=True)
class Pattern:
    """How many cells are hidden beside the primary ones, and how many counts they hold."""

    beside: int
    cost: int


class TauArgus:
    """One instance, given to τ-Argus as one respondent a count; it looks for the optimum."""

    def __init__(self, instance: Instance, rows: Sequence[dict[str, str]]) -> None:
        self._instance = instance
        self._codes: list[dict[str, str]] = [{} for _ in instance.levels]
        self._result = self._protected(rows)

    @property
    def pattern(self) -> Pattern:
        """What it hides by itself."""
        hidden = [
            cell
            for cell in self._result.engine.audit(0)
            if cell["value"] > self._instance.threshold
        ]
        return Pattern(len(hidden), int(sum(cell["value"] for cell in hidden)))

    def unsafe(self, beside: Iterable[Key]) -> int:
        """How many hidden cells its audit finds unsafe when these are hidden beside the primary."""
        engine = self._result.engine
        native = engine._tau  # a pattern of one's own has no other way in
        for cell in range(native.get_total_table_size(0)[0]):
            if native.get_table_cell_status(0, cell) in _SECONDARY:
                native.set_table_cell_status_cell(0, cell, _SAFE)
        lines = [";".join([*self._named(key), "M"]) for key in beside]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "pattern.hst"
            file.write_text("\n".join([*lines, ""]), encoding="ascii")
            taken = engine.apply_apriori(Apriory(str(file), 1, ";"))
        assert taken["status_ok"] == len(lines)
        return sum(bool(cell["unsafe"]) for cell in engine.audit(0))

    def _named(self, key: Key) -> list[str]:
        return [self._codes[axis].get(part, "") for axis, part in enumerate(key)]

    def _code(self, axis: int, name: str) -> str:
        """A short code of one length, which is all that it takes."""
        known = self._codes[axis]
        return known.setdefault(name, f"{'ABC'[axis]}{len(known):04d}")

    def _protected(self, rows: Sequence[dict[str, str]]) -> ProtectResult:
        instance = self._instance
        coded = {
            (axis, column): [self._code(axis, f"{column} {row[column]}") for row in rows]
            for axis, columns in enumerate(instance.levels)
            for column in columns
        }
        counts = [int(row[instance.count]) for row in rows]
        finest = [columns[0] for columns in instance.levels]
        people: dict[str, list[object]] = {
            name: [
                code
                for code, count in zip(coded[axis, name], counts, strict=True)
                for _ in range(count)
            ]
            for axis, name in enumerate(finest)
        }
        people["one"] = [1.0] * sum(counts)
        hierarchies = {
            columns[0]: write_hrc({name: coded[axis, name] for name in columns}, list(columns))
            for axis, columns in enumerate(instance.levels)
            if len(columns) > 1
        }
        with tempfile.TemporaryDirectory() as folder, chdir(folder):  # it leaves logs where it is
            return protect(
                people,
                finest,
                response="one",
                safety_rules=f"FREQ({instance.threshold + 1},{_SAFETY_RANGE})",
                suppress=_OPTIMAL,
                hrc=hierarchies or None,
            )
