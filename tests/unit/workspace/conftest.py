"""The world of `workspace_world` as each test finds it, and the key of a district."""

from __future__ import annotations

from workspace_fixtures import committed_at_once, founded, pem, signed, world

__all__ = ["committed_at_once", "founded", "pem", "signed", "world"]
