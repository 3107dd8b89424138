"""The memorandum as a Word document, for boards that edit, attach and file in Word."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from accord.base.files import whole_file
from accord.charter.document.parts import Bullets, Memorandum, Paragraph, Signature, Table

_FONT = "Public Sans"
_INK, _MUTED = RGBColor(0x1B, 0x1B, 0x1B), RGBColor(0x56, 0x5C, 0x65)
_WIDTH = 6.5  # inches between the margins of a letter page
_SIZES = {"Normal": 10.5, "Title": 24, "Subtitle": 12, "Heading 1": 14.5, "Caption": 10}


def write_word(document: Memorandum, path: Path) -> None:
    """Write `document` as a Word file. Raises `MachineError` when it can't be written."""
    word = docx.Document()
    _prepare(word, document)
    word.add_paragraph(document.kicker, style="Subtitle")
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(document.subtitle)
    word.add_paragraph().add_run(document.notice).bold = True
    for number, section in enumerate(document.sections, start=1):
        is_note = document.form == "note"
        heading = section.heading if is_note else f"{number}. {section.heading}"
        word.add_heading(heading, level=1)
        for block in section.blocks:
            _add_block(word, block)
    if document.signatures:
        word.add_heading("Signatures", level=1)
        word.add_paragraph(document.signing)
    for signature in document.signatures:
        _add_signature(word, signature)
    with whole_file(path) as draft:
        word.save(str(draft))


def _prepare(word: Document, document: Memorandum) -> None:
    properties = word.core_properties
    properties.title = f"{document.title}: {document.kicker}"
    properties.subject = f"{document.kind.capitalize()} {document.hash}"
    properties.author = ""
    properties.language = "en-US"
    page = word.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches((8.5 - _WIDTH) / 2)
    page.top_margin = page.bottom_margin = Inches(0.9)
    for name, size in _SIZES.items():
        style = word.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = _MUTED if name == "Subtitle" else _INK
        style.font.italic = False
        _use_font_everywhere(style)
    for name in ("Title", "Heading 1", "Caption"):
        word.styles[name].font.bold = True
    _remove_line_below(word.styles["Title"])
    word.styles["Heading 1"].paragraph_format.space_before = Pt(20)
    word.styles["Heading 1"].paragraph_format.space_after = Pt(6)
    word.styles["Caption"].paragraph_format.keep_with_next = True
    word.styles["Caption"].paragraph_format.space_before = Pt(10)
    footer = page.footer.paragraphs[0]
    draft = "Draft · " if document.is_draft else ""
    run = footer.add_run(f"{draft}{document.title} · {document.kind} {document.short_hash} · page ")
    _small(run)
    _add_page_number(footer)
    if document.is_draft:
        _small(page.header.paragraphs[0].add_run(document.notice))


def _add_block(word: Document, block: Paragraph | Bullets | Table) -> None:
    match block:
        case Paragraph():
            paragraph = word.add_paragraph()
            run = paragraph.add_run(block.text)
            if block.style == "lead":
                run.font.size = Pt(13)
            if block.style == "intro":
                paragraph.paragraph_format.keep_with_next = True
        case Bullets():
            for item in block.items:
                word.add_paragraph(item, style="List Bullet")
        case Table():
            _add_table(word, block)


def _add_table(word: Document, block: Table) -> None:
    word.add_paragraph(block.caption, style="Caption")
    table = word.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    _mark(table._tbl.tblPr, "tblCaption", block.caption)
    _draw_rows_only(table)
    _mark(table.rows[0]._tr.get_or_add_trPr(), "tblHeader", "true")
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _fill(cell, text)
    widths = [Inches(_WIDTH * share / sum(block.widths)) for share in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        _mark(row._tr.get_or_add_trPr(), "cantSplit", "true")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = run.font.size or Pt(9)
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: _Cell, text: str) -> None:
    first, *rest = text.split("\n")
    cell.paragraphs[0].add_run(first)
    for line in rest:
        _small(cell.add_paragraph().add_run(line))


def _add_signature(word: Document, signature: Signature) -> None:
    heading = word.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.space_before = Pt(14)
    heading.add_run(signature.party).bold = True
    heading.add_run(f"\n{signature.signatory}")
    for label in ("Signature", "Date", "Adopted by the board on"):
        line = word.add_paragraph(f"{label}: ")
        line.paragraph_format.keep_with_next = True
        line.add_run("_" * 40)
    state = signature.state
    if signature.fingerprint:
        state += f". Key fingerprint: {signature.fingerprint}"
    _small(word.add_paragraph().add_run(state))


def _small(run: Run) -> None:
    run.font.size, run.font.color.rgb = Pt(8.5), _MUTED


def _use_font_everywhere(style: CharacterStyle) -> None:
    """Styles of the built-in template name a theme font, which would win over the style's own."""
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _remove_line_below(style: CharacterStyle) -> None:
    for borders in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(borders)


def _draw_rows_only(table: WordTable) -> None:
    """Lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = _mark(borders, side, "single" if side in ("top", "bottom", "insideH") else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "A9AEB1")
    table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblLook", "w:tblCaption")


def _mark(parent: BaseOxmlElement, name: str, value: str) -> BaseOxmlElement:
    element = OxmlElement(f"w:{name}")
    element.set(qn("w:val"), value)
    parent.append(element)
    return element


def _add_page_number(paragraph: WordParagraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
        _small(run)
