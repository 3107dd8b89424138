"""Hand-worked tables: for each indicator, a few students in and its exact numbers out.

A file is about one indicator (one definition, or its variants), in chapters of paragraphs. The
tests run every paragraph on every engine; the reference pages of the indicators are made of the
same files, so that what the pages show has been computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from accord.base.documents import Written, read_document
from accord.base.periods import grade_number
from accord.indicators.catalogue import Catalogue
from accord.indicators.language.nodes import Type
from accord.indicators.vocabulary import Fact, FactColumn

FOLDER = Path(__file__).parent
PERIOD = "2023-24"


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text)]


class Expected(Written):
    """What a cell must hold; without `level`, `organisation`, `grade` and `group` the district's
    cell of all students. `value` is as published; nothing where it is not applicable."""

    level: str = "district"
    organisation: Text = "D"
    grade: Text = ""
    group: str = "all"
    numerator: Text | None
    denominator: Text | None
    value: Text | None


class Paragraph(Written):
    """A few rows of facts, what comes of them, and one sentence of why.

    A column ``students`` says how many students are alike. `only` names the definitions that the
    paragraph is about; none named is all of the file's.
    """

    title: str
    why: str
    facts: str
    expect: list[Expected] = Field(min_length=1)
    only: list[str] = Field(default_factory=list)

    def is_about(self, reference: str) -> bool:
        return not self.only or reference in self.only


class Chapter(Written):
    title: str
    paragraphs: list[Paragraph] = Field(min_length=1)


class Spec(Written):
    """`definitions` gives each definition the columns that only its rows have; `ordinary` what
    columns hold that a paragraph does not show."""

    definitions: dict[str, dict[str, Text | bool]]
    ordinary: dict[str, Text | bool] = Field(default_factory=dict)
    chapters: list[Chapter] = Field(min_length=1)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [paragraph for chapter in self.chapters for paragraph in chapter.paragraphs]


@dataclass(frozen=True)
class Table:
    """The table of a paragraph: its header and its rows, as written."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def spec_files() -> list[Path]:
    """Every file of hand-worked tables."""
    return sorted(FOLDER.glob("*.yaml"))


@cache
def read_spec(path: Path) -> Spec:
    return read_document(path, Spec)[0]


def table_of(paragraph: Paragraph) -> Table:
    """The facts of a paragraph as cells of text."""
    lines = [line for line in paragraph.facts.splitlines() if line.strip()]
    header, *rows = (tuple(cell.strip() for cell in line.split("|")) for line in lines)
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"“{paragraph.title}”: a row has {len(row)} cells, not {len(header)}")
    return Table(header, tuple(rows))


def organisation_of(number: int, organisation: str) -> str:
    """Each paragraph is about organisations of its own, so that one run measures them all."""
    return f"{number:03d} {organisation}"


def fact_rows(spec: Spec, reference: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    """All rows of all paragraphs as they stand in a fact file."""
    fact = catalogue.vocabulary.facts[catalogue.definition(reference).fact]
    given = {**spec.ordinary, **spec.definitions[reference]}
    rows = []
    for number, paragraph in enumerate(spec.paragraphs):
        table = table_of(paragraph)
        for cells in table.rows:
            written = {**given, **dict(zip(table.header, cells, strict=True))}
            for _ in range(int(written.pop("students", "1"))):
                rows.append(_row(fact, written, number, len(rows)))
    return rows


def _row(fact: Fact, written: dict[str, Any], number: int, student: int) -> dict[str, Any]:
    unknown = written.keys() - fact.columns.keys()
    if unknown:
        raise ValueError(f"{fact.id} has no columns {sorted(unknown)}")
    row = {name: _ordinary(column) for name, column in fact.columns.items()}
    row |= {name: _value(fact.columns[name], text) for name, text in written.items()}
    row["student"] = f"{student:05d}"
    row["organisation"] = organisation_of(number, row["organisation"])
    return row


def _ordinary(column: FactColumn) -> Any:
    key = {"period": PERIOD, "level": "district", "organisation": "D", "grade": 4}
    if column.name in key:
        return key[column.name]
    if column.empty:
        return None
    return {Type.BOOLEAN: False, Type.TEXT: "NR", Type.INTEGER: 0, Type.DECIMAL: Decimal(0)}[
        column.type
    ]


def _value(column: FactColumn, text: str | bool) -> Any:
    if isinstance(text, bool):
        return text
    if text == "":
        return None
    if column.name == "grade":
        return grade_number(text)
    match column.type:
        case Type.BOOLEAN:
            return {"yes": True, "no": False}[text]
        case Type.INTEGER:
            return int(text)
        case Type.DECIMAL:
            return Decimal(text)
        case Type.TEXT:
            return text


def exact(text: str | None) -> Fraction | None:
    """An expected number: ``12``, ``-7.5``, ``50/3`` or nothing."""
    return None if text is None else Fraction(text)
