"""An independent reader: the least and the greatest value of a count, by exact search.

It shares nothing with the audit but what is published. Its variables are the students of a unit
(the district, or a school), a grade and a group; all that can be shown is a sum over those. Ways to
count are given from the widest to the narrowest: the tested are among the expected, those who met
the standard among the tested. What it writes down of groups it writes down for every *region* that
they cut out of all students, so for whoever is not in foster care as well.

OR-Tools' CP-SAT searches whole numbers and proves its answer, so no rounding is involved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from adversary.cpsat import Terms, answered

ALL = "all"
DISTRICT = ""

Place = tuple[str, str, str]
"""School (empty: the district), grade (empty: all grades), group."""
Region = tuple[tuple[str, int], ...]
"""Groups, each with how often it is added; ``(("all", 1), ("foster", -1))``."""
Spot = tuple[str, str, Region]


@dataclass(frozen=True)
class Groups:
    """What groups mean: `partitions` in full, `crossed` the two groups that one lies in, `unions`
    the two that one is made of. `known` are those that anything is said of, all students first."""

    known: tuple[str, ...]
    partitions: tuple[tuple[str, ...], ...] = ()
    crossed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    unions: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def regions(self) -> list[Region]:
        """Every set of students that the known groups cut out; none has fewer than nobody."""
        found: list[Region] = [((group, 1),) for group in self.known]
        apart = {group for partition in self.partitions for group in partition}
        for partition in self.partitions:
            here = [group for group in partition if group in self.known]
            if 0 < len(here) < len(partition):
                found.append(((ALL, 1), *((group, -1) for group in here)))
        found += [((ALL, 1), (group, -1)) for group in self.known if group not in {ALL, *apart}]
        for both, (one, other) in self.crossed.items():
            if {both, one, other} <= set(self.known):
                found += [((one, 1), (both, -1)), ((other, 1), (both, -1))]
                found.append(((ALL, 1), (one, -1), (other, -1), (both, 1)))
        return found

    def nothing(self) -> list[Region]:
        """Every signed sum of groups that has nobody in it."""
        sums: list[Region] = [
            ((ALL, -1), *((group, 1) for group in partition))
            for partition in self.partitions
            if set(partition) <= set(self.known)
        ]
        return sums + [
            ((whole, -1), (one, 1), (other, 1))
            for whole, (one, other) in self.unions.items()
            if {whole, one, other} <= set(self.known)
        ]


@dataclass(frozen=True)
class Publication:
    """All that a reader holds.

    `counts` go from the widest to the narrowest, `shown` has a number by count and place. The
    schools' students of a grade and group are as many as the district's and up to `extra` more,
    those in two schools; where it has no entry nothing is known. `serves` has the grades of each
    school, if the reader knows them: a school without an entry may have any.
    """

    counts: tuple[str, ...]
    groups: Groups
    schools: tuple[str, ...]
    grades: tuple[str, ...]
    shown: Mapping[tuple[str, Place], int]
    extra: Mapping[tuple[str, str], int]
    serves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def showing(self, count: str, place: Place, number: int) -> Publication:
        """The same with one number more."""
        shown = {**self.shown, (count, place): number}
        return Publication(
            self.counts, self.groups, self.schools, self.grades, shown, self.extra, self.serves
        )


class ContradictoryError(ValueError):
    """No table has all the numbers that are shown."""


class Reader:
    """The exact reader of one publication."""

    def __init__(self, publication: Publication) -> None:
        self._of = publication
        self._at: dict[tuple[str, str, str, str], int] = {}
        self._lines: list[tuple[int, int, Terms]] = []
        self._most = max(publication.shown.values(), default=0) * 2 + 1000
        self._name_variables()
        self._add_groups()
        self._add_schools()
        for (count, (school, grade, group)), number in publication.shown.items():
            self._add(self._sum(count, (school, grade, ((group, 1),))), number, number)

    def ends(self, count: str, spot: Spot, less: str = "") -> tuple[int, int]:
        """The least and the greatest that `count` can be in a spot; or `less` of it less `count`.

        Raises `ContradictoryError`, `TimeoutError`.
        """
        (found,) = self.all_ends([(count, spot, less)])
        return found

    def all_ends(
        self, wanted: Sequence[tuple[str, Spot, str]], enough: Sequence[tuple[int, int]] = ()
    ) -> list[tuple[int, int]]:
        """The ends of several numbers, as `ends` gives them.

        With `enough` (a width and a reach for each), ends are those of some tables that fit: they
        are exact only where no two tables are as far apart as that.
        """
        sums = [
            _less(self._sum(less, spot), self._sum(count, spot)) if less else self._sum(count, spot)
            for count, spot, less in wanted
        ]
        bounds = [(0, self._most)] * len(self._at)
        found = answered(
            {"bounds": bounds, "lines": self._lines, "wanted": sums, "enough": list(enough)}
        )
        if found is None:
            raise ContradictoryError
        return found

    def _units(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every unit with its grades; one nameless grade where none is told apart."""
        yield DISTRICT, self._of.grades or ("",)
        for school in self._of.schools:
            yield school, self._of.serves.get(school, ("",))

    def _name_variables(self) -> None:
        for unit, grades in self._units():
            for grade in grades:
                for count in self._of.counts:
                    for group in self._of.groups.known:
                        self._at[count, unit, grade, group] = len(self._at)

    def _add(self, terms: Terms, low: int, high: int) -> None:
        self._lines.append((low, high, terms))

    def _add_groups(self) -> None:
        """In every unit and grade: nobody is nowhere, and a narrower count has no more anywhere."""
        for unit, grades in self._units():
            for grade in grades:
                for region in self._of.groups.regions():
                    levels = [self._atom(count, unit, grade, region) for count in self._of.counts]
                    self._add(levels[-1], 0, self._most)
                    for wide, narrow in pairwise(levels):
                        self._add(_less(wide, narrow), 0, self._most)
                for region in self._of.groups.nothing():
                    for count in self._of.counts:
                        self._add(self._atom(count, unit, grade, region), 0, 0)

    def _add_schools(self) -> None:
        """Schools against their district: in each grade where their grades are known, else in all.

        Whoever is in two schools is counted in both or in neither, of every count and region, and
        so is who is in one count and not in the next.
        """
        if not self._of.schools:
            return
        by_grade = all(school in self._of.serves for school in self._of.schools)
        for grade in (*self._of.grades, "") if by_grade else ("",):
            for region in self._of.groups.regions():
                extras = [self._of.extra.get((grade, group)) for group, _ in region]
                if None not in extras:
                    most = sum(
                        (extra or 0) * times
                        for extra, (_, times) in zip(extras, region, strict=True)
                    )
                    offs = [self._off(count, grade, region) for count in self._of.counts]
                    for off in (*offs, *(_less(wide, narrow) for wide, narrow in pairwise(offs))):
                        self._add(off, 0, most)

    def _off(self, count: str, grade: str, region: Region) -> Terms:
        schools = [
            term
            for school in self._of.schools
            if not grade or grade in self._of.serves[school]
            for term in self._sum(count, (school, grade, region))
        ]
        return _less(schools, self._sum(count, (DISTRICT, grade, region)))

    def _atom(self, count: str, unit: str, grade: str, region: Region) -> Terms:
        return [(self._at[count, unit, grade, group], times) for group, times in region]

    def _sum(self, count: str, spot: Spot) -> Terms:
        school, grade, region = spot
        grades = (grade,) if grade else dict(self._units())[school]
        return [term for each in grades for term in self._atom(count, school, each, region)]


def _less(one: Terms, other: Terms) -> Terms:
    return [*one, *((variable, -factor) for variable, factor in other)]


@dataclass(frozen=True)
class Secret:
    """A number that must stay hidden: those of `count` in a spot, of whom there are `size` in
    `within`, the widest count."""

    count: str
    within: str
    spot: Spot
    size: int


def faults(reader: Reader, secrets: Sequence[Secret], threshold: int, colluders: int) -> list[str]:
    """How the reader learns too much of each secret; empty where it is kept.

    Both who is counted and who is not must keep a range of ``min(size, colluders + 1)``, and not
    one that lies wholly below the threshold, if it can be reached at all.
    """
    both = [(each.count, each.spot, less) for each in secrets for less in ("", each.within)]
    needs = [(min(each.size, colluders + 1), min(threshold, each.size)) for each in secrets]
    twice = [need for need in needs for _ in range(2)]
    ends = reader.all_ends(both, twice)
    told = [_fault(*each, *need) for each, need in zip(ends, twice, strict=True)]
    return [
        f"counted: {counted}" if counted else f"not counted: {others}" if others else ""
        for counted, others in zip(told[::2], told[1::2], strict=True)
    ]


def _fault(low: int, high: int, width: int, reach: int) -> str:
    if high - low < width:
        return "exact" if low == high else "narrow"
    return "extreme" if high < reach else ""
