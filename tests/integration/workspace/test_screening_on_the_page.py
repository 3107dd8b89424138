"""Words that look like a student: a warning before others see them, wherever somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import accord.workspace
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.models import Document, Upload
from accord.workspace.notes.models import Note
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.trail.models import Event
from workspace_world import World

FEW = "Only three students at Lincoln passed."
WARNING = "This looks as if it were about a student"
NOTHING_IS_SHARED = {
    "api.forms.TokenForm": "a token's name is seen by its owner alone",
    "handover.forms.PairForm": "why two positions do alike work",
    "keeping.forms.HoldForm": "why texts are held: said to one's own district",
    "keeping.forms.KeyForm": "a passphrase",
    "keeping.forms.LeaveForm": "the district's name, to be sure",
    "keeping.forms.UnlockForm": "a passphrase",
    "keeping.key_forms.AnewForm": "a passphrase, and the district's name",
    "keeping.key_forms.AnotherKeyForm": "a passphrase",
    "keeping.key_forms.AnotherPassphrase": "a passphrase",
    "keeping.key_forms.PassphraseForm": "a passphrase",
    "keeping.key_forms.ShownKey": "a passphrase",
    "meetings.forms.PlanForm": "a meeting's title and place",
    "signin.forms.InviteForm": "a person's name and address",
    "signin.forms.PasswordForm": "a password",
}
"""Forms that nobody's words are shared by, and what they ask."""


def address(route: str, *parts: object) -> str:
    return reverse(route, args=["cedar-harbor", *parts])


def forms_with_texts() -> Iterator[type[forms.Form]]:
    """Every form of the workspace in which somebody types; “fields” are no form by themselves."""
    for module in walk_packages(accord.workspace.__path__, "accord.workspace."):
        if module.name.endswith("forms"):
            for found in vars(import_module(module.name)).values():
                if not isinstance(found, type) or not issubclass(found, forms.Form):
                    continue
                is_own = found.__module__ == module.name and not found.__name__.endswith("Fields")
                fields = found.base_fields.values()
                if is_own and any(isinstance(one, forms.CharField) for one in fields):
                    yield found


def test_every_form_with_a_text_is_looked_through() -> None:
    open_ones = {
        f"{form.__module__}.{form.__name__}".removeprefix("accord.workspace.")
        for form in forms_with_texts()
        if not issubclass(form, ScreenedForm)
    }
    assert open_ones == set(NOTHING_IS_SHARED)


def test_what_is_shared_from_the_start_waits_for_a_second_look(world: World) -> None:
    lead = world.client(Role.LEAD)
    told = {"question": FEW, "strand": "", "visibility": "partners"}
    warned = lead.post(address("new-inquiry"), told)
    assert warned.status_code == 422
    assert WARNING in warned.content.decode()
    assert not Inquiry.objects.exists()
    assert lead.post(address("new-inquiry"), told | {"looked": "on"}).status_code == 302
    event = Event.objects.get(act="looked again", kind="inquiry.inquiry")
    assert event.said == {"overlooked": ["few-at-a-place"]}
    assert FEW not in str(event.body())


@pytest.mark.parametrize("route", ["share-inquiry", "share-note"])
def test_what_was_private_is_looked_through_before_it_is_widened(world: World, route: str) -> None:
    lead, author = world.client(Role.LEAD), world.person(Role.LEAD)
    if route == "share-note":
        thing: Note | Inquiry = world.note(Visibility.AUTHOR, author, text=FEW)
    else:
        lead.post(address("new-inquiry"), {"question": FEW, "visibility": "author"})
        thing = Inquiry.objects.get()
    warned = lead.post(address(route, thing.pk), {"to": "partners"})
    assert WARNING in warned.content.decode()
    thing.refresh_from_db()
    assert thing.visibility == Visibility.AUTHOR
    assert (
        lead.post(address(route, thing.pk), {"to": "partners", "looked": "on"}).status_code == 302
    )
    thing.refresh_from_db()
    assert thing.visibility == Visibility.PARTNERS
    assert Event.objects.get(act="widened").said["overlooked"] == ["few-at-a-place"]


def test_a_change_is_looked_through_where_others_see_it(world: World) -> None:
    lead = world.client(Role.LEAD)
    lead.post(address("new-inquiry"), {"question": "Why so late?", "visibility": "author"})
    own = Inquiry.objects.get()
    assert (
        lead.post(address("edit-inquiry", own.pk), {"question": FEW, "seen": 1}).status_code == 302
    )
    lead.post(address("share-inquiry", own.pk), {"to": "district", "looked": "on"})
    again = {"question": f"{FEW} Why?", "seen": 2}
    assert WARNING in lead.post(address("edit-inquiry", own.pk), again).content.decode()
    assert lead.post(address("edit-inquiry", own.pk), again | {"looked": "on"}).status_code == 302
    own.refresh_from_db()
    assert own.question == f"{FEW} Why?"


def test_a_file_is_looked_through_when_it_is_brought_whoever_sees_it(world: World) -> None:
    lead = world.client(Role.LEAD)

    def brought(**told: str) -> str:
        file = SimpleUploadedFile("protocol.txt", FEW.encode())
        form = {"title": "Protocol", "visibility": "author", "file": file}
        answer = lead.post(address("new-document"), form | told)
        return "" if answer.status_code == 302 else answer.content.decode()

    warned = brought()
    assert WARNING in warned
    assert "Choose the file again, too." in warned
    assert not Upload.objects.exists()
    assert brought(looked="on") == ""
    assert Document.objects.get().upload.size == len(FEW)
    assert Event.objects.get(act="looked again", kind="library.document")
