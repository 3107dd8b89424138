"""Where numbers come from: definition, release, signatures, and the command that computes again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accord.base.canonical import short_hash
from accord.base.words import count_words
from accord.insight.release_info import ReleaseInfo
from accord.insight.view import IndicatorFinding, View
from accord.reports.phrases import value_words
from accord.reports.wording import count_text, date_words, year_text


@dataclass(frozen=True)
class UsedDefinition:
    """One version of a definition, and in which years it is used."""

    reference: str
    hash: str
    plain: str
    source: str
    standing: str
    years: str


@dataclass(frozen=True)
class TracedNumber:
    """The latest value of all students, traced to its release."""

    order: int
    district: str
    value: str
    parts: str
    release: str
    command: str


@dataclass(frozen=True)
class Provenance:
    """What stands behind one indicator."""

    definitions: tuple[UsedDefinition, ...]
    numbers: tuple[TracedNumber, ...]


@dataclass(frozen=True)
class ReleaseWords:
    """One release in the list at the end of the page."""

    district: str
    number: int
    id: str
    short: str
    as_of: str
    data_status: str
    years: str
    signers: tuple[str, ...]
    software: str
    snapshots: str
    file: str
    file_hash: str


def provenance(finding: IndicatorFinding, view: View) -> Provenance:
    """What stands behind one indicator."""
    return Provenance(tuple(_definitions(finding, view)), tuple(_numbers(finding, view)))


def command(
    definition: str, period: str, *, group: str = "all", grade: str = "", school: str = ""
) -> str:
    """What an analyst types in the district's station to see the SQL that gives the number."""
    parts = [f"accord sql STATION --indicator {definition} --period {period} --group {group}"]
    if grade:
        parts.append(f"--grade {grade}")
    if school:
        parts.append(f"--school {school}")
    return " ".join(parts)


def releases(view: View) -> list[ReleaseWords]:
    """The releases behind the page, in the charter's order of districts."""
    names = {district.id: district for district in view.districts}
    known = [info for info in view.releases if info.district in names]
    return [
        ReleaseWords(
            district=names[info.district].name,
            number=info.number,
            id=info.id,
            short=short_hash(info.id),
            as_of=date_words(info.as_of),
            data_status=info.data_status,
            years=_years(info.periods),
            signers=info.signers,
            software=info.software,
            snapshots=", ".join(info.snapshots),
            file=info.file,
            file_hash=info.file_hash,
        )
        for info in sorted(known, key=lambda info: (names[info.district].order, info.number))
    ]


def release_of(view: View, district: str, period: str) -> ReleaseInfo | None:
    """The newest of a district's releases that speaks about a school year."""
    speaking = [
        info for info in view.releases if info.district == district and period in info.periods
    ]
    return max(speaking, key=lambda info: info.number, default=None)


def for_script(view: View) -> dict[str, Any]:
    """What the page's script needs to trace any row: definitions and releases, as plain JSON."""
    names = {district.id: district.name for district in view.districts}
    return {
        "definitions": {
            definition.reference: {
                "title": definition.title,
                "plain": definition.plain,
                "hash": definition.hash,
            }
            for finding in view.indicators
            for definition in finding.definitions
        },
        "releases": {
            f"{district} {period}": {
                "district": names[district],
                "id": info.id,
                "number": info.number,
                "signers": list(info.signers),
                "as_of": date_words(info.as_of),
                "data_status": info.data_status,
            }
            for district in names
            for period in view.periods
            if (info := release_of(view, district, period)) is not None
        },
    }


def _definitions(finding: IndicatorFinding, view: View) -> Iterator[UsedDefinition]:
    for definition in finding.definitions:
        years = [
            period
            for period in view.periods
            if any(
                reading.cell is not None and reading.cell.definition == definition.reference
                for found in finding.districts
                if (reading := found.series.at(period)) is not None
            )
        ]
        yield UsedDefinition(
            definition.reference,
            definition.hash,
            definition.plain,
            definition.source,
            definition.standing,
            _years(tuple(years)),
        )


def _numbers(finding: IndicatorFinding, view: View) -> Iterator[TracedNumber]:
    for found in finding.districts:
        latest, cell = found.series.latest, found.series.latest.cell
        if cell is None:
            continue
        words = value_words(latest, finding.definition)
        parts = ""
        if cell.numerator is not None and cell.denominator is not None:
            parts = f"{count_text(cell.numerator)} ÷ {count_text(cell.denominator)}"
        info = release_of(view, cell.district, cell.period)
        yield TracedNumber(
            found.district.order,
            found.district.name,
            words.text or words.why,
            parts,
            "" if info is None else short_hash(info.id),
            command(cell.definition, cell.period, group=cell.group),
        )


def _years(periods: tuple[str, ...]) -> str:
    if not periods:
        return ""
    first, last = min(periods), max(periods)
    return year_text(first) if first == last else f"{year_text(first)} to {year_text(last)}"


def as_of_words(view: View) -> str:
    """The days that the figures describe: ``June 30, 2025``."""
    days = sorted({info.as_of for info in view.releases})
    return " and ".join(date_words(day) for day in days)


def behind_words(view: View) -> str:
    """How many releases are behind a page, and until when."""
    count = count_words(len(view.releases), "release", "releases").capitalize()
    return f"{count} behind this page, with figures as of {as_of_words(view)}"
