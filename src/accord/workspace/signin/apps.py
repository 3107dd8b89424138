"""Connects the trail to signing in."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SigninConfig(AppConfig):
    """The application of signing in."""

    name = "accord.workspace.signin"

    def ready(self) -> None:
        """Listen to sign-ins."""
        import_module("accord.workspace.signin.receivers")
