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
from typing import Any

import numpy as np

from accord.audit.bounds import Bounds, bounds_of
from accord.audit.case import Case, cases
from accord.audit.formulas import formulas
from accord.audit.program import Unsolvable, no_whole_table
from accord.audit.quantities import place_words
from accord.audit.sightings import ABSENT, STATES, Sighting, sightings
from accord.audit.sources import Source, meanings_of, relations_of
from accord.audit.targets import MEAN, REST, Targets
from accord.base.errors import RefusedError
from accord.base.progress import SILENT, Progress
from accord.cells.cell import State
from accord.cells.equations import Relations
from accord.cells.places import Flags
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
class Finding:
    """A case, what the search found, and the targets that outside figures expose without it."""

    case: Case
    bounds: Bounds
    pre_existing: Flags

    @property
    def unsafe(self) -> Flags:
        """The targets that this publication exposes."""
        exposed: Flags = ~self.bounds.safe & ~self.pre_existing
        return exposed

    @property
    def narrowest(self) -> int | None:
        """The least width, in students, of all counts that are safe."""
        targets = self.case.targets
        counts = self.bounds.safe & (targets.kind != MEAN) & (targets.width > 0)
        if not counts.any():
            return None
        tables = self.bounds.tables
        scale = np.array(
            [self.case.quantity(variable).scale for variable in targets.part[counts].tolist()]
        )
        some = targets.only(counts)
        rows = np.arange(len(some))
        every = np.stack([some.values(table) for table in tables])
        low = every[self.bounds.low_table[counts], rows]
        high = every[self.bounds.high_table[counts], rows]
        return int(((high - low) // scale).min())


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
    progress: Progress = SILENT,
) -> Audit:
    """Attack everything that `sources` hide, with everything that they show.

    `relations` are those of the catalogue's and the charters' groups unless given. Raises
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
    every = list(world.cases(schools=True))
    with progress.step("Attacking what is published", total=len(every)) as step:
        for case in every:
            finding = _attacked(world, case)
            findings.append(finding)
            attacks += _told(finding, most_formulas - sum(bool(a.formula) for a in attacks))
            step.advance()
        exposed = sum(int(each.unsafe.sum()) for each in findings)
        step.note(f"{exposed:,} hidden numbers exposed" if exposed else "nothing is exposed")
    attacks.sort(key=lambda attack: (attack.pre_existing, not attack.formula))
    return Audit(tuple(sources), tuple(findings), tuple(attacks))


@dataclass(frozen=True)
class World:
    """All that is seen, and what anybody knows about groups and definitions."""

    seen: tuple[Sighting, ...]
    relations: Relations
    catalogue: Catalogue
    meanings: dict[str, Any]

    def cases(self, *, schools: bool) -> Iterator[Case]:
        """Every case, with or without the lines over schools."""
        return cases(self.seen, self.relations, self.catalogue, self.meanings, schools=schools)

    def case_like(self, other: Case, *, schools: bool) -> Case:
        """The same case, with or without the lines over schools."""
        here = [each for each in self.seen
                if (each.district, each.period) == (other.district, other.period)]  # fmt: skip
        found = replace(self, seen=tuple(here)).cases(schools=schools)
        return next(each for each in found if each.fact == other.fact)


def _attacked(world: World, case: Case) -> Finding:
    """Search a case; where no table fits, once more without what is only likely."""
    try:
        bounds = bounds_of(case.system, case.targets)
    except Unsolvable as error:
        if not case.schools:
            raise no_whole_table_in(case, error) from None
        case = world.case_like(case, schools=False)
        try:
            bounds = bounds_of(case.system, case.targets)
        except Unsolvable as again:
            raise no_whole_table_in(case, again) from None
    exposed = ~bounds.safe
    before = np.zeros(len(case.targets), dtype=bool)
    if exposed.any() and any(each.source.is_outside for each in world.seen):
        before[exposed] = _exposed_without(world, case, case.targets.only(exposed))
    return Finding(case, bounds, before)


def no_whole_table_in(case: Case, error: Unsolvable) -> RefusedError:
    """What to say when published figures fit no table: the rows that can't stand together."""
    lines = case.system.lines
    blamed = np.zeros(len(lines), dtype=bool)
    blamed[error.lines] = True
    rows = [
        f"{case.quantity(variable).name}, {place_words(case.place(variable))}"
        for variable in dict.fromkeys(lines.only(blamed).member.tolist())
        if case.published.low[variable] == case.published.high[variable]
    ]
    if not rows:
        return no_whole_table()
    named = "; ".join(rows[:MOST_FORMULAS])
    return RefusedError.because(
        f"These figures of {case.district}, {case.period}, contradict each other: {named}.",
        "No table of students can have them all. Find out which is wrong.",
    )


def _exposed_without(world: World, case: Case, targets: Targets) -> Flags:
    """Which targets outside figures expose when the audited sources show nothing at all."""
    blank = replace(world, seen=tuple(map(_blank, world.seen)))
    alone = blank.case_like(case, schools=case.schools)
    bounds = bounds_of(alone.system, alone.targets)
    exposed = {
        _identity(alone, alone.targets, target) for target in np.flatnonzero(~bounds.safe).tolist()
    }
    return np.array(
        [_identity(case, targets, target) in exposed for target in range(len(targets))], dtype=bool
    )


def _blank(sighting: Sighting) -> Sighting:
    """A sighting that hides what it hid, and shows nothing."""
    if sighting.source.is_outside:
        return sighting
    silent = np.isin(sighting.state, [STATES.index(State.PUBLISHED), STATES.index(State.BANDED)])
    return replace(
        sighting,
        state=np.where(silent, STATES.index(State.MISSING), sighting.state),
        numbers={name: np.full(len(column), ABSENT) for name, column in sighting.numbers.items()},
    )


def _identity(case: Case, targets: Targets, target: int) -> tuple[object, ...]:
    part, whole = int(targets.part[target]), int(targets.whole[target])
    keys = case.quantity(part).column.key, case.quantity(whole).column.key
    return int(targets.kind[target]), case.place(part), *keys


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
