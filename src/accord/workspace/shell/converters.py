"""The names that addresses hold: ids of partnerships, indicators and student groups."""

from __future__ import annotations


class Slug:
    """Lower-case letters, digits and hyphens, as the charter writes ids."""

    regex = "[a-z0-9][a-z0-9-]*"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value
