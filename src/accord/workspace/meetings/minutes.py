"""The record of a meeting: one content, as page, PDF and e-mail.

The PDF is set like the charter's documents, so that a board gets one kind of paper. It names the
hashes of the evidence that decisions rest on and the newest hash of the trail: whoever keeps the
paper can tell whether the record was changed later.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from accord.base.canonical import content_hash, short_hash
from accord.base.words import count_words, day_words, list_words
from accord.charter.document.parts import Bullets, Memorandum, Paragraph, Section, Table
from accord.charter.document.pdf import write_pdf
from accord.reports.fonts import FONTS
from accord.workspace.actions.models import Action
from accord.workspace.meetings.agenda import following
from accord.workspace.meetings.models import AgendaItem, Meeting
from accord.workspace.meetings.states import Decision, Outcome
from accord.workspace.shell.templatetags.words import at_time


def document(meeting: Meeting) -> Memorandum:
    """The minutes as a document; a draft until the meeting is closed."""
    items = list(meeting.items.prefetch_related("actions__owners__district"))
    worked = [item for item in items if item.outcome == Outcome.WORKED or not item.indicator]
    mark = content_hash(
        [[item.title, item.outcome, item.decision, item.because, item.notes] for item in items]
    )
    return Memorandum(
        title=f"Minutes: {meeting.title}",
        kicker=meeting.partnership.name,
        subtitle=_when(meeting),
        notice="Recorded at the meeting." if meeting.is_closed else "Draft: the meeting is open.",
        is_draft=not meeting.is_closed,
        sections=tuple(
            section
            for section in (
                _who(meeting),
                *(_worked(item) for item in worked),
                _others([item for item in items if item not in worked]),
                _actions(meeting),
                _next(meeting),
            )
            if section.blocks
        ),
        signing="",
        signatures=(),
        hash=mark,
        short_hash=short_hash(mark),
        form="note",
        kind="minutes",
    )


def pdf_bytes(meeting: Meeting) -> bytes:
    """The minutes as PDF. Raises `MachineError` when they can't be set."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "minutes.pdf"
        write_pdf(document(meeting), path, FONTS)
        return path.read_bytes()


def mail(meeting: Meeting, link: str) -> EmailMultiAlternatives:
    """The minutes as an e-mail to everybody who was asked, with the PDF beside; not sent yet."""
    shown = {
        "meeting": meeting,
        "link": link,
        "items": meeting.items.filter(outcome=Outcome.WORKED),
        "others": meeting.items.exclude(outcome=Outcome.WORKED).exclude(indicator=""),
        "actions": actions_of(meeting),
        "next": following(meeting),
    }
    people = meeting.attendances.exclude(person=None).select_related("person")
    message = EmailMultiAlternatives(
        subject=f"Minutes: {meeting.title}",
        body=render_to_string("meetings/minutes_mail.txt", shown),
        to=[attendance.person.email for attendance in people if attendance.person],
    )
    message.attach_alternative(render_to_string("meetings/minutes_mail.html", shown), "text/html")
    message.attach(f"minutes-{meeting.pk}.pdf", pdf_bytes(meeting), "application/pdf")
    return message


def actions_of(meeting: Meeting) -> list[Action]:
    """The actions that this meeting agreed on, in the order of their days."""
    found = Action.objects.filter(agenda_items__meeting=meeting).distinct()
    return list(found.prefetch_related("owners__district"))


def _when(meeting: Meeting) -> str:
    day = day_words(timezone.localtime(meeting.starts_at).date())
    place = f", {meeting.place}" if meeting.place else ""
    return f"{day}, {at_time(meeting.starts_at)} to {at_time(meeting.ends_at)}{place}"


def _who(meeting: Meeting) -> Section:
    there = [str(one.position) for one in meeting.attendances.filter(was_there=True)]
    away = [str(one.position) for one in meeting.attendances.filter(was_there=False)]
    words = [f"Present: {'; '.join(there)}."] if there else []
    words += [f"Not present: {'; '.join(away)}."] if away else []
    return Section("Who was there", tuple(Paragraph(text) for text in words))


def _worked(item: AgendaItem) -> Section:
    return Section(item.title, tuple(_blocks(item)))


def _blocks(item: AgendaItem) -> Iterator[Paragraph | Bullets | Table]:
    if item.decision:
        because = f" {item.because}" if item.because else ""
        yield Paragraph(f"Decision: {Decision(item.decision).label.lower()}.{because}", "lead")
    if item.evidence:
        yield Paragraph(" ".join(str(sentence) for _, sentence in item.evidence.said["sentences"]))
        releases = list_words(
            [f"release {one['number']} of {one['district']}" for one in item.evidence.releases]
        )
        yield Paragraph(f"Evidence {short_hash(item.evidence.hash)}, from {releases}.")
    if item.notes:
        yield Paragraph(item.notes)
    actions = [
        f"{action.get_horizon_display()}: {_action(action)}" for action in item.actions.all()
    ]
    if actions:
        yield Bullets(tuple(actions))


def _others(items: list[AgendaItem]) -> Section:
    rows = tuple((item.title, item.strand, _settled(item)) for item in items)
    if not rows:
        return Section("Every other indicator", ())
    table = Table(
        caption=f"{count_words(len(rows), 'indicator', 'indicators').capitalize()}, settled "
        "without discussion",
        header=("Indicator", "Strand", "Settled as"),
        rows=rows,
        widths=(40, 30, 30),
    )
    return Section("Every other indicator", (table,))


def _settled(item: AgendaItem) -> str:
    match item.outcome:
        case Outcome.UNCHANGED:
            return f"unchanged since {day_words(item.since)}" if item.since else "unchanged"
        case Outcome.NOT_DISCUSSED if item.put_off_to:
            return f"not discussed, to {day_words(item.put_off_to)}"
        case Outcome.NOT_DISCUSSED:
            return "not discussed, to the next meeting"
        case _:
            return "not settled"


def _actions(meeting: Meeting) -> Section:
    rows = tuple(
        (
            action.title,
            action.get_horizon_display(),
            "\n".join(str(owner) for owner in action.owners.all()),
            day_words(action.due),
        )
        for action in actions_of(meeting)
    )
    if not rows:
        return Section("Actions", ())
    header = ("Action", "Horizon", "Owners", "Due")
    return Section(
        "Actions", (Table("What follows from this meeting", header, rows, (38, 14, 30, 18)),)
    )


def _action(action: Action) -> str:
    owners = list_words([str(owner) for owner in action.owners.all()])
    return f"{action.title} ({owners}; due {day_words(action.due)})"


def _next(meeting: Meeting) -> Section:
    after = following(meeting)
    if after is None:
        return Section("Next", ())
    day = day_words(timezone.localtime(after.starts_at).date())
    return Section("Next", (Paragraph(f"{after.title}, {day}."),))
