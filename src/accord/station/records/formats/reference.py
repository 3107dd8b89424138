"""The reference page of formats and layouts, written from the data so that the two can't differ."""

from __future__ import annotations

from itertools import groupby

from accord.station.records.formats.model import FileFormat, Layout, LayoutField
from accord.station.records.formats.shipped import shipped_formats
from accord.station.records.formats.sourcing import fields_used

_GROUPS = {
    "caaspp": "State tests",
    "calpads": "CALPADS",
    "edfi": "Ed-Fi XML interchanges",
    "elpac": "State tests",
    "nsc": "National Student Clearinghouse",
    "oneroster": "OneRoster",
}


def formats_page() -> str:
    """The page docs/reference/formats.md, as Markdown."""
    parts = [_INTRODUCTION]
    ordered = sorted(shipped_formats(), key=lambda each: (_group(each), each.format))
    for name, formats in groupby(ordered, key=_group):
        parts.append(f"## {name}")
        for written in formats:
            parts.append(_section(written))
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = (
    "# Formats and layouts\n\n"
    "The files that `accord import` recognises without a mapping. A *format* is a kind of file; a "
    "*layout* says which field stands where, from one school year to another. A field is "
    "*verified* where an official document at hand confirms its place and name. A layout that "
    "would read an unverified field is confirmed by the district once (`accord layouts confirm`); "
    "a district that knows better corrects a copy in its station (`accord layouts copy`). Only the "
    "fields that are read are listed."
)


def _group(written: FileFormat) -> str:
    return _GROUPS[written.format.partition("-")[0]]


def _section(written: FileFormat) -> str:
    tables = sorted({f"`{each.table}`" for each in written.tables})
    fills = f"Fills {', '.join(tables)}." if tables else "Fills no table by itself."
    told = []
    if written.record_type and written.header != "always":
        told.append(f"lines that begin with `{written.record_type}`")
    if written.header != "never":
        told.append("the names in its first line")
    if written.fixed:
        told.append("the length of its records")
    if written.part:
        told = [f"being `{written.part}` in its set"]
    student = f" The student is `{written.student}`" if written.student else ""
    digits = f", {written.student_digits} digits" if written.student_digits else ""
    lines = [
        f"### {written.title}",
        f"`{written.format}`. {written.about.strip()} {fills} Told by {' or '.join(told)}."
        + (f"{student}{digits}." if student else ""),
    ]
    lines += [_layout(written, layout) for layout in written.layouts]
    return "\n\n".join(lines)


def _layout(written: FileFormat, layout: Layout) -> str:
    used = fields_used(written, layout)
    unverified = [field for field in used if not layout.is_verified(field)]
    standing = "verified" if not unverified else "to be confirmed by the district"
    size = []
    if layout.width and not layout.by_name:
        size.append(f"{layout.width} fields")
    if layout.record_length:
        size.append(f"records of {layout.record_length:,} signs")
    if layout.open_ended:
        size.append(f"at least {layout.line_width} fields")
    if layout.by_name:
        size.append("found by name")
    head = f"**{layout.layout}**, {layout.years}, {standing}"
    text = [f"{head}; {', '.join(size)}." if size else f"{head}.", f"Source: {layout.source}."]
    text += layout.notes
    rows = "\n".join(_row(layout, field) for field in used)
    return " ".join(text) + f"\n\n| field | place | verified |\n|---|---|---|\n{rows}"


def _row(layout: Layout, field: LayoutField) -> str:
    place = "" if layout.by_name else str(field.position)
    if field.start is not None:
        place += f", signs {field.start}–{field.end}"
    also = f" (also {', '.join(field.also)})" if field.also else ""
    name = field.name if layout.by_name else field.shown
    return f"| {name}{also} | {place} | {'yes' if layout.is_verified(field) else 'no'} |"
