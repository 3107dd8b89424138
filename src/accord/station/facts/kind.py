"""What a fact beyond the first two is made of: its steps, its query, and the records it needs.

A fact whose records a district does not have costs nothing: its steps are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from accord.station.facts.workbench import Step


@dataclass(frozen=True)
class Kind:
    """One fact.

    `needs` are tables of records: without a row in any of them there is no such fact. `shared`
    steps serve every year alike. `before` run ahead of settling; if the last of them is to have
    attributes settled for people who have left, `departed` names it (organisation, student,
    grade, seen_in). `steps` and then `query` run when attributes and days are settled.
    """

    fact: str
    needs: tuple[str, ...]
    query: str
    shared: tuple[Step, ...] = ()
    before: tuple[Step, ...] = ()
    departed: str | None = None
    steps: tuple[Step, ...] = ()
