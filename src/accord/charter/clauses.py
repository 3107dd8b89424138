"""A charter as clauses in plain words, and what an amendment made of each: before and after.

`diff` says every change of meaning in the words of the file; this says it in the words of a reader.
Where a change doesn't show in those words, the file's are given instead, so that none is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.base.signing import fingerprint
from accord.base.words import count_words, day_words, list_words
from accord.charter.diff import diff_charters, plain_words
from accord.charter.document.publication import preference, protections, publication_row
from accord.charter.known import CatalogueIndex, group_name
from accord.charter.model import Charter, Goal, Party, Strand
from accord.charter.values import EVERY
from accord.charter.words import rule_words, title_words

Key = tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """One clause: the `part` of the charter that it stands in, its name, and what it says.

    `data` is the same as the file has it.
    """

    part: str
    name: str
    text: str
    data: Any


@dataclass(frozen=True)
class ChangedClause:
    """A clause before and after, in words; one of the two is empty where it is new or taken out."""

    part: str
    name: str
    before: str
    after: str


def changed_clauses(old: Charter, new: Charter, known: CatalogueIndex) -> tuple[ChangedClause, ...]:
    """Every clause that is not the same in `new` as in `old`, in the order of the charter."""
    before, after = dict(clauses_of(old, known)), dict(clauses_of(new, known))
    changed = [
        _changed(before.get(key), after.get(key))
        for key in _in_order(list(before), list(after))
        if _data(before.get(key)) != _data(after.get(key))
    ]
    reordered = [
        ChangedClause("Order", change.subject.capitalize(), change.before, change.after)
        for change in diff_charters(old, new)
        if change.subject.startswith("order of ")
    ]
    return (*changed, *reordered)


def clauses_of(charter: Charter, known: CatalogueIndex) -> Iterator[tuple[Key, Clause]]:
    """The clauses of a charter that has been checked against `known`, by what tells them apart."""
    data = charter.canonical()
    yield from _frame(charter, data)
    yield ("goal",), Clause("Goals", "The common goal", charter.goal, data["goal"])
    yield from _aims(charter, data)
    yield from _measures(charter, data, known)
    yield from _leaves(charter, data, known)
    yield from _ways(charter, data)


def _frame(charter: Charter, data: Mapping[str, Any]) -> Iterator[tuple[Key, Clause]]:
    part, about = "The partnership", charter.partnership
    told = {
        "Name": (about.name, [about.id, about.name]),
        "Founded": (day_words(about.founded), data["partnership"]["founded"]),
        "Term": (
            f"From {day_words(about.term.start)} to {day_words(about.term.end)}.",
            data["partnership"]["term"],
        ),
    }
    if charter.governs_from:
        year = charter.governs_from.shown
        told["Governs from"] = (f"The school year {year}.", data["governs_from"])
    for name, (text, plain) in told.items():
        yield ("partnership", name), Clause(part, name, text, plain)
    for party, plain in zip(charter.parties, data["parties"], strict=True):
        yield ("party", party.id), Clause("Districts", party.name, _party(party), plain)


def _aims(charter: Charter, data: Mapping[str, Any]) -> Iterator[tuple[Key, Clause]]:
    goals = {goal.id: number for number, goal in enumerate(charter.goals, start=1)}
    for goal, plain in zip(charter.goals, data["goals"], strict=True):
        clause = Clause("Goals", f"Goal {goals[goal.id]}", _goal(charter, goal), plain)
        yield ("goal", goal.id), clause
    for strategy, plain in zip(charter.strategies, data["strategies"], strict=True):
        served = list_words([f"goal {goals[one]}" for one in strategy.goals if one in goals])
        text = f"{strategy.text}\nFor {served}."
        name = strategy.id.replace("-", " ").capitalize()
        yield ("strategy", strategy.id), Clause("Strategies", name, text, plain)
    for strand, plain in zip(charter.strands, data["strands"], strict=True):
        yield ("strand", strand.id), Clause("Strands", strand.name, _strand(charter, strand), plain)


def _measures(
    charter: Charter, data: Mapping[str, Any], known: CatalogueIndex
) -> Iterator[tuple[Key, Clause]]:
    strands = {strand.id: strand.name for strand in charter.strands}
    goals = {goal.id: number for number, goal in enumerate(charter.goals, start=1)}
    shorts = {party.id: party.short for party in charter.parties}
    for entry, plain in zip(charter.indicators, data["indicators"], strict=True):
        until = f" to {entry.last.shown}" if entry.last else " on"
        text = (
            f"In {strands.get(entry.strand, entry.strand)}, for goal {goals.get(entry.goal, '')}, "
            f"from {entry.first.shown}{until}, as {entry.definition} defines it."
        )
        name = title_words(charter, known, entry.id)
        yield ("indicator", entry.definition), Clause("Indicators", name, text, plain)
    for target, plain in zip(charter.targets, data["targets"], strict=True):
        definition = known.definition(charter.newest(target.indicator).definition)
        group = group_name(charter, known, target.group)
        where = "each district" if target.district == EVERY else shorts[target.district]
        key = ("target", target.indicator, target.group, target.district)
        text = rule_words(target.rule, definition, charter, known)
        yield key, Clause("Targets", f"{definition.title}: {group}, {where}", text, plain)


def _leaves(
    charter: Charter, data: Mapping[str, Any], known: CatalogueIndex
) -> Iterator[tuple[Key, Clause]]:
    names = [group_name(charter, known, group) for group in charter.groups]
    yield ("groups",), Clause("What leaves", "Student groups", ", ".join(names), data["groups"])
    for crossing, plain in zip(charter.intersections, data["intersections"], strict=True):
        of = list_words([group_name(charter, known, group) for group in crossing.of])
        yield (
            ("intersection", crossing.id),
            Clause("What leaves", crossing.name, f"Students who are in all of: {of}.", plain),
        )
    rows = ["; ".join(publication_row(one, charter, known)) for one in charter.publication]
    plan = Clause("What leaves", "For whom, about what", "\n".join(rows), data["publication"])
    yield ("publication",), plan
    hidden = [f"Never: {words}." for words in protections(charter.disclosure)]
    text = "\n".join((*hidden, preference(charter.disclosure)))
    clause = Clause("What leaves", "What is hidden", text, data["disclosure"])
    yield ("disclosure",), clause


def _ways(charter: Charter, data: Mapping[str, Any]) -> Iterator[tuple[Key, Clause]]:
    meetings, kept, space = charter.meetings, charter.retention, charter.workspace
    times = count_words(meetings.per_term, "formal meeting", "formal meetings").capitalize()
    said = [f"{times} each term.", meetings.chair, meetings.notes]
    yield ("meetings",), Clause("Meetings", "Meetings", _lines(said), data["meetings"])
    shorts = {party.id: party.short for party in charter.parties}
    seen: Counter[tuple[str, str]] = Counter()
    for role, plain in zip(charter.roles, data["roles"], strict=True):
        seen[role.role, role.district] += 1
        number = str(seen[role.role, role.district])
        name = f"{role.role}, {shorts.get(role.district, role.district)}"
        yield (
            ("role", role.role, role.district, number),
            Clause("Posts", name, role.title, plain),
        )
    yield ("purpose",), Clause("Purpose", "Purpose", charter.purpose, data["purpose"])
    told = [
        f"Records for {count_words(kept.records_years, 'year', 'years')}, releases for "
        f"{count_words(kept.releases_years, 'year', 'years')}.",
        kept.destruction,
        kept.audit,
    ]
    name = "How long things are kept"
    yield ("retention",), Clause("Keeping", name, _lines(told), data["retention"])
    if space is not None:
        stays = f"When a district leaves, these stay: {list_words(space.stays)}."
        text = (
            f"Drafts for {count_words(space.drafts_days, 'day', 'days')}, notes for "
            f"{count_words(space.notes_days, 'day', 'days')}.\n"
            f"{stays if space.stays else 'When a district leaves, nothing of it stays.'}"
        )
        yield ("workspace",), Clause("Keeping", "The shared workspace", text, data["workspace"])


def _party(party: Party) -> str:
    key = f"Key {fingerprint(party.key)}" if party.has_key else "No key yet"
    lines = [f"{party.name} ({party.short}), {party.id}", party.plan, f"Signs: {party.signatory}"]
    return _lines([*lines, key])


def _goal(charter: Charter, goal: Goal) -> str:
    serves = [
        f"{party.short}: {goal.aligned[party.id]}"
        for party in charter.parties
        if party.id in goal.aligned
    ]
    return _lines([goal.text, *serves])


def _strand(charter: Charter, strand: Strand) -> str:
    until = f" until {day_words(strand.end)}" if strand.end else ""
    leads = [
        f"{party.short}: {strand.leads[party.id]}"
        for party in charter.parties
        if party.id in strand.leads
    ]
    return _lines([f"{strand.name}, since {day_words(strand.start)}{until}.", *leads])


def _lines(told: Sequence[str | None]) -> str:
    return "\n".join(line for line in told if line)


def _changed(before: Clause | None, after: Clause | None) -> ChangedClause:
    shown = after or before
    assert shown is not None
    told = [one.text if one else "" for one in (before, after)]
    if before and after and before.text == after.text:
        told = [plain_words(before.data), plain_words(after.data)]
    return ChangedClause(shown.part, shown.name, told[0], told[1])


def _data(clause: Clause | None) -> Any:
    return None if clause is None else clause.data


def _in_order(before: list[Key], after: list[Key]) -> list[Key]:
    """The keys of both: those taken out stand where they stood."""
    ordered = list(after)
    for place, key in enumerate(before):
        if key not in after:
            earlier = next((one for one in reversed(before[:place]) if one in ordered), None)
            ordered.insert(ordered.index(earlier) + 1 if earlier else 0, key)
    return ordered
