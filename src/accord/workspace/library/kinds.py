"""Where a district can stand to a practice, and the kinds of files that are kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Choice(models.TextChoices):
    """What a district made of a practice."""

    ADOPTED = "adopted", "Adopted"
    ADAPTED = "adapted", "Adapted"
    DECLINED = "declined", "Declined"
    LOOKING = "looking", "Looking into it"


@dataclass(frozen=True)
class FileKind:
    """A kind of file: what it is called, how it begins, and for an Office file the part inside."""

    name: str
    mime: str
    begins: bytes = b""
    holds: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP = b"PK\x03\x04"
FILE_KINDS = {
    "pdf": FileKind("PDF", "application/pdf", b"%PDF-"),
    "docx": FileKind("Word", f"{_OFFICE}.wordprocessingml.document", _ZIP, "word/document.xml"),
    "xlsx": FileKind("Excel", f"{_OFFICE}.spreadsheetml.sheet", _ZIP, "xl/workbook.xml"),
    "pptx": FileKind(
        "PowerPoint", f"{_OFFICE}.presentationml.presentation", _ZIP, "ppt/presentation.xml"
    ),
    "png": FileKind("picture", "image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": FileKind("picture", "image/jpeg", b"\xff\xd8\xff"),
    "csv": FileKind("table", "text/csv"),
    "txt": FileKind("text", "text/plain"),
}
"""By the end of the file's name. What has no beginning of its own must be readable text."""
