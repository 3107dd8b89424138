"""Measure a station: from its current facts to its current measure, a folder of sums.

A measure is named by what it was made from, so measuring the same again is finding it. Its folder
is whole or absent, and becomes the current one only then: an interrupted run changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from accord import __version__
from accord.base.canonical import content_hash
from accord.base.errors import InputError, StateError
from accord.base.files import machine_errors, sweep, whole_file, whole_folder
from accord.base.progress import SILENT, Progress
from accord.charter.sign import read_signed
from accord.indicators.catalogue import Catalogue
from accord.indicators.groups import Group
from accord.station.engines import duckdb, reference
from accord.station.engines.request import Engine, MeasureRequest
from accord.station.facts.build import current_facts, read_manifest
from accord.station.station import Station

FORMAT = "measure/1"
ENGINES: Mapping[str, Engine] = MappingProxyType(
    {"duckdb": duckdb.measure, "reference": reference.measure}
)
_ID_DIGITS = 12


@dataclass(frozen=True)
class CurrentMeasure:
    """What a station's sums are about. `folder` has ``FACT/PERIOD.parquet``; `made` says whether
    they were measured just now."""

    id: str
    folder: Path
    facts: str
    periods: tuple[str, ...]
    as_of: str
    data_status: str
    definitions: tuple[str, ...]
    groups: tuple[str, ...]
    made: bool = False


def measure_station(
    station: Station, catalogue: Catalogue, *, engine: str = "duckdb", progress: Progress = SILENT
) -> CurrentMeasure:
    """Measure every definition and group of `catalogue`, and the charter's intersections.

    Raises `StateError` when there are no facts or another command is at work, `MachineError`.
    """
    with station.lock():
        facts = current_facts(station)
        about = read_manifest(facts)
        request = MeasureRequest(
            facts=facts,
            periods=tuple(about["periods"]),
            definitions=tuple(catalogue.definitions.values()),
            groups=station_groups(station, catalogue),
        )
        identity = _identity(request, engine)
        measure = content_hash(identity).removeprefix("sha256:")[:_ID_DIGITS]
        folder = station.measures_folder / measure
        sweep(station.measures_folder)
        made = not folder.is_dir()
        if made:
            with whole_folder(folder, private=True) as draft:
                ENGINES[engine](request, draft, progress)
                manifest = {
                    **identity,
                    "measure": measure,
                    "as_of": about["as_of"],
                    "data_status": about["data_status"],
                }
                text = json.dumps(manifest, indent=2, ensure_ascii=False)
                (draft / "manifest.json").write_text(text + "\n", encoding="utf-8")
        with whole_file(station.measures_folder / "current") as pointer:
            pointer.write_text(measure + "\n", encoding="ascii")
    return _read(folder, made=made)


def current_measure(station: Station) -> CurrentMeasure:
    """The station's current sums. Raises `StateError` when there are none, `InputError` when their
    manifest can't be read."""
    pointer = station.measures_folder / "current"
    if not pointer.is_file():
        raise StateError.because(
            "This station has not been measured yet.",
            "Measure it with: accord measure",
            file=station.folder,
        )
    with machine_errors(pointer):
        measure = pointer.read_text(encoding="ascii").strip()
    return _read(station.measures_folder / measure)


def station_groups(station: Station, catalogue: Catalogue) -> tuple[Group, ...]:
    """The catalogue's groups, then the intersections that the station's charter names."""
    crossings = (
        read_signed(station.charter_file).charter.intersections
        if station.charter_file.exists()
        else ()
    )
    return (
        *catalogue.groups.values(),
        *(catalogue.intersect(each.id, of=each.of, name=each.name) for each in crossings),
    )


def _identity(request: MeasureRequest, engine: str) -> dict[str, Any]:
    """What a measure is made from."""
    return {
        "format": FORMAT,
        "software": __version__,
        "engine": engine,
        "facts": request.facts.name,
        "periods": list(request.periods),
        "levels": list(request.levels),
        "definitions": {
            each.reference: {"hash": each.hash, "sums": each.sum_keys}
            for each in request.definitions
        },
        "groups": [
            {"id": group.id, "hash": group.hash, "parts": [part.id for part in group.parts]}
            for group in request.groups
        ],
    }


def _read(folder: Path, *, made: bool = False) -> CurrentMeasure:
    path = folder / "manifest.json"
    with machine_errors(path):
        data = path.read_bytes()
    try:
        manifest: dict[str, Any] = json.loads(data)
        if manifest["format"] != FORMAT:
            raise ValueError("another format")
        return CurrentMeasure(
            id=manifest["measure"],
            folder=folder,
            facts=manifest["facts"],
            periods=tuple(manifest["periods"]),
            as_of=manifest["as_of"],
            data_status=manifest["data_status"],
            definitions=tuple(manifest["definitions"]),
            groups=tuple(group["id"] for group in manifest["groups"]),
            made=made,
        )
    except (ValueError, KeyError, TypeError):
        raise InputError.because(
            "The manifest of this measure can't be read.",
            "Remove this folder and measure again with: accord measure",
            file=path,
        ) from None
