"""How people are made: each has an e-mail address, written in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from accord.workspace.people.models import Person


class PersonManager(BaseUserManager["Person"]):
    """Makes people; without a password they sign in by a provider or an invitation."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A new person. Raises `ValueError` without an address."""
        if not email:
            raise ValueError("a person has an e-mail address")
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with an address, however it is spelled."""
        return self.get(email__iexact=username)
