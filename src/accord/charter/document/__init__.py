"""The charter as a memorandum of understanding that a board can adopt, and as a note for parents.

`content` what the memorandum says, section by section · `publication` what leaves and what never
does, in plain words · `note` the one-page note that says only that · `parts` what a section is made
of · `pdf` and `memorandum.typ` set either as PDF · `word` as a Word document · `web` the note as a
web page. All show the same words; an unsigned one says on every page that it is a draft.
"""

from __future__ import annotations

from accord.charter.document.content import memorandum
from accord.charter.document.note import note
from accord.charter.document.parts import Memorandum
from accord.charter.document.pdf import write_pdf
from accord.charter.document.web import write_web
from accord.charter.document.word import write_word

__all__ = ["Memorandum", "memorandum", "note", "write_pdf", "write_web", "write_word"]
