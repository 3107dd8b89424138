"""What the memorandum says: the charter, section by section, in the words of a board document."""

from __future__ import annotations

from collections.abc import Iterator

from accord.base.canonical import short_hash
from accord.base.signing import fingerprint
from accord.base.words import count_words, day_words, list_words
from accord.charter.document.parts import (
    Bullets,
    Memorandum,
    Paragraph,
    Section,
    Signature,
    Table,
)
from accord.charter.document.publication import publication_section
from accord.charter.document.targets import targets_section
from accord.charter.known import CatalogueIndex
from accord.charter.model import Charter, Party
from accord.charter.sign import SignedCharter

_STAYS = {
    "releases": "the releases that its partners received",
    "actions": "the actions agreed on together",
    "notes": "the notes that were shared with the partners",
}
"""What may stay in the workspace, in words."""

_MOST_COLUMNS = 3
"""Districts that have a column each; a partnership of more is set with a row each."""


def memorandum(signed: SignedCharter, known: CatalogueIndex) -> Memorandum:
    """The document of a charter that has been checked against `known`."""
    charter = signed.charter
    partnership = charter.partnership
    names = list_words([party.name for party in charter.parties])
    term = partnership.term
    return Memorandum(
        kicker="Memorandum of understanding",
        title=partnership.name,
        subtitle=f"Between {names}, from {day_words(term.start)} to {day_words(term.end)}",
        notice=signed.state if signed.in_force else f"Draft. {signed.state}",
        is_draft=not signed.in_force,
        sections=(
            _purpose(charter),
            _parties(charter),
            _goals(charter),
            *_strategies(charter),
            _strands(charter),
            _indicators(charter, known),
            *targets_section(charter, known),
            publication_section(charter, known),
            _meetings(charter),
            _retention(charter),
            _changes(charter),
        ),
        signing=(
            "Signing this memorandum, the parties adopt it in the wording whose hash is "
            f"{charter.hash}. Each party also signs that wording with its key."
        ),
        signatures=tuple(_signature(party, signed) for party in charter.parties),
        hash=charter.hash,
        short_hash=short_hash(charter.hash),
    )


def _purpose(charter: Charter) -> Section:
    partnership = charter.partnership
    return Section(
        "What we want together",
        (
            Paragraph(charter.goal, style="lead"),
            Paragraph(
                f"Founded on {day_words(partnership.founded)}, the partnership works from shared "
                "goals and shared measures. Each district keeps its own students' records and its "
                "own plan; this memorandum spells out the goals, strategies and indicators of "
                "success that the districts have in common."
            ),
        ),
    )


def _parties(charter: Charter) -> Section:
    return Section(
        "Parties",
        (
            Table(
                caption="The districts that are bound by this memorandum",
                header=("District", "Code", "Its own plan"),
                rows=tuple((party.name, party.id, party.plan) for party in charter.parties),
                widths=(38, 22, 40),
            ),
        ),
    )


def _goals(charter: Charter) -> Section:
    parties = charter.parties
    numbered = [f"{number}. {goal.text}" for number, goal in enumerate(charter.goals, start=1)]
    caption = "Our goals, and the goal of each district's own plan that they serve"
    if len(parties) <= _MOST_COLUMNS:
        table = Table(
            caption=caption,
            header=("Goal", *(party.short for party in parties)),
            rows=tuple(
                (text, *(goal.aligned[party.id] for party in parties))
                for text, goal in zip(numbered, charter.goals, strict=True)
            ),
            widths=(100 - 22 * len(parties), *(22 for _ in parties)),
        )
    else:
        table = Table(
            caption=caption,
            header=("Goal", "District", "Goal of its own plan"),
            rows=tuple(
                (text, party.short, goal.aligned[party.id])
                for text, goal in zip(numbered, charter.goals, strict=True)
                for party in parties
            ),
            widths=(45, 20, 35),
        )
    return Section("Goals", (table,))


def _strategies(charter: Charter) -> Iterator[Section]:
    if not charter.strategies:
        return
    numbers = {goal.id: str(number) for number, goal in enumerate(charter.goals, start=1)}
    yield Section(
        "Strategies",
        (
            Bullets(
                tuple(
                    f"{strategy.text} (For goal{'s' if len(strategy.goals) > 1 else ''} "
                    f"{list_words([numbers[goal] for goal in strategy.goals])}.)"
                    for strategy in charter.strategies
                )
            ),
        ),
    )


def _strands(charter: Charter) -> Section:
    return Section(
        "Strands of joint work",
        (
            Table(
                caption="Areas of joint work, and the post that leads each in each district",
                header=("Strand", "Since", "Led by"),
                rows=tuple(
                    (
                        strand.name,
                        day_words(strand.start)
                        + (f"\nuntil {day_words(strand.end)}" if strand.end else ""),
                        "; ".join(
                            f"{party.short}: {strand.leads.get(party.id, 'vacant')}"
                            for party in charter.parties
                        ),
                    )
                    for strand in charter.strands
                ),
                widths=(28, 20, 52),
            ),
        ),
    )


def _indicators(charter: Charter, known: CatalogueIndex) -> Section:
    numbers = {goal.id: str(number) for number, goal in enumerate(charter.goals, start=1)}
    tables = []
    for strand in charter.strands:
        rows = []
        for entry in charter.indicators:
            if entry.strand != strand.id:
                continue
            definition = known.definition(entry.definition)
            until = f" to {entry.last.shown}" if entry.last else ""
            rows.append(
                (
                    f"{definition.title}\n{definition.plain}",
                    numbers[entry.goal],
                    definition.direction.capitalize(),
                    f"{entry.definition}\nfrom {entry.first.shown}{until}",
                )
            )
        if rows:
            tables.append(
                Table(
                    caption=strand.name,
                    header=("Indicator", "Goal", "Better", "Definition"),
                    rows=tuple(rows),
                    widths=(50, 8, 10, 32),
                )
            )
    return Section(
        "Indicators of success",
        (
            Paragraph(
                "Both the meaning and the arithmetic of an indicator are fixed by its definition, "
                "which is the same in every district. A definition changes only with this "
                "memorandum."
            ),
            *tables,
        ),
    )


def _meetings(charter: Charter) -> Section:
    meetings = charter.meetings
    number = count_words(meetings.per_term, "formal meeting", "formal meetings")
    texts = [f"The parties hold {number} in each school term.", meetings.chair, meetings.notes]
    names = {party.id: party.short for party in charter.parties}
    roles = Table(
        caption="Who does what",
        header=("Role", "District", "Post"),
        rows=tuple((role.role, names[role.district], role.title) for role in charter.roles),
        widths=(30, 25, 45),
    )
    return Section(
        "Meetings and roles",
        (
            *(Paragraph(text) for text in texts if text),
            *((roles,) if charter.roles else ()),
        ),
    )


def _retention(charter: Charter) -> Section:
    retention = charter.retention
    records = count_words(retention.records_years, "year", "years")
    releases = count_words(retention.releases_years, "year", "years")
    texts = [
        charter.purpose,
        f"Records imported for these measures are kept for {records}, inside the district, and "
        f"what was released for {releases}.",
        retention.destruction,
        retention.audit,
        _workspace(charter),
    ]
    return Section("Purpose and retention", tuple(Paragraph(text) for text in texts if text))


def _workspace(charter: Charter) -> str | None:
    kept = charter.workspace
    if kept is None:
        return None
    stays = list_words([_STAYS[name] for name in kept.stays] or ["nothing else"])
    drafts = count_words(kept.drafts_days, "day", "days")
    notes = count_words(kept.notes_days, "day", "days")
    return (
        f"In the shared workspace, drafts are kept for {drafts} and notes for {notes}; then their "
        "text is destroyed, in backups too, unless a legal hold stands against it. When a "
        "district leaves, it takes its own with it. Minutes and the trail of acts stay, and "
        f"{stays}."
    )


def _changes(charter: Charter) -> Section:
    amends = (
        f" It amends the memorandum whose hash is {charter.amends}"
        + (
            f", from the school year {charter.governs_from.shown} on."
            if charter.governs_from
            else "."
        )
        if charter.amends
        else ""
    )
    return Section(
        "Force and change",
        (
            Paragraph(
                "This memorandum is in force once every party has signed it, and it can be changed "
                f"only by all of them.{amends}"
            ),
        ),
    )


def _signature(party: Party, signed: SignedCharter) -> Signature:
    has_signed = party in signed.signed_parties
    if not party.has_key:
        state = "Its key is pending"
    else:
        state = "Signed with this key" if has_signed else "Not signed with this key yet"
    return Signature(
        party=party.name,
        signatory=party.signatory,
        fingerprint=fingerprint(party.key) if party.has_key else "",
        state=state,
    )
