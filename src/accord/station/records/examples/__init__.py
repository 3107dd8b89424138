"""Example mappings that ship: interim and formative assessments in three common shapes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from accord.base.errors import InputError

_TITLE = "# "


@cache
def _texts() -> dict[str, str]:
    return {
        each.name.removesuffix(".yaml"): each.read_text(encoding="utf-8")
        for each in sorted(files(__package__).iterdir(), key=lambda one: one.name)
        if each.name.endswith(".yaml")
    }


def example_names() -> dict[str, str]:
    """Every example with the first line of its comment."""
    return {name: text.partition("\n")[0].removeprefix(_TITLE) for name, text in _texts().items()}


def example_text(name: str) -> str:
    """An example as it ships. Raises `InputError` when there is none of that name."""
    if name not in _texts():
        raise InputError.because(
            f"There is no example “{name}”.", f"Use one of: {', '.join(_texts())}."
        )
    return _texts()[name]
