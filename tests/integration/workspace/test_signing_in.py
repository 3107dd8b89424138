"""Signing in: invitation, password and second factor, and what a password alone does not open."""

from __future__ import annotations

import re
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.workspace.people.models import Invitation, Person
from accord.workspace.people.roles import Role
from workspace_world import World, shown_by_app, signed_in

PASSWORD = "correct horse battery staple"


def invite(world: World, **more: str) -> str:
    """Invite somebody as Cedar Valley's analyst; the path of the link in their e-mail."""
    position = world.position(Role.ANALYST, world.cedar)
    address = reverse("invite", args=[world.served.pk, position.pk])
    told = {"name": "New analyst", "email": "New@cedar.example", **more}
    assert world.client(Role.LEAD).post(address, told).status_code == 302
    body = str(mail.outbox[-1].body)
    return re.findall(r"http://testserver(\S+)", body)[0]


def test_from_invitation_to_second_factor_to_the_workspace(world: World) -> None:
    link, browser = invite(world), Client()
    assert "Analyst, Cedar Valley" in browser.get(link).content.decode()
    answer = browser.post(link, {"password": PASSWORD})
    assert answer["Location"] == reverse("mfa_activate_totp")
    home = reverse("home", args=[world.served.pk])
    assert browser.get(home)["Location"] == reverse("mfa_activate_totp")  # nothing opens before
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    browser.post(reverse("mfa_activate_totp"), {"code": shown_by_app(secret)})
    assert browser.get(home).status_code == 200
    person = Person.objects.get(email="new@cedar.example")
    assert Authenticator.objects.filter(user=person, type="totp").exists()

    again = Client()
    login = {"login": "new@cedar.example", "password": PASSWORD}
    assert again.post(reverse("account_login"), login)["Location"] == reverse("mfa_authenticate")
    assert again.get(home).status_code == 302  # the password alone opens nothing
    cache.clear()  # the code just used may not be used again within its half minute
    again.post(reverse("mfa_authenticate"), {"code": shown_by_app(secret)})
    assert again.get(home).status_code == 200


def test_a_weak_password_is_refused_and_the_invitation_still_stands(world: World) -> None:
    link, browser = invite(world), Client()
    assert "too short" in browser.post(link, {"password": "short"}).content.decode()
    assert not Person.objects.filter(email="new@cedar.example").exists()
    assert browser.get(link).status_code == 200


def test_an_expired_used_or_unknown_invitation_says_so(world: World) -> None:
    link = invite(world)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answer = Client().get(link)
    assert answer.status_code == 409
    assert "This invitation has expired." in answer.content.decode()
    second = invite(world)
    Client().post(second, {"password": PASSWORD})
    assert "accepted already" in Client().get(second).content.decode()
    assert "belongs to no invitation" in Client().get(f"{second[:-4]}xyz/").content.decode()


def test_a_second_invitation_ends_the_first(world: World) -> None:
    first = invite(world)
    invite(world)
    assert "has expired" in Client().get(first).content.decode()


def test_access_given_until_a_day_ends_then(world: World) -> None:
    last = timezone.localdate() + timedelta(days=3)
    Client().post(invite(world, until=last.isoformat()), {"password": PASSWORD})
    seat = Person.objects.get(email="new@cedar.example").seats.get()
    assert seat.until == last


def test_nobody_makes_an_account_alone(world: World) -> None:
    page = Client().get(reverse("account_signup"))
    assert "closed" in page.content.decode().lower()
    told = {"email": "me@else.example", "password1": PASSWORD}
    Client().post(reverse("account_signup"), told)
    assert not Person.objects.filter(email="me@else.example").exists()


def test_a_form_that_was_open_too_long_gives_back_what_was_typed(world: World) -> None:
    browser = signed_in(world.person(Role.LEAD), enforce_csrf_checks=True)
    address = reverse("new-note", args=[world.served.pk])
    answer = browser.post(address, {"text": "A long thought <b>of mine</b>"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This form was open for too long" in page
    assert "A long thought &lt;b&gt;of mine&lt;/b&gt;" in page


def test_every_answer_carries_the_content_policy(world: World) -> None:
    for address in ("/somebody/", "/nowhere", reverse("home", args=[world.served.pk])):
        answer = world.client(Role.LEAD).get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert b"<script>" not in answer.content
        assert b" style=" not in answer.content
        assert b" onclick=" not in answer.content
