"""How the clerk's workbooks look: headings, wrapped text, heights of rows, and the printed page.

Cells are written as text or numbers only, so that nothing a file contains can run as a formula.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

Cell = str | int | None

_LONGEST_CELL = 32_767
_LINE = 15  # points; a row is as high as its longest wrapped text
_MOST_LINES = 12
_MUTED, _MARK = "#565c65", "#fdeec9"
_RULED: Mapping[str, object] = {"bottom": 1, "bottom_color": "#dfe1e2"}
_SIGNS = 1.05  # of text in one unit of width
_PAPER_LETTER = 1


@dataclass(frozen=True)
class ClerkBook:
    """A workbook under way."""

    book: Any

    @cached_property
    def title(self) -> Any:
        return self.book.add_format({"bold": True, "font_size": 14})

    @cached_property
    def head(self) -> Any:
        return self._format(bold=True, bottom=1, valign="bottom", align="left", indent=1)

    @cached_property
    def number_head(self) -> Any:
        return self._format(bold=True, bottom=1, valign="bottom", align="right")

    @cached_property
    def text(self) -> Any:
        return self._format(align="left", indent=1, **_RULED)

    @cached_property
    def number(self) -> Any:
        return self._format(num_format="#,##0", align="right", **_RULED)

    @cached_property
    def muted(self) -> Any:
        return self._format(font_color=_MUTED, align="right", **_RULED)

    @cached_property
    def marked(self) -> Any:
        """The cell that is wrong."""
        return self._format(align="left", indent=1, bg_color=_MARK, bold=True, **_RULED)

    def _format(self, **more: Any) -> Any:
        return self.book.add_format({"text_wrap": True, "valign": "top"} | more)

    def sheet(self, name: str, *, a_page_wide: bool = True) -> ClerkSheet:
        """A new sheet, which prints on its side and with page numbers."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_PAPER_LETTER)
        if a_page_wide:
            sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer("&L&A&RPage &P of &N")
        return ClerkSheet(self, sheet)


class ClerkSheet:
    """A sheet: titles, then a table whose rows are written in order."""

    def __init__(self, book: ClerkBook, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._widths: Sequence[int] = ()

    def titles(self, title: str, *about: str) -> None:
        """The title in the first row and what there is to know under it."""
        self._sheet.write_string(0, 0, title, self._book.title)
        for row, text in enumerate(about, start=1):
            self._sheet.write_string(row, 0, text)

    def headings(
        self,
        row: int,
        headings: Sequence[str],
        widths: Sequence[int],
        *,
        numbers: Collection[int] = (),
        held: int = 0,
    ) -> None:
        """The heads of a table, repeated on every printed page; the columns `numbers` hold numbers,
        and the first `held` stay in sight."""
        self._widths = widths
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self.heads_again(row, headings, numbers=numbers)
        self._sheet.freeze_panes(row + 1, held)
        self._sheet.repeat_rows(row)
        if held:
            self._sheet.repeat_columns(0, held - 1)

    def heads_again(
        self, row: int, headings: Sequence[str], *, numbers: Collection[int] = ()
    ) -> None:
        """Heads alone, for a further table on the same sheet."""
        for column, heading in enumerate(headings):
            look = self._book.number_head if column in numbers else self._book.head
            self._sheet.write_string(row, column, heading[:_LONGEST_CELL], look)

    def row(self, row: int, cells: Sequence[Cell], *, marked: Collection[int] = ()) -> None:
        """A row of the table; the columns `marked` hold what is wrong."""
        self._sheet.set_row(row, _LINE * self._lines(cells))
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(row, column, cell, self._book.number)
                continue
            look = self._book.marked if column in marked else self._book.text
            if cell:
                self._sheet.write_string(row, column, cell[:_LONGEST_CELL], look)
            else:
                self._sheet.write_blank(row, column, None, look)

    def aside(self, row: int, column: int, text: str) -> None:
        """A word in place of a number."""
        self._sheet.write_string(row, column, text, self._book.muted)

    def sieve(self, first: int, last: int) -> None:
        """Let people sort and sift the table between two rows."""
        self._sheet.autofilter(first, 0, max(first, last), len(self._widths) - 1)

    def _lines(self, cells: Sequence[Cell]) -> int:
        wrapped = [
            ceil(len(cell) / (width * _SIGNS))
            for cell, width in zip(cells, self._widths, strict=False)
            if isinstance(cell, str)
        ]
        return min(max(wrapped, default=1), _MOST_LINES)
