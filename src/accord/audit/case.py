"""One case of an audit: a district, a school year and a fact, as all that a reader can write down.

Everything that any source shows goes in. What comes out is a system of ranges and lines over whole
numbers, and the hidden numbers that must not be worked out from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from accord.audit.assumed import Assumed
from accord.audit.forms import Form, read_form, unknown_form
from accord.audit.judging import judged
from accord.audit.propagate import Contradiction, narrowed
from accord.audit.quantities import Quantity, place_words
from accord.audit.reading import Reading
from accord.audit.sightings import Sighting
from accord.audit.targets import Targets
from accord.audit.written import written_down
from accord.base.errors import Problem, RefusedError
from accord.cells.frame import Frame
from accord.cells.places import Flags
from accord.cells.relations import Relations
from accord.cells.system import System
from accord.indicators.bands import Bands
from accord.indicators.catalogue.model import Catalogue

_MOST_NAMED = 10


@dataclass(frozen=True)
class Case:
    """One district, period and fact.

    `published` is the system as it can be read off, `system` the same with every range as narrow
    as single lines make it; `shown` says of which variables anything is published, `targets` are
    the hidden numbers in its variables. `assumed` is what the reader takes for granted, `notes` in
    sentences what could not be used, or was odd.
    """

    district: str
    period: str
    fact: str
    frame: Frame
    quantities: tuple[Quantity, ...]
    definitions: tuple[str, ...]
    published: System
    system: System
    shown: Flags
    targets: Targets
    assumed: Assumed
    notes: tuple[str, ...]

    @property
    def name(self) -> str:
        """District, school year and fact in one text, and whose figures count."""
        told = "" if self.assumed.newest else ", as told before"
        return f"{self.district} {self.period} {self.fact}{told}"

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

    Where figures were corrected there are two: with the newest figures, and with those told before,
    which what is audited only completes. With `assumed` there is one, in which no more than that is
    taken for granted. Whatever contradicts the figures is not. Raises `RefusedError` naming rows
    that contradict each other.
    """
    forms = {each.definition_hash: _form(each, seen, meanings, catalogue) for each in seen}
    found: dict[tuple[str, str, str], list[Sighting]] = {}
    for each in seen:
        fact = forms[each.definition_hash].fact
        found.setdefault((each.district, each.period, fact), []).append(each)
    for _, some in sorted(found.items(), key=lambda item: item[0]):
        if any(each.source.is_audited for each in some):
            here = [forms[each.definition_hash] for each in some]
            case, revised = _case(some, here, relations, catalogue.bands, assumed or Assumed())
            yield case
            if revised and assumed is None:
                before = Assumed(newest=False)
                yield _case(some, here, relations, catalogue.bands, before)[0]


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


def _case(
    seen: Sequence[Sighting],
    forms: Sequence[Form],
    relations: Relations,
    bands: Bands,
    assumed: Assumed,
) -> tuple[Case, bool]:
    """The case under the strongest part of what is assumed that no figure contradicts.

    And whether figures in it were corrected.
    """
    for tried in assumed.weaker:
        reading = Reading.of(seen, forms, relations, tried)
        published = written_down(reading, tried, bands)
        try:
            system = narrowed(published)
        except Contradiction as error:
            last = _contradiction(reading, error)
            continue
        case = Case(
            district=seen[0].district,
            period=seen[0].period,
            fact=forms[0].fact,
            frame=reading.frame,
            quantities=reading.quantities,
            definitions=tuple(form.reference for form in forms),
            published=published,
            system=system,
            shown=reading.shown(),
            targets=judged(reading, system, bands),
            assumed=tried,
            notes=tuple(assumed.given_up(tried)),
        )
        return case, reading.revised
    raise last


def _contradiction(reading: Reading, error: Contradiction) -> RefusedError:
    """What to say when figures can't stand together: the rows that they are in."""
    size, any_of_them = len(reading.frame), reading.seen[0]
    rows = []
    for variable in error.variables.tolist():
        quantity, place = divmod(variable, size)
        if place < reading.frame.shown and reading.quantities[quantity].known[place]:
            name = place_words(reading.frame.places.name(place))
            rows.append(f"{reading.quantities[quantity].name}, {name}")
    named = "; ".join(rows[:_MOST_NAMED])
    return RefusedError(
        Problem(
            f"These figures of {any_of_them.district}, {any_of_them.period}, contradict each "
            f"other: {named}.",
            "No table of students can have them all. Find out which is wrong.",
        )
    )
