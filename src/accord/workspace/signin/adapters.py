"""Where django-allauth asks who may have an account, and what happens when somebody signs in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from accord.workspace.people.models import Person
from accord.workspace.signin.claims import apply_claims
from accord.workspace.signin.providers import Provider

VOUCHED = "vouched_by_provider"
"""The session's mark that a provider, which has its own second factor, signed the person in."""


def display_name(person: Person) -> str:
    """How sign-in pages call a person."""
    return person.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone."""
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts by a provider: for people that the host's mapping, or an invitation, knows."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A first sign-in makes an account where the claims give a position."""
        provider = self._provider(sociallogin)
        claims = _claims(sociallogin)
        return bool(claims.get("email_verified")) and any(True for _ in provider.given_by(claims))

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Person:
        """The person to be made, with the name that the provider tells."""
        person: Person = super().populate_user(request, sociallogin, data)
        claims = _claims(sociallogin)
        person.email = str(claims.get("email", "")).lower()
        person.name = str(claims.get("name") or person.email)[:120]
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Renew the positions of somebody who is known. An address must be vouched for."""
        if not _claims(sociallogin).get("email_verified"):
            raise ImmediateHttpResponse(render(request, "signin/not_vouched.html", status=403))
        request.session[VOUCHED] = True
        if sociallogin.is_existing:
            self._apply(sociallogin, sociallogin.user)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Person:
        """Make the account and give it its positions."""
        person: Person = super().save_user(request, sociallogin, form)
        self._apply(sociallogin, person)
        return person

    def _apply(self, sociallogin: Any, person: Person) -> None:
        apply_claims(
            person, _claims(sociallogin), self._provider(sociallogin), timezone.localdate()
        )

    def _provider(self, sociallogin: Any) -> Provider:
        providers: tuple[Provider, ...] = settings.ACCORD_PROVIDERS
        return next(item for item in providers if item.id == sociallogin.account.provider)


def _claims(sociallogin: Any) -> dict[str, Any]:
    data: dict[str, Any] = sociallogin.account.extra_data
    return {**data.get("userinfo", {}), **data.get("id_token", {})} if "id_token" in data else data
