"""Which numbers of a reading must not be worked out, and how well each must stay hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from accord.audit.forms import Form
from accord.audit.quantities import LONGEST_YEAR
from accord.audit.reading import Reading
from accord.audit.targets import COUNT, MEAN, REST, Ends, Targets, mean_needs, rate_needs
from accord.cells.cell import State
from accord.cells.places import Whole
from accord.cells.system import System
from accord.charter.model import Disclosure
from accord.indicators.bands import Bands


def judged(reading: Reading, system: System, bands: Bands) -> Targets:
    """The targets of a reading whose `system` single lines have narrowed."""
    rules = [each.source.rules for each in reading.seen if not each.source.is_outside]
    judge = _Judge(reading, system, _strictest(rules), bands)
    return Targets.joined(list(judge.targets()))


@dataclass(frozen=True)
class _Judge:
    """The strictest rules, put to what a reading hides."""

    reading: Reading
    system: System
    rules: Disclosure
    bands: Bands

    def targets(self) -> Iterator[Targets]:
        """Those of each definition."""
        hidden = _hidden(self.reading)
        for place, sighting in enumerate(self.reading.seen):
            if sighting.source.is_outside:
                continue
            beyond = np.arange(len(self.reading.frame)) >= self.reading.frame.shown
            for where, is_hidden in ((hidden[place], True), (np.flatnonzero(beyond), False)):
                yield from self._judged(place, where, is_hidden=is_hidden)

    def _judged(self, definition: int, where: Whole, *, is_hidden: bool) -> Iterator[Targets]:
        """The targets of one definition in some places; those that ask for nothing are left out."""
        form, pair = self.reading.forms[definition], self.reading.pair(definition)
        system = self.system
        part, whole = (quantity * system.places + where for quantity in pair)
        ends = Ends(
            part_low=system.low[part],
            part_high=system.high[part],
            whole_low=system.low[whole],
            whole_high=system.high[whole],
            students=self._students(form, pair[1], where),
        )
        about = np.full(len(where), definition, dtype=np.int64)
        none = np.zeros(len(where), dtype=np.int64)
        if form.is_rate:
            scale = self.reading.quantities[pair[1]].scale
            width, reach = rate_needs(ends, self.rules, scale, is_hidden=is_hidden)
            told = self._is_size(pair[0]) & (ends.part_low >= self.rules.minimum)
            for kind, hidden in ((COUNT, (width > 0) & ~told), (REST, width > 0)):
                every = Targets(np.full(len(where), kind), part, whole, about, width, reach)
                yield every.only(hidden)
        elif pair[0] != pair[1]:
            width = mean_needs(ends, self.rules, self.bands)
            every = Targets(np.full(len(where), MEAN), part, whole, about, width, none)
            yield every.only((ends.whole_high > 0) & (is_hidden | (width > 0)))

    def _is_size(self, quantity: int) -> bool:
        """Whether it is how many students another definition is about, which is no secret."""
        return any(role == "denominator" for _, role in self.reading.quantities[quantity].columns)

    def _students(self, form: Form, whole: int, where: Whole) -> Whole:
        """How many students there are at least: the whole, if it counts them.

        Of days, the number says little; then whoever is counted at all in the place stands in.
        """
        is_unknown = form.fact == form.reference
        if (
            self.reading.quantities[whole].column.counted is not None
            or is_unknown
            or not form.is_rate
        ):
            return self.system.low[whole * self.system.places + where]
        counted = [
            (int(each.values[each.known].sum()), -number)
            for number, each in enumerate(self.reading.quantities)
            if each.column.counted is not None
        ]
        somebody = np.zeros(len(where), dtype=np.int64)
        if counted:
            somebody = self.system.low[-max(counted)[1] * self.system.places + where]
        scale = self.reading.quantities[whole].scale
        days = self.system.low[whole * self.system.places + where]
        by_days = -(-days // (scale * self._longest_year(whole)))
        return np.maximum(somebody, by_days)

    def _longest_year(self, whole: int) -> int:
        """How many days a student has at most, as the largest group shown with both tells."""
        days, found = self.reading.quantities[whole], []
        for each in self.reading.quantities:
            if each.column.counted is not None and any(r == "denominator" for _, r in each.columns):
                both = np.flatnonzero(days.known & each.known & (each.values > 0))
                if len(both):
                    largest = both[np.argmax(each.values[both])]
                    students = int(each.values[largest])
                    found.append((students, -(-int(days.values[largest]) // students)))
        return min(max(found)[1] // days.scale + 1, LONGEST_YEAR) if found else LONGEST_YEAR


def _hidden(reading: Reading) -> list[Whole]:
    """The places that each sighting hides, if it is the last word of its audience on them."""
    last: dict[tuple[str, str, int], tuple[int, int]] = {}
    for number, sighting in enumerate(reading.seen):
        source = sighting.source
        for cell in reading.at[number].tolist():
            key = (source.audience, sighting.definition_hash, cell)
            last[key] = max(last.get(key, (0, 0)), (source.number, number))
    found: list[Whole] = []
    for number, sighting in enumerate(reading.seen):
        where = reading.at[number][sighting.in_state(State.SUPPRESSED)]
        audience, definition = sighting.source.audience, sighting.definition_hash
        kept = [cell for cell in where.tolist() if last[audience, definition, cell][1] == number]
        found.append(np.array(kept, dtype=np.int64))
    return found


def _strictest(rules: Sequence[Disclosure]) -> Disclosure:
    """The strictest of the rules under which the sources were made."""
    return rules[0].model_copy(
        update={
            name: max(getattr(each, name) for each in rules)
            for name in ("minimum", "threshold", "colluders")
        }
    )
