"""The operations that do something: what a page's form does, by the same acts.

They join the router of the operations that read: one address has one place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import File
from ninja.files import UploadedFile

from accord.base.errors import InputError, RefusedError
from accord.exchange.release import LARGEST_FILE
from accord.workspace.actions.doing import agree, move
from accord.workspace.actions.models import Action
from accord.workspace.api.problems import WRONG
from accord.workspace.api.reading import Id, Slug, caller, router
from accord.workspace.api.schemas import ActionIn, ActionOut, NoteIn, NoteOut, ReleaseOut, StepIn
from accord.workspace.api.shown import action_out, note_out, release_out
from accord.workspace.notes.models import Note
from accord.workspace.people.models import Position
from accord.workspace.people.roles import Role
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import find
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.arriving import bring
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.screening.forms import warning
from accord.workspace.screening.signs import signs_in
from accord.workspace.sealing.fields import require_open
from accord.workspace.trail.writing import record

_OWN_NOTHING = (Role.BOARD, Role.FUNDER, Role.RESEARCHER)


@router.post("/actions", response={201: ActionOut, **WRONG}, url_name="api-actions")
def new_action(request: HttpRequest, partnership: Slug, told: ActionIn) -> tuple[int, ActionOut]:
    """Agree on an action outside of a meeting."""
    actor = caller(request)
    owners = Position.objects.filter(partnership=actor.partnership, pk__in=told.owners)
    owning = list(owners.exclude(role__in=_OWN_NOTHING))
    if {one.pk for one in owning} != set(told.owners):
        raise InputError.because(
            "An owner is not a position that can own actions.",
            "Take ids from the list of positions.",
            field="owners",
        )
    own_alone = {one.district_id for one in owning} == {actor.district}
    if told.visibility == "district" and not own_alone:
        raise InputError.because(
            "An action that a district keeps to itself has owners in that district alone.",
            "Share it with the partners, or choose other owners.",
            field="owners",
        )
    if told.indicator and told.indicator not in charter_now(actor.partnership).indicator_ids:
        raise InputError.because(
            "The charter has no such indicator.",
            "Take an id from the list of indicators, or leave it empty.",
            field="indicator",
        )
    _look(f"{told.title}\n{told.detail}", told.looked)
    with transaction.atomic():
        made = agree(
            actor.partnership,
            by=actor.writer(),
            title=told.title,
            detail=told.detail,
            indicator=told.indicator,
            horizon=told.horizon,
            due=told.due,
            owners=owning,
            visibility=Visibility(told.visibility),
        )
    return 201, action_out(made)


@router.post("/actions/{pk}/steps", response={200: ActionOut, **WRONG}, url_name="api-steps")
def new_step(request: HttpRequest, partnership: Slug, pk: Id, told: StepIn) -> ActionOut:
    """Say how far an action is."""
    actor = caller(request)
    found = find(actor, "actions.write", Action, pk)
    require_open(found)
    _look(told.words, told.looked)
    with transaction.atomic():
        move(found, told.to, by=actor.writer(), words=told.words)
    return action_out(found)


@router.post("/notes", response={201: NoteOut, **WRONG}, url_name="api-notes")
def new_note(request: HttpRequest, partnership: Slug, told: NoteIn) -> tuple[int, NoteOut]:
    """Write a note; seen by its author alone unless told otherwise."""
    actor = caller(request)
    if told.visibility != "author":
        _look(told.text, told.looked)
    _require_district(actor, Visibility(told.visibility))
    with transaction.atomic():
        made = Note.objects.create(
            partnership=actor.partnership,
            district_id=actor.district,
            author=actor.person,
            visibility=told.visibility,
            made_at=timezone.now(),
            text=told.text,
            about=told.about,
        )
        record("wrote", made, by=actor.name, chain=actor.partnership.pk, visibility=made.visibility)
    return 201, note_out(made)


@router.post("/releases", response={201: ReleaseOut, **WRONG}, url_name="api-releases")
def bring_release(
    request: HttpRequest, partnership: Slug, file: Annotated[UploadedFile, File()]
) -> tuple[int, ReleaseOut]:
    """Bring a release of one's own district: verified, then pending until a leader shares it."""
    if (file.size or 0) > LARGEST_FILE or not isinstance(file, TemporaryUploadedFile):
        raise RefusedError.because(
            "This file is larger than any release.", "Send the file that your station wrote."
        )
    with transaction.atomic():
        arrival = bring(Path(file.temporary_file_path()), by=caller(request), name=str(file.name))
    return 201, release_out(arrival)


def _look(text: str, looked: bool) -> None:
    """Raises `RefusedError` where a text looks like a student and nobody looked again."""
    signs = signs_in(text)
    if signs and not looked:
        raise RefusedError.because(
            warning(signs).split(" Take it out")[0], "Take it out, or send “looked” as true."
        )


def _require_district(actor: Actor, visibility: Visibility) -> None:
    if visibility is Visibility.DISTRICT and actor.district is None:
        raise InputError.because(
            "This token is of no district.", "Choose another width.", field="visibility"
        )
