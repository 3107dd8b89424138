"""The memorandum as PDF, set by Typst: tagged for screen readers, without any network."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Literal

import typst

from accord.base.errors import MachineError
from accord.base.files import whole_file
from accord.charter.document.parts import Memorandum

_Standard = Literal["ua-1", "1.7"]


def write_pdf(document: Memorandum, path: Path, fonts: Path | None = None) -> None:
    """Write `document` as PDF; `fonts` is a folder with Public Sans, else Typst's own are taken.

    The file claims PDF/UA-1 wherever its text can be shown with the fonts at hand. Raises
    `MachineError` when it can't be set or written.
    """
    pdf = _compile(document, fonts)
    with whole_file(path) as draft:
        draft.write_bytes(pdf)


def _compile(document: Memorandum, fonts: Path | None) -> bytes:
    template = (files("accord.charter.document") / "memorandum.typ").read_bytes()
    data = {"memorandum": json.dumps(asdict(document))}
    try:
        return _set(template, data, fonts, "ua-1")
    except typst.TypstError:
        # A sign that no font at hand can draw bars the claim, not the document.
        try:
            return _set(template, data, fonts, "1.7")
        except typst.TypstError as error:
            raise MachineError.because(
                f"The document could not be set: {error.message}",
                "Print it as a Word document instead, with a name that ends in .docx.",
            ) from error


def _set(template: bytes, data: dict[str, str], fonts: Path | None, standard: _Standard) -> bytes:
    return typst.compile(
        template,
        font_paths=typst.Fonts(font_paths=[fonts] if fonts else []),
        sys_inputs=data,
        pdf_standards=[standard],
        format="pdf",
    )
