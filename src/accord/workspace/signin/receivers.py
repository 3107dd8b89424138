"""Signing in, failing to, and other ways of signing in are acts: all are kept in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from accord.workspace.people.models import Person
from accord.workspace.signin.sessions import is_elsewhere
from accord.workspace.trail.writing import record

NOBODY_KNOWN = "somebody not signed in"

_FACTOR_ACTS: Mapping[Signal, str] = {
    authenticator_added: "second factor added",
    authenticator_removed: "second factor removed",
    authenticator_reset: "second factor renewed",
}


@receiver(user_logged_in)
def signed_in(user: Person, **_: Any) -> None:
    """Record a sign-in."""
    with transaction.atomic():
        record("signed in", user, by=user.email)


@receiver(user_login_failed)
def failed_to_sign_in(credentials: Mapping[str, Any], **_: Any) -> None:
    """Record a wrong password for somebody who is here.

    What was typed for nobody here is not kept: it may be a password in the wrong field.
    """
    address = credentials.get("email") or credentials.get("username") or ""
    person = Person.objects.filter(email__iexact=address).first()
    if person is not None:
        with transaction.atomic():
            record("failed to sign in", person, by=NOBODY_KNOWN)


@receiver(tuple(_FACTOR_ACTS))
def factor_changed(
    signal: Signal, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any
) -> None:
    """Record another second factor, and offer to end the sessions that began before."""
    with transaction.atomic():
        record(_FACTOR_ACTS[signal], user, by=user.email, factor=authenticator.type)
    codes_come_along = (
        authenticator.type == Authenticator.Type.RECOVERY_CODES
        and signal is not authenticator_reset
    )
    if not codes_come_along and is_elsewhere(user, here=request.session.session_key):
        link = format_html('<a href="{}">{}</a>', reverse("sessions"), gettext("end it there"))
        said = gettext("You are signed in elsewhere too. If that isn’t you, {link}.")
        messages.warning(request, format_html(said, link=link))
