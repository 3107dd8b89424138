"""One case of an audit: a district, a school year and a fact, as all that a reader can write down.

Everything that any source shows goes in. What comes out is a system of ranges and lines over whole
numbers, and the hidden numbers that must not be worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

import numpy as np

from accord.audit.bands import banded
from accord.audit.forms import Form, is_part, read_form, unknown_form
from accord.audit.membership import off_ranges
from accord.audit.propagate import Contradiction, narrowed
from accord.audit.quantities import Quantity, place_words, places_of, quantities
from accord.audit.sightings import Sighting
from accord.audit.targets import COUNT, MEAN, REST, Ends, Targets, mean_needs, rate_needs
from accord.base.errors import Problem, RefusedError
from accord.cells.cell import State
from accord.cells.equations import NO_ACCIDENT, Relations
from accord.cells.frame import Frame, frame_of
from accord.cells.places import Places, Whole
from accord.cells.system import UNBOUNDED, Known, Link, System, system_of
from accord.charter.model import Disclosure
from accord.indicators.bands import Bands
from accord.indicators.catalogue.model import Catalogue

_MOST_NAMED = 10
_LONGEST_YEAR = 366  # days; nobody attends more
_TIMES, _SPARE = 2, 1000  # a hidden number is no more than so many times the largest, and so many


@dataclass(frozen=True, order=True)
class Assumed:
    """What a reader takes for granted though no release says so.

    `schools`: schools are off their district by no more than the totals of all students show.
    `unchanged`: figures that were not seen to be revised are as they were. `sums`: numbers that are
    no plain sums add up where all that is shown does.
    """

    schools: bool = True
    unchanged: bool = True
    sums: bool = True

    @property
    def weaker(self) -> list[Assumed]:
        """Every part of this, most of it first."""
        every = [
            Assumed(schools, unchanged, sums)
            for schools in (True, False)
            for unchanged in (True, False)
            for sums in (True, False)
        ]
        return [
            each
            for each in every
            if each.schools <= self.schools
            and each.unchanged <= self.unchanged
            and each.sums <= self.sums
        ]


@dataclass(frozen=True)
class Case:
    """One district, period and fact.

    `published` is the system as it can be read off, `system` the same with every range as narrow
    as single lines make it, `targets` the hidden numbers in its variables. `assumed` is what the
    reader takes for granted, `notes` in sentences what could not be used, or was odd.
    """

    district: str
    period: str
    fact: str
    frame: Frame
    quantities: tuple[Quantity, ...]
    definitions: tuple[str, ...]
    published: System
    system: System
    targets: Targets
    assumed: Assumed
    notes: tuple[str, ...]

    @property
    def name(self) -> str:
        """District, school year and fact in one text."""
        return f"{self.district} {self.period} {self.fact}"

    def is_same_as(self, other: Case) -> bool:
        """Whether both have the same ranges, lines and hidden numbers."""
        one, two = self.published, other.published
        pairs = [
            (one.low, two.low), (one.high, two.high), (one.least, two.least), (one.most, two.most),
            (one.lines.start, two.lines.start), (one.lines.member, two.lines.member),
            (one.lines.sign, two.lines.sign), *zip(self.targets.columns, other.targets.columns,
                                                   strict=True),
        ]  # fmt: skip
        return self.assumed == other.assumed and all(np.array_equal(a, b) for a, b in pairs)

    def place(self, variable: int) -> tuple[str, str, str]:
        """The school, grade and group of a variable."""
        return self.frame.places.name(self.system.name(variable)[1])

    def quantity(self, variable: int) -> Quantity:
        """The quantity of a variable."""
        return self.quantities[self.system.name(variable)[0]]


def cases(
    seen: Sequence[Sighting],
    relations: Relations,
    catalogue: Catalogue,
    meanings: Mapping[str, Any],
    assumed: Assumed | None = None,
) -> Iterator[Case]:
    """The cases that some sightings make of which one is audited, in order.

    What is `assumed` (all of it, unless said) is dropped where it contradicts the figures. Raises
    `RefusedError` naming rows that contradict each other.
    """
    forms = {each.definition_hash: _form(each, seen, meanings, catalogue) for each in seen}
    found: dict[tuple[str, str, str], list[Sighting]] = {}
    for each in seen:
        fact = forms[each.definition_hash].fact
        found.setdefault((each.district, each.period, fact), []).append(each)
    for (district, period, fact), some in sorted(found.items(), key=lambda item: item[0]):
        if any(each.source.is_audited for each in some):
            here = [forms[each.definition_hash] for each in some]
            maker = _Maker(some, here, relations, catalogue.bands)
            yield maker.case(district, period, fact, assumed or Assumed())


def _form(
    sighting: Sighting,
    seen: Sequence[Sighting],
    meanings: Mapping[str, Any],
    catalogue: Catalogue,
) -> Form:
    meaning = meanings.get(sighting.definition_hash)
    if meaning is not None:
        return read_form(meaning, catalogue.tests)
    parts = [
        each.numbers["numerator"] <= each.numbers["denominator"]
        for each in seen
        if each.definition_hash == sighting.definition_hash
    ]
    return unknown_form(sighting.reference, is_rate=bool(np.concatenate(parts).all()))


class _Maker:
    """A case in the making."""

    def __init__(
        self, seen: Sequence[Sighting], forms: Sequence[Form], relations: Relations, bands: Bands
    ) -> None:
        self._seen, self._forms, self._bands = seen, forms, bands
        self._places = places_of(seen)
        self._spots = {self._places.name(place): place for place in range(len(self._places))}
        self._at = [
            np.array([self._spots[cell] for cell in each.cells], dtype=np.int64) for each in seen
        ]
        self._relations = relations
        judged = [each.source.rules for each in seen if not each.source.is_outside]
        self._rules = _strictest(judged)

    def case(self, district: str, period: str, fact: str, assumed: Assumed) -> Case:
        """The case under the strongest part of what is assumed that no figure contradicts."""
        for tried in assumed.weaker:
            self._read(tried)
            published = self._system(tried)
            try:
                system = narrowed(published)
            except Contradiction as error:
                last = error
                continue
            return Case(
                district=district,
                period=period,
                fact=fact,
                frame=self._frame,
                quantities=tuple(self._quantities),
                definitions=tuple(form.reference for form in self._forms),
                published=published,
                system=system,
                targets=self._targets(system),
                assumed=tried,
                notes=tuple(_notes(assumed, tried)),
            )
        raise self._contradiction(last, district, period)

    def _read(self, assumed: Assumed) -> None:
        """Read the figures as one or as several quantities."""
        read = quantities(self._seen, self._forms, self._spots, unchanged=assumed.unchanged)
        self._quantities, self._owners = read.quantities, read.owners
        relations = _with_unions(self._relations, self._places, read.quantities)
        self._frame = frame_of(self._places, relations)

    def _system(self, assumed: Assumed) -> System:
        """All that can be written down of this case."""
        frame, known = self._frame, []
        off = off_ranges(frame, self._quantities)
        silent = np.full(len(frame.places.grades), UNBOUNDED, dtype=np.int64)
        unlinked = []
        for number, (quantity, (least, most)) in enumerate(zip(self._quantities, off, strict=True)):
            low, high = self._range(quantity)
            adds = quantity.column.is_sum or (assumed.sums and _adds_up(frame, quantity))
            if not adds:
                unlinked.append(number)
            if not assumed.schools or not adds or quantity.coarse.any():
                least, most = -silent, silent  # noqa: PLW2901
            known.append(Known(low, high, least, most))
        system = system_of(frame, known, self._links())
        if unlinked:
            system = _without_lines_of(system, unlinked, len(frame.exact))
        return banded(
            system,
            self._seen,
            self._forms,
            self._at,
            owners=self._owners,
            quantities=self._quantities,
            bands=self._bands,
        )

    def _range(self, quantity: Quantity) -> tuple[Whole, Whole]:
        size = len(self._frame)
        shown = np.flatnonzero(quantity.known)
        largest = int(quantity.values[shown].max(initial=0))
        ends = (0, _TIMES * largest + _SPARE * quantity.scale)
        if self._is_score(quantity):
            ends = (-UNBOUNDED, UNBOUNDED)
        low, high = (np.full(size, end, dtype=np.int64) for end in ends)
        low[shown] = quantity.values[shown]
        high[shown] = quantity.values[shown] + quantity.coarse[shown]
        return low, high

    def _is_score(self, quantity: Quantity) -> bool:
        """Whether it is a sum of points, which may be below zero."""
        return quantity.column.counted is None and any(
            role == "numerator" and not self._forms[place].is_rate
            for place, role in quantity.columns
        )

    def _links(self) -> list[Link]:
        """A rate's numerator within its denominator, points within the scale, parts in wholes."""
        parts: set[tuple[int, int]] = set()
        scores: dict[tuple[int, int], Link] = {}
        for place, form in enumerate(self._forms):
            part, whole = self._pair(place)
            one, other = self._quantities[part], self._quantities[whole]
            if part == whole:
                continue
            if form.is_rate and one.scale == other.scale:
                parts.add((part, whole))
            elif form.scores is not None and other.scale == 1:
                least, most = (end * one.scale for end in form.scores)
                scores[part, whole] = Link(part, whole, least, most)
        for (a, one), (b, other) in permutations(enumerate(self._quantities), 2):
            if one.snapshots & other.snapshots and is_part(one.column, other.column):
                parts.add((a, b))
        return [*(Link(a, b, 0, 1) for a, b in sorted(_direct(parts))), *scores.values()]

    def _pair(self, place: int) -> tuple[int, int]:
        return self._owners[place, "numerator"], self._owners[place, "denominator"]

    def _targets(self, system: System) -> Targets:
        hidden = self._hidden()
        found: list[Targets] = []
        for place, form in enumerate(self._forms):
            if self._seen[place].source.is_outside:
                continue
            part, whole = self._pair(place)
            beyond = np.arange(len(self._frame)) >= self._frame.shown
            for where, is_hidden in ((hidden[place], True), (np.flatnonzero(beyond), False)):
                found += self._judged(
                    system, place, form, (part, whole), where, is_hidden=is_hidden
                )
        return Targets.joined(found)

    def _hidden(self) -> list[Whole]:
        """The places that each sighting hides, if it is the last word of its audience on them."""
        last: dict[tuple[str, str, int], tuple[int, int]] = {}
        for number, sighting in enumerate(self._seen):
            source = sighting.source
            for cell in self._at[number].tolist():
                key = (source.audience, sighting.definition_hash, cell)
                last[key] = max(last.get(key, (0, 0)), (source.number, number))
        found: list[Whole] = []
        for number, sighting in enumerate(self._seen):
            where = self._at[number][sighting.in_state(State.SUPPRESSED)]
            audience, definition = sighting.source.audience, sighting.definition_hash
            kept = [
                cell for cell in where.tolist() if last[audience, definition, cell][1] == number
            ]
            found.append(np.array(kept, dtype=np.int64))
        return found

    def _judged(
        self,
        system: System,
        definition: int,
        form: Form,
        pair: tuple[int, int],
        where: Whole,
        *,
        is_hidden: bool,
    ) -> Iterator[Targets]:
        """The targets of one definition in some places; those that ask for nothing are left out."""
        part, whole = (quantity * system.places + where for quantity in pair)
        ends = Ends(
            part_low=system.low[part],
            part_high=system.high[part],
            whole_low=system.low[whole],
            whole_high=system.high[whole],
            students=self._students(system, form, pair[1], where),
        )
        about = np.full(len(where), definition, dtype=np.int64)
        none = np.zeros(len(where), dtype=np.int64)
        if form.is_rate:
            scale = self._quantities[pair[1]].scale
            width, reach = rate_needs(ends, self._rules, scale, is_hidden=is_hidden)
            told = self._is_size(pair[0]) & (ends.part_low >= self._rules.minimum)
            for kind, hidden in ((COUNT, (width > 0) & ~told), (REST, width > 0)):
                every = Targets(np.full(len(where), kind), part, whole, about, width, reach)
                yield every.only(hidden)
        elif pair[0] != pair[1]:
            width = mean_needs(ends, self._rules, self._bands)
            every = Targets(np.full(len(where), MEAN), part, whole, about, width, none)
            yield every.only((ends.whole_high > 0) & (is_hidden | (width > 0)))

    def _is_size(self, quantity: int) -> bool:
        """Whether it is how many students another definition is about, which is no secret."""
        return any(role == "denominator" for _, role in self._quantities[quantity].columns)

    def _students(self, system: System, form: Form, whole: int, where: Whole) -> Whole:
        """How many students there are at least: the whole, if it counts them.

        Of days, the number says little; then whoever is counted at all in the place stands in.
        """
        is_unknown = form.fact == form.reference
        if self._quantities[whole].column.counted is not None or is_unknown or not form.is_rate:
            return system.low[whole * system.places + where]
        counted = [
            (int(each.values[each.known].sum()), -number)
            for number, each in enumerate(self._quantities)
            if each.column.counted is not None
        ]
        somebody = np.zeros(len(where), dtype=np.int64)
        if counted:
            somebody = system.low[-max(counted)[1] * system.places + where]
        scale = self._quantities[whole].scale
        days = system.low[whole * system.places + where]
        by_days = -(-days // (scale * self._longest_year(whole)))
        return np.maximum(somebody, by_days)

    def _longest_year(self, whole: int) -> int:
        """How many days a student has at most, as the largest group shown with both tells."""
        days, found = self._quantities[whole], []
        for each in self._quantities:
            if each.column.counted is not None and any(r == "denominator" for _, r in each.columns):
                both = np.flatnonzero(days.known & each.known & (each.values > 0))
                if len(both):
                    largest = both[np.argmax(each.values[both])]
                    students = int(each.values[largest])
                    found.append((students, -(-int(days.values[largest]) // students)))
        return min(max(found)[1] // days.scale + 1, _LONGEST_YEAR) if found else _LONGEST_YEAR

    def _contradiction(self, error: Contradiction, district: str, period: str) -> RefusedError:
        size = len(self._frame)
        rows = []
        for variable in error.variables.tolist():
            quantity, place = divmod(variable, size)
            if place < self._frame.shown and self._quantities[quantity].known[place]:
                name = place_words(self._frame.places.name(place))
                rows.append(f"{self._quantities[quantity].name}, {name}")
        named = "; ".join(rows[:_MOST_NAMED])
        return RefusedError(
            Problem(
                f"These figures of {district}, {period}, contradict each other: {named}.",
                "No table of students can have them all. Find out which is wrong.",
            )
        )


def _notes(wanted: Assumed, tried: Assumed) -> Iterator[str]:
    """What had to be given up, in sentences."""
    if wanted.sums > tried.sums:
        yield "Numbers that are no plain sums don't add up, and were not added."
    if wanted.unchanged > tried.unchanged:
        yield "Figures were revised; what was said before was held apart from what is said now."
    if wanted.schools > tried.schools:
        yield "Schools' totals contradict the district's, and were left out."


def _with_unions(relations: Relations, places: Places, found: Sequence[Quantity]) -> Relations:
    """The relations with the unions that show in the most widely shown number."""
    if not found:
        return relations
    widest = max(found, key=lambda each: int(each.known.sum()))
    return relations.with_unions(places, np.where(widest.known, widest.values, 0), widest.known)


def _strictest(rules: Sequence[Disclosure]) -> Disclosure:
    """The strictest of the rules under which the sources were made."""
    return rules[0].model_copy(
        update={
            name: max(getattr(each, name) for each in rules)
            for name in ("minimum", "threshold", "colluders")
        }
    )


def _direct(parts: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those parts of wholes that don't follow from two others."""
    return {
        (a, c)
        for a, c in parts
        if not any((a, b) in parts and (b, c) in parts for b in {whole for _, whole in parts})
    }


def _adds_up(frame: Frame, quantity: Quantity) -> bool:
    """Whether an expression over sums is seen to add up nearly everywhere, as if it were one."""
    known = np.zeros(len(frame), dtype=bool)
    known[: frame.shown] = quantity.known & ~quantity.coarse
    values = np.zeros(len(frame), dtype=np.int64)
    values[: frame.shown] = np.where(quantity.known, quantity.values, 0)
    whole = frame.exact.counts(known) == np.diff(frame.exact.start)
    sums = frame.exact.sums(values)[whole]
    return bool(whole.sum() >= NO_ACCIDENT and (sums == 0).all())


def _without_lines_of(system: System, quantities: Sequence[int], exact: int) -> System:
    """The system less the exact lines of some quantities; those come first, one after another."""
    kept = np.ones(len(system.lines), dtype=bool)
    for quantity in quantities:
        kept[quantity * exact : (quantity + 1) * exact] = False
    return replace(
        system, lines=system.lines.only(kept), least=system.least[kept], most=system.most[kept]
    )
