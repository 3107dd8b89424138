"""What a release says: in turn, by the listed definitions, within the plan, and consistent."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from accord.base.periods import SchoolYear
from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.charter.amending import in_force_for
from accord.charter.plan import Plan
from accord.exchange.checks.case import Case, Check
from accord.exchange.custody import moment_words
from accord.exchange.statements import BY_ANOTHER_WAY, Reason


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
            BY_ANOTHER_WAY,
        )
    elif before.signed is not None and case.signed < before.signed:
        yield (
            f"This release was signed on {moment_words(case.signed)}, before the one that it "
            f"follows ({moment_words(before.signed)}).",
            BY_ANOTHER_WAY,
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
            yield f"Some cells have another {name} than the manifest states.", BY_ANOTHER_WAY
    hashes = {reference: used.hash for reference, used in manifest.definitions.items()}
    keys = ("indicator", "definition_version", "definition_hash")
    for indicator, version, hash_ in _distinct(table, keys):
        if hashes.get(f"{indicator}@{version}") != hash_:
            yield (
                f"Some cells of {indicator} name another definition than the manifest.",
                BY_ANOTHER_WAY,
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
            BY_ANOTHER_WAY,
        )


def _within_the_rules(case: Case) -> Iterator[Reason]:
    """No published number is about fewer students, or fewer outcomes, than the charter's rules."""
    if case.charter is None:
        return
    rules, known = case.charter.disclosure, case.catalogue.definitions
    names = ("indicator", "definition_version", "numerator", "denominator")
    published = case.release.table.where(state=State.PUBLISHED.value)
    broken: set[str] = set()
    for indicator, version, numerator, denominator in _distinct(published, names):
        reference = f"{indicator}@{version}"
        is_rate = reference in known and known[reference].is_rate
        few = denominator < rules.minimum
        extreme = is_rate and min(numerator, denominator - numerator) < rules.threshold
        if few or extreme:
            broken.add(reference)
    for reference in sorted(broken):
        yield (
            f"Some numbers of {reference} are about fewer students than the charter lets leave.",
            "Delete it, and tell the district at once: its gate has let a small number out.",
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


CONTENT: tuple[Check, ...] = (
    _in_turn,
    _definitions_listed,
    _cells_agree,
    _within_the_plan,
    _within_the_rules,
    _values_follow,
)
