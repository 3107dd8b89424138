"""The world of `workspace_world`, as each test finds it."""

from __future__ import annotations

from workspace_fixtures import founded, signed, world

__all__ = ["founded", "signed", "world"]
