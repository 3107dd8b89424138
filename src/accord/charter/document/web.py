"""The note as a web page: one file, without a script or anything from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from accord.base.files import whole_file
from accord.charter.document.parts import Memorandum


def write_web(document: Memorandum, path: Path) -> None:
    """Write `document` as HTML. Raises `MachineError` when it can't be written."""
    page = _environment().get_template("note.html").render(document=document)
    with whole_file(path) as draft:
        draft.write_text(page, encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("accord.charter.document", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
