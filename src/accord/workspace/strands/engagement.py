"""Engagement over time: how many people of each district took part, term by term.

A person who comes to three sessions counts three times: what is measured is time given, not heads.
A school year has two terms here, August to December and January to July.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from accord.workspace.people.models import District
from accord.workspace.strands.models import Contact

_FALL = 8
_FILLED = 0.7
_WIDTH, _HEIGHT, _TOP, _BOTTOM = 560, 120, 16, 22


@dataclass(frozen=True)
class Term:
    """Half a school year: `year` is the calendar year, `is_fall` whether it begins in August."""

    year: int
    is_fall: bool

    @classmethod
    def of(cls, day: date) -> Term:
        return cls(day.year, day.month >= _FALL)

    @property
    def name(self) -> str:
        """``fall 2025``."""
        return f"{'fall' if self.is_fall else 'spring'} {self.year}"

    @property
    def label(self) -> str:
        """``F 25``."""
        return f"{'F' if self.is_fall else 'S'} {self.year % 100:02d}"

    @property
    def following(self) -> Term:
        return Term(self.year + 1, False) if self.is_fall else Term(self.year, True)


@dataclass(frozen=True)
class Bar:
    """One district in one term, with its place in the drawing."""

    order: int
    district: str
    people: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class TermRow:
    """One term: its bars in the charter's order, and how many contacts there were."""

    name: str
    label: str
    middle: float
    contacts: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Engagement:
    """The chart and its table. `most` is the tallest bar of the scale."""

    terms: tuple[TermRow, ...]
    most: int
    sentence: str
    width: int = _WIDTH
    height: int = _HEIGHT
    base: int = _HEIGHT - _BOTTOM


def engagement(
    contacts: Iterable[Contact],
    districts: Sequence[District],
    since: date,
    until: date,
    *,
    most: int = 0,
) -> Engagement:
    """Who took part from the term of `since` to the term of `until`; `most` shares a scale."""
    held: dict[Term, list[Contact]] = {}
    term, last = Term.of(since), Term.of(until)
    while (term.year, term.is_fall) <= (last.year, last.is_fall):
        held[term] = []
        term = term.following
    for contact in contacts:
        if contact.taken_back_at is None and Term.of(contact.on) in held:
            held[Term.of(contact.on)].append(contact)
    sums = {term: _sums(found, districts) for term, found in held.items()}
    tallest = max([most, 1, *(count for row in sums.values() for count in row)])
    step = _WIDTH / len(held)
    rows = tuple(
        TermRow(
            term.name,
            term.label,
            round((place + 0.5) * step, 1),
            len(held[term]),
            tuple(_bars(sums[term], districts, place * step, step, tallest)),
        )
        for place, term in enumerate(held)
    )
    return Engagement(rows, tallest, _sentence(rows, districts))


def _sums(contacts: Iterable[Contact], districts: Sequence[District]) -> list[int]:
    counts = {district.pk: 0 for district in districts}
    for contact in contacts:
        for presence in contact.presences.all():
            counts[presence.district_id] += presence.people
    return [counts[district.pk] for district in districts]


def _bars(
    counts: Sequence[int], districts: Sequence[District], left: float, step: float, tallest: int
) -> Iterator[Bar]:
    room = step * _FILLED
    wide = room / len(districts)
    for place, (district, count) in enumerate(zip(districts, counts, strict=True)):
        tall = (_HEIGHT - _TOP - _BOTTOM) * count / tallest
        yield Bar(
            district.order,
            district.short,
            count,
            x=round(left + (step - room) / 2 + place * wide, 1),
            y=round(_HEIGHT - _BOTTOM - tall, 1),
            width=round(wide - 1, 1),
            height=round(tall, 1),
        )


def _sentence(rows: Sequence[TermRow], districts: Sequence[District]) -> str:
    """What the chart says: the last whole term beside the one a year before it."""
    whole = rows[:-1]
    if not whole or not any(bar.people for row in rows for bar in row.bars):
        return "Nobody has noted a contact yet."
    now = whole[-1]
    parts = [f"{bar.people} from {bar.district}" for bar in now.bars]
    text = f"In {now.name}: {' and '.join(parts)}"
    if len(whole) > 2:
        before = sum(bar.people for bar in whole[-3].bars)
        return f"{text}; together {sum(bar.people for bar in now.bars)}, a year before {before}."
    return f"{text}."
