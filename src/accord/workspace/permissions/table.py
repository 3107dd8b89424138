"""What each role may see and do: one table, read by the rules and by nothing else.

A role that is not in a row may not. Board members read only: boards must not deliberate by a tool,
one member after the other (Government Code 54952.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility

_LEADERS = frozenset({Role.SUPERINTENDENT, Role.LEAD})
_STAFF = _LEADERS | {Role.STRAND_LEAD, Role.ANALYST, Role.PRINCIPAL}
_RUNNING = _LEADERS | {Role.STRAND_LEAD, Role.FACILITATOR}
_WORKING = _STAFF | {Role.FACILITATOR}
_PARTNERS = _WORKING | {Role.BOARD}
EVERYBODY = frozenset(Role)

READS: Mapping[Visibility, frozenset[Role]] = {
    Visibility.DISTRICT: _STAFF,
    Visibility.PARTNERS: _PARTNERS,
    Visibility.PUBLIC: EVERYBODY,
}
"""Which roles see the things of each width; those of a district only in their own."""


class Reach(Enum):
    """Which of the things that somebody sees an act may be done to."""

    SEEN = "all of them"
    OWN = "those of their own district, and those they wrote"
    WRITTEN = "those they wrote"
    NAMED = "those on which they are named"


@dataclass(frozen=True)
class Act:
    """Something that can be done: by which roles, and to which of the things that they see.

    `public` opens it to people who have not signed in, where the partnership has public pages.
    """

    roles: frozenset[Role]
    reach: Reach = Reach.SEEN
    public: bool = False


ACTS: Mapping[str, Act] = {
    "home.see": Act(EVERYBODY),
    "front.see": Act(EVERYBODY, public=True),
    "search.see": Act(EVERYBODY),
    "figures.see": Act(EVERYBODY, public=True),
    "charter.see": Act(EVERYBODY, public=True),
    "letters.see": Act(_PARTNERS),
    "letters.write": Act(_LEADERS, Reach.OWN),
    "letters.agree": Act(frozenset({Role.SUPERINTENDENT})),
    "conditions.see": Act(_PARTNERS),
    "conditions.write": Act(_LEADERS, Reach.OWN),
    "people.see": Act(_PARTNERS),
    "people.invite": Act(_LEADERS, Reach.OWN),
    "people.change": Act(_LEADERS, Reach.OWN),
    "releases.see": Act(_PARTNERS),
    "releases.receive": Act(_LEADERS | {Role.ANALYST}, Reach.OWN),
    "releases.share": Act(_LEADERS, Reach.OWN),
    "meetings.see": Act(EVERYBODY, public=True),
    "meetings.run": Act(_RUNNING),
    "meetings.share": Act(_RUNNING, Reach.WRITTEN),
    "actions.see": Act(_PARTNERS),
    "actions.write": Act(_WORKING),
    "notes.see": Act(EVERYBODY),
    "notes.write": Act(_WORKING, Reach.WRITTEN),
    "inquiries.see": Act(EVERYBODY),
    "inquiries.write": Act(_WORKING),
    "inquiries.share": Act(_WORKING, Reach.WRITTEN),
    "strands.see": Act(EVERYBODY, public=True),
    "work.see": Act(EVERYBODY),
    "work.write": Act(_WORKING),
    "work.share": Act(_WORKING, Reach.WRITTEN),
    "plans.see": Act(_PARTNERS),
    "plans.write": Act(_STAFF, Reach.OWN),
    "commitments.see": Act(_PARTNERS),
    "commitments.write": Act(_LEADERS, Reach.OWN),
    "library.see": Act(EVERYBODY),
    "library.write": Act(_WORKING),
    "library.share": Act(_WORKING, Reach.WRITTEN),
    "library.stand": Act(_LEADERS | {Role.STRAND_LEAD}),
    "timeline.see": Act(EVERYBODY),
    "quotations.see": Act(EVERYBODY),
    "quotations.write": Act(_WORKING),
    "quotations.answer": Act(EVERYBODY, Reach.NAMED),
    "calendar.see": Act(EVERYBODY),
    "editions.see": Act(_PARTNERS),
    "editions.write": Act(_LEADERS | {Role.STRAND_LEAD, Role.ANALYST}),
    "editions.ask": Act(_LEADERS | {Role.STRAND_LEAD, Role.ANALYST}, Reach.WRITTEN),
    "editions.answer": Act(_LEADERS),
    "keeping.see": Act(_PARTNERS),
    "keeping.unlock": Act(_STAFF),
    "keeping.key": Act(_LEADERS, Reach.OWN),
    "keeping.hold": Act(_LEADERS, Reach.OWN),
    "keeping.take": Act(_STAFF),
    "keeping.leave": Act(frozenset({Role.SUPERINTENDENT}), Reach.OWN),
    "tokens.see": Act(_WORKING),
    "tokens.make": Act(_WORKING),
    "trail.see": Act(_LEADERS | {Role.FACILITATOR}),
}
