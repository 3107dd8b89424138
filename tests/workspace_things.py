"""Things of the partnership's own work for tests: one of each kind, with its smallest parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from accord.workspace.commitments.doing import give
from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.founding.conditions import load_conditions
from accord.workspace.founding.models import ConditionAnswer, Letter, Readiness
from accord.workspace.inquiry.doing import begin_trial, explain
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.models import Document, Practice, Quotation, Upload, VersionFile
from accord.workspace.library.uploads import Owner, keep
from accord.workspace.people.models import Partnership, Person
from accord.workspace.people.roles import Role
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.strands.doing import add_version, meet
from accord.workspace.strands.models import SchoolPlan, Work
from accord.workspace.strands.modes import Kind
from workspace_world import World

IN_THE_FILE, FILE_NAME = "Look for students who speak.", "walkthrough protocol.txt"
Make = Callable[[dict[str, Any]], Shared]


def shared_by_the_lead(world: World, visibility: Visibility) -> dict[str, Any]:
    """The fields of `Shared` for something that the lead of Cedar Valley makes now."""
    return {
        "partnership": world.served,
        "district": world.cedar,
        "author": world.person(Role.LEAD),
        "visibility": visibility,
        "made_at": timezone.now(),
    }


def inquiry(shared: dict[str, Any]) -> Inquiry:
    return Inquiry.objects.create(question="Why do fewer come in spring?", **shared)


def work(shared: dict[str, Any]) -> Work:
    return Work.objects.create(
        title="Joint units", mode="development", strand="mathematics",
        since=timezone.localdate(), need="Units", **shared,
    )  # fmt: skip


def plan(shared: dict[str, Any]) -> SchoolPlan:
    return SchoolPlan.objects.create(
        strand="mathematics",
        school="Alder Middle",
        link="https://alder.example/growth-plan",
        plan="Plan for growth",
        words="Goal 2: units",
        **shared,
    )


def commitment(shared: dict[str, Any]) -> Commitment:
    return Commitment.objects.create(
        kind="hours", what="Coaches", promised=Decimal(400), since=date(2026, 8, 1),
        until=date(2027, 7, 31), **shared,
    )  # fmt: skip


def resource(shared: dict[str, Any]) -> Resource:
    return Resource.objects.create(
        kind="people", what="A trainer", cost=Decimal(60000), since=date(2026, 8, 1), **shared
    )


def waiver(shared: dict[str, Any]) -> Waiver:
    return Waiver.objects.create(
        fund="Title I",
        code="3010-AX",
        rule="Set-aside",
        condition="Two schools",
        benchmark="Gap halves",
        **shared,
    )


def practice(shared: dict[str, Any]) -> Practice:
    return Practice.objects.create(title="Calls", what="Call", evidence="None yet", **shared)


def document(shared: dict[str, Any]) -> Document:
    return kept(
        shared["partnership"],
        shared["author"],
        lambda upload: Document.objects.create(title="Protocol", upload=upload, **shared),
    )


def quotation(shared: dict[str, Any]) -> Quotation:
    return Quotation.objects.create(
        words="We listened.", quoted=shared["author"], called="A lead", occasion="A meeting",
        said_on=date(2026, 9, 1), **shared,
    )  # fmt: skip


def letter(shared: dict[str, Any]) -> Letter:
    return kept(
        shared["partnership"], shared["author"],
        lambda upload: Letter.objects.create(
            title="Could we learn from each other?", looks_into="Absence", since=date(2026, 1, 10),
            until=date(2099, 6, 30), upload=upload, **shared,
        ),
    )  # fmt: skip


def readiness(shared: dict[str, Any]) -> Readiness:
    is_wide = Visibility(shared["visibility"]).width >= Visibility.PARTNERS.width
    made = Readiness.objects.create(shared_at=shared["made_at"] if is_wide else None, **shared)
    for one in load_conditions().conditions:
        ConditionAnswer.objects.create(
            readiness=made, condition=one.id, asked=one.asks, choice="yes", words="We do."
        )
    return made


def kept(
    partnership: Partnership, by: Person, of: Callable[[Upload], Owner], words: str = IN_THE_FILE
) -> Owner:
    """Whose file a small text in the library's folder is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        path.write_text(words, encoding="utf-8")
        return keep(path, FILE_NAME, partnership=partnership, by=by, of=of)


MAKERS: Mapping[str, Make] = {
    "practice": practice,
    "document": document,
    "quotation": quotation,
    "inquiry": inquiry,
    "work": work,
    "plan": plan,
    "commitment": commitment,
    "resource": resource,
    "waiver": waiver,
    "letter": letter,
    "readiness": readiness,
}
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
        case "take-back-gift":
            assert isinstance(thing, Commitment)
            return give(thing, timezone.localdate(), Decimal(8), by=by).pk
        case "version-file" | "bring-version":
            assert isinstance(thing, Work)
            version = add_version(thing, f"1.{thing.pk}", timezone.localdate(), "", by=by)
            if route == "version-file":
                kept(
                    thing.partnership,
                    by,
                    lambda upload: VersionFile.objects.create(version=version, upload=upload),
                )
            return version.pk
        case _:
            raise KeyError(route)
