"""Signing in through an identity provider: a second server, its claims, and what they give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accord.base.errors import InputError
from accord.workspace.people.models import Person
from accord.workspace.people.roles import Role
from accord.workspace.signin.providers import read_providers
from oidc_provider import CLIENT, SECRET, Provider, running
from partnership import CEDAR
from workspace_world import World

MAPPED = f"""
providers:
  - id: district
    name: Cedar Valley sign-in
    server: SERVER
    client_id: {CLIENT}
    secret_file: SECRET_FILE
    access_days: 30
    positions:
      - {{claim: groups, holds: accord-analysts, partnership: cedar-harbor,
         position: Analyst, district: "{CEDAR}"}}
      - {{claim: job, holds: facilitator, partnership: cedar-harbor, position: Facilitator}}
"""
ANALYST = {
    "sub": "7",
    "email": "analyst@cedar.example",
    "email_verified": True,
    "name": "An analyst",
    "groups": ["staff", "accord-analysts"],
}


class Stay(HTTPRedirectHandler):
    """Leaves redirects to the test."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def provider(world: World, settings: Settings, tmp_path: Path) -> Iterator[Provider]:
    with running() as server:
        (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
        file = tmp_path / "providers.yaml"
        text = MAPPED.replace("SERVER", server.address)
        file.write_text(text.replace("SECRET_FILE", str(tmp_path / "secret")), encoding="utf-8")
        settings.ACCORD_PROVIDERS = read_providers(file)
        apps = [one.app for one in settings.ACCORD_PROVIDERS]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
        server.claims = dict(ANALYST)
        yield server


def sign_in(browser: Client) -> int:
    """Go to the provider and back; the status of the last page."""
    begun = browser.post(reverse("openid_connect_login", args=["district"]))
    if begun.status_code != 302:
        return begun.status_code
    try:
        build_opener(Stay).open(Request(begun["Location"]))
    except HTTPError as redirect:
        back = redirect.headers["Location"]
    return browser.get(back.replace("http://testserver", "")).status_code


def test_the_sign_in_page_offers_it(provider: Provider) -> None:
    assert "Cedar Valley sign-in" in Client().get(reverse("account_login")).content.decode()


def test_claims_give_a_position_for_a_stated_time(provider: Provider, world: World) -> None:
    browser = Client()
    assert sign_in(browser) == 302
    seat = Person.objects.get(email="analyst@cedar.example").seats.get()
    assert str(seat.position) == "Analyst, Cedar Valley"
    assert seat.until == timezone.localdate() + timedelta(days=30)
    home = browser.get(reverse("home", args=[world.served.pk]))
    assert home.status_code == 200  # the provider has its own second factor


def test_claims_that_are_gone_end_the_position(provider: Provider, world: World) -> None:
    sign_in(Client())
    provider.claims["groups"] = ["staff"]
    browser = Client()
    sign_in(browser)
    assert browser.get(reverse("home", args=[world.served.pk])).status_code == 404


def test_what_an_invitation_gave_stays_whatever_the_claims_say(
    provider: Provider, world: World
) -> None:
    known = world.person(Role.LEAD)
    provider.claims |= {"email": known.email, "groups": []}
    browser = Client()
    assert sign_in(browser) == 302
    assert browser.get(reverse("home", args=[world.served.pk])).status_code == 200


@pytest.mark.parametrize(
    "change", [{"groups": []}, {"email_verified": False}, {"groups": "accord-analysts-too"}]
)
def test_whom_nobody_knows_gets_no_account(
    provider: Provider, world: World, change: dict[str, object]
) -> None:
    provider.claims |= change
    browser = Client()
    sign_in(browser)
    assert not Person.objects.filter(email="analyst@cedar.example").exists()
    assert browser.get(reverse("home", args=[world.served.pk])).status_code == 302


def test_a_token_made_for_another_workspace_opens_nothing(provider: Provider, world: World) -> None:
    provider.claims["aud"] = "another-workspace"
    browser = Client()
    sign_in(browser)
    assert browser.get(reverse("home", args=[world.served.pk])).status_code == 302


def test_a_broken_provider_leaves_the_other_ways(provider: Provider) -> None:
    provider.is_broken = True
    browser = Client()
    answer = browser.post(reverse("openid_connect_login", args=["district"]))
    assert answer.status_code == 502
    assert "does not answer" in answer.content.decode()
    assert browser.get(reverse("account_login")).status_code == 200


def test_a_file_with_a_mistake_names_the_field(tmp_path: Path) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text(
        "providers:\n  - {id: Bad Id, name: X, server: s, client_id: c, secret_file: f}\n"
    )
    with pytest.raises(InputError) as caught:
        read_providers(file)
    assert "id" in caught.value.problems[0].field
