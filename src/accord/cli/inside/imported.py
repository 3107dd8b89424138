"""What became of imported files, shown to people and to programs."""

from __future__ import annotations

from collections import Counter

from accord.cli.console import home_relative, say, show_table
from accord.station.records.importing import ImportedFile, ImportReport
from accord.station.records.reasons import sentences

_BECAME = {"quarantined": "quarantined", "kept": "loaded, to look at", "set_aside": "set aside"}


def show_import(report: ImportReport) -> None:
    """What each file was taken for, what became of its lines, and why some are no records."""
    told: dict[str, list[str]] = {}
    for one in report.files:
        told.setdefault(" ".join(one.manifest.notes), []).append(one.file.name)
    for notes, names in told.items():
        if notes:
            say(f"{', '.join(names)}: {notes}")
    rows = []
    for one in report.files:
        lines = one.manifest.lines
        became = "already imported" if one.status == "already imported" else "imported"
        if one.supersedes:
            became = "took the earlier file's place"
        rows.append(
            (one.file.name, lines.read, lines.loaded, lines.set_aside, lines.quarantined, became)
        )
    show_table(
        "\nLines",
        ["file", "read", "loaded", "set aside", "quarantined", ""],
        rows,
        right={"read", "loaded", "set aside", "quarantined"},
    )
    _show_reasons(report)
    for one in report.files:
        if one.quarantine is not None:
            say(f"Lines of {one.file.name} to mend: {home_relative(one.quarantine)}")


def _show_reasons(report: ImportReport) -> None:
    """Each reason once, over all files: how many lines of how many files."""
    lines: Counter[tuple[str, str]] = Counter()
    files: Counter[tuple[str, str]] = Counter()
    for one in report.files:
        here: Counter[tuple[str, str]] = Counter()
        for reason in one.manifest.lines.reasons:
            place = ", ".join(filter(None, (reason.table, reason.column)))
            what, _ = sentences(reason.reason)
            here[reason.outcome, f"{place}: {what}" if place else what] += reason.lines
        lines.update(here)
        files.update(here.keys())
    if not lines:
        return
    order = list(_BECAME)
    found = sorted(lines.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0]))
    show_table(
        "\nWhy",
        ["lines", "files", "became", "reason"],
        [(count, files[key], _BECAME[key[0]], key[1]) for key, count in found],
        right={"lines", "files"},
    )


def plain_import(one: ImportedFile) -> dict[str, object]:
    """What became of a file, for programs."""
    lines = one.manifest.lines
    return {
        "file": str(one.file),
        "status": one.status,
        "snapshot": one.manifest.snapshot,
        "supersedes": one.supersedes or None,
        "read": lines.read,
        "loaded": lines.loaded,
        "set_aside": lines.set_aside,
        "quarantined": lines.quarantined,
        "quarantine": str(one.quarantine) if one.quarantine else None,
        "tables": dict(one.manifest.tables),
        "notes": list(one.manifest.notes),
    }
