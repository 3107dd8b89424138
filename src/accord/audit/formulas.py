"""An attack as a formula that a person can follow: which cells to add and take away.

The solver's multipliers say how often each line is used. Rounded to plain fractions they are
checked exactly, so that a formula is shown only if it proves what it says. Cells are named, numbers
are not: whoever holds the tables has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from accord.audit.case import Case
from accord.audit.parts import parts_of
from accord.audit.program import Part, Program
from accord.audit.quantities import place_words
from accord.audit.targets import COUNT, MEAN, Targets
from accord.cells.places import Whole
from accord.cells.system import System

_SMALL = 720  # multipliers are ratios of small whole numbers
_MOST_TERMS = 400
_TOLERANCE = Fraction(1, 1000)


@dataclass(frozen=True)
class Proof:
    """One end of a hidden number: the sum of `terms` (variable, factor), plus `rest`.

    The terms that are not known stand for the ends of their ranges; `exact` says that there are
    none, and that no line was used that is only a range.
    """

    terms: tuple[tuple[int, Fraction], ...]
    rest: Fraction
    exact: bool


class Explainer:
    """Finds formulas for some targets of a case, from what is published alone."""

    def __init__(self, case: Case, targets: Targets) -> None:
        self._case, self._targets = case, targets
        self._programs: dict[int, tuple[Part, Program]] = {}
        for part, about in parts_of(case.published, targets):
            if len(about):
                program = Program(part)
                for target in about.tolist():
                    self._programs[target] = part, program

    def lines(self, target: int) -> Iterator[str]:
        """The formula of a target, a line for each end (one where they are the same)."""
        kind = int(self._targets.kind[target])
        part, whole = int(self._targets.part[target]), int(self._targets.whole[target])
        wanted: dict[int, int] = {part: 1} if kind in (COUNT, MEAN) else {whole: 1, part: -1}
        if target not in self._programs:
            yield f"{self._what(target)} is shown: {self._shown(wanted)}."
            return
        upper, lower = (self._proof(target, wanted, sign) for sign in (1, -1))
        if upper is None or lower is None:
            yield f"{self._what(target)} follows from many lines at once."
        elif upper.exact:
            yield f"{self._what(target)} = {self._sum(upper, target)}"
        else:
            yield f"{self._what(target)} ≤ {self._sum(upper, target)}{self._since(upper, 1)}"
            yield f"{self._what(target)} ≥ {self._sum(lower, target)}{self._since(lower, -1)}"

    def _proof(self, target: int, wanted: dict[int, int], sign: int) -> Proof | None:
        """Which lines bound the target from above (1) or below (-1); checked exactly."""
        part, program = self._programs[target]
        costs = np.zeros(len(part.variables))
        at = {variable: place for place, variable in enumerate(part.variables.tolist())}
        for variable, times in wanted.items():
            if variable in at:
                costs[at[variable]] = sign * times
        solution = program.best(costs)
        system = self._case.published
        left: dict[int, Fraction] = {
            variable: Fraction(factor) for variable, factor in wanted.items()
        }
        rest, exact = Fraction(0), True
        for row in np.flatnonzero(np.abs(solution.multipliers) > 1e-9).tolist():
            number = sign * float(solution.multipliers[row])
            multiplier = Fraction(number).limit_denominator(_SMALL)
            line = int(part.origin[row])
            least, most = int(system.least[line]), int(system.most[line])
            first, last = system.lines.start[line : line + 2].tolist()
            for entry in range(first, last):
                variable = int(system.lines.member[entry])
                factor = multiplier * int(system.lines.sign[entry])
                left[variable] = left.get(variable, Fraction(0)) - factor
            rest += multiplier * (most if multiplier * sign > 0 else least)
            exact = exact and least == most
        terms = tuple((variable, factor) for variable, factor in left.items() if factor)
        value = rest + sum(
            (factor * _end(system, variable, factor * sign) for variable, factor in terms),
            Fraction(0),
        )
        claimed = sign * solution.value + self._known_part(wanted, at)
        if abs(value - Fraction(claimed)) > _TOLERANCE or len(terms) > _MOST_TERMS:
            return None
        known = all(system.low[variable] == system.high[variable] for variable, _ in terms)
        return Proof(terms, rest, exact and known)

    def _known_part(self, wanted: dict[int, int], at: dict[int, int]) -> float:
        low = self._case.published.low
        return float(sum(f * int(low[v]) for v, f in wanted.items() if v not in at))

    def _sum(self, proof: Proof, target: int) -> str:
        """The known terms, those of one group and factor together."""
        here = self._case.place(int(self._targets.part[target]))
        own = self._case.quantity(int(self._targets.part[target])).name
        system = self._case.published
        alike: dict[tuple[Fraction, str, str, str], list[tuple[str, str, str]]] = {}
        for variable, factor in sorted(proof.terms, key=lambda term: (-term[1], term[0])):
            if system.low[variable] == system.high[variable]:
                school, grade, group = place = self._case.place(variable)
                axis = "schools" if school else "grades" if grade else ""
                fixed = grade if axis == "schools" else school
                name = self._case.quantity(variable).name
                alike.setdefault((factor, name, group, f"{axis} {fixed}"), []).append(place)
        texts = []
        for (factor, name, _, _), places in alike.items():
            sign, number = "−" if factor < 0 else "+", "" if name == own else f"[{name}] "
            texts.append(f"{sign} {_times(factor)}{number}{_places_words(places, here)}")
        if proof.rest:
            sign = "−" if proof.rest < 0 else "+"
            texts.append(f"{sign} {abs(proof.rest)} (how far the lines used may be off)")
        return " ".join(texts).removeprefix("+ ") or "0"

    def _since(self, proof: Proof, sign: int) -> str:
        """Why the hidden terms may be left out: each is at the end of its range."""
        system = self._case.published
        ends: dict[str, list[str]] = {}
        for variable, factor in proof.terms:
            if system.low[variable] != system.high[variable]:
                end = "is at most what its range allows"
                if factor * sign < 0:
                    bounded = system.low[variable] != 0
                    end = "is at least what its range allows" if bounded else "is not negative"
                place = place_words(self._case.place(variable))
                ends.setdefault(end, []).append(f"{self._case.quantity(variable).name}, {place}")
        told = [f"each of these {end}: {'; '.join(names)}" for end, names in ends.items()]
        return f", since {', and '.join(told)}" if told else ""

    def _what(self, target: int) -> str:
        part, whole = int(self._targets.part[target]), int(self._targets.whole[target])
        name = place_words(self._case.place(part))
        kind = int(self._targets.kind[target])
        if kind in (COUNT, MEAN):
            return f"{self._case.quantity(part).name}, {name}"
        rest = f"{self._case.quantity(whole).name} less {self._case.quantity(part).name}"
        return f"{rest}, {name}"

    def _shown(self, wanted: dict[int, int]) -> str:
        names = [
            f"{self._case.quantity(variable).name}, {place_words(self._case.place(variable))}"
            for variable in wanted
        ]
        return "; ".join(names)


def _end(system: System, variable: int, direction: Fraction) -> int:
    ends: Whole = system.high if direction > 0 else system.low
    return int(ends[variable])


def _places_words(places: Sequence[tuple[str, str, str]], here: tuple[str, str, str]) -> str:
    """Places of one group that differ in their school or in their grade."""
    school, grade, group = places[0]
    if len(places) == 1:
        return group if (school, grade) == here[:2] else place_words(places[0])
    if len({each[0] for each in places}) > 1:
        schools = ", ".join(each[0] for each in places)
        return f"{group} (schools {schools}, {f'grade {grade}' if grade else 'all grades'})"
    grades = ", ".join(each[1] for each in places)
    return f"{group} ({f'school {school}' if school else 'district'}, grades {grades})"


def _times(factor: Fraction) -> str:
    return "" if abs(factor) == 1 else f"{abs(factor)} × "


def formulas(case: Case, targets: Targets, chosen: Sequence[int]) -> list[tuple[str, ...]]:
    """The formulas of some targets, in the order asked for."""
    explainer = Explainer(case, targets.only(np.array(chosen, dtype=np.int64)))
    return [tuple(explainer.lines(place)) for place in range(len(chosen))]
