"""Signing in and failing to are acts: both are kept in the trail."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver

from accord.workspace.people.models import Person
from accord.workspace.trail.writing import record


@receiver(user_logged_in)
def signed_in(user: Person, **_: Any) -> None:
    """Record a sign-in."""
    with transaction.atomic():
        record("signed in", user, by=user.email)
