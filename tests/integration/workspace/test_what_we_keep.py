"""The district's key on the page: made, shown once, unlocked for a session."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accord.workspace.notes.models import Note
from accord.workspace.people.roles import Role
from accord.workspace.sealing.opening import COOKIE
from workspace_world import World

KEEPING, NOTES = "/p/cedar-harbor/keeping/", "/p/cedar-harbor/notes/"
PASSPHRASE = "three harbor lamps at dusk"
CANDID = "We say we use the joint units, and we do not."


@pytest.fixture
def lead(world: World) -> Client:
    return world.client(Role.LEAD)


@pytest.fixture
def pem(lead: Client) -> str:
    told = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    page = lead.post(f"{KEEPING}key/", told).content.decode()
    found = re.search(r"-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", page, re.DOTALL)
    assert found
    return html.unescape(found.group())


def write(client: Client) -> str:
    client.post(f"{NOTES}new/", {"text": CANDID, "visibility": "district"})
    return f"{NOTES}{Note.objects.latest('pk').pk}/"


def test_a_colleague_reads_after_unlocking_and_not_before(
    world: World, lead: Client, pem: str
) -> None:
    address = write(lead)
    assert CANDID in lead.get(address).content.decode(), "whoever made the key has it unlocked"
    colleague = world.client(Role.PRINCIPAL)
    assert CANDID not in colleague.get(address).content.decode()
    wrong = colleague.post(f"{KEEPING}unlock/", {"passphrase": "x" * 20})
    assert (wrong.status_code, COOKIE in wrong.cookies) == (422, False)
    assert colleague.post(f"{KEEPING}unlock/", {"passphrase": PASSPHRASE}).status_code == 302
    assert CANDID in colleague.get(address).content.decode()


def test_the_key_file_unlocks_too(world: World, lead: Client, pem: str) -> None:
    address, colleague = write(lead), world.client(Role.ANALYST)
    file = SimpleUploadedFile("district.pem", pem.encode())
    assert colleague.post(f"{KEEPING}unlock/", {"file": file}).status_code == 302
    assert CANDID in colleague.get(address).content.decode()


def test_half_of_an_unlocked_key_opens_nothing(world: World, lead: Client, pem: str) -> None:
    address = write(lead)
    half = lead.cookies[COOKIE].value
    del lead.cookies[COOKIE]
    assert CANDID not in lead.get(address).content.decode(), "the session alone"
    colleague = world.client(Role.PRINCIPAL)
    colleague.cookies[COOKIE] = half
    assert CANDID not in colleague.get(address).content.decode(), "the cookie alone"


def test_signing_out_locks(lead: Client, pem: str) -> None:
    assert lead.post("/account/logout/").status_code == 302
    lead.get("/account/login/")
    assert lead.cookies[COOKIE].value == ""


def test_a_short_passphrase_makes_no_key(world: World, lead: Client) -> None:
    answer = lead.post(f"{KEEPING}key/", {"passphrase": "short", "again": "short"})
    assert answer.status_code == 422
    assert "no key yet" in lead.get(KEEPING).content.decode()


def test_taking_out_gives_ones_own_and_not_the_others(world: World, lead: Client) -> None:
    write(lead)
    other = world.client(Role.LEAD, world.harbor)
    other.post(f"{NOTES}new/", {"text": "Harbor's own words", "visibility": "district"})
    archive = zipfile.ZipFile(io.BytesIO(lead.get(f"{KEEPING}own.zip").getvalue()))
    texts = [one["text"] for one in json.loads(archive.read("notes.json"))]
    assert texts == [CANDID]
    named = json.loads(archive.read("manifest.json"))["files"]
    assert set(named) == set(archive.namelist()) - {"manifest.json"}


def test_a_superintendent_leaves_only_with_the_districts_name(world: World) -> None:
    boss = world.client(Role.SUPERINTENDENT)
    assert boss.post(f"{KEEPING}leave/", {"name": "Cedar"}).status_code == 422
    assert boss.post(f"{KEEPING}leave/", {"name": world.cedar.name}).status_code == 302
    world.cedar.refresh_from_db()
    assert world.cedar.left_on is not None
