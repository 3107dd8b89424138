"""The formats that a station knows: those that ship, each layout correctable by the district.

A district that knows better puts a file of its own into the station's folder `layouts`: a format of
the same id takes the shipped one's place, and one of a new id adds to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from accord.base.documents import Place, Source, read_document
from accord.base.errors import InputError, Problem
from accord.base.periods import SchoolYear
from accord.station.records.formats.model import FileFormat, Layout
from accord.station.records.formats.sourcing import columns_missing, source_of_format
from accord.station.records.mapping import ImportMapping
from accord.station.records.mapping_checks import mapping_problems
from accord.station.station import Station

_ANY_YEAR = SchoolYear(2000)


@cache
def shipped_formats() -> tuple[FileFormat, ...]:
    """The formats that ship, by id."""
    with as_file(files(__package__) / "data") as folder:
        return tuple(read_document(path, FileFormat)[0] for path in sorted(folder.glob("*.yaml")))


def shipped_text(name: str) -> str:
    """What a shipped format's file says. Raises `InputError` when there is none of that id."""
    if name not in {each.format for each in shipped_formats()}:
        names = ", ".join(each.format for each in shipped_formats())
        raise InputError.because(f"There is no format “{name}”.", f"Use one of: {names}.")
    return (files(__package__) / "data" / f"{name}.yaml").read_text(encoding="utf-8")


def formats_of(station: Station) -> tuple[FileFormat, ...]:
    """The formats that a station knows, the district's own instead of shipped ones of their id.

    Raises `InputError` with every problem of a format that the district wrote.
    """
    known = {each.format: each for each in shipped_formats()}
    for path in sorted(station.layouts_folder.glob("*.yaml")):
        written = read_format(path)
        known[written.format] = written
    return tuple(known[name] for name in sorted(known))


def read_format(path: Path) -> FileFormat:
    """A format that a district wrote, checked against the record model. Raises `InputError`."""
    written, where = read_document(path, FileFormat)
    problems = list(format_problems(written, where))
    if problems:
        raise InputError(*problems)
    return written


def format_problems(written: FileFormat, where: Source) -> Iterator[Problem]:
    """What of a format does not fit the record model, layout by layout."""
    for number, layout in enumerate(written.layouts):
        yield from _layout_problems(written, layout, ("layouts", number), where)


def _layout_problems(
    written: FileFormat, layout: Layout, place: Place, where: Source
) -> Iterator[Problem]:
    if not written.tables:
        return
    columns = layout.columns(layout.line_width)
    for name in columns_missing(written, columns):
        what = f"Layout {layout.layout} has no field “{name}”, which its format reads."
        yield where.problem(place, what, "Name the field, or leave out what it fills.")
    source = source_of_format(written, columns, _ANY_YEAR).source
    mapping = ImportMapping(
        mapping=1, as_of="2000-01-01", data_status="unofficial", sources=(source,)
    )
    for problem in mapping_problems(mapping, where):
        remedy = f"Correct layout {layout.layout} or the tables of the format. {problem.remedy}"
        yield where.problem(place, problem.what, remedy)


def find_layout(formats: tuple[FileFormat, ...], name: str) -> tuple[FileFormat, Layout]:
    """A layout by its name. Raises `InputError` when there is none."""
    for each in formats:
        for layout in each.layouts:
            if layout.layout == name:
                return each, layout
    names = ", ".join(layout.layout for each in formats for layout in each.layouts)
    raise InputError.because(f"There is no layout “{name}”.", f"Use one of: {names}.")
