"""The charter as a memorandum of understanding that a board can adopt: PDF and Word.

`content` what it says, section by section · `publication` what leaves and what never does, in plain
words · `parts` what a section is made of · `pdf` and `memorandum.typ` set it as PDF · `word` as a
Word document. Both show the same words; an unsigned one says on every page that it is a draft.
"""

from __future__ import annotations

from accord.charter.document.content import memorandum
from accord.charter.document.parts import Memorandum
from accord.charter.document.pdf import write_pdf
from accord.charter.document.word import write_word

__all__ = ["Memorandum", "memorandum", "write_pdf", "write_word"]
