"""A mapping against a real file: which source takes it, and are its columns there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from accord.base.documents import Place, Source
from accord.base.errors import InputError, Problem
from accord.station.records.mapping import ImportMapping, SourceMapping
from accord.station.records.model import FieldType, record_model


def source_of(mapping: ImportMapping, file: Path, written: Source) -> int:
    """The index of the one source whose pattern the file's name fits. Raises `InputError`."""
    found = [index for index, source in enumerate(mapping.sources) if source.takes(file)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            written.problem(
                ("sources", found[1], "files"),
                f"Two sources take the file {file.name}.",
                "Make their patterns differ.",
            )
        )
    patterns = ", ".join(source.files for source in mapping.sources)
    raise InputError.because(
        "No source of the mapping takes a file of this name.",
        f"Rename it, or correct a pattern under “files” (now: {patterns}).",
        file=file,
    )


def columns_used(source: SourceMapping) -> dict[str, Place]:
    """Every column that a source names, with the place in the source where it first does."""
    return dict(reversed(list(_named(source))))


def identifier_columns(source: SourceMapping) -> set[str]:
    """The columns that hold identifiers, whose leading zeros matter."""
    found = {source.person} if source.person else set()
    for each in source.tables:
        table = record_model().table(each.table)
        for name, mapping in each.columns.items():
            if mapping.column and table.field(name).type is FieldType.ID:
                found.add(mapping.column)
    return found


def check_columns(
    source: SourceMapping, index: int, columns: Sequence[str], file: Path, written: Source
) -> None:
    """Raise `InputError` for every column that the file lacks or has twice.

    No other name of the file is repeated in a message, but for one that is nearly the one asked
    for: a file without a header shows students' values in that place.
    """
    problems = []
    for name, place in columns_used(source).items():
        if columns.count(name) == 1:
            continue
        line = written.line_of(("sources", index, *place))
        asked = f"{Path(written.file).name}, line {line}"
        if name in columns:
            what = f"Two columns have this name, which the mapping uses ({asked})."
            remedy = "Rename one of them, or leave one out of the export."
        else:
            what = f"The file has no such column, which the mapping uses ({asked})."
            near = get_close_matches(name, columns, n=1, cutoff=0.75)
            remedy = (
                f"Did you mean “{near[0]}”? Correct the mapping, or export the column."
                if near
                else "Correct the mapping (its delimiter too), or export the column."
            )
        problems.append(Problem(what, remedy, file=str(file), line=1, field=name))
    if problems:
        raise InputError(*problems)


def _named(source: SourceMapping) -> Iterator[tuple[str, Place]]:
    if source.person:
        yield source.person, ("student" if source.student else "staff",)
    for name in source.keep:
        yield name, ("keep", name)
    for number, table in enumerate(source.tables):
        for name in table.when:
            yield name, ("tables", number, "when", name)
        for field, mapping in table.columns.items():
            if mapping.column:
                yield mapping.column, ("tables", number, "columns", field)
