"""What an audit reads: releases, plain tables of cells, and figures that others published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.base.canonical import bytes_hash
from accord.base.errors import InputError
from accord.base.files import machine_errors
from accord.cells.reading import parse_csv, parse_parquet
from accord.cells.relations import Relations
from accord.cells.table import CellTable
from accord.charter.model import Disclosure
from accord.exchange.release import Release, parse_release
from accord.indicators.catalogue import load_catalogue
from accord.indicators.catalogue.model import Catalogue
from accord.indicators.groups import Group

OUTSIDE = "outside"


@dataclass(frozen=True)
class Source:
    """One published table.

    `id` is a release's id, or the hash of another file. `audience` is ``outside`` for figures that
    others hold: they are known, and nothing in them is to be protected here. `is_background` says
    that it was out before what is audited. `number` orders the releases of one audience, and
    `measure` names what it was made from: two measures of one day are a correction. `meanings` has
    the canonical meaning of definitions by their hash; `crossings` the intersections of groups that
    the charter makes, by their id.
    """

    name: str
    id: str
    audience: str
    number: int
    table: CellTable
    meanings: Mapping[str, Mapping[str, Any]]
    crossings: Mapping[str, tuple[str, ...]]
    rules: Disclosure
    is_background: bool = False
    measure: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether these are figures that somebody else holds."""
        return self.audience == OUTSIDE

    @property
    def is_audited(self) -> bool:
        """Whether an audit judges it, by what it adds to all that is known without it."""
        return not (self.is_outside or self.is_background)


def source_of_release(release: Release, name: str) -> Source:
    """A release as an audit reads it. Raises `InputError` when its rules can't be read."""
    manifest = release.manifest
    charter = json.loads(release.charter)
    try:
        rules = Disclosure.model_validate(manifest.disclosure)
    except ValueError:
        raise InputError.because(
            "The disclosure rules in this release's manifest can't be read.",
            "Ask its sender for the file once more.",
            file=name,
        ) from None
    return Source(
        name=name,
        id=release.id,
        audience=manifest.audience,
        number=manifest.number,
        table=release.table,
        meanings={
            used.hash: json.loads(release.definitions[reference])
            for reference, used in manifest.definitions.items()
        },
        crossings={each["id"]: tuple(each["of"]) for each in charter.get("intersections", ())},
        rules=rules,
        measure=manifest.made_from.measure,
    )


def source_of_table(table: CellTable, name: str, rules: Disclosure | None = None) -> Source:
    """A table of cells that is no release, held against `rules` or the usual ones."""
    return Source(
        name, bytes_hash(table.csv_bytes()), "public", 1, table, {}, {}, rules or Disclosure()
    )


def figures_of_table(table: CellTable, name: str) -> Source:
    """Figures that others hold: what is published in them is known."""
    return Source(name, bytes_hash(table.csv_bytes()), OUTSIDE, 1, table, {}, {}, Disclosure())


def read_source(path: Path) -> Source:
    """A release, or a table of cells as CSV or Parquet.

    Raises `InputError`, `RefusedError`, `MachineError`.
    """
    with machine_errors(path):
        data = path.read_bytes()
    if path.suffix == ".csv":
        return source_of_table(parse_csv(data, str(path)), path.name)
    if path.suffix == ".parquet":
        return source_of_table(parse_parquet(data, str(path)), path.name)
    return source_of_release(parse_release(data, path), path.name)


def meanings_of(sources: Iterable[Source], catalogue: Catalogue | None = None) -> dict[str, Any]:
    """Every meaning at hand by its hash: the releases' own forms, then the catalogue's."""
    known = catalogue or load_catalogue()
    found: dict[str, Any] = {
        each.hash: json.loads(json.dumps(each.meaning)) for each in known.definitions.values()
    }
    for source in sources:
        found |= dict(source.meanings)
    return found


def relations_of(sources: Iterable[Source], catalogue: Catalogue | None = None) -> Relations:
    """How the groups lie in one another: the catalogue's, and the charters' intersections."""
    known = catalogue or load_catalogue()
    crossed: dict[str, Group] = {}
    for source in sources:
        for group, parts in source.crossings.items():
            if group not in known.groups and all(part in known.groups for part in parts):
                crossed[group] = known.intersect(group, list(parts))
    return Relations.of([*known.groups.values(), *crossed.values()])
