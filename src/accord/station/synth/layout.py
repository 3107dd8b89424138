"""How a made-up district writes its files: names, columns, codes, dates, delimiter."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from accord.base.documents import Written, read_document
from accord.station.synth.profile import Profile


def _as_field(value: Any) -> Any:
    return {"field": value} if isinstance(value, str) else value


class ColumnLayout(Written):
    """One column of a file: the field of the extract, and how it is written."""

    field: str
    codes: dict[str, str] | None = None
    date: str = "%Y-%m-%d"
    year: str | None = Field(None, description="how a school year is written, from start and end")


class FileLayout(Written):
    """One file, or one a year where its name holds ``{year}``."""

    extract: Literal[
        "schools",
        "students",
        "enrolments",
        "attendance",
        "absences",
        "incidents",
        "english_status",
        "programmes",
        "tests",
        "tests_side_by_side",
        "proficiency",
        "courses",
        "completions",
        "pathways",
        "college_exams",
        "postsecondary",
        "interim_tests",
        "staff_assignments",
        "implementation",
    ]
    file: str
    byte_order_mark: bool = False
    columns: dict[str, Annotated[ColumnLayout, BeforeValidator(_as_field)]]

    @property
    def yearly(self) -> bool:
        return "{year}" in self.file

    def position(self, field: str) -> int | None:
        """Which column, from 0, holds `field`; none when the file doesn't."""
        fields = [column.field for column in self.columns.values()]
        return fields.index(field) if field in fields else None


class Layout(Written):
    """All of a district's files."""

    layout: str
    delimiter: Annotated[str, Field(min_length=1, max_length=1)]
    files: list[FileLayout]


def load_layout(profile: Profile) -> Layout:
    """The layout that ships beside a profile."""
    layout, _ = read_document(profile.folder / "layout.yaml", Layout)
    return layout
