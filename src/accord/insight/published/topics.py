"""What each published indicator asks, in the order of the page: ``topics.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from accord.base.documents import Written, check_document, parse_yaml


class Topic(Written):
    """One published indicator as a page shows it. `of` names numerator and denominator."""

    indicator: str
    title: str
    short: str
    question: str
    strand: str
    unit: Literal["percent", "students"]
    better: Literal["higher", "lower", "neither"]
    whole: str
    of: tuple[str, str]
    plain: str


class Topics(Written):
    """All topics, and what student groups are called on the page."""

    dated: str
    topics: tuple[Topic, ...]
    group_names: dict[str, str]

    def group_name(self, group: str) -> str:
        """What a group is called; a code that no layout knew is shown as it was written."""
        return self.group_names.get(group, group)


@cache
def topics() -> Topics:
    """The topics that ship with accord."""
    data = files("accord.insight.published").joinpath("topics.yaml").read_bytes()
    return check_document(*parse_yaml(data, "topics.yaml"), Topics)
