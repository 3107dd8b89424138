"""The targets in plain words: one row for all groups and districts of which the same is asked."""

from __future__ import annotations

from collections.abc import Iterator

from accord.charter.document.parts import Paragraph, Section, Table
from accord.charter.known import CatalogueIndex, group_name
from accord.charter.model import Charter, Indicator
from accord.charter.values import EVERY
from accord.charter.words import rule_words


def targets_section(charter: Charter, known: CatalogueIndex) -> Iterator[Section]:
    """What is asked of each indicator, strand by strand; nothing when there are no targets."""
    if not charter.targets:
        return
    tables = []
    for strand in charter.strands:
        rows = [
            row
            for entry in charter.indicators
            if entry.strand == strand.id and entry == charter.newest(entry.id)
            for row in _rows(charter, entry, known)
        ]
        if rows:
            tables.append(
                Table(
                    caption=strand.name,
                    header=("Indicator", "Students", "District", "Target"),
                    rows=tuple(rows),
                    widths=(24, 26, 14, 36),
                )
            )
    yield Section(
        "Targets",
        (
            Paragraph(
                "A target that counts from a year counts from the value that the district released "
                "for that group and year. Points are percentage points for an indicator in "
                "percent, and score points for the others."
            ),
            *tables,
        ),
    )


def _rows(charter: Charter, entry: Indicator, known: CatalogueIndex) -> Iterator[tuple[str, ...]]:
    definition = known.definition(entry.definition)
    groups: dict[tuple[str, str], list[str]] = {}
    for target in charter.targets:
        if target.indicator != entry.id:
            continue
        words = rule_words(target.rule, definition, charter, known)
        name = group_name(charter, known, target.group)
        groups.setdefault((target.district, words), []).append(name)
    for (district, words), names in groups.items():
        yield definition.title, "; ".join(names), _district(charter, district), words


def _district(charter: Charter, district: str) -> str:
    party = charter.party(district)
    if district != EVERY and party is not None:
        return party.short
    return "Both" if len(charter.parties) == 2 else "Each"
