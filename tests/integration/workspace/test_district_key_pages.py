"""A district's passphrase and key changed on the page; and a file that is locked."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accord.workspace.library.models import Document, Upload
from accord.workspace.notes.models import Note
from accord.workspace.people.roles import Role
from accord.workspace.sealing.opening import COOKIE, make_key
from accord.workspace.strands.models import SchoolPlan
from accord.workspace.trail.models import Event
from workspace_fixtures import PASSPHRASE
from workspace_world import World

P = "/p/cedar-harbor/"
KEEPING, ANOTHER, CHANGED = f"{P}keeping/", f"{P}keeping/key/another/", f"{P}keeping/passphrase/"
OTHER = "four alder leaves in the rain"
CANDID = "We say we use the joint units, and we do not."
NEW = {"passphrase": OTHER, "again": OTHER}


@pytest.fixture
def pem(world: World) -> str:
    return make_key(world.cedar, PASSPHRASE, by=world.person(Role.LEAD))


@pytest.fixture
def lead(world: World, pem: str) -> Client:
    return opened(world, Role.LEAD)


def opened(world: World, role: Role) -> Client:
    """A browser in which somebody has unlocked the key."""
    client = world.client(role)
    assert unlock(client, PASSPHRASE) == 302
    return client


def unlock(client: Client, passphrase: str) -> int:
    return client.post(f"{KEEPING}unlock/", {"passphrase": passphrase}).status_code


def note(client: Client) -> str:
    """The address of a note that somebody kept to their district."""
    client.post(f"{P}notes/new/", {"text": CANDID, "visibility": "district"})
    return f"{P}notes/{Note.objects.latest('pk').pk}/"


def reads(client: Client, address: str) -> bool:
    return CANDID in client.get(address).content.decode()


def test_the_former_passphrase_ends_and_who_has_it_unlocked_goes_on(
    world: World, lead: Client
) -> None:
    address, colleague = note(lead), opened(world, Role.ANALYST)
    assert lead.post(CHANGED, {"present": PASSPHRASE, **NEW}).status_code == 200
    assert reads(colleague, address)
    newcomer = world.client(Role.PRINCIPAL)
    assert (unlock(newcomer, PASSPHRASE), unlock(newcomer, OTHER)) == (422, 302)
    assert reads(newcomer, address)


def test_another_key_locks_everybody_out_until_they_unlock_it(world: World, lead: Client) -> None:
    address, colleague = note(lead), opened(world, Role.ANALYST)
    page = lead.post(ANOTHER, {"present": PASSPHRASE, **NEW}).content.decode()
    assert "The former key opens nothing here any more; one text opens with the new one." in page
    assert reads(lead, address), "whoever made it has it unlocked"
    assert not reads(colleague, address)
    assert "Your district’s key is locked." in colleague.get(P).content.decode()
    assert (unlock(colleague, PASSPHRASE), unlock(colleague, OTHER)) == (422, 302)
    assert reads(colleague, address)
    event = Event.objects.get(act="changed the district's key")
    assert event.by == world.person(Role.LEAD).email
    found = re.search(r"-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", page, re.DOTALL)
    assert found
    newcomer = world.client(Role.PRINCIPAL)
    file = SimpleUploadedFile("district.pem", html.unescape(found.group()).encode())
    assert newcomer.post(f"{KEEPING}unlock/", {"file": file}).status_code == 302
    assert reads(newcomer, address)


@pytest.mark.parametrize("page", [CHANGED, ANOTHER])
@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"present": "something else altogether", **NEW}, "not the passphrase"),
        (NEW, "Type the passphrase, or choose the key file."),
        ({"present": PASSPHRASE, "passphrase": "short", "again": "short"}, "at least 16"),
        ({"present": PASSPHRASE, "passphrase": OTHER, "again": OTHER + "x"}, "not alike"),
    ],
)
def test_an_open_browser_alone_changes_nothing(
    world: World, lead: Client, page: str, told: dict[str, str], says: str
) -> None:
    answer = lead.post(page, told)
    assert (answer.status_code, says in html.unescape(answer.content.decode())) == (422, True)
    assert unlock(world.client(Role.ANALYST), PASSPHRASE) == 302


def test_a_forgotten_passphrase_is_replaced_with_the_file(
    world: World, lead: Client, pem: str
) -> None:
    file = SimpleUploadedFile("district.pem", pem.encode())
    assert lead.post(CHANGED, {"file": file, **NEW}).status_code == 200
    assert unlock(world.client(Role.ANALYST), OTHER) == 302


def test_a_district_without_a_key_is_sent_to_make_one(world: World) -> None:
    answer = world.client(Role.LEAD).get(ANOTHER)
    assert (answer.status_code, "Make it first" in answer.content.decode()) == (409, True)


def test_a_locked_file_says_how_to_unlock_it(world: World, lead: Client) -> None:
    told = {"title": "Protocol", "visibility": "district"}
    file = SimpleUploadedFile("protocol.txt", b"Look for students who speak.")
    assert lead.post(f"{P}library/documents/", {**told, "file": file}).status_code == 302
    address = f"{P}library/documents/{Document.objects.get().pk}/"
    answer = lead.get(address)
    assert answer.getvalue() == b"Look for students who speak."
    assert answer["Content-Disposition"] == 'attachment; filename="protocol.txt"'
    colleague = world.client(Role.ANALYST)
    locked = colleague.get(address)
    assert locked.status_code == 409
    page = html.unescape(locked.content.decode())
    assert "Unlock your district’s key on the page “What we keep”" in page
    assert "Sealed with" in colleague.get(f"{P}library/").content.decode()
    assert Upload.objects.get().is_sealed


def test_half_of_a_former_key_is_no_key(world: World, lead: Client) -> None:
    colleague = opened(world, Role.ANALYST)
    lead.post(ANOTHER, {"present": PASSPHRASE, **NEW})
    page = colleague.get(KEEPING).content.decode()
    assert COOKIE in colleague.cookies
    assert "It is <strong>locked</strong>" in page


def test_a_district_begins_anew_and_finds_its_former_key_again(
    world: World, lead: Client, pem: str
) -> None:
    address, anew = note(lead), f"{KEEPING}key/anew/"
    assert lead.post(anew, {**NEW, "name": "Cedar"}).status_code == 422
    assert lead.post(anew, {**NEW, "name": world.cedar.name}).status_code == 200
    assert not reads(lead, address)
    file = SimpleUploadedFile("district.pem", pem.encode())
    page = lead.post(f"{KEEPING}unlock/", {"file": file}, follow=True).content.decode()
    assert "The former key is found, and one text under it opened." in page
    assert unlock(lead, OTHER) == 302
    assert reads(lead, address)


def test_a_locked_plan_links_nowhere_and_is_changed_only_with_the_key(
    world: World, lead: Client
) -> None:
    told = {"school": "Alder Middle", "plan": "Plan for growth", "words": "Goal 2: units",
            "link": "https://alder.example/plan", "visibility": "district"}  # fmt: skip
    assert lead.post(f"{P}strands/mathematics/plans/", told).status_code == 302
    change = f"{P}plans/{SchoolPlan.objects.get().pk}/"
    assert "https://alder.example/plan" in lead.get(f"{P}strands/mathematics/").content.decode()
    assert lead.get(change).status_code == 200
    colleague = world.client(Role.ANALYST)
    page = colleague.get(f"{P}strands/mathematics/").content.decode()
    assert "Sealed with the district’s key. Unlock it to read." in html.unescape(page)
    assert not [word for word in ("Alder", "alder.example", "Goal 2") if word in page]
    assert 'href="Sealed' not in page
    assert colleague.get(change).status_code == 409
