"""The charter as a page, and as the documents that boards adopt."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accord.charter.document import memorandum, note, write_pdf, write_word
from accord.indicators.catalogue import load_catalogue
from accord.reports.fonts import FONTS
from accord.workspace.charter.reading import read_agreed
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import may
from accord.workspace.releases.exchanging import charters_now

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(see="charter.see")
def charter(request: Asked) -> HttpResponse:
    """What the districts agreed, side by side."""
    agreed = read_agreed(charters_now(request.actor.partnership))
    return render(
        request,
        "charter/charter.html",
        {
            "agreed": agreed,
            "charter": agreed.charter,
            "sees_founding": may(request.actor, "conditions.see"),
        },
    )


@page(see="charter.see")
def charter_file(request: Asked, name: str) -> HttpResponse:
    """The memorandum as PDF or Word, the note for families as PDF, the charter as it was signed."""
    signed = charters_now(request.actor.partnership)[-1]
    known = load_catalogue()
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        match name:
            case "memorandum.pdf":
                write_pdf(memorandum(signed, known), path, FONTS)
                kind = "application/pdf"
            case "memorandum.docx":
                write_word(memorandum(signed, known), path)
                kind = _WORD
            case "note.pdf":
                write_pdf(note(signed, known), path, FONTS)
                kind = "application/pdf"
            case "charter.json":
                path.write_bytes(signed.charter.canonical_bytes)
                kind = "application/json"
            case _:
                raise Http404
        response = HttpResponse(path.read_bytes(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
