"""The review as one HTML page, for a reviewer who reads on a screen or on paper.

The page stays in the station: it says why cells are hidden, which no release does.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from accord.base.canonical import short_hash
from accord.base.files import whole_file
from accord.base.periods import SchoolYear
from accord.base.words import day_words, number_words
from accord.cells.cell import State
from accord.exchange.custody import moment_words
from accord.indicators.catalogue import Catalogue
from accord.station.review.changes import Change, Kind
from accord.station.review.review import Line, Review, audited_words

_MOST_CHANGES = 60
"""Changes of a kind that the page lists; every one is in ``changes.csv``."""
_ABOUT = {"partners": "the partner districts", "public": "the public"}


def write_page(review: Review, district: str, catalogue: Catalogue, path: Path) -> None:
    """Write the page. Raises `MachineError`."""
    manifest = review.draft.release.manifest
    titles = {
        reference.partition("@")[0]: catalogue.definition(reference).title
        for reference in manifest.definitions
    }
    years = sorted(manifest.periods)
    preparer = review.draft.release.signatures["preparer"]
    shown = sum(manifest.cells[state.value] for state in State if state.needs)
    total = sum(manifest.cells.values())
    page = (
        _environment()
        .get_template("review.html")
        .render(
            district=district,
            audience=_ABOUT[manifest.audience],
            number=manifest.number,
            embargo=manifest.embargo,
            audited=audited_words(review),
            shown=shown,
            total=total,
            hidden=manifest.cells[State.SUPPRESSED.value],
            release=short_hash(review.draft.release.id),
            draft=review.draft.hash,
            years=f"{SchoolYear.parse(years[0]).shown} to {SchoolYear.parse(years[-1]).shown}",
            as_of=manifest.as_of,
            data_status=manifest.data_status,
            prepared=f"{preparer.delegation.title}, {moment_words(preparer.at)}",
            former=review.former.manifest.number if review.former else None,
            counts={kind: review.count(kind) for kind in Kind},
            changes={kind: _listed(review, kind) for kind in Kind},
            changes_file=review.draft.changes_file.name,
            lines=[_row(line, titles) for line in review.lines],
            reasons=review.reasons,
            titles=titles,
            schools=manifest.schools,
            groups={group.id: group.name for group in catalogue.groups.values()},
        )
    )
    with whole_file(path) as draft:
        draft.write_text(page, encoding="utf-8")


def _row(line: Line, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "title": titles.get(line.indicator, line.indicator),
        "level": line.level,
        "shown": sum(line.cells[state.value] for state in State if state.needs),
        "suppressed": line.cells[State.SUPPRESSED.value],
        "not_applicable": line.cells[State.NOT_APPLICABLE.value],
        "missing": line.cells[State.MISSING.value],
        "hidden": line.hidden,
        "share": None if line.share is None else round(100 * line.share, 1),
    }


def _listed(review: Review, kind: Kind) -> list[Change]:
    return [change for change in review.changes if change.kind == kind][:_MOST_CHANGES]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("accord.station.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number_words
    environment.filters["day"] = day_words
    environment.filters["year"] = lambda period: SchoolYear.parse(period).shown
    return environment
