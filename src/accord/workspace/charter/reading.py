"""The charter, arranged so that the districts stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from accord.charter.clauses import changed_clauses
from accord.charter.document.parts import Section
from accord.charter.document.publication import publication_section
from accord.charter.known import group_name
from accord.charter.model import Charter
from accord.charter.model import Strand as CharterStrand
from accord.charter.sign import SignedCharter, signatures_path
from accord.charter.words import rule_words
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.workspace.charter.pieces import Pair, pair_of


@dataclass(frozen=True)
class Target:
    """What is asked for some groups; `words` has a sentence for each district in order, or empty.

    `is_common` says that all districts are asked the same.
    """

    groups: tuple[str, ...]
    words: tuple[str, ...]
    is_common: bool


@dataclass(frozen=True)
class IndicatorAgreed:
    """An indicator of the charter."""

    id: str
    title: str
    plain: str
    better: str
    goal: int
    since: str
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class StrandAgreed:
    """A strand, who leads it in each district in order, and its indicators."""

    strand: CharterStrand
    leads: tuple[str, ...]
    indicators: tuple[IndicatorAgreed, ...]


@dataclass(frozen=True)
class ClauseAgreed:
    """A clause that an amendment changed, before and after."""

    part: str
    name: str
    pair: Pair


@dataclass(frozen=True)
class Amendment:
    """An amendment that binds, and what it changed.

    A signature holds no time: `signed_on` is the day of the file that holds them all.
    """

    signed: SignedCharter
    clauses: tuple[ClauseAgreed, ...]
    signed_on: date | None


@dataclass(frozen=True)
class Agreed:
    """The charter in force as its page shows it."""

    signed: SignedCharter
    strands: tuple[StrandAgreed, ...]
    leaves: Section
    amendments: tuple[Amendment, ...]

    @property
    def charter(self) -> Charter:
        return self.signed.charter


def read_agreed(chain: Sequence[SignedCharter]) -> Agreed:
    """The newest charter of a chain, with what the amendments before it changed."""
    signed, known = chain[-1], load_catalogue()
    return Agreed(
        signed,
        tuple(_strands(signed.charter, known)),
        publication_section(signed.charter, known),
        tuple(
            Amendment(later, tuple(_clauses(earlier, later, known)), _signed_on(later))
            for earlier, later in pairwise(chain)
        ),
    )


def _clauses(
    earlier: SignedCharter, later: SignedCharter, known: Catalogue
) -> Iterator[ClauseAgreed]:
    for one in changed_clauses(earlier.charter, later.charter, known):
        yield ClauseAgreed(one.part, one.name, pair_of(one.before, one.after))


def _signed_on(signed: SignedCharter) -> date | None:
    path = signatures_path(Path(signed.source.file))
    return datetime.fromtimestamp(path.stat().st_mtime).date() if path.exists() else None


def _strands(charter: Charter, known: Catalogue) -> Iterator[StrandAgreed]:
    for strand in charter.strands:
        entries = [
            indicator
            for indicator in charter.indicator_ids
            if charter.newest(indicator).strand == strand.id
        ]
        leads = tuple(strand.leads.get(party.id, "vacant") for party in charter.parties)
        indicators = tuple(_indicator(charter, known, entry) for entry in entries)
        yield StrandAgreed(strand, leads, indicators)


def _indicator(charter: Charter, known: Catalogue, indicator: str) -> IndicatorAgreed:
    entry = charter.newest(indicator)
    definition = known.definition(entry.definition)
    goals = {goal.id: number for number, goal in enumerate(charter.goals, start=1)}
    return IndicatorAgreed(
        indicator,
        definition.title,
        definition.plain,
        definition.direction,
        goals[entry.goal],
        entry.first.shown,
        tuple(_targets(charter, known, indicator)),
    )


def _targets(charter: Charter, known: Catalogue, indicator: str) -> Iterator[Target]:
    definition = known.definition(charter.newest(indicator).definition)
    by_words: dict[tuple[str, ...], list[str]] = {}
    for group in charter.group_ids:
        rules = [charter.rule_for(indicator, group, party.id) for party in charter.parties]
        if any(rules):
            words = tuple(
                rule_words(rule, definition, charter, known) if rule else "" for rule in rules
            )
            by_words.setdefault(words, []).append(group_name(charter, known, group))
    for words, groups in by_words.items():
        yield Target(tuple(groups), words, len(set(words)) == 1)
