"""The student data model as typed data: tables, fields, codes, rules; read from `model/`.

Importing, quality checks, made-up districts and the reference page all read this one description;
none of them repeats it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import as_file, files

from pydantic import model_validator

from accord.base.documents import Written, read_document


class FieldType(StrEnum):
    """What a field holds; `storage` is how Parquet keeps it."""

    STUDENT = "student"
    STAFF = "staff"
    LOCAL_ID = "local_id"
    ID = "id"
    TEXT = "text"
    CODE = "code"
    SCHOOL_YEAR = "school_year"
    GRADE = "grade"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"

    @property
    def storage(self) -> str:
        """The DuckDB type of the stored column. School years are text such as ``2023-24``."""
        return _STORAGE.get(self, "VARCHAR")


_STORAGE = {
    FieldType.GRADE: "SMALLINT",
    FieldType.DATE: "DATE",
    FieldType.INTEGER: "INTEGER",
    FieldType.DECIMAL: "DECIMAL(6,2)",
    FieldType.BOOLEAN: "BOOLEAN",
}


class Field(Written):
    """One column of a table."""

    name: str
    type: FieldType
    meaning: str
    required: bool = False
    codes: Mapping[str, str] = {}
    default: bool | int | str | None = None
    least: str | int | None = None
    most: str | int | None = None
    ceds: str = ""
    calpads: str = ""

    @property
    def is_filled_by_itself(self) -> bool:
        """Whether the import fills it, so that no mapping may."""
        return self.is_pseudonym or self.type is FieldType.LOCAL_ID

    @property
    def is_pseudonym(self) -> bool:
        """Whether it holds a pseudonym, of a student or of one of the staff."""
        return self.type in (FieldType.STUDENT, FieldType.STAFF)


class Rule(Written):
    """A condition, in SQL over a table's fields, under which a line is refused."""

    name: str
    field: str
    when: str
    what: str
    remedy: str


class Table(Written):
    """One table of records. `apart` tables hold names and stay out of everything computed; of a
    `history`, what several files say of one key is settled and not added up."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    observable: bool = False
    apart: bool = False
    history: bool = False

    @model_validator(mode="after")
    def _names_are_known(self) -> Table:
        names = [field.name for field in self.fields]
        unknown = {*self.key, *(rule.field for rule in self.rules)} - set(names)
        if unknown or len(names) != len(set(names)):
            raise ValueError("a key or rule names an unknown field, or a field is given twice")
        return self

    def field(self, name: str) -> Field:
        """The field called `name`. Raises `KeyError`."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def person(self) -> Field | None:
        """The field that holds a pseudonym; nothing for a table that is about no one."""
        return next((field for field in self.fields if field.is_pseudonym), None)

    @property
    def columns(self) -> dict[str, str]:
        """Every stored column and its DuckDB type, `line` (of the source file) last."""
        return {field.name: field.type.storage for field in self.fields} | {"line": "INTEGER"}


@dataclass(frozen=True)
class RecordModel:
    """All tables, in the order in which the reference page shows them."""

    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """The table called `name`. Raises `KeyError`."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    @property
    def table_names(self) -> tuple[str, ...]:
        return tuple(table.name for table in self.tables)


class _Listed(Written):
    """``tables.yaml``: the tables by name, and the version of the whole."""

    model: int
    tables: tuple[str, ...]


@cache
def record_model() -> RecordModel:
    """The model that this version of accord ships."""
    with as_file(files(__package__) / "model") as folder:
        listed, _ = read_document(folder / "tables.yaml", _Listed)
        return RecordModel(
            tuple(read_document(folder / f"{name}.yaml", Table)[0] for name in listed.tables)
        )
