"""The identity providers that a host allows, and which of their claims give which position.

Written as YAML::

    providers:
      - id: google                      # becomes part of the address that the provider calls back
        name: Google
        server: https://accounts.google.com
        client_id: …
        secret_file: /etc/accord/google-secret
        access_days: 30                 # a position given by claims lasts so long after signing in
        positions:
          - claim: groups               # a claim of the provider
            holds: accord-analysts      # its value, or one of its values
            partnership: cedar-harbor
            position: Research Analyst  # the title of a position, as the people page shows it
            district: "99200020000000"  # left out for third parties
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field

from accord.base.documents import Written, read_document
from accord.base.files import machine_errors


class Mapped(Written):
    """A claim that gives a position."""

    claim: str
    holds: str
    partnership: str
    position: str
    district: str | None = None


class _Provider(Written):
    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name: str
    server: str
    client_id: str
    secret_file: str
    access_days: int = Field(default=30, ge=1, le=400)
    positions: tuple[Mapped, ...] = ()


class _Providers(Written):
    providers: tuple[_Provider, ...]


@dataclass(frozen=True)
class Provider:
    """An identity provider; `app` is what django-allauth needs to know of it."""

    id: str
    name: str
    server: str
    access_days: int
    positions: tuple[Mapped, ...]
    app: Mapping[str, Any]

    @property
    def origin(self) -> str:
        """Where it lives, for the content policy."""
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"

    def given_by(self, claims: Mapping[str, Any]) -> Iterator[Mapped]:
        """The positions that somebody's claims give."""
        for mapped in self.positions:
            held = claims.get(mapped.claim)
            if held == mapped.holds or (isinstance(held, list) and mapped.holds in held):
                yield mapped


def read_providers(path: Path | None) -> tuple[Provider, ...]:
    """The providers of a file; none without one. Raises `InputError`, `MachineError`."""
    if path is None:
        return ()
    written, _ = read_document(path, _Providers)
    return tuple(_provider(item) for item in written.providers)


def _provider(written: _Provider) -> Provider:
    file = Path(written.secret_file)
    with machine_errors(file):
        secret = file.read_text(encoding="utf-8").strip()
    return Provider(
        id=written.id,
        name=written.name,
        server=written.server,
        access_days=written.access_days,
        positions=written.positions,
        app={
            "provider_id": written.id,
            "name": written.name,
            "client_id": written.client_id,
            "secret": secret,
            "settings": {"server_url": written.server, "oauth_pkce_enabled": True},
        },
    )
