"""What goes out and what comes in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from accord.workspace.actions.states import Horizon, Status

Width = Literal["author", "named", "district", "partners", "public"]
NO_NULL = r"^[^\x00]*$"
"""Texts hold no null character: PostgreSQL keeps none, and forms refuse it too."""


class Problem(Schema):
    what: str
    where: str = ""
    remedy: str = ""


class Problems(Schema):
    """Why a request did nothing."""

    problems: list[Problem]


class Me(Schema):
    """For whom the token acts."""

    name: str
    partnership: str
    district: str | None
    roles: list[str]


class CharterOut(Schema):
    """A charter with its hash, in the form that was signed."""

    hash: str
    charter: dict[str, Any]


class DistrictValue(Schema):
    district: str
    year: str
    value: str
    change: str
    finding: str
    target: str
    status: str


class IndicatorOut(Schema):
    """An indicator in each district, in the words of the pages."""

    id: str
    title: str
    strand: str
    districts: list[DistrictValue]
    reasons: list[str]


class CellOut(Schema):
    """A released cell; a hidden one has neither numerator, denominator nor value."""

    district: str
    school: str
    group: str
    grade: str
    period: str
    state: str
    numerator: str | None
    denominator: str | None
    value: str | None


class IndicatorCells(Schema):
    indicator: IndicatorOut
    releases: list[str]
    cells: list[CellOut]


class ItemOut(Schema):
    indicator: str
    title: str
    in_focus: bool
    outcome: str
    decision: str
    because: str
    evidence: str | None


class MeetingOut(Schema):
    id: int
    title: str
    starts_at: datetime
    minutes: int
    place: str
    state: str
    seen_by: Width


class MeetingWhole(MeetingOut):
    items: list[ItemOut]


class ActionIn(Schema):
    """A new action. Owners are positions, by the ids that `positions` gives."""

    title: str = Field(min_length=1, max_length=200, pattern=NO_NULL)
    detail: str = Field(default="", max_length=20_000, pattern=NO_NULL)
    indicator: str = Field(default="", max_length=80, pattern=NO_NULL)
    horizon: Horizon
    due: date
    owners: list[Annotated[int, Field(ge=1, le=2**63 - 1)]] = Field(min_length=1, max_length=50)
    visibility: Literal["district", "partners"] = "district"
    looked: bool = Field(
        default=False, description="true when somebody looked again after a warning"
    )


class StepIn(Schema):
    to: Status
    words: str = Field(default="", max_length=20_000, pattern=NO_NULL)
    looked: bool = False


class ActionOut(Schema):
    id: int
    title: str
    detail: str
    indicator: str
    horizon: str
    due: date
    status: str
    owners: list[int]
    seen_by: Width


class NoteIn(Schema):
    text: str = Field(min_length=1, max_length=100_000, pattern=NO_NULL)
    about: str = Field(default="", max_length=120, pattern=NO_NULL)
    visibility: Literal["author", "district", "partners"] = "author"
    looked: bool = False


class NoteOut(Schema):
    """A note; its text is empty where its district's key is needed, which no token has."""

    id: int
    text: str
    is_sealed: bool
    author: str
    made_at: datetime
    seen_by: Width


class PositionOut(Schema):
    id: int
    title: str
    role: str
    district: str | None
    is_vacant: bool
    pairs: list[int]


class ReleaseOut(Schema):
    id: int
    release: str
    district: str
    number: int
    audience: str
    as_of: date
    data_status: str
    state: str
    embargo: date | None


class EditionOut(Schema):
    id: int
    title: str
    readers: str
    hash: str
    answers: dict[str, str]


class HitOut(Schema):
    kind: str
    title: str
    around: str
    url: str
