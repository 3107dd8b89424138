"""Whether a target asks for something that the charter measures, in years when it measures it."""

from __future__ import annotations

from decimal import Decimal

from accord.base.documents import Place
from accord.base.periods import SchoolYear
from accord.charter.checks.findings import Findings
from accord.charter.known import CatalogueIndex, KnownDefinition
from accord.charter.model import Charter, CharterTarget
from accord.charter.plan import Plan
from accord.charter.rules import DistanceShare, HalveGap, LaggingStep, Level, YearlyStep
from accord.charter.values import EVERY


def check_targets(charter: Charter, findings: Findings, known: CatalogueIndex) -> None:
    """Targets name what the charter has, go the right way, and lie within its years."""
    references = known.references()
    districts = [EVERY, *(party.id for party in charter.parties)]
    plan = Plan(charter)
    for index, target in enumerate(charter.targets):
        place: Place = ("targets", index)
        findings.need_known((*place, "district"), "district", target.district, districts)
        has_group = findings.need_known((*place, "group"), "group", target.group, charter.group_ids)
        has_indicator = findings.need_known(
            (*place, "indicator"), "indicator", target.indicator, charter.indicator_ids
        )
        _check_reference_group(charter, target, place, findings)
        if not has_indicator:
            continue
        _check_years(charter, target, place, findings)
        reference = charter.newest(target.indicator).definition
        if reference in references:
            definition = known.definition(reference)
            _check_direction(target, definition, place, findings)
            _check_range(target, definition, place, findings)
        if has_group and not plan.reaches_partners(target.indicator, target.group):
            findings.add(
                place,
                f"“{target.indicator}” of “{target.group}” never leaves a district, so partners "
                "could not follow this target.",
                "Add it to the publication plan for partners at district level.",
            )
    findings.need_different(
        "target",
        [
            (("targets", index), f"{target.indicator} {target.group} {target.district}")
            for index, target in enumerate(charter.targets)
        ],
    )


def _check_reference_group(
    charter: Charter, target: CharterTarget, place: Place, findings: Findings
) -> None:
    if not isinstance(target.rule, HalveGap):
        return
    here = (*place, "rule", "reference")
    findings.need_known(here, "group", target.rule.reference, charter.group_ids)
    if target.rule.reference == target.group:
        findings.add(
            here, "A group has no gap to itself.", "Name the group that it is compared with."
        )


def _check_years(charter: Charter, target: CharterTarget, place: Place, findings: Findings) -> None:
    rule = target.rule
    entry = charter.newest(target.indicator)
    if rule.baseline is not None and not entry.covers(rule.baseline):
        findings.add(
            (*place, "rule", "baseline"),
            f"There is no baseline: {entry.definition} is in use from {entry.first} on, and this "
            f"target counts from {rule.baseline}.",
            "Choose a year in which that definition is in use.",
        )
    if not isinstance(rule, Level | HalveGap):
        return
    ends = SchoolYear.of(charter.partnership.term.end)
    if rule.by > ends:
        findings.add(
            (*place, "rule", "by"),
            f"The target is due in {rule.by}, after the term has ended.",
            f"Choose {ends} or an earlier year, or lengthen the term.",
        )
    elif not entry.covers(rule.by):
        findings.add(
            (*place, "rule", "by"),
            f"The target is due in {rule.by}, when {entry.definition} is not in use.",
            "Choose a year in which it is.",
        )


def _check_direction(
    target: CharterTarget, definition: KnownDefinition, place: Place, findings: Findings
) -> None:
    rule = target.rule
    if not isinstance(rule, YearlyStep | LaggingStep):
        return
    if (rule.step < 0) == (definition.direction == "lower"):
        return
    sign = "below" if definition.direction == "lower" else "above"
    findings.add(
        (*place, "rule", "step"),
        f"This step makes “{target.indicator}” worse: {definition.direction} is better.",
        f"Write a step {sign} zero.",
    )


def _check_range(
    target: CharterTarget, definition: KnownDefinition, place: Place, findings: Findings
) -> None:
    if definition.unit != "percent":
        return
    rule = target.rule
    levels: dict[str, Decimal | None] = {}
    match rule:
        case Level():
            levels["value"] = rule.value
        case YearlyStep() | LaggingStep():
            levels["limit"] = rule.limit
        case DistanceShare():
            levels["level"] = rule.level
    for field, value in levels.items():
        if value is not None and not 0 <= value <= 100:
            findings.add(
                (*place, "rule", field),
                f"“{target.indicator}” is a percentage and can't be {value}.",
                "Choose a number from 0 to 100.",
            )
