"""Who is bound, for how long, and by which posts: the districts, the term, the roles."""

from __future__ import annotations

import re

from accord.base.documents import Place
from accord.base.periods import SchoolYear
from accord.charter.checks.findings import Findings
from accord.charter.model import Charter
from accord.charter.values import EVERY

_PERSON = re.compile(r"(?:^|[\s,(])(?:mr|mrs|ms|mx|dr|prof)\.?\s|@", re.IGNORECASE)


def check_partnership(charter: Charter, findings: Findings) -> None:
    """Founding, term and amendment, in order of time."""
    partnership, term = charter.partnership, charter.partnership.term
    if term.end <= term.start:
        findings.add(
            ("partnership", "term", "to"),
            f"The term ends on {term.end}, before it begins.",
            f"Choose a day after {term.start}.",
        )
    if partnership.founded > term.start:
        findings.add(
            ("partnership", "founded"),
            f"The partnership is founded on {partnership.founded}, after its term begins.",
            f"Choose {term.start} or a day before it.",
        )
    if charter.amends and charter.governs_from is None:
        findings.add(
            ("amends",),
            "This charter amends another, but says not from which school year on.",
            f"Add governs_from: {SchoolYear.of(term.start)}, or the year that it is meant for.",
        )
    if charter.governs_from and not charter.amends:
        findings.add(
            ("governs_from",),
            "Only an amendment governs from a given year; a first charter governs from the start.",
            "Remove it, or add amends: and the hash of the charter that this one amends.",
        )


def check_parties(charter: Charter, findings: Findings) -> None:
    """Two districts or more, each with an id, a name and a key of its own."""
    parties = charter.parties
    if len(parties) < 2:
        findings.add(
            ("parties",),
            f"A partnership binds at least two districts, and {len(parties)} is named here.",
            "Name every district that is to sign.",
        )
    for index, party in enumerate(parties):
        if party.id.lower() == EVERY:
            findings.add(
                ("parties", index, "id"),
                "“all” stands for every district, so it can't be the id of one.",
                "Give the district another id.",
            )
    for field in ("id", "name", "short"):
        findings.need_different(
            f"district's {field}",
            [
                (("parties", index, field), str(getattr(party, field)).lower())
                for index, party in enumerate(parties)
            ],
        )
    findings.need_different(
        "key",
        [
            (("parties", index, "key"), party.key)
            for index, party in enumerate(parties)
            if party.has_key
        ],
    )


def check_titles(charter: Charter, findings: Findings) -> None:
    """Roles and leads belong to parties, and are posts rather than persons."""
    districts = [party.id for party in charter.parties]
    titles: list[tuple[Place, str]] = [
        (("parties", index, "signatory"), party.signatory)
        for index, party in enumerate(charter.parties)
    ]
    for index, role in enumerate(charter.roles):
        place: Place = ("roles", index)
        findings.need_known((*place, "district"), "district", role.district, districts)
        titles.append(((*place, "title"), role.title))
    for index, strand in enumerate(charter.strands):
        for district, title in strand.leads.items():
            place = ("strands", index, "leads", district)
            findings.need_known(place, "district", district, districts)
            titles.append((place, title))
    for place, title in titles:
        if _PERSON.search(title):
            findings.add(
                place,
                "This looks like a person, and a charter names posts.",
                "Write the job title alone: it stays true when the post changes hands.",
            )
