"""Pages without anything on them, for tests that ask whether a page opens and not what it shows."""

from __future__ import annotations

from typing import Any

from django.template.backends.base import BaseEngine


class BlankPage:
    """A template that shows nothing."""

    def render(self, context: Any = None, request: Any = None) -> str:
        """Nothing."""
        return ""


class BlankTemplates(BaseEngine):
    """A template engine that knows every name, and has nothing to show under any."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({name: params[name] for name in ("NAME", "DIRS", "APP_DIRS")})

    def get_template(self, template_name: str) -> BlankPage:
        """The same blank page under each name."""
        return BlankPage()


BLANK = [{"BACKEND": "blank_templates.BlankTemplates", "APP_DIRS": False, "DIRS": []}]
"""The setting `TEMPLATES` of a workspace whose pages are blank."""
