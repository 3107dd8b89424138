"""The facts a definition can read, and the columns it can use: ``catalogue/facts/``, checked.

The station writes facts with exactly these columns; definitions and group rules may use nothing
else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from accord.base.documents import Written, read_document
from accord.indicators.language import nodes
from accord.indicators.language.parse import Scope
from accord.indicators.language.size import Size

NAME = re.compile(r"^[a-z][a-z0-9_]{0,40}$")

_STORED = re.compile(r"^(?:TEXT|BOOLEAN|SMALLINT|INTEGER|DECIMAL\((\d+),(\d+)\))$")
_WHOLE_DIGITS = {"SMALLINT": 5, "INTEGER": 10}


def _name(text: str) -> str:
    if not NAME.match(text):
        raise ValueError("a name is small letters, digits and “_”, and begins with a letter")
    return text


def _stored(text: str) -> str:
    if not _STORED.match(text):
        raise ValueError("a type is TEXT, BOOLEAN, SMALLINT, INTEGER or DECIMAL(digits,decimals)")
    return text


Name = Annotated[str, AfterValidator(_name)]


class WrittenColumn(Written):
    """A column as the file writes it."""

    name: Name
    type: Annotated[str, AfterValidator(_stored)]
    use: Literal["key", "any"] = "any"
    empty: bool = False
    codes: dict[str, str] = Field(default_factory=dict)
    meaning: str


class WrittenFact(Written):
    """A kind of fact as the file writes it."""

    id: Name
    title: str
    row: str
    columns: list[WrittenColumn]


class WrittenFacts(Written):
    """``facts.yaml``."""

    facts: Literal[1]
    common: list[WrittenColumn]
    kinds: list[Name]


@dataclass(frozen=True)
class FactColumn:
    """One column of a fact.

    `stored` is its type in Parquet, `type` the same as expressions see it. A `key` names the cell
    and is closed to definitions. `empty` says whether it can be null. `codes` are its values.
    """

    name: str
    stored: str
    type: nodes.Type
    key: bool
    empty: bool
    codes: Mapping[str, str]
    meaning: str

    @property
    def size(self) -> Size | None:
        """The most digits it can hold; `None` unless it is a number."""
        if decimal := re.match(r"^DECIMAL\((\d+),(\d+)\)$", self.stored):
            return Size(int(decimal[1]) - int(decimal[2]), int(decimal[2]))
        digits = _WHOLE_DIGITS.get(self.stored)
        return None if digits is None else Size(digits, 0)


@dataclass(frozen=True)
class Fact:
    """A kind of fact: what a row is, and its columns by name, common ones first."""

    id: str
    title: str
    row: str
    columns: Mapping[str, FactColumn]

    @property
    def sizes(self) -> dict[str, Size]:
        """The size of every number column, for `size_of`."""
        return {name: column.size for name, column in self.columns.items() if column.size}


@dataclass(frozen=True)
class Vocabulary:
    """All facts by id, and the columns that every one of them has."""

    facts: Mapping[str, Fact]
    common: Mapping[str, FactColumn]

    def scope_of(self, fact: str, constants: Mapping[str, nodes.Literal] | None = None) -> Scope:
        """What a row expression over `fact` may name."""
        return _scope(f"column of {fact}", self.facts[fact].columns, constants or {})

    def with_codes(self, column: str, codes: Mapping[str, str]) -> Vocabulary:
        """The same vocabulary where a column, in whichever fact it stands, holds these codes."""
        facts = {
            fact.id: replace(
                fact,
                columns={
                    name: replace(found, codes=codes) if name == column else found
                    for name, found in fact.columns.items()
                },
            )
            for fact in self.facts.values()
        }
        return Vocabulary(facts, self.common)

    def group_scope(self) -> Scope:
        """What the rule of a student group may name: the columns that every fact has."""
        return _scope("column that every fact has", self.common, {})


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read ``facts.yaml`` and the file of each fact beside it. Raises `InputError`."""
    written, _ = read_document(folder / "facts.yaml", WrittenFacts)
    kinds = [read_document(folder / f"{name}.yaml", WrittenFact)[0] for name in written.kinds]
    common = {column.name: _column(column) for column in written.common}
    facts = {
        fact.id: Fact(
            fact.id,
            fact.title,
            fact.row,
            {**common, **{column.name: _column(column) for column in fact.columns}},
        )
        for fact in kinds
    }
    return Vocabulary(facts, common)


def _column(written: WrittenColumn) -> FactColumn:
    return FactColumn(
        name=written.name,
        stored=written.type,
        type=_TYPES.get(written.type, nodes.Type.DECIMAL),
        key=written.use == "key",
        empty=written.empty,
        codes=written.codes,
        meaning=written.meaning,
    )


_TYPES = {
    "TEXT": nodes.Type.TEXT,
    "BOOLEAN": nodes.Type.BOOLEAN,
    "SMALLINT": nodes.Type.INTEGER,
    "INTEGER": nodes.Type.INTEGER,
}


def _scope(
    noun: str, columns: Mapping[str, FactColumn], constants: Mapping[str, nodes.Literal]
) -> Scope:
    return Scope(
        noun=noun,
        names={name: column.type for name, column in columns.items() if not column.key},
        over_cells=False,
        constants=constants,
        codes={
            name: column.codes
            for name, column in columns.items()
            if column.codes and column.type is nodes.Type.TEXT
        },
        hints={
            name: "it names the cell, and a definition means the same in every cell"
            for name, column in columns.items()
            if column.key
        },
    )
