"""What a district keeps to itself lies nowhere in the clear: no text, no name, no file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accord.base.errors import RefusedError, StateError
from accord.workspace.commitments.models import Waiver
from accord.workspace.keeping.closing import close
from accord.workspace.keeping.leaving import leave, own_pieces
from accord.workspace.library.models import Document, Upload, VersionFile
from accord.workspace.library.uploads import pieces_of, place_of
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.permissions.widening import widen
from accord.workspace.sealing.shut import Shut
from accord.workspace.strands.doing import add_version
from accord.workspace.strands.models import SchoolPlan, Version, Work
from workspace_fixtures import unlocked
from workspace_things import FILE_NAME, IN_THE_FILE, MAKERS, kept, shared_by_the_lead
from workspace_world import World

pytestmark = pytest.mark.usefixtures("committed_at_once")

CANARIES = (
    "Alder Middle", "alder.example", "Goal 2: units", "Title I", "3010-AX", "Set-aside",
    "Two schools", "Gap halves", "fewer come in spring", "walkthrough", "students who speak",
)  # fmt: skip


def document(world: World, visibility: Visibility = Visibility.DISTRICT) -> Document:
    made = MAKERS["document"](shared_by_the_lead(world, visibility))
    assert isinstance(made, Document)
    return made


def read(upload: Upload) -> str:
    fresh = Upload.objects.get(pk=upload.pk)
    return b"".join(pieces_of(fresh)).decode()


def lying() -> Iterator[tuple[str, bytes]]:
    """All that the host has: each table as it lies, each file of the folders and of the shelf."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            yield table, repr(cursor.fetchall()).encode()
    home: Path = settings.ACCORD_HOME
    for path in (*home.rglob("library/*"), *(home / "keys").rglob("*.json")):
        yield str(path), path.read_bytes()


def test_no_word_of_what_is_private_lies_in_database_folder_or_shelf(
    world: World, pem: str
) -> None:
    for kind, maker in MAKERS.items():
        thing = maker(shared_by_the_lead(world, Visibility.DISTRICT))
        if kind == "work":
            assert isinstance(thing, Work)
            with unlocked(world.cedar, pem):
                version(thing, world)
    places = dict(lying())
    assert len([name for name in places if "/library/" in name]) == 3
    found = [(word, name) for word in CANARIES for name, raw in places.items()
             if word.encode() in raw]  # fmt: skip
    assert found == []


def version(work: Work, world: World) -> Version:
    """A version of a work, with its file."""
    lead = world.person(Role.LEAD)
    made = add_version(work, "1.0", timezone.localdate(), "", by=lead)
    kept(world.served, lead, lambda one: VersionFile.objects.create(version=made, upload=one))
    return made


def test_the_districts_key_opens_school_link_fund_code_and_file(world: World, pem: str) -> None:
    for kind in ("plan", "waiver"):
        MAKERS[kind](shared_by_the_lead(world, Visibility.DISTRICT))
    upload = document(world).upload
    assert isinstance(SchoolPlan.objects.get().school, Shut)
    assert SchoolPlan.objects.get().is_shut, "so that a page links nowhere"
    with pytest.raises(StateError, match="locked"):
        read(upload)
    with unlocked(world.cedar, pem):
        plan, waiver = SchoolPlan.objects.get(), Waiver.objects.get()
        assert not plan.is_shut
        assert (plan.school, plan.link) == ("Alder Middle", "https://alder.example/growth-plan")
        assert (waiver.fund, waiver.code) == ("Title I", "3010-AX")
        assert (read(upload), Upload.objects.get().name) == (IN_THE_FILE, FILE_NAME)


def test_sharing_opens_a_file_to_the_partners(world: World, pem: str) -> None:
    private = document(world)
    with unlocked(world.cedar, pem):
        widen(private, Visibility.PARTNERS, by=world.actor(Role.LEAD))
    assert (read(private.upload), Upload.objects.get().name) == (IN_THE_FILE, FILE_NAME)


def test_the_file_of_a_shared_document_lies_plain(world: World, pem: str) -> None:
    upload = document(world, Visibility.PARTNERS).upload
    assert not upload.is_sealed
    assert place_of(upload).read_text() == IN_THE_FILE


def test_a_version_of_a_work_opens_its_file_when_the_work_is_shared(world: World, pem: str) -> None:
    work = MAKERS["work"](shared_by_the_lead(world, Visibility.DISTRICT))
    assert isinstance(work, Work)
    with unlocked(world.cedar, pem):
        upload = version(work, world).kept_file.upload
        assert upload.is_sealed
        widen(work, Visibility.PARTNERS, by=world.actor(Role.LEAD))
    assert read(upload) == IN_THE_FILE


def test_a_file_altered_on_the_disk_is_refused_before_a_byte_is_given(
    world: World, pem: str
) -> None:
    upload = document(world).upload
    path = place_of(upload)
    path.write_bytes(path.read_bytes()[:-1])
    with unlocked(world.cedar, pem), pytest.raises(RefusedError, match="altered"):
        pieces_of(upload)


def test_a_district_takes_its_files_in_the_clear_and_leaves_none_behind(
    world: World, pem: str
) -> None:
    upload = document(world).upload
    path, boss = place_of(upload), world.actor(Role.SUPERINTENDENT)
    name = f"files/{upload.pk}"
    assert taken(world)[1]["left_out"] == {name: "This is sealed with a district’s key, which is "
                                           "locked."}  # fmt: skip
    with unlocked(world.cedar, pem):
        archive, told = taken(world)
        assert archive.read(f"{name}-{FILE_NAME}").decode() == IN_THE_FILE
        assert f"{name}-{FILE_NAME}" in told["files"]
        leave(world.cedar, by=boss, today=timezone.localdate())
    assert not path.exists()
    with pytest.raises(StateError, match="no longer kept"):
        read(upload)


def taken(world: World) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    """What a superintendent takes out, and its manifest."""
    whole = b"".join(own_pieces(world.actor(Role.SUPERINTENDENT)))
    archive = zipfile.ZipFile(io.BytesIO(whole))
    assert archive.testzip() is None
    return archive, json.loads(archive.read("manifest.json"))


def test_what_was_written_before_a_field_was_sealed_is_closed_with_the_key(
    world: World, pem: str
) -> None:
    waiver = MAKERS["waiver"](shared_by_the_lead(world, Visibility.DISTRICT))
    Waiver.objects.filter(pk=waiver.pk).update(fund="Title I", code="3010-AX")
    shared, private = document(world, Visibility.PARTNERS), document(world, Visibility.PARTNERS)
    Document.objects.filter(pk=private.pk).update(visibility=Visibility.DISTRICT)
    with unlocked(world.cedar, pem):
        close(world.cedar)
        assert read(private.upload) == IN_THE_FILE
        assert Waiver.objects.get().fund == "Title I"
    assert Upload.objects.get(pk=private.upload.pk).is_sealed
    assert "Title I" not in str(dict(lying())["commitments_waiver"])
    assert read(shared.upload) == IN_THE_FILE, "the same bytes, brought for all: they stay"
