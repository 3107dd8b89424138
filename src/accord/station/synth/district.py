"""Making a district: from its profile to the files that it would export."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from accord.base.errors import InputError, StateError
from accord.base.files import whole_folder
from accord.base.periods import SchoolYear
from accord.base.progress import Progress
from accord.station.synth.drawn import draw_year
from accord.station.synth.effects import effects_of
from accord.station.synth.english import English, english_of
from accord.station.synth.export import Exporter, Written
from accord.station.synth.extracts import Extracts
from accord.station.synth.layout import load_layout
from accord.station.synth.population import Population, populate
from accord.station.synth.portrait.portrait import MAPPING as PORTRAIT_MAPPING
from accord.station.synth.portrait.portrait import Portrait
from accord.station.synth.profile import Profile, Setting
from accord.station.synth.schools import lay_out
from accord.station.synth.tests import Testing
from accord.station.synth.truth import Truth
from accord.station.synth.words import Table

FEWEST_STUDENTS = 200
MAPPING, TRUTH = "mapping.yaml", "truth.json"
_AS_OF = "as_of: 2025-06-30"  # as the mapping files that ship have it


def make_district(
    profile: Profile,
    folder: Path,
    years: Sequence[SchoolYear],
    seed: int,
    progress: Progress,
    *,
    students: int | None = None,
    portrait: bool = False,
) -> Path:
    """Make `profile`'s district and write its extract files, `mapping.yaml` and `truth.json`.

    `folder` must not exist yet; it appears whole or not at all. `students` are enrolled on census
    day of a year whose size is 1 (the profile's own number when left out); schools follow in
    proportion. With `portrait`, the rest of the district's records is made as well. The same
    arguments give the same bytes. Raises `InputError`, `StateError` and `MachineError`.
    """
    count = profile.students if students is None else students
    _check(count, years, seed)
    if folder.exists():
        raise StateError.because(
            "There is something here already.", "Remove it or name another folder.", file=folder
        )
    with whole_folder(folder) as draft:
        maker = _Maker(Setting(profile, seed), tuple(years), count, progress)
        maker.write(draft, portrait=portrait)
    return folder


def _check(students: int, years: Sequence[SchoolYear], seed: int) -> None:
    if seed < 0:
        raise InputError.because("A seed is a whole number from 0 on.", "Give another one.")
    if students < FEWEST_STUDENTS:
        raise InputError.because(
            "A made-up district of so few students has no shape.",
            f"Ask for {FEWEST_STUDENTS} students or more.",
        )
    if not years or any(after != before.plus(1) for before, after in pairwise(years)):
        raise InputError.because(
            "The school years don't follow each other.", "Name one year, or a first and a last."
        )


class _Maker:
    """One district in the making."""

    def __init__(
        self, setting: Setting, years: tuple[SchoolYear, ...], students: int, progress: Progress
    ) -> None:
        self.setting, self.profile, self.years = setting, setting.profile, years
        self.students, self.progress = students, progress
        self.layout = load_layout(setting.profile)

    def write(self, folder: Path, *, portrait: bool) -> None:
        """Draw the district and write all of its files into `folder`."""
        short = self.profile.district.short
        with self.progress.step(f"Make up {short}: schools and students") as step:
            population = populate(lay_out(self.setting, self.students), self.years, self.students)
            english = english_of(population)
            effects = effects_of(population)
            schools, students = len(population.around.schools), len(population.students)
            step.note(f"{schools} schools, {students:,} students")
        testing = Testing(population, english, effects)
        extracts = Extracts(population, english)
        exporter = Exporter(folder, self.layout, self.setting)
        truth = Truth(population, english, effects)
        written: list[Written] = []
        incidents: list[Table] = []
        with self.progress.step(f"Make up {short}: files", total=len(self.years)) as step:
            for year in population.years:
                drawn = draw_year(population, english, testing, year)
                truth.add(drawn)
                incidents.append(extracts.incidents(drawn))
                for file in self.layout.files:
                    if file.yearly:
                        table = extracts.of_year(file.extract, drawn)
                        written.append(exporter.write(file, table, str(year.year)))
                step.advance()
            for file in self.layout.files:
                if not file.yearly:
                    written.append(exporter.write(file, extracts.of_all(file.extract, incidents)))
            step.note(f"{sum(file.rows for file in written):,} rows in {len(written)} files")
        rest = self._rest(folder, population, english, extracts) if portrait else None
        if rest is not None:
            written += rest[1]
        document = truth.document(self.students, written)
        if rest is not None:
            document["portrait"] = rest[0].truth
        (folder / TRUTH).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        mapping = self._mapping() + (PORTRAIT_MAPPING.read_text(encoding="utf-8") if rest else "")
        (folder / MAPPING).write_text(mapping, encoding="utf-8")

    def _rest(
        self, folder: Path, population: Population, english: English, extracts: Extracts
    ) -> tuple[Portrait, list[Written]]:
        """Draw and write the rest of the district's records."""
        rest = Portrait(population, english, extracts)
        short = self.profile.district.short
        with self.progress.step(f"Make up {short}: the rest", total=len(self.years)) as step:
            for year in population.years:
                rest.add(year)
                step.advance()
            written = rest.write(folder)
            step.note(f"{sum(file.rows for file in written):,} rows in {len(written)} files")
        return rest, written

    def _mapping(self) -> str:
        """The district's mapping file, as of the last day of its last year."""
        text = (self.profile.folder / MAPPING).read_text(encoding="utf-8")
        return text.replace(_AS_OF, f"as_of: {self.years[-1].last_day}")
