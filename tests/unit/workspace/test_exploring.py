"""Districts are here before they have a charter, and their charter finds them here."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from pytest_django.fixtures import Settings

from accord.base.errors import InputError, StateError
from accord.workspace.people.models import Partnership as Served
from accord.workspace.people.models import Person
from accord.workspace.people.roles import Role
from accord.workspace.releases.exploring import Explorer, explore
from accord.workspace.releases.founding import found
from partnership import CEDAR, HARBOR, Partnership
from workspace_world import seat, signed_in

CEDAR_VALLEY = Explorer(CEDAR, "Cedar Valley Unified", "Cedar Valley")
HARBOR_POINT = Explorer(HARBOR, "Harbor Point Unified", "Harbor Point")


@pytest.fixture
def exploring(db: None, tmp_path: Path, settings: Settings) -> Served:
    settings.ACCORD_HOME = tmp_path
    settings.ACCORD_KEYS = tmp_path / "keys"
    return explore("cedar-harbor", "Cedar and Harbor", [CEDAR_VALLEY, HARBOR_POINT], by="host")


def head(served: Served) -> Person:
    district = served.districts.get(code=CEDAR)
    return seat(served, district, Role.SUPERINTENDENT, "Superintendent, Cedar Valley")


def test_who_explores_sees_letters_conditions_people_and_notes(exploring: Served) -> None:
    client = signed_in(head(exploring))
    home = client.get(reverse("home", args=[exploring.pk]))
    assert home["Location"] == reverse("letters", args=[exploring.pk])
    page = client.get(home["Location"]).content.decode()
    assert "No letter is here yet." in page
    routes = ("conditions", "people", "notes", "new-letter", "new-note", "keeping", "take-own")
    for route in routes:
        address = reverse(route, args=[exploring.pk])
        assert client.get(address).status_code == 200, route
    assert reverse("meetings", args=[exploring.pk]) not in page
    told = client.get(reverse("charter", args=[exploring.pk]))
    assert "holds no charter yet" in told.content.decode()


def test_the_charter_finds_the_people_and_districts_that_explored(
    exploring: Served, signed: Partnership
) -> None:
    person = head(exploring)
    before = {one.code: one.pk for one in exploring.districts.all()}
    founded = found(signed.folder / "exchange", by="host")
    assert founded.pk == exploring.pk
    assert not founded.exploring
    assert founded.name == "Cedar Valley–Harbor Point Learning Partnership"
    assert {one.code: one.pk for one in founded.districts.all()} == before
    assert founded.positions.filter(title="Superintendent").count() == 2
    assert founded.positions.filter(role=Role.STRAND_LEAD).exists()
    assert person.seats.get().position.partnership == founded
    with pytest.raises(StateError, match="in this workspace already"):
        found(signed.folder / "exchange", by="host")


def test_a_charter_of_other_districts_is_not_taken_for_theirs(
    db: None, tmp_path: Path, settings: Settings, signed: Partnership
) -> None:
    settings.ACCORD_HOME = tmp_path
    settings.ACCORD_KEYS = tmp_path / "keys"
    explore("cedar-harbor", "Others", [CEDAR_VALLEY, Explorer("1", "Dune", "Dune")], by="host")
    with pytest.raises(StateError, match="Other districts explore here"):
        found(signed.folder / "exchange", by="host")
    assert Served.objects.get().exploring


@pytest.mark.parametrize("districts", [[CEDAR_VALLEY], [CEDAR_VALLEY, CEDAR_VALLEY]])
@pytest.mark.django_db
def test_it_takes_two(districts: list[Explorer]) -> None:
    with pytest.raises(InputError, match="at least two districts"):
        explore("alone", "Alone", districts, by="host")


def test_an_id_is_given_once(exploring: Served) -> None:
    with pytest.raises(StateError, match="in this workspace already"):
        explore(exploring.pk, "Again", [CEDAR_VALLEY, HARBOR_POINT], by="host")


@pytest.mark.django_db
def test_the_command_invites_both_superintendents(capsys: pytest.CaptureFixture[str]) -> None:
    told = [
        "explore_partnership", "new-one", "--name", "New", "--host", "it@example.org",
        "--district", f"{CEDAR}=Cedar Valley Unified=Cedar Valley",
        "--district", f"{HARBOR}=Harbor Point Unified=Harbor Point",
        "--superintendent", f"{CEDAR}=one@example.org",
        "--superintendent", f"{HARBOR}=two@example.org",
    ]  # fmt: skip
    call_command(*told)
    said = capsys.readouterr().out
    assert said.count("/invitation/") == 2
    assert "New explores here." in said
    with pytest.raises(CommandError, match="CODE=NAME=SHORT"):
        call_command(*told[:6], "--district", "Cedar Valley")
