"""The charter as data: what two or more districts agreed, each part a frozen model.

The shape is checked here; whether the parts fit one another is the business of `checks`. Only what
is signed is in the model: the canonical form spells every default out, and its hash names the
charter everywhere else.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import Field

from accord.base.canonical import canonical_bytes, content_hash
from accord.base.documents import Written
from accord.base.periods import SchoolYear
from accord.charter.rules import Rule
from accord.charter.values import (
    EVERY,
    PENDING,
    Count,
    Day,
    DistrictId,
    Hash,
    Id,
    Key,
    Name,
    Reference,
    Selection,
    Text,
    Year,
    id_of,
)

Audience = Literal["partners", "public"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
LevelName = Literal["district", "school"]


class Term(Written):
    """How long the agreement runs."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")


class Partnership(Written):
    id: Id
    name: Name
    founded: Day
    term: Term


class Party(Written):
    """A district that is bound, once it has signed."""

    id: DistrictId
    name: Name
    short: Name
    key: Key
    plan: Name = Field(description="the title of the district's own plan that goals align to")
    signatory: Name = "Superintendent"

    @property
    def has_key(self) -> bool:
        return self.key != PENDING


class Goal(Written):
    id: Id
    text: Text
    aligned: dict[DistrictId, Text] = Field(
        description="for each district's id, the goal of its own plan that this one serves"
    )


class Strategy(Written):
    id: Id
    text: Text
    goals: tuple[Id, ...]


class Strand(Written):
    """An area of joint work with its beginning; its leads are job titles, never persons."""

    id: Id
    name: Name
    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")
    leads: dict[DistrictId, Name]


class Indicator(Written):
    """One version of a definition, in use for some school years."""

    definition: Reference
    strand: Id
    goal: Id
    first: Year = Field(alias="from")
    last: Year | None = Field(default=None, alias="to")
    hash: Hash | None = None

    @property
    def id(self) -> str:
        return id_of(self.definition)

    def covers(self, period: SchoolYear) -> bool:
        return self.first <= period and (self.last is None or period <= self.last)


class CharterTarget(Written):
    """A rule for one indicator and one group, in one district or (``all``) in each of them."""

    indicator: Id
    group: Id
    district: DistrictId
    rule: Rule


class Intersection(Written):
    """A student group made of the students who are in all of several groups."""

    id: Id
    name: Name
    of: tuple[Id, ...]


class Publication(Written):
    """Crossings that may leave a district for an audience. What no entry names stays inside."""

    audience: Audience
    level: LevelName
    groups: Selection
    grades: Literal["all", "each"]
    indicators: Selection
    periods: Literal["year"] = "year"


class Disclosure(Written):
    """How small a group may be before its values are hidden, and from whom.

    `points` is how many score points the mean of a hidden group stays open by, after so many
    `colluders` among its students have taken their own scores off.
    """

    minimum: Count = 11
    threshold: Count = 3
    colluders: Count = 2
    points: Count = 20
    prefer: tuple[LevelName, ...] = ("school", "district")


class Meetings(Written):
    """Formal meetings: how many in each school term, and who is in the chair."""

    per_term: int = Field(strict=True, ge=1, le=40)
    chair: Text | None = None
    notes: Text | None = None


class Role(Written):
    """What somebody does for the partnership, and the post that does it."""

    role: Name
    district: DistrictId
    title: Name


class Retention(Written):
    """How long a district keeps imported records and releases, in years, and what comes after."""

    records_years: int = Field(strict=True, ge=1, le=100)
    releases_years: int = Field(strict=True, ge=1, le=100)
    destruction: Text | None = None
    audit: Text | None = None


class Workspace(Written):
    """What the shared workspace keeps, and for how many days; what stays when a district leaves.

    Minutes and the trail of acts always stay: they are the record of all parties.
    """

    drafts_days: int = Field(strict=True, ge=1, le=3650)
    notes_days: int = Field(strict=True, ge=1, le=3650)
    stays: tuple[Literal["releases", "actions", "notes"], ...] = ()


class Charter(Written):
    """The memorandum of understanding as data."""

    format: Literal["charter/1"] = Field(alias="accord")
    partnership: Partnership
    amends: Hash | None = None
    governs_from: Year | None = None
    parties: tuple[Party, ...]
    goal: Text
    goals: tuple[Goal, ...]
    strategies: tuple[Strategy, ...] = ()
    strands: tuple[Strand, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[CharterTarget, ...] = ()
    groups: tuple[Id, ...]
    intersections: tuple[Intersection, ...] = ()
    publication: tuple[Publication, ...]
    disclosure: Disclosure = Disclosure()
    meetings: Meetings
    roles: tuple[Role, ...] = ()
    purpose: Text
    retention: Retention
    workspace: Workspace | None = None

    def canonical(self) -> dict[str, Any]:
        """Plain JSON with every default spelled out: what is signed.

        A charter that says nothing of a workspace keeps the hash that it was signed with before
        there were any.
        """
        left_out = {"workspace"} if self.workspace is None else None
        return self.model_dump(mode="json", by_alias=True, exclude=left_out)

    @cached_property
    def canonical_bytes(self) -> bytes:
        return canonical_bytes(self.canonical())

    @cached_property
    def hash(self) -> str:
        """``sha256:`` and 64 digits of the canonical form."""
        return content_hash(self.canonical())

    @property
    def group_ids(self) -> tuple[str, ...]:
        """Every student group that the charter names, intersections last."""
        return (*self.groups, *(crossing.id for crossing in self.intersections))

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """Each indicator once, whatever its versions, in the charter's order."""
        return tuple(self._versions)

    def party(self, district: str) -> Party | None:
        return next((party for party in self.parties if party.id == district), None)

    def indicator_for(self, indicator: str, period: SchoolYear) -> Indicator | None:
        """The version of an indicator that the charter lists for a school year."""
        versions = self._versions.get(indicator, ())
        return next((entry for entry in versions if entry.covers(period)), None)

    def newest(self, indicator: str) -> Indicator:
        """The version of an indicator that is in use from the latest year on. Raises `KeyError`."""
        return max(self._versions[indicator], key=lambda entry: entry.first)

    def references(self, period: SchoolYear) -> tuple[str, ...]:
        """The definitions, as ``id@version``, that the charter lists for a school year."""
        return tuple(entry.definition for entry in self.indicators if entry.covers(period))

    def rule_for(self, indicator: str, group: str, district: str) -> Rule | None:
        """The target's rule: the district's own if it has one, else that of all districts."""
        own, common = (indicator, group, district), (indicator, group, EVERY)
        return self._rules.get(own) or self._rules.get(common)

    @cached_property
    def _rules(self) -> dict[tuple[str, str, str], Rule]:
        return {
            (target.indicator, target.group, target.district): target.rule
            for target in self.targets
        }

    @cached_property
    def _versions(self) -> dict[str, list[Indicator]]:
        versions: dict[str, list[Indicator]] = {}
        for entry in self.indicators:
            versions.setdefault(entry.id, []).append(entry)
        return versions
