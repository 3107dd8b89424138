"""The note for parents and boards, on one page: what leaves a district, and what never does.

It says what the memorandum says about publication, in fewer and plainer words, and nothing that the
charter does not say.
"""

from __future__ import annotations

from collections.abc import Iterator

from accord.base.canonical import short_hash
from accord.base.words import count_words, list_words
from accord.charter.document.parts import Bullets, Memorandum, Paragraph, Section, Table
from accord.charter.known import CatalogueIndex
from accord.charter.model import Charter, Disclosure, Publication
from accord.charter.plan import Plan
from accord.charter.sign import SignedCharter
from accord.charter.values import EVERY
from accord.charter.words import title_words

_EXAMPLES = 3
"""How many measures, each of another strand, are named; the memorandum names them all."""
_AUDIENCES = {"partners": "The partner districts", "public": "The public"}
_LEVELS = {"district": "The district as a whole", "school": "Each school"}
_VALUES = {
    "partners": "Exact numbers, where they are safe to show",
    "public": "Ranges, wherever a group is small",
}


def note(signed: SignedCharter, known: CatalogueIndex) -> Memorandum:
    """The note of a charter that has been checked against `known`."""
    charter = signed.charter
    return Memorandum(
        kicker=charter.partnership.name,
        title="What leaves our district, and what never does",
        subtitle="For families, school boards and everybody who asks",
        notice=signed.state if signed.in_force else f"Draft. {signed.state}",
        is_draft=not signed.in_force,
        sections=(
            Section("What this is about", (Paragraph(_about(charter, known)),)),
            _leaves(charter),
            Section("What never leaves", (Bullets(tuple(_never(charter))),)),
            Section("How it is kept safe", (Bullets(tuple(_safe(charter))),)),
            Section("Questions", (Paragraph(_questions(charter)),)),
        ),
        signing="",
        signatures=(),
        hash=charter.hash,
        short_hash=short_hash(charter.hash),
        form="note",
    )


def _about(charter: Charter, known: CatalogueIndex) -> str:
    names = list_words([party.name for party in charter.parties])
    firsts = {entry.strand: entry.id for entry in reversed(charter.indicators)}
    examples = [firsts[strand.id] for strand in charter.strands if strand.id in firsts]
    some = [f"“{title_words(charter, known, each)}”" for each in examples[:_EXAMPLES]]
    measures = count_words(len(charter.indicator_ids), "measure", "measures")
    return (
        f"{names} work together for their students. To learn from each other they compare "
        f"{measures}, such as {list_words(some)}. Each district works these out by "
        "itself, from its own records, which stay where they are."
    )


def _leaves(charter: Charter) -> Section:
    if not charter.publication:
        return Section("What leaves", (Paragraph("Nothing leaves a district."),))
    return Section(
        "What leaves",
        (
            Paragraph("Numbers about groups of students, and nothing that is not in this table:"),
            Table(
                caption="Who may see what",
                header=("Who may see it", "About", "Groups and grades", "As"),
                rows=tuple(_row(charter, entry) for entry in charter.publication),
                widths=(20, 22, 34, 24),
            ),
        ),
    )


def _row(charter: Charter, entry: Publication) -> tuple[str, str, str, str]:
    groups = len(charter.group_ids if entry.groups == EVERY else entry.groups)
    indicators = len(charter.indicator_ids if entry.indicators == EVERY else entry.indicators)
    grades = "each grade" if entry.grades == "each" else "all grades together"
    return (
        _AUDIENCES[entry.audience],
        _LEVELS[entry.level],
        f"{count_words(groups, 'group', 'groups').capitalize()} of students, {grades}, "
        f"{count_words(indicators, 'measure', 'measures')}",
        _VALUES[entry.audience],
    )


def _never(charter: Charter) -> Iterator[str]:
    rules: Disclosure = charter.disclosure
    few = count_words(rules.threshold, "student", "students")
    yield "A student’s name, number, score, day of absence or any other record"
    yield f"A value about fewer than {count_words(rules.minimum, 'student', 'students')}"
    yield f"A rate of which fewer than {few} are part, or fewer than {few} are not"
    yield "A value from which a hidden one could be worked out, from all that was ever published"
    if not any(Plan(charter).crossings(audience, "school") for audience in _AUDIENCES):
        yield "A value about a single school"
    yield "A value about a teacher, a principal or any other adult"


def _safe(charter: Charter) -> Iterator[str]:
    years = count_words(charter.retention.records_years, "year", "years")
    yield (
        "Before anything leaves, every value that could point at a child is hidden, and enough "
        "others that nobody can work it out. Hidden is shown as hidden, never as zero."
    )
    yield "Two people of the district check and sign what leaves. Neither can do it alone."
    yield (
        "Every district keeps a list of all that ever left, and its partners sign for what they "
        "receive. Nothing can be taken out of it or changed without being noticed."
    )
    yield f"The records behind the measures are kept for {years}, inside the district."


def _questions(charter: Charter) -> str:
    who = "; ".join(
        party.signatory if party.name in party.signatory else f"{party.signatory}, {party.name}"
        for party in charter.parties
    )
    return (
        f"You can ask: {who}. The whole agreement is the memorandum of understanding whose number "
        f"begins with {short_hash(charter.hash)}."
    )
