"""Which definitions are in use, in which version, from when, and for which goal."""

from __future__ import annotations

from collections.abc import Mapping

from accord.base.canonical import short_hash
from accord.base.documents import Place
from accord.base.periods import SchoolYear
from accord.charter.checks.findings import Findings, suggestion
from accord.charter.known import CatalogueIndex
from accord.charter.model import Charter, Indicator
from accord.charter.values import id_of, version_of


def check_indicators(charter: Charter, findings: Findings, known: CatalogueIndex) -> None:
    """Each indicator is the catalogue's, serves a goal in a strand, and has one version a year."""
    if not charter.indicators:
        findings.add(("indicators",), "There is no indicator.", "Name at least one.")
    goals = [goal.id for goal in charter.goals]
    strands = [strand.id for strand in charter.strands]
    ends = SchoolYear.of(charter.partnership.term.end)
    references = known.references()
    for index, indicator in enumerate(charter.indicators):
        place: Place = ("indicators", index)
        _check_definition(indicator, place, findings, references)
        findings.need_known((*place, "goal"), "goal", indicator.goal, goals)
        findings.need_known((*place, "strand"), "strand", indicator.strand, strands)
        if indicator.last is not None and indicator.last < indicator.first:
            findings.add(
                (*place, "to"),
                f"“{indicator.id}” ends with {indicator.last}, before it begins.",
                f"Choose {indicator.first} or a later year.",
            )
        if indicator.first > ends:
            findings.add(
                (*place, "from"),
                f"“{indicator.id}” begins in {indicator.first}, after the term has ended.",
                f"Choose {ends} or an earlier year, or lengthen the term.",
            )
    _check_versions(charter, findings)


def _check_definition(
    indicator: Indicator, place: Place, findings: Findings, references: Mapping[str, str]
) -> None:
    reference = indicator.definition
    if reference not in references:
        versions = [version_of(other) for other in references if id_of(other) == indicator.id]
        if versions:
            what = f"The catalogue has no version {version_of(reference)} of “{indicator.id}”."
            remedy = f"Use one that it has: {', '.join(versions)}."
        else:
            what = f"The catalogue has no indicator “{indicator.id}”."
            remedy = suggestion(indicator.id, sorted({id_of(other) for other in references}))
        findings.add((*place, "definition"), what, remedy)
    elif indicator.hash is not None and indicator.hash != references[reference]:
        findings.add(
            (*place, "hash"),
            f"{reference} has the hash {short_hash(references[reference])}… in this catalogue, "
            f"and {short_hash(indicator.hash)}… here: they do not mean the same.",
            "Ask the partners which definition was agreed, and install that one.",
        )


def _check_versions(charter: Charter, findings: Findings) -> None:
    before: dict[str, Indicator] = {}
    for index, entry in sorted(enumerate(charter.indicators), key=lambda pair: pair[1].first):
        earlier = before.get(entry.id)
        if earlier is not None and earlier.covers(entry.first):
            findings.add(
                ("indicators", index, "definition"),
                f"“{entry.id}” would have two definitions in {entry.first}.",
                "Remove one, or end one with to: before the other begins.",
            )
        before[entry.id] = entry
