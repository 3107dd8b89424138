"""Checking a certificate: whole-number arithmetic over what is published, and nothing else.

No solver is loaded here. The ranges, the lines and the list of hidden numbers are made anew from
the publications; of the certificate only its tables are used, and every one must fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from accord.audit.assumed import Assumed
from accord.audit.case import Case, cases
from accord.audit.certificate import (
    Certificate,
    audited_sources_of,
    tables_of,
    targets_of,
)
from accord.audit.quantities import place_words
from accord.audit.sightings import sightings
from accord.audit.sources import Source, meanings_of, relations_of
from accord.base.errors import Problem, RefusedError
from accord.cells.relations import Relations
from accord.indicators.catalogue import load_catalogue
from accord.indicators.catalogue.model import Catalogue

_Key = tuple[str, str, str, Assumed]
_AGAIN = "Don't rely on this certificate. Audit the release yourself with accord audit."
_MOST_PROBLEMS = 20


def check_certificate(
    certificate: Certificate,
    sources: Sequence[Source],
    *,
    relations: Relations | None = None,
    catalogue: Catalogue | None = None,
) -> int:
    """How many hidden numbers a certificate proves hidden in exactly these publications.

    Raises `RefusedError` with every reason why it proves nothing.
    """
    reasons = list(_reasons(certificate, sources, relations, catalogue or load_catalogue()))
    if reasons:
        raise RefusedError(*(Problem(what, _AGAIN) for what in reasons[:_MOST_PROBLEMS]))
    return sum(each.hidden for each in certificate.statement.cases)


def _reasons(
    certificate: Certificate,
    sources: Sequence[Source],
    relations: Relations | None,
    catalogue: Catalogue,
) -> Iterator[str]:
    statement = certificate.statement
    if statement.sources != audited_sources_of(sources):
        yield "The certificate is about other publications, or other rules, than these."
        return
    if certificate.sealed().statement.files != statement.files:
        yield "The certificate's tables are not those that its statement names."
    seen = tuple(sightings(sources))
    groups = relations or relations_of(sources, catalogue)
    meanings = meanings_of(sources, catalogue)
    named = [(each.district, each.period, each.fact, each.assumed) for each in statement.cases]
    every = {_key(case): case for case in cases(seen, groups, catalogue, meanings)}
    if _told(every) != _told(named) or len(set(named)) != len(named):
        yield "The certificate leaves a district, school year or fact out, or names one too many."
        return
    for assumed in {key[3] for key in named if key not in every}:
        weaker = cases(seen, groups, catalogue, meanings, assumed)
        every |= {_key(case): case for case in weaker}
    for number, key in enumerate(named):
        if key not in every:
            yield f"The certificate takes more for granted than holds in {key[0]}, {key[1]}."
            continue
        yield from _reasons_of(certificate, number, every[key])


def _key(case: Case) -> _Key:
    return case.district, case.period, case.fact, case.assumed


def _told(keys: Iterable[_Key]) -> set[tuple[str, str, str, bool]]:
    """Whose figures of what: whatever is assumed, each must be proved hidden."""
    return {(*key[:3], key[3].newest) for key in keys}


def _reasons_of(certificate: Certificate, number: int, case: Case) -> Iterator[str]:
    stated, targets = certificate.statement.cases[number], case.targets
    rows = targets_of(certificate, number)
    same = all(
        np.array_equal(rows[name], getattr(targets, name)) for name in ("kind", "part", "whole")
    )
    if not same or stated.hidden != len(targets):
        yield f"The certificate has other hidden numbers than {case.name}."
        return
    try:
        tables = tables_of(certificate, number, case)
    except ValueError:
        yield f"A witness table of {case.name} speaks of a place that is not there."
        return
    for name in ("low", "high"):
        if len(rows[name]) and not 0 <= rows[name].min() <= rows[name].max() < len(tables):
            yield f"A hidden number of {case.name} names a witness table that is not there."
            return
    for table in range(len(tables)):
        outside, off = case.published.broken_by(tables[table])
        if len(outside) or len(off):
            yield (
                f"Witness table {table} of {case.name} does not fit what is published: "
                f"{len(outside)} numbers out of range, {len(off)} lines that don't hold."
            )
            return
    at = np.arange(len(targets))
    low, high = (
        np.stack([tables[rows[end], variables] for variables in (targets.part, targets.whole)], 1)
        for end in ("low", "high")
    )
    short = ~targets.met_by(low, high)
    short[list(stated.pre_existing)] = False
    for target in at[short][:_MOST_PROBLEMS].tolist():
        name = place_words(case.place(int(targets.part[target])))
        definition = case.definitions[int(targets.definition[target])]
        yield f"The two tables for {definition}, {name}, are too close."
