"""What a file is taken for, and why; or why it is taken for nothing.

Everything that speaks for a format is looked at: what the first field of each line says, the names
of a header, the length of fixed-width records, how many fields there are and what their cells look
like. One format and one layout must be left in the end. Where none or several are, the file is
refused with what to do: nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.base.errors import InputError
from accord.base.periods import SchoolYear
from accord.station.records.formats.fitting import (
    Fit,
    fit_fixed,
    fit_with_header,
    fit_without_header,
    lacking,
)
from accord.station.records.formats.model import FileFormat, Layout, plain
from accord.station.records.formats.refusals import (
    no_layout_fits,
    no_year,
    other_year,
    several_formats,
    several_record_types,
    unknown_file,
    unknown_record_type,
)
from accord.station.records.formats.sample import DELIMITERS, Sample
from accord.station.records.formats.sourcing import columns_missing

_RECORD_TYPE = re.compile(r"[A-Z]{4}")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?:[-_](20\d\d|\d\d))?(?!\d)")


@dataclass(frozen=True)
class Wanted:
    """What the user says of a file: a format or layout by name, its school year."""

    named: str | None = None
    year: SchoolYear | None = None


@dataclass(frozen=True)
class Recognised:
    """What a file is taken for. `why` says so in sentences, none of which holds a value."""

    format: FileFormat
    fit: Fit
    year: SchoolYear
    delimiter: str
    is_fixed: bool
    why: tuple[str, ...]

    @property
    def layout(self) -> Layout:
        return self.fit.layout


@dataclass(frozen=True)
class _Candidate:
    """A format that the file may be in, with every layout of it that could be tried."""

    format: FileFormat
    delimiter: str
    fits: tuple[Fit, ...]
    why: str
    is_fixed: bool = False


def recognise(sample: Sample, formats: Sequence[FileFormat], wanted: Wanted) -> Recognised:
    """What `sample` is the beginning of. Raises `InputError` when that can't be told."""
    chosen = [each for each in formats if _is_wanted(each, wanted) and each.set_of is None]
    if not chosen:
        names = ", ".join(each.format for each in formats)
        raise InputError.because(
            f"There is no format or layout “{wanted.named}”.", f"The formats are: {names}."
        )
    candidates = list(_candidates(sample, chosen, wanted))
    if not candidates:
        record_type = _record_type(sample)
        if record_type and wanted.named is None:
            raise unknown_record_type(sample.file, record_type, formats)
        raise unknown_file(sample.file, wanted.named)
    if len(candidates) > 1:
        found = sorted(candidate.format.format for candidate in candidates)
        raise several_formats(sample.file, found)
    return _settled(sample, candidates[0], wanted)


def _is_wanted(each: FileFormat, wanted: Wanted) -> bool:
    names = {each.format, *(layout.layout for layout in each.layouts)}
    return wanted.named is None or wanted.named in names


def _layouts(each: FileFormat, wanted: Wanted) -> Iterator[Layout]:
    only = [layout for layout in each.layouts if layout.layout == wanted.named]
    return iter(only or each.layouts)


def _candidates(
    sample: Sample, formats: Sequence[FileFormat], wanted: Wanted
) -> Iterator[_Candidate]:
    for each in formats:
        found = _by_record_type(sample, each, wanted)
        found = found or _by_header(sample, each, wanted) or _by_length(sample, each, wanted)
        if found:
            yield found


def _by_record_type(sample: Sample, each: FileFormat, wanted: Wanted) -> _Candidate | None:
    """The format whose record type stands first on the lines of a file without a header."""
    if each.record_type is None or each.header == "always" or sample.is_workbook:
        return None
    for delimiter, words in DELIMITERS.items():
        rows = sample.cells(delimiter)
        first = Counter(row[0].upper() for row in rows if len(row) > 1)
        if each.record_type not in first:
            continue
        others = [
            name for name in first if name != each.record_type and _RECORD_TYPE.fullmatch(name)
        ]
        if others and first[each.record_type] < len(rows) - 1 and wanted.named is None:
            raise several_record_types(sample.file, sorted({each.record_type, *others}))
        if first[each.record_type] * 2 < len(rows):
            continue
        fits = tuple(
            fit_without_header(layout, sample, rows)
            for layout in _layouts(each, wanted)
            if not layout.by_name
        )
        why = f"Its lines begin with {each.record_type}, and {words} divide them."
        return _Candidate(each, delimiter, fits, why)
    return None


def _by_header(sample: Sample, each: FileFormat, wanted: Wanted) -> _Candidate | None:
    if each.header == "never":
        return None
    for delimiter, words in DELIMITERS.items():
        rows = sample.cells(delimiter)
        fits = []
        for layout in _layouts(each, wanted):
            names = {layout.named(cell) for cell in rows[0] if plain(cell)}
            if len(rows[0]) > 1 and set(each.telling) <= names:
                fit = fit_with_header(layout, sample, rows)
                if fit and (missing := columns_missing(each, fit.columns)):
                    fit = lacking(fit, sample.numbers[0], missing)
                fits += [fit] if fit and _says_record_type(each, fit, rows) else []
        if fits:
            how = "of its sheet" if sample.is_workbook else f"of the file, divided by {words},"
            return _Candidate(
                each, delimiter, tuple(fits), f"The first line {how} names the format's fields."
            )
    return None


def _says_record_type(each: FileFormat, fit: Fit, rows: Sequence[Sequence[str]]) -> bool:
    """Whether the lines under a header are of the format's record type, where they say one."""
    named = fit.layout.fields[0].name
    if each.record_type is None or named not in fit.columns or "Record Type" not in named:
        return True
    place = fit.columns.index(named)
    said = Counter(row[place].upper() for row in rows[1:] if place < len(row))
    return not said or said.most_common(1)[0][0] == each.record_type


def _by_length(sample: Sample, each: FileFormat, wanted: Wanted) -> _Candidate | None:
    if not each.fixed or sample.is_workbook:
        return None
    fits = tuple(fit for layout in _layouts(each, wanted) if (fit := fit_fixed(layout, sample)))
    if not fits:
        return None
    length = fits[0].layout.record_length
    return _Candidate(each, "", fits, f"Its records have {length:,} signs.", is_fixed=True)


def _settled(sample: Sample, candidate: _Candidate, wanted: Wanted) -> Recognised:
    """One layout and one school year."""
    good = [fit for fit in candidate.fits if fit.fits]
    year, said = _year(sample, candidate, wanted)
    own = [fit for fit in candidate.fits if year is not None and fit.layout.covers(year)]
    named = wanted.named in {fit.layout.layout for fit in candidate.fits}
    if not good or (own and not named and not any(fit.fits for fit in own)):
        raise no_layout_fits(sample.file, candidate.format, candidate.fits, own)
    if year is None:
        placed = [fit.layout for fit in good if not fit.layout.by_name]
        if len(placed) != 1 or placed[0].since != placed[0].until:
            raise no_year(sample.file, candidate.format)
        year = SchoolYear.parse(placed[0].since)
        said = f"Its layout is that of {year} alone."
    chosen = good if named else [fit for fit in good if fit.layout.covers(year)]
    if not chosen:
        raise other_year(sample.file, [fit.layout for fit in good], year)
    fit = max(chosen, key=lambda each: SchoolYear.parse(each.layout.since))
    shown = (
        f"{fit.width} fields" if not candidate.is_fixed else f"{len(fit.columns)} fields are read"
    )
    why = (
        f"Taken for: {candidate.format.title}.",
        candidate.why,
        f"Layout {fit.layout.layout} ({fit.layout.years}) fits: {shown}.",
        said,
    )
    return Recognised(candidate.format, fit, year, candidate.delimiter, candidate.is_fixed, why)


def _year(sample: Sample, candidate: _Candidate, wanted: Wanted) -> tuple[SchoolYear | None, str]:
    """The school year that the lines, the user or the file's name give, and which of them did."""
    field = candidate.format.year_field
    if field is not None:
        counted = _years_of_lines(sample, candidate, field)
        if counted:
            (year, count), *others = counted.most_common()
            rest = sum(lines for _, lines in others)
            if rest:
                return year, f"Of its first lines {count} are of {year}, {rest} of another year."
            return year, f"Its lines are of {year}."
    if wanted.year is not None:
        return wanted.year, f"You say that it is of {wanted.year}."
    found = _YEAR_IN_NAME.findall(sample.file.stem)
    if len(found) == 1:
        first, second = found[0]
        year = SchoolYear(int(first)) if second else SchoolYear(int(first) - 1)
        if not second or int(second) % 100 == (year.start + 1) % 100:
            return year, f"Its name says {year}."
    return None, ""


def _years_of_lines(sample: Sample, candidate: _Candidate, field: str) -> Counter[SchoolYear]:
    counted: Counter[SchoolYear] = Counter()
    fit = next((fit for fit in candidate.fits if field in fit.columns), None)
    if fit is None:
        return counted
    place = fit.columns.index(field)
    for row in sample.cells(candidate.delimiter)[int(fit.header) :]:
        try:
            counted[SchoolYear.parse(row[place])] += 1
        except (ValueError, IndexError):
            continue
    return counted


def _record_type(sample: Sample) -> str | None:
    """What looks like a record type at the start of all lines, if anything does."""
    for delimiter in DELIMITERS:
        first = {row[0] for row in sample.cells(delimiter) if len(row) > 5}
        if len(first) == 1 and _RECORD_TYPE.fullmatch(name := first.pop()):
            return name
    return None
