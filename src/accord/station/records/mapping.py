"""The mapping file: how a district's own columns and codes become records.

A mapping says which files it is for, which column names the student, which rows are the
district's, and how each field of each table is filled: from a column, a constant, a translation
of codes, a date in a stated format, a number in another unit. Nothing that is not written here is
guessed. ``{district}`` in a value stands for the district of the station that imports, so that
one mapping can serve several districts that share a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from accord.base.documents import Written

DISTRICT = "{district}"

Items = TypeVar("Items", bound=tuple[Any, ...])
Value = bool | int | str
Encoding = Literal["auto", "utf-8", "utf-16", "windows-1252", "iso-8859-1"]
DataStatus = Literal["certified", "preliminary", "unofficial"]


def _as_text(value: Any) -> Any:
    """Cells are text; a mapping may well write 470 or true without quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


def _as_list(value: Any) -> Any:
    return [_as_text(item) for item in value] if isinstance(value, list) else [_as_text(value)]


def _not_empty(value: Items) -> Items:
    if not value:
        raise ValueError("at least one is needed here")
    return value


def _as_tuple(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_as_text)]
Choices = Annotated[tuple[str, ...], BeforeValidator(_as_list), AfterValidator(_not_empty)]
Factor = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=6)]
Condition = Mapping[str, Choices]
Formats = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), AfterValidator(_not_empty)]


class Unit(Written):
    """How a number of the file becomes a number of the field."""

    divide: Factor = Decimal(1)
    multiply: Factor = Decimal(1)


class ColumnMapping(Written):
    """How one field is filled: from `column` or by a `constant`.

    `codes` translates what the column says; ``*`` stands for anything else in it, and `blank` is
    what an empty cell means. A code that is not known refuses its line; with ``unknown: keep`` the
    line is loaded, the field counts as missing, and the code is listed for the clerk.
    """

    column: str | None = None
    constant: Value | None = None
    codes: Mapping[str, Value | None] | None = None
    blank: Value | None = None
    date: Formats | None = None
    format: str | None = None
    unit: Unit | None = None
    unknown: Literal["refuse", "keep"] = "refuse"

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnMapping:
        if (self.column is None) == (self.constant is None):
            raise ValueError("give either a column or a constant")
        others = (self.codes, self.blank, self.date, self.format, self.unit)
        if self.constant is not None and any(other is not None for other in others):
            raise ValueError("a constant is written as it is stored; leave the rest out")
        return self


class TableMapping(Written):
    """How one table is filled from the rows of a file, or from those where `when` holds."""

    table: str
    columns: Mapping[str, Annotated[ColumnMapping, BeforeValidator(_as_column)]]
    when: Condition = Field(default_factory=dict)
    repeats: Literal["refuse", "observe"] = "refuse"


class Format(Written):
    """How the file is written. ``auto`` looks; everything else is taken at its word."""

    delimiter: str = "auto"
    encoding: Encoding = "auto"
    header: bool = True
    columns: tuple[str, ...] = ()
    sheet: str | None = None
    trim: bool = False

    @model_validator(mode="after")
    def _names_for_a_file_without_header(self) -> Format:
        if self.header == bool(self.columns):
            raise ValueError(
                "a file without a header needs “columns” (its columns in order), and only that one"
            )
        return self


class Database(Written):
    """A view of a database instead of a file. `connection` names the variable of the environment
    that says how to connect."""

    connection: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    view: str = Field(min_length=1)
    schema_name: str | None = Field(default=None, alias="schema")
    order_by: tuple[str, ...] = ()


class SourceMapping(Written):
    """One kind of file, or a view of a database. Its `name` begins the slot of all that is
    imported through it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    files: str = ""
    database: Database | None = None
    format: Format = Format()
    student: str | None = None
    student_digits: int | None = Field(default=None, ge=1, le=30)
    staff: str | None = None
    keep: Condition = Field(default_factory=dict)
    tables: Annotated[tuple[TableMapping, ...], AfterValidator(_not_empty)]

    @model_validator(mode="after")
    def _files_or_database(self) -> SourceMapping:
        if bool(self.files) == (self.database is not None):
            raise ValueError("give either “files” or a “database”")
        return self

    @model_validator(mode="after")
    def _students_or_staff(self) -> SourceMapping:
        if self.student and self.staff:
            raise ValueError("a source is about students or about staff: name one of the two")
        return self

    @property
    def person(self) -> str | None:
        """The column that says whom a line is about."""
        return self.student or self.staff

    def takes(self, file: Path) -> bool:
        """Whether a file's name is one that this source is for."""
        return self.database is None and fnmatchcase(file.name.lower(), self.files.lower())

    def slot(self, file: Path) -> str:
        """The place that a file's snapshot takes; a corrected file of that name supersedes it."""
        stem = file.name.lower()
        for ending in (".gz", ".csv", ".tsv", ".txt", ".xlsx", ".parquet"):
            stem = stem.removesuffix(ending)
        return f"{self.name}/{stem}"


class ImportMapping(Written):
    """A whole mapping file."""

    mapping: Literal[1]
    district: Text | None = None
    as_of: date
    data_status: DataStatus
    sources: Annotated[tuple[SourceMapping, ...], AfterValidator(_not_empty)]

    def source_for(self, district: str, index: int) -> SourceMapping:
        """The source at `index` with ``{district}`` filled in."""
        plain = self.sources[index].model_dump(mode="json", by_alias=True)
        return SourceMapping.model_validate(_filled(plain, district))


def _filled(value: Any, district: str) -> Any:
    if isinstance(value, str):
        return value.replace(DISTRICT, district)
    if isinstance(value, dict):
        return {key: _filled(inner, district) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, district) for inner in value]
    return value
