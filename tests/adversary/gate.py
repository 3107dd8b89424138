"""A made-up district, its charter and the gate, for the tests of this folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import accord.charter
from accord.base.periods import SchoolYear
from accord.cells.relations import Relations
from accord.charter.model import Charter
from accord.charter.read import read_charter
from accord.indicators.catalogue import load_catalogue
from accord.indicators.catalogue.model import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.station.protect.raw import Measured
from adversary.districts import DISTRICT, PERIOD, Students, students, write_measure

EXAMPLE = Path(accord.charter.__file__).parent / "examples" / "cedar-harbor.yaml"


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


@cache
def charter(*, school_grades: bool = False) -> Charter:
    """The shipped example; with `school_grades`, schools' single grades leave as well."""
    example, _ = read_charter(EXAMPLE)
    if not school_grades:
        return example
    wider = [entry.model_copy(update={"grades": "each"}) for entry in example.publication]
    return example.model_copy(update={"publication": tuple(wider)})


def definitions(*ids: str, agreed: Charter | None = None) -> list[Definition]:
    """The definitions that a charter lists (the example, unless one is given), or these of them."""
    listed = (agreed or charter()).references(SchoolYear.parse(PERIOD))
    found = [catalogue().definition(reference) for reference in listed]
    return [each for each in found if not ids or each.id in ids]


def narrowed(agreement: Charter, *ids: str) -> Charter:
    """A charter with the indicators of these ids only."""
    kept = tuple(entry for entry in agreement.indicators if entry.id in ids)
    return agreement.model_copy(update={"indicators": kept})


def groups() -> list[Group]:
    crossed = [
        catalogue().intersect(each.id, each.of, each.name) for each in charter().intersections
    ]
    return [*catalogue().groups.values(), *crossed]


def relations() -> Relations:
    return Relations.of(groups())


def measured(
    folder: Path,
    seed: int,
    *,
    size: int,
    schools: tuple[int, int, int],
    moving: float,
    ids: tuple[str, ...],
) -> Measured:
    people = students(seed, size, schools, moving)
    return measured_of(folder, people, definitions(*ids))


def measured_of(folder: Path, people: Students, of: list[Definition]) -> Measured:
    write_measure(folder, people, of)
    return Measured(folder, DISTRICT, (PERIOD,), "2024-06-30", "certified")
