"""What a browser is made to keep to: forms with their token, cookies, ways out, and signing out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accord.workspace.notes.models import Note
from accord.workspace.people.roles import Role
from workspace_world import World, signed_in

PASSWORD = "correct horse battery staple"
HOME = "/p/cedar-harbor/"
_SETTINGS = """
import json
from accord.workspace import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.startswith(
    ("SESSION_COOKIE", "CSRF_COOKIE", "SECURE_", "DEBUG", "SOCIALACCOUNT_LOGIN", "PASSWORD_H"))}))
"""


def settings_of_a_host(home: Path, **more: str) -> dict[str, Any]:
    """What a host that says no more than it must is served with."""
    told = {
        "ACCORD_HOME": str(home), "ACCORD_SECRET_KEY": "k" * 60, "ACCORD_HOSTS": "a.example", **more
    }  # fmt: skip
    printed = subprocess.run(
        [sys.executable, "-c", _SETTINGS], env=told, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(printed.stdout)
    return found


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    browser = signed_in(world.person(Role.LEAD), enforce_csrf_checks=True)
    told = {"text": "A thought.", "visibility": "author"}
    refused = browser.post(f"{HOME}notes/new/", told)
    assert refused.status_code == 403
    assert not Note.objects.exists()
    browser.get(f"{HOME}notes/new/")
    token = browser.cookies["csrftoken"].value
    assert browser.post(f"{HOME}notes/new/", told | {"csrfmiddlewaretoken": token})["Location"]


def test_signing_in_leads_nowhere_else(world: World) -> None:
    person = world.person(Role.LEAD)
    person.set_password(PASSWORD)
    person.save()
    told = {"login": person.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    answer = Client().post(reverse("account_login"), told)
    assert answer.status_code == 302
    assert "elsewhere" not in answer["Location"]


def test_who_signed_out_is_nobody_even_with_the_old_cookie(world: World) -> None:
    browser = world.client(Role.LEAD)
    kept = browser.cookies["sessionid"].value
    browser.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get(HOME).status_code != 200


@pytest.mark.parametrize("here", [False, True])
def test_on_the_web_cookies_travel_by_https_alone(tmp_path: Path, here: bool) -> None:
    found = settings_of_a_host(tmp_path, **({"ACCORD_ON_THIS_MACHINE": "1"} if here else {}))
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is not here
    assert found["SECURE_SSL_REDIRECT"] is not here
    assert (found["SECURE_HSTS_SECONDS"] > 0) is not here
    assert found["SESSION_COOKIE_HTTPONLY"] is found["CSRF_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_SAMESITE"] == found["CSRF_COOKIE_SAMESITE"] == "Lax"


def test_a_host_that_says_no_more_than_it_must_is_served_safely(tmp_path: Path) -> None:
    found = settings_of_a_host(tmp_path)
    assert found["DEBUG"] is False
    assert found["SESSION_COOKIE_AGE"] == 12 * 60 * 60
    assert found["SOCIALACCOUNT_LOGIN_ON_GET"] is False
    assert "Scrypt" in found["PASSWORD_HASHERS"][0]


def test_who_tries_many_passwords_is_made_to_wait(world: World) -> None:
    person = world.person(Role.LEAD)
    person.set_password(PASSWORD)
    person.save()
    cache.clear()
    thief, wrong = Client(), {"login": person.email, "password": "a guess of many"}
    answers = [thief.post(reverse("account_login"), wrong) for _ in range(6)]
    assert "not correct" in answers[0].content.decode()
    assert "Too many failed" in answers[-1].content.decode()
    right = thief.post(reverse("account_login"), wrong | {"password": PASSWORD})
    assert right.status_code == 200  # even the right one, until the wait is over
    cache.clear()


def test_every_page_says_what_a_browser_may_do(world: World) -> None:
    answer = world.client(Role.LEAD).get(HOME)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-store"
    assert reverse("account_logout") in answer.content.decode()
