"""Bringing a release: verified, pending in its own district, shared by a leader, under embargo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.workspace.indicators.figures import figures_for
from accord.workspace.indicators.news import news_of
from accord.workspace.people.roles import Role
from accord.workspace.releases.exchanging import exchange_of, pending_folder
from accord.workspace.releases.models import Arrival
from partnership import CEDAR, HARBOR
from workspace_world import CHRONIC, World, figures, release_of


def second(world: World, district: str = CEDAR, first: int = 330, **changes: Any) -> bytes:
    """A district's second release, which follows the one received."""
    before = world.served.districts.get(code=district).arrival_set.get(number=1)
    told = {"number": 2, "follows": before.release} | changes
    return release_of(world.signed, district, figures(world.signed, district, first), **told)


def bring(client: Client, data: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("mine.accord", data)
    answer = client.post(reverse("bring-release", args=["cedar-harbor"]), {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_release_waits_in_its_own_district_until_a_leader_shares_it(world: World) -> None:
    analyst, partner = world.client(Role.ANALYST), world.client(Role.LEAD, world.harbor)
    assert bring(analyst, second(world))[0] == 302
    arrival = Arrival.objects.get(number=2)
    page = reverse("release", args=[world.served.pk, arrival.pk])
    assert "Pending" in analyst.get(page).content.decode()
    assert partner.get(page).status_code == 404
    assert (
        "Release 2" not in partner.get(reverse("releases", args=["cedar-harbor"])).content.decode()
    )
    share = reverse("share-release", args=[world.served.pk, arrival.pk])
    assert analyst.post(share).status_code == 403  # an analyst brings, a leader shares
    assert partner.post(share).status_code == 404
    assert world.client(Role.SUPERINTENDENT).post(share).status_code == 302
    assert partner.get(page).status_code == 200
    assert len(exchange_of(world.served).received(CEDAR, "partners")) == 2


def test_figures_are_those_of_the_newest_shared_release(world: World) -> None:
    actor = world.actor(Role.LEAD, world.harbor)
    before = news_of(figures_for(actor))
    bring(world.client(Role.ANALYST), second(world, first=310))
    assert news_of(figures_for(actor)) == before
    arrival = Arrival.objects.get(number=2)
    world.client(Role.LEAD).post(reverse("share-release", args=[world.served.pk, arrival.pk]))
    now = next(item for item in news_of(figures_for(actor)) if item.indicator == CHRONIC)
    assert now.districts[0].value.startswith("22.0")


def test_an_altered_release_is_refused_and_nothing_is_kept(world: World) -> None:
    data = bytearray(second(world))
    data[len(data) // 2] ^= 1
    status, page = bring(world.client(Role.ANALYST), bytes(data))
    assert status == 422
    assert "This file was refused, and nothing of it was kept." in page
    assert not Arrival.objects.filter(number=2).exists()
    assert not pending_folder(world.served).exists()


@pytest.mark.parametrize("data", [b"", b"not a release", b"PK\x03\x04 half a zip"])
def test_a_file_that_is_not_what_it_says_is_told_so(world: World, data: bytes) -> None:
    status, page = bring(world.client(Role.ANALYST), data)
    assert status == 422
    assert "is not a release" in page or "is empty" in page


def test_a_districts_release_is_brought_by_its_own_people(world: World) -> None:
    status, page = bring(world.client(Role.LEAD), second(world, HARBOR))
    assert status == 422
    assert "This is a release of Harbor Point Unified." in page


def test_the_same_release_twice_is_told(world: World) -> None:
    data, client = second(world), world.client(Role.LEAD)
    bring(client, data)
    assert "is here already" in bring(client, data)[1]


def test_under_embargo_its_own_district_sees_it_first(world: World) -> None:
    day = timezone.localdate() + timedelta(days=30)
    bring(world.client(Role.LEAD), second(world, first=310, embargo=day.isoformat()))
    arrival = Arrival.objects.get(number=2)
    world.client(Role.LEAD).post(reverse("share-release", args=[world.served.pk, arrival.pk]))
    page = reverse("indicator", args=[world.served.pk, CHRONIC])
    own, partner = world.client(Role.BOARD), world.client(Role.LEAD, world.harbor)
    assert "under embargo" not in own.get(page).content.decode()
    assert "22.0" in own.get(page).content.decode()
    seen = partner.get(page).content.decode()
    assert "Release 2 of Cedar Valley is under embargo until" in seen
    assert "22.0" not in seen
    file = reverse("release-file", args=[world.served.pk, arrival.pk])
    assert own.get(file).status_code == 200
    assert partner.get(file).status_code == 404
