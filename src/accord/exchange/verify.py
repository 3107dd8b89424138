"""Whether a release that arrived may be believed: every check, and each refusal with its reason.

Opening a release (`release.open_release`) has already shown that its parts are those its manifest
names. Here it is held against what the receiver knows: the charter that all parties signed, the
definitions of this installation, and what was received before. A release is believed only when
nothing at all speaks against it; everything that does is told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from accord.base.canonical import short_hash
from accord.base.errors import Problem, RefusedError
from accord.base.periods import SchoolYear
from accord.base.signing import signers_of
from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.charter.amending import in_force_for
from accord.charter.model import Charter, Party
from accord.charter.plan import Plan
from accord.charter.sign import SignedCharter
from accord.exchange.release import PAYLOAD_TYPE, Release
from accord.indicators.catalogue import Catalogue

_BY_ANOTHER_WAY = "Don't use it. Ask the district by another way, such as the telephone."


@dataclass(frozen=True)
class Received:
    """The newest release received from a district for an audience: its number and its id."""

    number: int
    id: str


@dataclass(frozen=True)
class Case:
    """A release before its judge: what it is, and all that is known to hold it against."""

    release: Release
    charters: Sequence[SignedCharter]
    catalogue: Catalogue
    before: Received | None

    @property
    def charter(self) -> Charter | None:
        """The charter that the release names, if it is known here."""
        wanted = self.release.manifest.charter
        return next((one.charter for one in self.charters if one.charter.hash == wanted), None)

    @property
    def party(self) -> Party | None:
        charter = self.charter
        return charter.party(self.release.manifest.district) if charter else None


Reason = tuple[str, str]


def verify(
    release: Release,
    charters: Sequence[SignedCharter],
    catalogue: Catalogue,
    before: Received | None = None,
    *,
    file: Path,
) -> None:
    """Believe `release`, or raise `RefusedError` with every reason not to.

    `charters` are those known to the receiver, amendments among them; `before` is the newest
    release received from the same district for the same audience.
    """
    case = Case(release, charters, catalogue, before)
    for round_of_checks in (_WHO, _WHAT):
        reasons = [reason for check in round_of_checks for reason in check(case)]
        if reasons:
            raise RefusedError(*(Problem(what, remedy, file=str(file)) for what, remedy in reasons))


def _charter_known(case: Case) -> Iterator[Reason]:
    if case.charter is None:
        yield (
            "This release was made under another charter "
            f"({short_hash(case.release.manifest.charter)}).",
            "Check that you hold the charter, or the amendment, that the partners signed.",
        )


def _charter_in_force(case: Case) -> Iterator[Reason]:
    for signed in case.charters:
        if signed.charter is case.charter and not signed.in_force:
            yield (
                f"The charter is not in force. {signed.state}",
                "Nothing may be released under it until every party has signed.",
            )


def _from_a_party(case: Case) -> Iterator[Reason]:
    manifest, charter = case.release.manifest, case.charter
    if charter is None:
        return
    if manifest.partnership != charter.partnership.id:
        yield "This release belongs to another partnership.", _BY_ANOTHER_WAY
    if case.party is None:
        yield "The district of this release is not a party to the charter.", _BY_ANOTHER_WAY


def _signed_by_it(case: Case) -> Iterator[Reason]:
    if case.party is None:
        return
    if not signers_of(case.release.envelope, PAYLOAD_TYPE, [case.party.key]):
        yield (
            f"This release is not signed by {case.party.name}: the key is a stranger's.",
            _BY_ANOTHER_WAY,
        )


def _in_turn(case: Case) -> Iterator[Reason]:
    manifest, before = case.release.manifest, case.before
    if before is None:
        return
    if case.release.id == before.id or manifest.number <= before.number:
        yield (
            f"This is release {manifest.number}, and release {before.number} was received already: "
            "it is a replay.",
            "Use the newer one. Nothing was changed here.",
        )
    elif manifest.number > before.number + 1:
        yield (
            f"This is release {manifest.number}, but the last one received was {before.number}.",
            f"Ask for release {before.number + 1} and receive it first.",
        )
    elif manifest.follows != before.id:
        yield (
            "This release does not follow the one received before it: "
            "the sender's history differs.",
            _BY_ANOTHER_WAY,
        )


def _definitions_listed(case: Case) -> Iterator[Reason]:
    known = case.catalogue.references()
    for reference, used in case.release.manifest.definitions.items():
        if reference not in known:
            yield (
                f"The definition {reference} is not in the catalogue of this installation.",
                "Update accord, or take this definition into your catalogue first.",
            )
        elif known[reference] != used.hash:
            yield (
                f"The definition {reference} means something else here: the hashes differ.",
                "Compare the two with the district before you use either's figures.",
            )
    for period, references in _used(case.release.table).items():
        governing = in_force_for(case.charters, SchoolYear.parse(period))
        listed = governing.charter.references(SchoolYear.parse(period)) if governing else ()
        for reference in references:
            if reference not in listed:
                yield (
                    f"The charter in force for {period} does not list {reference}.",
                    "Ask the district to release the version that the charter lists.",
                )


def _cells_agree(case: Case) -> Iterator[Reason]:
    manifest, table = case.release.manifest, case.release.table
    for name, stated in (
        ("partnership", {manifest.partnership}),
        ("district", {manifest.district}),
        ("as_of", {manifest.as_of}),
        ("data_status", {manifest.data_status}),
        ("period", set(manifest.periods)),
        ("group", set(manifest.groups)),
    ):
        if not set(table.distinct(name)) <= stated:
            yield f"Some cells have another {name} than the manifest states.", _BY_ANOTHER_WAY
    hashes = {reference: used.hash for reference, used in manifest.definitions.items()}
    keys = ("indicator", "definition_version", "definition_hash")
    for indicator, version, hash_ in _distinct(table, keys):
        if hashes.get(f"{indicator}@{version}") != hash_:
            yield (
                f"Some cells of {indicator} name another definition than the manifest.",
                _BY_ANOTHER_WAY,
            )


def _within_the_plan(case: Case) -> Iterator[Reason]:
    if case.charter is None:
        return
    plan, audience = Plan(case.charter), case.release.manifest.audience
    outside: set[Reason] = set()
    crossings = {
        (indicator, "school" if school else "district", group, grade, period)
        for indicator, school, group, grade, period in _distinct(
            case.release.table, ("indicator", "school", "group", "grade", "period")
        )
    }
    for indicator, level, group, grade, period in crossings:
        allowed = plan.allows(
            audience=audience,
            level=level,
            indicator=indicator,
            group=group,
            grade=grade,
            period=SchoolYear.parse(period),
        )
        if not allowed:
            outside.add(
                (
                    f"The charter does not let {indicator} leave for {audience} "
                    f"at {level} level by these groups and grades.",
                    "Don't use it. Tell the district: its release holds more than was agreed.",
                )
            )
    yield from sorted(outside)


def _values_follow(case: Case) -> Iterator[Reason]:
    """Each published value is what its numerator and denominator make of it."""
    names = ("indicator", "definition_version", "numerator", "denominator", "value")
    published = case.release.table.where(state=State.PUBLISHED.value)
    known = case.catalogue.definitions
    wrong: set[str] = set()
    for indicator, version, numerator, denominator, value in _distinct(published, names):
        reference = f"{indicator}@{version}"
        if reference in wrong or reference not in known:
            continue
        exact = known[reference].value_from(Fraction(numerator), Fraction(denominator))
        if exact is None or known[reference].rounded(exact) != value:
            wrong.add(reference)
    for reference in sorted(wrong):
        yield (
            f"Some values of {reference} are not what their numerator and denominator make.",
            _BY_ANOTHER_WAY,
        )


def _used(table: CellTable) -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    for period, indicator, version in _distinct(
        table, ("period", "indicator", "definition_version")
    ):
        used.setdefault(period, []).append(f"{indicator}@{version}")
    return used


def _distinct(table: CellTable, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The different combinations of some columns."""
    rows = table.columns.group_by(list(names)).aggregate([])
    yield from zip(*(rows[name].to_pylist() for name in names), strict=True)


# What a stranger's file says is not worth reading: the second round comes after the first is clean.
Check = Callable[[Case], Iterator[Reason]]
_WHO: tuple[Check, ...] = (_charter_known, _charter_in_force, _from_a_party, _signed_by_it)
_WHAT: tuple[Check, ...] = (
    _in_turn,
    _definitions_listed,
    _cells_agree,
    _within_the_plan,
    _values_follow,
)
