"""Make facts of the current records: a folder that is whole or absent, and a pointer to it.

The same records, rules and version of the rules make the same facts under the same id, so making
them again is finding them. Years are worked on apart; a district's year is too small to keep
several cores busy, so several are made at once there, a core each, and one after the other, on all
cores, where they are large.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from accord import __version__
from accord.base.canonical import content_hash
from accord.base.errors import InputError, StateError
from accord.base.files import machine_errors, sweep, whole_file, whole_folder
from accord.base.periods import SchoolYear
from accord.base.progress import Progress
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.facts import settle
from accord.station.facts.growth_result import FACT as GROWTH
from accord.station.facts.growth_result import write_growth
from accord.station.facts.kinds import kinds_for, shared_steps
from accord.station.facts.register import take_numbers
from accord.station.facts.rules import fact_rules
from accord.station.facts.settings import lasting_settings, lasting_tables, rules_hash
from accord.station.facts.workbench import Workbench
from accord.station.facts.year import FACTS, Making, YearReport, make_year
from accord.station.growth.keeping import adopted
from accord.station.growth.norms import Norms
from accord.station.records.current import CurrentRecords, current
from accord.station.station import Station

FORMAT = "facts/1"
_ID_DIGITS = 12
_LARGE = 200_000  # students: more, and one year keeps every core busy and fills the memory
_MOST_AT_ONCE = 4

_SCHOOL_YEARS = """
SELECT DISTINCT school_year FROM records.enrolments
UNION
SELECT DISTINCT school_year FROM records.tests
ORDER BY school_year
"""


@dataclass(frozen=True)
class FactsReport:
    """What facts there are now. `made` is false when they were there already."""

    facts: str
    folder: Path
    made: bool
    years: tuple[YearReport, ...]


def build_facts(
    station: Station, progress: Progress, *, catalogue: Catalogue | None = None
) -> FactsReport:
    """Settle the station's current records into facts, and make these the current facts.

    Raises `StateError` when there are no records to make them of or another command is at work,
    `MachineError` when the machine can't.
    """
    catalogue = catalogue or load_catalogue()
    with station.lock():
        records, norms = current(station), adopted(station)
        facts = facts_id(station.district, records, catalogue, norms)
        folder = station.facts_folder / facts
        sweep(station.facts_folder)
        made = not folder.is_dir()
        if made:
            make_facts(records, station.district, folder, progress, catalogue, norms=norms)
        with whole_file(station.facts_folder / "current") as pointer:
            pointer.write_text(facts + "\n", encoding="ascii")
    years = tuple(YearReport(**year) for year in read_manifest(folder)["years"])
    return FactsReport(facts, folder, made, years)


def current_facts(station: Station) -> Path:
    """The folder of the current facts. Raises `StateError` when there are none."""
    pointer = station.facts_folder / "current"
    facts = ""
    if pointer.is_file():
        with machine_errors(pointer):
            facts = pointer.read_text(encoding="ascii").strip()
    folder = station.facts_folder / facts
    if not facts or not folder.is_dir():
        raise StateError.because(
            "This station has no facts yet.", "Make them with: accord facts", file=station.folder
        )
    return folder


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of facts. Raises `InputError` when it can't be read."""
    path = folder / "manifest.json"
    with machine_errors(path):
        data = path.read_bytes()
    try:
        manifest: dict[str, Any] = json.loads(data)
        if manifest["format"] != FORMAT:
            raise ValueError("another format")
    except (ValueError, KeyError, TypeError):
        raise InputError.because(
            "The manifest of these facts can't be read.",
            "Remove this folder and make the facts again with: accord facts",
            file=path,
        ) from None
    return manifest


def facts_id(
    district: str, records: CurrentRecords, catalogue: Catalogue, norms: Sequence[Norms] = ()
) -> str:
    """The name of the facts that these records make: 12 hexadecimal digits."""
    made_from = {
        "district": district,
        "records": records.hash,
        "rules": rules_hash(catalogue),
        "version": fact_rules().version,
        "norms": [each.hash for each in norms],
    }
    return content_hash(made_from).removeprefix("sha256:")[:_ID_DIGITS]


def make_facts(
    records: CurrentRecords,
    district: str,
    folder: Path,
    progress: Progress,
    catalogue: Catalogue,
    *,
    norms: Sequence[Norms] = (),
) -> None:
    """Settle `records` into a new folder of facts, which appears when it is complete; `norms` are
    the growth norms to apply.

    Raises `MachineError`.
    """
    with whole_folder(folder, private=True) as draft:
        scratch = draft / "scratch"
        for inner in (scratch, *(draft / fact for fact in FACTS)):
            inner.mkdir()
        with Workbench.over(records.tables, scratch) as workbench:
            take_numbers(workbench, district)
            workbench.let(lasting_settings(catalogue))
            for table, columns, rows in lasting_tables(catalogue):
                workbench.hold(table, columns, rows)
            kinds = kinds_for(records.tables)
            workbench.keep([*settle.SHARED, *shared_steps(kinds)])
            making = Making(records.as_of, catalogue, kinds, draft)
            years = list(_make_years(workbench, making, progress))
        shutil.rmtree(scratch)
        grown = write_growth(draft, [year.period for year in years], norms, catalogue)
        for year in years:
            if year.period in grown:
                year.rows[GROWTH] = grown[year.period]
        manifest = {
            "format": FORMAT,
            "facts": folder.name,
            "district": district,
            "software": __version__,
            "norms": [each.hash for each in norms],
            "rules": {"version": fact_rules().version, "hash": rules_hash(catalogue)},
            "records": {"hash": records.hash, "snapshots": list(records.snapshots)},
            "as_of": records.as_of.isoformat(),
            "data_status": records.data_status,
            "periods": [year.period for year in years],
            "years": [asdict(year) for year in years],
        }
        text = json.dumps(manifest, indent=2, ensure_ascii=False)
        (draft / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _make_years(workbench: Workbench, making: Making, progress: Progress) -> Iterator[YearReport]:
    found = workbench.rows(_SCHOOL_YEARS)
    years = [SchoolYear.parse(text) for (text,) in found]
    students = int(workbench.rows("SELECT count(*) FROM pseudonyms")[0][0])
    at_once = 1
    if students <= _LARGE:
        workbench.use_one_core()
        at_once = min(os.cpu_count() or 1, _MOST_AT_ONCE)

    def make(year: SchoolYear) -> YearReport:
        with workbench.beside() as bench:
            return make_year(bench, year, making)

    with progress.step("Settling facts", len(years)) as step, ThreadPoolExecutor(at_once) as pool:
        rows = 0
        for report in pool.map(make, years):
            rows += sum(report.rows.values())
            step.advance()
            yield report
        step.note(f"{len(years)} school years, {rows:,} rows")
