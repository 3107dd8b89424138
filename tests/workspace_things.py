"""Things of the partnership's own work for tests: one of each kind, with its smallest parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from accord.workspace.inquiry.doing import begin_trial, explain
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.permissions.shared import Shared
from accord.workspace.strands.doing import meet
from accord.workspace.strands.models import SchoolPlan, Work
from accord.workspace.strands.modes import Kind

Make = Callable[[dict[str, Any]], Shared]


def inquiry(shared: dict[str, Any]) -> Inquiry:
    return Inquiry.objects.create(question="Why do fewer come in spring?", **shared)


def work(shared: dict[str, Any]) -> Work:
    return Work.objects.create(
        title="Joint units", mode="development", strand="mathematics",
        since=timezone.localdate(), need="Units", **shared,
    )  # fmt: skip


def plan(shared: dict[str, Any]) -> SchoolPlan:
    return SchoolPlan.objects.create(
        strand="mathematics", school="Alder Middle", plan="P", words="Goal 2", **shared
    )


MAKERS: Mapping[str, Make] = {"inquiry": inquiry, "work": work, "plan": plan}
"""How a thing of each kind is made of the fields that every shared thing has."""


def part_of(thing: Shared, route: str) -> int:
    """The number of a part of `thing`, as the address of `route` wants one."""
    by = thing.author
    assert by is not None
    match route:
        case "edit-cause" | "drop-cause":
            assert isinstance(thing, Inquiry)
            return explain(thing, "Buses come late", by=by).pk
        case "predict-again" | "trial-step":
            assert isinstance(thing, Inquiry)
            day = timezone.localdate()
            return begin_trial(thing, "If …", "Below 20 %", day, by=by).pk
        case "take-back-contact":
            assert isinstance(thing, Work)
            return meet(thing, timezone.localdate(), Kind.CALL, {}, by=by).pk
        case _:
            raise KeyError(route)
