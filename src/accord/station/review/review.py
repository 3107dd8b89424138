"""What a reviewer is shown before approving: what would leave, what is hidden and why, and changes.

The reasons are for the district alone. In the release all hidden cells look the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from accord.audit.certificate import Statement, read_certificate
from accord.base.words import count_words, number_words
from accord.cells.cell import State
from accord.exchange.acts import RELEASED, sent
from accord.exchange.ledger import Ledger
from accord.exchange.release import Release, open_release
from accord.station.protect.reasons import Visible
from accord.station.review.changes import Change, Kind, changes
from accord.station.review.draft import Draft
from accord.station.station import Station

Row = tuple[str, str]
"""An indicator and a level, ``district`` or ``school``."""


@dataclass(frozen=True)
class Line:
    """One indicator at one level: how many cells are in each state, and what stays in view.

    `hidden` counts the hidden cells by reason. `students` are counted once for every group they
    belong to, all grades together.
    """

    indicator: str
    level: str
    cells: dict[str, int]
    hidden: dict[str, int]
    students: int
    shown_students: int

    @property
    def share(self) -> float | None:
        """The share of students in view; nothing where there are none."""
        return self.shown_students / self.students if self.students else None


@dataclass(frozen=True)
class Review:
    """A draft as its reviewer sees it. `former` is the release that it would follow, `audit` what
    its certificate states."""

    draft: Draft
    former: Release | None
    audit: Statement
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]

    @property
    def reasons(self) -> list[str]:
        """Every reason for which a cell is hidden, in the order of the first that meets one."""
        return list(dict.fromkeys(reason for line in self.lines for reason in line.hidden))

    def count(self, kind: Kind) -> int:
        """How many cells changed in this way."""
        return sum(change.kind == kind for change in self.changes)

    def as_json(self) -> dict[str, Any]:
        """The whole review as plain JSON, every change in it."""
        manifest = self.draft.release.manifest
        return {
            "draft": self.draft.hash,
            "release": self.draft.release.id,
            "district": manifest.district,
            "audience": manifest.audience,
            "number": manifest.number,
            "embargo": manifest.embargo.isoformat() if manifest.embargo else None,
            "follows": self.former.id if self.former else None,
            "cells": manifest.cells,
            "audit": {
                "hidden": sum(case.hidden for case in self.audit.cases),
                "with": [source.id for source in self.audit.sources if source.background],
            },
            "lines": [
                {
                    "indicator": line.indicator,
                    "level": line.level,
                    "cells": line.cells,
                    "hidden": line.hidden,
                    "students": line.students,
                    "shown_students": line.shown_students,
                }
                for line in self.lines
            ],
            "changes": {
                kind.name.lower(): [
                    {
                        "indicator": one.indicator,
                        "period": one.period,
                        "school": one.school,
                        "grade": one.grade,
                        "group": one.group,
                        "before": one.before,
                        "after": one.after,
                    }
                    for one in self.changes
                    if one.kind == kind
                ]
                for kind in Kind
            },
        }


def review_draft(station: Station, draft: Draft) -> Review:
    """Look through a draft.

    Raises `RefusedError` when the release before it or the certificate was altered.
    """
    former = _former(station, draft)
    found = changes(former.table if former else None, draft.release.table)
    audit = read_certificate(draft.certificate_file).statement
    return Review(draft, former, audit, tuple(_lines(draft)), tuple(found))


def audited_words(review: Review) -> str:
    """What the audit of a draft found, in a sentence."""
    hidden = sum(case.hidden for case in review.audit.cases)
    others = len(review.audit.sources) - 1
    beside = (
        f", together with {count_words(others, 'table that is', 'tables that are')} out already"
    )
    return (
        f"Audited{beside if others else ''}: {number_words(hidden)} hidden numbers were attacked, "
        "and none can be worked out."
    )


def _former(station: Station, draft: Draft) -> Release | None:
    audience = draft.release.manifest.audience
    released = sent(Ledger(station.ledger).entries(), RELEASED, audience)
    if not released:
        return None
    return open_release(station.release_file(audience, released[-1].number))


def _lines(draft: Draft) -> Iterator[Line]:
    table, why = draft.release.table.columns, draft.hidden()
    states, hidden = _counted(table, "state"), _counted(why, "reason")
    students, shown = _students(draft.visible)
    for row, counted in states.items():
        cells = {state.value: counted[state.value] for state in State}
        reasons = dict(hidden.get(row, Counter()).most_common())
        yield Line(*row, cells, reasons, students[row], shown[row])


def _counted(table: pa.Table, what: str) -> dict[Row, Counter[str]]:
    """How often each value of a column stands at each indicator and level."""
    found: dict[Row, Counter[str]] = {}
    columns = (table[name].to_pylist() for name in ("indicator", "school", what))
    for indicator, school, value in zip(*columns, strict=True):
        level = "school" if school else "district"
        found.setdefault((indicator, level), Counter())[value] += 1
    return found


def _students(visible: Iterable[Visible]) -> tuple[Counter[Row], Counter[Row]]:
    students: Counter[Row] = Counter()
    shown: Counter[Row] = Counter()
    for one in visible:
        students[one.indicator, one.level] += one.students
        shown[one.indicator, one.level] += one.shown_students
    return students, shown
