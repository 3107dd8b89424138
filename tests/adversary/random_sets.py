"""Random table sets: small districts, their charters and years, and what is true of them.

Hierarchical (schools, grades), linked (definitions nested in one another, overlapping groups,
complements that nobody publishes) and over several years. A set is small enough for the gate, the
audit and a repair to take well under a second.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np

from accord.audit.attacks import Attack
from accord.audit.sources import Source, figures_of_table
from accord.base.canonical import content_hash
from accord.cells.cell import Cell, State
from accord.cells.table import CellTable
from accord.charter.model import Charter
from accord.station.protect.protect import Gate
from accord.station.protect.raw import Measured
from adversary.districts import (
    CROSSED,
    DISTRICT,
    GENDERS,
    RACES,
    students,
    true_counts,
    write_measure,
)
from adversary.exact import Groups, Place, Publication, Region, Secret
from adversary.gate import catalogue, charter, narrowed

YEARS = ("2021-22", "2022-23", "2023-24")
MOVING = (0.0, 0.03, 0.2)
YEAR_IDS = ("suspension-rate", "chronic-absenteeism")
TEST_IDS = ("met-standard-mathematics", "advanced-mathematics")
PARTICIPATION = "test-participation-mathematics"
MENUS = (
    ("all", *GENDERS, "english-learners", "students-with-disabilities"),
    ("all", *RACES, "foster"),
    ("all", *GENDERS, "english-learners", "reclassified", "ever-english-learners"),
    ("all", "female", "male", "homeless", "students-with-disabilities"),
)
CHAINS = {
    "suspension-rate": ("students", "suspension-rate"),
    "chronic-absenteeism": ("students", "chronic-absenteeism"),
    "met-standard-mathematics": ("students", "met-standard-mathematics", "advanced-mathematics"),
}
"""Counts that lie in one another, by the first definition that shows any of them."""

Truth = Mapping[tuple[str, str], Mapping[Place, tuple[int, int]]]
"""By period and indicator, how many are counted and of how many, in every place."""


@dataclass(frozen=True)
class TableSet:
    """A random district behind its gate; `moving` is the share of students with two schools."""

    gate: Gate
    truth: Truth
    moving: float

    @property
    def charter(self) -> Charter:
        return self.gate.charter

    @property
    def groups(self) -> Groups:
        """What the charter's groups mean, said again without the catalogue."""
        return meaning_of_groups(self.charter.group_ids)

    @property
    def periods(self) -> tuple[str, ...]:
        return self.gate.measured.periods

    @property
    def ids(self) -> tuple[str, ...]:
        return self.charter.indicator_ids


def table_set(
    seed: int, folder: Path, *, tiny: bool = False, participation: bool = False
) -> TableSet:
    """A random set; a `tiny` one has one year, and few enough cells for the exact reader."""
    chance = np.random.default_rng(seed)
    ids = (YEAR_IDS, TEST_IDS)[seed // 3 % 2]
    if participation:
        ids = (*TEST_IDS, PARTICIPATION)
    elif tiny and ids == YEAR_IDS:
        ids = (YEAR_IDS[seed % 2],)
    menu = MENUS[int(chance.integers(len(MENUS)))]
    grades = "each" if chance.random() < 0.5 else "all"
    agreement = _agreed(ids)
    agreement = agreement.model_copy(
        update={
            "groups": menu,
            "intersections": charter().intersections if menu == MENUS[0] else (),
            "publication": tuple(
                entry.model_copy(update={"grades": grades if entry.audience == "partners"
                                         and entry.level == "district" else "all"})
                for entry in agreement.publication
            ),
        }
    )  # fmt: skip
    years = YEARS[-1:] if tiny else YEARS[: int(chance.integers(1, len(YEARS) + 1))]
    moving = MOVING[seed % 3]
    size = int(chance.choice([150, 300, 500]))
    schools = (int(chance.integers(1, 3 if tiny else 4)), 1, 1)
    used = [catalogue().definition(f"{each}@1.0") for each in ids]
    truth: dict[tuple[str, str], dict[Place, tuple[int, int]]] = {}
    for year in years:
        people = students(int(chance.integers(1 << 30)), size, schools, moving)
        write_measure(folder, people, used, year)
        for each in used:
            truth[year, each.id] = true_counts(people, each)
    measured = Measured(folder, DISTRICT, years, "2024-06-30", "certified", "first")
    return TableSet(Gate(measured, agreement, catalogue()), truth, moving)


def _agreed(ids: tuple[str, ...]) -> Charter:
    """The example charter with these indicators; it has none for the highest level by itself."""
    known = charter()
    met = next(entry for entry in known.indicators if entry.id == TEST_IDS[0])
    highest = met.model_copy(update={"definition": f"{TEST_IDS[1]}@1.0"})
    return narrowed(known.model_copy(update={"indicators": (*known.indicators, highest)}), *ids)


def meaning_of_groups(ids: tuple[str, ...]) -> Groups:
    """What these groups mean to one another."""
    crossed = {CROSSED: ("english-learners", "students-with-disabilities")}
    unions = {"ever-english-learners": ("english-learners", "reclassified")}
    return Groups(
        ids,
        tuple(each for each in (GENDERS, RACES) if set(each) & set(ids)),
        {group: parts for group, parts in crossed.items() if group in ids},
        {group: parts for group, parts in unions.items() if group in ids},
    )


def region_names(groups: Groups) -> dict[str, Region]:
    """Groups and their complements by the names that attacks have for them."""
    found: dict[str, Region] = {}
    for region in groups.regions():
        first, *others = [group for group, _ in region]
        but = [group for group in others if dict(region)[group] < 0]
        found[f"{first} but {' '.join(but)}" if but else first] = region
    return found


def amount(truth: Mapping[Place, tuple[int, int]], school: str, grade: str, region: Region
           ) -> tuple[int, int]:  # fmt: skip
    """Counted and students of a region."""
    nobody = (0, 0)
    pairs = [(truth.get((school, grade, group), nobody), times) for group, times in region]
    return sum(x * times for (x, _), times in pairs), sum(n * times for (_, n), times in pairs)


def is_protected(counted: int, of: int, agreement: Charter) -> bool:
    """Whether a count must stay hidden: of few, or nearly nobody, or nearly everybody."""
    rules = agreement.disclosure
    return of > 0 and (of < rules.minimum or min(counted, of - counted) < rules.threshold)


def sizes_of(each: TableSet, table: CellTable, *, spans: bool = False) -> Source:
    """Every group's size, as a table that somebody else published: so many students, all counted.

    Where `table` has rows, or, with `spans`, in every grade of every school as well. Its
    definitions are the district's own, with the students counted in place of whoever is. Where
    participation is published, the students are those who were expected.
    """
    cells, meanings = [], {}
    rows = {(row.period, row.school, row.grade, row.group) for row in table}
    for period in each.periods:
        for base in (PARTICIPATION,) if PARTICIPATION in each.ids else each.ids:
            definition = catalogue().definition(f"{base}@1.0")
            meaning = {**definition.meaning, "numerator": definition.meaning["denominator"]}
            meaning = json.loads(json.dumps(meaning))
            hashed = content_hash(meaning)
            meanings[hashed] = meaning
            cells += [
                _size_cell(base, hashed, period, place, size)
                for place, (_, size) in each.truth[period, base].items()
                if place[2] in each.charter.group_ids and (spans or (period, *place) in rows)
            ]
    return replace(figures_of_table(CellTable.of(cells), "sizes"), meanings=meanings)


def _size_cell(base: str, definition_hash: str, period: str, place: Place, size: int) -> Cell:
    school, grade, group = place
    number = Fraction(size) if size else None
    return Cell(
        partnership="cedar-harbor", district=DISTRICT, school=school, grade=grade, group=group,
        period=period, as_of="2024-06-30", data_status="certified", indicator=f"size-{base}",
        definition_version="1.0", definition_hash=definition_hash, numerator=number,
        denominator=number, value=Decimal(100) if size else None, low=None, high=None,
        state=State.PUBLISHED if size else State.NOT_APPLICABLE,
    )  # fmt: skip


def protected_among(each: TableSet, attacks: Iterable[Attack]) -> list[Attack]:
    """Those attacks that give a protected number away, rather than one that was hidden beside."""
    names = region_names(each.groups)
    return [
        attack
        for attack in attacks
        if is_protected(
            *amount(
                each.truth[attack.period, attack.indicator.partition("@")[0]],
                attack.school,
                attack.grade,
                names[attack.group],
            ),
            each.charter,
        )
    ]


def publications(
    each: TableSet, table: CellTable, *, spans: bool = False, unions: bool = False
) -> Iterator[tuple[Publication, list[Secret]]]:
    """What the exact reader holds of each period and chain of counts, and what is secret in it.

    He knows every group's size wherever the table has a row, how many more memberships than
    students there are; with `spans`, which grades each school serves; with `unions`, that whoever
    ever learned English is learning it or was reclassified, even where too few numbers show it.
    """
    for period in each.periods:
        for first, chain in CHAINS.items():
            if first in each.ids:
                yield _publication(each, table, period, chain, spans=spans, unions=unions)


def _publication(
    each: TableSet,
    table: CellTable,
    period: str,
    chain: tuple[str, ...],
    *,
    spans: bool,
    unions: bool,
) -> tuple[Publication, list[Secret]]:
    base = each.truth[period, chain[1]]
    rows = list(table.where(period=period, indicator=list(chain[1:])))
    places = {(row.school, row.grade, row.group) for row in rows}
    shown = {(chain[0], place): base.get(place, (0, 0))[1] for place in places}
    for row in rows:
        if row.numerator is not None:
            shown[row.indicator, (row.school, row.grade, row.group)] = int(row.numerator)
    schools = tuple(sorted({school for school, _, _ in places} - {""}))
    grades = tuple(sorted({grade for school, grade, _ in places if not school} - {""}))
    served = {
        school: tuple(grade for grade in grades if (school, grade, "all") in base)
        for school in schools
    }
    groups = each.groups if unions else replace(each.groups, unions={})
    publication = Publication(
        chain, groups, schools, grades, shown, _extra(base), served if spans and grades else {}
    )
    return publication, list(_secrets(each, period, chain, places))


def _extra(base: Mapping[Place, tuple[int, int]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for (school, grade, group), (_, size) in base.items():
        found[grade, group] = found.get((grade, group), 0) + (size if school else -size)
    return found


def _secrets(
    each: TableSet, period: str, chain: tuple[str, ...], places: set[Place]
) -> Iterator[Secret]:
    """What is protected in the spots of which every group has a row, complements included."""
    for count in chain[1:]:
        truth = each.truth[period, count]
        for school, grade in sorted({(school, grade) for school, grade, _ in places}):
            for region in each.groups.regions():
                if all((school, grade, group) in places for group, _ in region):
                    counted, of = amount(truth, school, grade, region)
                    if is_protected(counted, of, each.charter):
                        yield Secret(count, chain[0], (school, grade, region), of)


def told_by_a_line(
    each: TableSet, publication: Publication, period: str, count: str
) -> list[tuple[Place, str]]:
    """The lines whose whole is shown and whose hidden parts are together protected.

    Each is named by its whole and by what it adds up over. Schools are a line of a group of which
    no more than the colluders have two; a school's total is one if nobody else serves its grades.
    """
    truth = each.truth[period, count]
    shown = {place for name, place in publication.shown if name == count}
    groups, found = publication.groups, []
    for school, grade in sorted({(school, grade) for school, grade, _ in truth}):
        lines = [
            ("partition", "all", [group for group in partition if group in groups.known])
            for partition in groups.partitions
        ] + [("union", whole, list(parts)) for whole, parts in groups.unions.items()]
        for kind, whole, parts in lines:
            found.append((kind, (school, grade, whole), [(school, grade, part) for part in parts]))
    for unit, grade, group in truth:
        if not grade:
            parts = [(unit, each_, group) for each_ in publication.grades]
            found.append(("grades", (unit, "", group), [part for part in parts if part in truth]))
        if not unit and publication.extra[grade, group] <= each.charter.disclosure.colluders:
            parts = [(school, grade, group) for school in publication.schools]
            found.append(("schools", ("", grade, group), [p for p in parts if p in truth]))
        grades = publication.serves.get(unit, ()) if not grade else ()
        if grades and not any(
            set(grades) & set(served)
            for school, served in publication.serves.items()
            if school != unit
        ):
            parts = [("", each_, group) for each_ in grades]
            found.append(("span", (unit, "", group), [part for part in parts if part in truth]))
    told = []
    for kind, whole, parts in found:
        hidden = [part for part in parts if part not in shown]
        known = {row for _, row in publication.shown}
        if whole in shown and parts and set(parts) <= known:
            counted, of = truth[whole]
            for part in set(parts) - set(hidden):
                counted, of = counted - truth[part][0], of - truth[part][1]
            if hidden and is_protected(counted, of, each.charter):
                told.append((whole, kind))
    return told
