"""Where one is signed in: seen by oneself alone, and ended there, by oneself or by the host."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accord.workspace.people.models import Person
from accord.workspace.people.roles import Role
from accord.workspace.signin.management.commands.end_sessions import BY_THE_HOST
from accord.workspace.signin.sessions import places
from accord.workspace.trail.models import Event
from workspace_world import World, shown_by_app

PASSWORD = "correct horse battery staple"
SESSIONS = "/account/sessions/"
HOME = "/p/cedar-harbor/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1"
SIGNED_IN_ELSEWHERE = "You are signed in elsewhere too."
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"


@pytest.fixture
def lead(world: World) -> Person:
    return with_password(world.person(Role.LEAD))


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def browser(person: Person, agent: str) -> Client:
    """A browser in which `person` signed in by the page, their second factor seen."""
    client = Client(headers={"user-agent": agent})
    told = {"login": person.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), told).status_code == 302
    session = client.session
    session["second_factor_seen"] = True
    session.save()
    return client


def asked_again(client: Client) -> Client:
    """The same browser after its password was asked for again."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def add_app(client: Client) -> None:
    """Make an authenticator app the second factor."""
    address = reverse("mfa_activate_totp")
    secret = client.get(address).context["form"].secret
    client.post(address, {"code": shown_by_app(secret)})


def test_people_see_where_they_are_signed_in_and_nobody_else_does(
    world: World, lead: Person
) -> None:
    laptop, _ = browser(lead, LAPTOP), browser(lead, PHONE)
    page = laptop.get(SESSIONS).content.decode()
    assert "Edge on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count("this browser") == 1
    other = world.client(Role.ANALYST).get(SESSIONS).content.decode()
    assert "iPhone" not in other
    assert Client().get(SESSIONS)["Location"].startswith("/account/login/")


def test_a_session_ended_elsewhere_opens_nothing(lead: Person) -> None:
    laptop, phone = asked_again(browser(lead, LAPTOP)), browser(lead, PHONE)
    another = browser(lead, "a program")
    [lost] = [place for place in places(lead, here="") if place.system == "iPhone"]
    assert laptop.post(SESSIONS, {"only": str(lost.pk)})["Location"] == SESSIONS
    assert phone.get(HOME).status_code == 302
    assert another.get(HOME).status_code == laptop.get(HOME).status_code == 200
    laptop.post(SESSIONS)
    assert another.get(HOME).status_code == 302
    assert laptop.get(HOME).status_code == 200
    acts = Event.objects.filter(act="signed out elsewhere")
    assert [event.said for event in acts] == [{"browsers": 1}, {"browsers": 1}]


def test_nobody_ends_the_session_of_somebody_else(world: World, lead: Person) -> None:
    phone = browser(lead, PHONE)
    [place] = places(lead, here="")
    other = asked_again(browser(with_password(world.person(Role.ANALYST)), LAPTOP))
    for told in ({"only": str(place.pk)}, {}):
        other.post(SESSIONS, told)
    assert other.post(SESSIONS, {"only": "x"}).status_code == 404
    assert phone.get(HOME).status_code == 200


def test_who_has_not_just_been_asked_is_asked_again_before_ending_any(lead: Person) -> None:
    laptop, phone = browser(lead, LAPTOP), browser(lead, PHONE)
    assert "/account/reauthenticate/" in laptop.post(SESSIONS)["Location"]
    assert phone.get(HOME).status_code == 200
    asked_again(laptop)
    session = laptop.session
    for done in session["account_authentication_methods"]:
        done["at"] -= 3600
    session.save()
    assert "/account/reauthenticate/" in laptop.post(SESSIONS)["Location"]
    assert phone.get(HOME).status_code == 200


def test_another_password_ends_the_other_sessions(lead: Person) -> None:
    laptop, phone = browser(lead, LAPTOP), browser(lead, PHONE)
    new = "four lanterns on the pier"
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert laptop.post(reverse("account_change_password"), told).status_code == 302
    assert phone.get(HOME).status_code == 302
    assert laptop.get(HOME).status_code == 200


def test_another_second_factor_offers_to_end_the_other_sessions(
    lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda then: then())  # tests never commit
    laptop, own = asked_again(browser(lead, LAPTOP)), reverse("mfa_index")
    add_app(laptop)
    assert SIGNED_IN_ELSEWHERE not in laptop.get(own).content.decode()  # there is no other session
    laptop.post(reverse("mfa_deactivate_totp"))
    browser(lead, PHONE)
    add_app(laptop)
    page = laptop.get(own).content.decode()
    assert page.count(SIGNED_IN_ELSEWHERE) == 1
    assert f'<a href="{SESSIONS}">end it there</a>' in page
    acts = Event.objects.filter(act__startswith="second factor", said__factor="totp")
    assert [event.act.split()[-1] for event in acts] == ["added", "removed", "added"]


def test_a_wrong_password_is_in_the_trail_and_what_was_typed_is_not(lead: Person) -> None:
    cache.clear()
    for who in (lead.email, PASSWORD):
        Client().post(reverse("account_login"), {"login": who, "password": "a guess"})
    [event] = Event.objects.filter(act="failed to sign in")
    assert (event.object, event.by) == (str(lead.pk), "somebody not signed in")
    assert not any(PASSWORD in str(event.body()) for event in Event.objects.all())


def test_the_host_ends_the_sessions_of_one_or_of_all(lead: Person, world: World) -> None:
    phone, other, said = browser(lead, PHONE), world.client(Role.ANALYST), StringIO()
    again = browser(with_password(world.person(Role.PRINCIPAL)), LAPTOP)
    call_command("end_sessions", of=lead.email.upper(), stdout=said)
    assert said.getvalue() == f"{lead.name} is signed out of one browser.\n"
    assert phone.get(HOME).status_code == 302
    assert other.get(HOME).status_code == 200
    call_command("end_sessions", all=True, stdout=said)
    assert other.get(HOME).status_code == again.get(HOME).status_code == 302
    assert len(Event.objects.filter(act="signed out elsewhere", by=BY_THE_HOST)) == 2
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("end_sessions", of="nobody@else.example")


def test_the_newest_stands_after_this_browser(lead: Person) -> None:
    phone = browser(lead, PHONE)
    browser(lead, LAPTOP)
    browser(lead, "a program")
    found = places(lead, here=str(phone.session.session_key))
    assert [place.system for place in found] == ["iPhone", "", "Windows"]
