"""Small tables of sums written by hand, and the charter they are released under."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from accord.base.periods import grade_number
from accord.charter.model import Charter, Publication
from accord.indicators.definition import Definition
from accord.station.engines.request import sums_schema
from accord.station.protect.raw import Measured
from adversary.districts import DISTRICT, PERIOD
from adversary.gate import catalogue, charter

SCHOOL = "99100010000001"
Place = tuple[str, str, str]
"""School, grade and group; an empty school or grade means all."""
Sums = Mapping[str, int]


def agreement(
    *ids: str, groups: tuple[str, ...], levels: tuple[str, ...] = ("district",), grades: str = "all"
) -> Charter:
    """A charter that lets these indicators leave for partners and for the public."""
    publication = tuple(
        Publication.model_validate(
            {
                "audience": audience,
                "level": level,
                "groups": list(groups),
                "grades": grades,
                "indicators": "all",
                "periods": "year",
            }
        )
        for audience in ("partners", "public")
        for level in levels
    )
    listed = tuple(entry for entry in charter().indicators if entry.id in ids)
    return charter().model_copy(
        update={
            "indicators": listed,
            "groups": groups,
            "intersections": (),
            "publication": publication,
        }
    )


def written(folder: Path, cells: Mapping[Place, Mapping[str, Sums]]) -> Measured:
    """A measure with these sums: by place, by indicator id, by the sum's name."""
    known = [
        catalogue().definition(f"{each}@1.0")
        for each in {i for sums in cells.values() for i in sums}
    ]
    for fact in {definition.fact for definition in known}:
        definitions = [each for each in known if each.fact == fact]
        path = folder / fact / f"{PERIOD}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [_row(place, sums, definitions) for place, sums in cells.items()]
        pq.write_table(pa.Table.from_pylist(rows, schema=sums_schema(definitions)), path)
    return Measured(folder, DISTRICT, (PERIOD,), "2024-06-30", "certified")


def _row(
    place: Place, sums: Mapping[str, Sums], definitions: list[Definition]
) -> dict[str, object]:
    school, grade, group = place
    row: dict[str, object] = {
        "level": "school" if school else "district",
        "organisation": school or DISTRICT,
        "grade": grade_number(grade) if grade else None,
        "group": group,
    }
    schema = sums_schema(definitions)
    for definition in definitions:
        for name, key in definition.sum_keys.items():
            value = sums[definition.id].get(name, 0)
            row[key] = value if pa.types.is_integer(schema.field(key).type) else Decimal(value)
    return row
