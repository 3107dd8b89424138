"""Formats and their layouts as data: one YAML file a format, dated, sourced, correctable.

A *format* is a kind of file that districts receive or export (a CALPADS enrolment extract, a state
test file). A *layout* is what the format looked like from one school year to another: which field
stands where. The format says, once for all layouts and over the fields' names, what becomes of a
line. A field or layout that no official document at hand confirms is marked so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from accord.base.canonical import content_hash, short_hash
from accord.base.documents import Written
from accord.base.periods import SchoolYear
from accord.indicators.sourced import Period
from accord.station.records.formats.shapes import SHAPES
from accord.station.records.mapping import Condition, TableMapping

_NUMBERED = re.compile(r"(\d+(?:\.\d+)?) (.+)")

Header = Literal["never", "either", "always"]
SetKind = Literal["oneroster", "edfi"]


def plain(name: str) -> str:
    """A name without what people write differently: letters and digits in small."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


class LayoutField(Written):
    """One field: its number among the people who handle it, its name, where it stands.

    `start` and `end` are columns of a fixed-width record, from 1. `shape` is what its cells look
    like. `also` lists other names that headers give it.
    """

    number: str
    name: str
    start: int | None = Field(default=None, ge=1)
    end: int | None = Field(default=None, ge=1)
    shape: str | None = None
    also: tuple[str, ...] = ()
    verified: bool | None = None

    @model_validator(mode="after")
    def _known_shape(self) -> Self:
        if self.shape is not None and self.shape not in SHAPES:
            raise ValueError(f"a shape is one of {', '.join(SHAPES)}")
        if (self.start is None) != (self.end is None):
            raise ValueError("give “start” and “end”, or neither")
        return self

    @property
    def position(self) -> int:
        """Where it stands in a line, from 1: what follows the point in its number."""
        return int(self.number.rpartition(".")[2])

    @property
    def shown(self) -> str:
        return f"{self.number} {self.name}"


def _as_field(value: Any) -> Any:
    """``1.05 School of Attendance``, or a mapping whose “field” says that."""
    plain = {"field": value} if isinstance(value, str) else dict(value)
    found = _NUMBERED.fullmatch(str(plain.pop("field", "")))
    if found is None:
        raise ValueError("a field is written as its number and its name")
    return plain | {"number": found[1], "name": found[2]}


class Layout(Written):
    """A format from one school year to another (or on, while `until` is left out).

    `width` is how many fields a line has and `record_length` how many signs a fixed-width record.
    ``by_name`` says that a header names the fields, wherever they stand, and `open_ended` that more
    fields may follow the last one named.
    """

    layout: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    since: Period = Field(alias="from")
    until: Period | None = None
    verified: bool
    source: str
    width: int | None = Field(default=None, ge=1)
    record_length: int | None = Field(default=None, ge=1)
    by_name: bool = False
    open_ended: bool = False
    fields: tuple[Annotated[LayoutField, BeforeValidator(_as_field)], ...] = Field(min_length=1)
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [field.name for field in self.fields]
        places = [field.position for field in self.fields]
        if len(set(names)) < len(names) or (len(set(places)) < len(places) and not self.by_name):
            raise ValueError("a field's name or place is given twice")
        return self

    def columns(self, width: int) -> tuple[str, ...]:
        """What the fields of a line of `width` are called; “field 7” where the layout is silent."""
        named = {field.position: field.name for field in self.fields}
        return tuple(named.get(place, f"field {place}") for place in range(1, width + 1))

    @property
    def line_width(self) -> int:
        """How many fields a line has, or has at least."""
        return self.width or max(field.position for field in self.fields)

    def is_verified(self, field: LayoutField) -> bool:
        """Whether an official document at hand confirms a field."""
        return self.verified if field.verified is None else field.verified

    def named(self, header: str) -> str | None:
        """The field that a column of a header is, whatever its capitals, signs and number."""
        wanted = plain(header)
        for field in self.fields:
            spellings = (field.name, field.shown, field.number + field.name, *field.also)
            if wanted in map(plain, spellings):
                return field.name
        return None

    @property
    def years(self) -> str:
        """``2018-19 to 2021-22``, or ``from 2018-19``."""
        if self.until == self.since:
            return self.since
        return f"{self.since} to {self.until}" if self.until else f"from {self.since}"

    def covers(self, year: SchoolYear) -> bool:
        """Whether it holds in a school year."""
        after = SchoolYear.parse(self.since) <= year
        return after and (self.until is None or year <= SchoolYear.parse(self.until))

    @property
    def hash(self) -> str:
        """Changes with anything that decides where a field is read; what a district confirms."""
        plain = self.model_dump(mode="json", exclude={"source", "notes", "verified"})
        return short_hash(content_hash(plain))


class Companion(Written):
    """Another file whose lines this one's refer to: of a format, or another part of a set.

    `on` says which fields (or expressions over them) here equal which fields there, `take` what is
    taken over under which name. ``must_exist: false`` lets a line refer to nothing.
    """

    format: str
    on: Mapping[str, str] = Field(min_length=1)
    take: Mapping[str, str] = Field(default_factory=dict)
    must_exist: bool = True


class FileFormat(Written):
    """A format: how its files are told, and what becomes of a line.

    `record_type` is what the first field of every line says. `year_field` names the field that
    holds the school year; without one the layout, the file's name or the user says it. `derive`
    adds columns, as SQL over the names of fields (a field that a layout lacks is null). A format
    that is `part` of a `set` is read with the other files of the set and never alone.
    """

    format: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    about: str
    record_type: str | None = None
    fixed: bool = False
    header: Header = "never"
    telling: tuple[str, ...] = ()
    year_field: str | None = None
    one_year_slot: bool = False
    student: str | None = None
    student_digits: int | None = None
    companions: tuple[Companion, ...] = ()
    set_of: SetKind | None = Field(default=None, alias="set")
    part: str | None = None
    derive: Mapping[str, str] = Field(default_factory=dict)
    keep: Condition = Field(default_factory=dict)
    tables: tuple[TableMapping, ...]
    layouts: tuple[Layout, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _layouts_have_names(self) -> Self:
        names = [layout.layout for layout in self.layouts]
        if len(set(names)) < len(names):
            raise ValueError("two layouts have one name")
        return self

    @property
    def looked_up(self) -> tuple[str, ...]:
        """The columns that companions add."""
        return tuple(name for each in self.companions for name in each.take)
