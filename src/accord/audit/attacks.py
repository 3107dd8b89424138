"""The audit: every hidden number of some releases, attacked with all that anybody could hold.

The reader has every release given, both audiences of a district, earlier ones, and outside figures;
among the latter may be a partner's or a principal's own exact cells. Colluding students are in the
width that each number must keep. What outside figures alone give away is listed as such: a release
answers for what it adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from accord.audit.bounds import Bounds
from accord.audit.formulas import formulas
from accord.audit.quantities import place_words
from accord.audit.search import Finding, World, searched
from accord.audit.sightings import sightings
from accord.audit.sources import Source, meanings_of, relations_of
from accord.audit.targets import MEAN, REST, Targets
from accord.base.progress import SILENT, Progress
from accord.cells.relations import Relations
from accord.indicators.catalogue import load_catalogue
from accord.indicators.catalogue.model import Catalogue

MOST_FORMULAS = 20


class Kind(StrEnum):
    """How much a reader learns."""

    EXACT = "exact"
    """The hidden number itself."""
    NARROW = "narrow"
    """A range so narrow that colluding students close it."""
    EXTREME = "extreme"
    """That nearly nobody, or nearly everybody, is counted."""


@dataclass(frozen=True)
class Attack:
    """A hidden number that is not hidden well enough. It names cells and never a number.

    `what` is ``counted``, ``not counted`` or ``mean``; an empty school or grade means all.
    `formula` has no line where more attacks were found than are worked out.
    """

    kind: Kind
    district: str
    period: str
    indicator: str
    what: str
    school: str
    grade: str
    group: str
    formula: tuple[str, ...]
    pre_existing: bool

    @property
    def place(self) -> str:
        """``foster (school S, all grades)``."""
        return place_words((self.school, self.grade, self.group))


@dataclass(frozen=True)
class Audit:
    """What an audit found. `attacks` come with what this publication adds first."""

    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    attacks: tuple[Attack, ...]

    @property
    def hidden(self) -> int:
        """How many hidden numbers were attacked."""
        return sum(len(each.case.targets) for each in self.findings)

    def of(self, release: str, number: int) -> Audit:
        """The same audit, once the audited draft has become a release with this id and number."""
        sources = tuple(
            replace(each, id=release, number=number) if each.is_audited else each
            for each in self.sources
        )
        return replace(self, sources=sources)

    @property
    def is_safe(self) -> bool:
        """Whether this publication exposes nothing."""
        return not any(each.unsafe.any() for each in self.findings)

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be used, by case."""
        return tuple(f"{each.case.name}: {note}" for each in self.findings
                     for note in each.case.notes)  # fmt: skip


def audit(
    sources: Sequence[Source],
    *,
    relations: Relations | None = None,
    catalogue: Catalogue | None = None,
    most_formulas: int = MOST_FORMULAS,
    before: Audit | None = None,
    progress: Progress = SILENT,
) -> Audit:
    """Attack everything that `sources` hide, with everything that they show.

    `relations` are those of the catalogue's and the charters' groups unless given. What an audit
    `before` has found of a case is not looked for again if the case is still the same. Raises
    `RefusedError` when figures contradict each other or the solver gives up.
    """
    known = catalogue or load_catalogue()
    world = World(
        tuple(sightings(sources)),
        relations or relations_of(sources, known),
        known,
        meanings_of(sources, known),
    )
    findings: list[Finding] = []
    attacks: list[Attack] = []
    every = list(world.cases())
    with progress.step("Attacking what is published", total=len(every)) as step:
        for finding in searched(world, every, before.findings if before else ()):
            findings.append(finding)
            attacks += _told(finding, most_formulas - sum(bool(a.formula) for a in attacks))
            step.advance()
        exposed = sum(int(each.unsafe.sum()) for each in findings)
        step.note(f"{exposed:,} hidden numbers exposed" if exposed else "nothing is exposed")
    attacks.sort(key=lambda attack: (attack.pre_existing, not attack.formula))
    return Audit(tuple(sources), tuple(findings), tuple(attacks))


def _told(finding: Finding, most_formulas: int) -> Iterator[Attack]:
    """A case's attacks, so many of them with their formula."""
    case, targets, bounds = finding.case, finding.case.targets, finding.bounds
    exposed = np.flatnonzero(~bounds.safe)
    order = exposed[np.argsort(finding.pre_existing[exposed], kind="stable")].tolist()
    worked = order[: max(most_formulas, 0)]
    told = dict(zip(worked, formulas(case, targets, worked), strict=True)) if worked else {}
    for target in order:
        school, grade, group = case.place(int(targets.part[target]))
        yield Attack(
            kind=_kind(targets, bounds, target),
            district=case.district,
            period=case.period,
            indicator=case.definitions[int(targets.definition[target])],
            what=_what(int(targets.kind[target])),
            school=school,
            grade=grade,
            group=group,
            formula=told.get(target, ()),
            pre_existing=bool(finding.pre_existing[target]),
        )


def _kind(targets: Targets, bounds: Bounds, target: int) -> Kind:
    low, high = bounds.low[target], bounds.high[target]
    if low == high:
        return Kind.EXACT
    is_wide = targets.kind[target] != MEAN and high - low >= targets.width[target]
    return Kind.EXTREME if is_wide else Kind.NARROW


def _what(kind: int) -> str:
    return {REST: "not counted", MEAN: "mean"}.get(kind, "counted")
