"""Lists a page at a time; each row is made ready only when its page is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query, Schema
from pydantic import Field

Row = TypeVar("Row", bound=Model)
Out = TypeVar("Out", bound=Schema)

_USUAL, _MOST = 100, 500
_FURTHEST = 1_000_000


class Page(Schema, Generic[Out]):
    """Some rows of a list, as described; `count` is of all of them."""

    items: list[Out]
    count: int


@dataclass(frozen=True)
class Chosen:
    """The same as an operation answers it, before its schema is asked."""

    items: list[Any]
    count: int


class Wanted(Schema):
    """Which page of a list."""

    limit: int = Field(_USUAL, ge=1, le=_MOST, description="how many rows at most")
    offset: int = Field(0, ge=0, le=_FURTHEST, description="how many rows to pass over")


Asked = Annotated[Wanted, Query()]


def page_of(
    rows: QuerySet[Row], asked: Wanted, show: Callable[[Row], Any] = lambda row: row
) -> Chosen:
    """The page that was asked for, each row as `show` makes it; or as it is, for its schema."""
    chosen = rows[asked.offset : asked.offset + asked.limit]
    return Chosen([show(row) for row in chosen], rows.count())
