"""What the districts want together: goals that serve each one's plan, strategies, dated strands."""

from __future__ import annotations

from accord.base.documents import Place
from accord.charter.checks.findings import Findings
from accord.charter.model import Charter, Strand


def check_aims(charter: Charter, findings: Findings) -> None:
    """Goals, strategies and strands: ids of their own, references that lead somewhere."""
    for field in ("goals", "strategies", "strands"):
        entries = getattr(charter, field)
        places: list[tuple[Place, str]] = [
            ((field, index, "id"), entry.id) for index, entry in enumerate(entries)
        ]
        findings.need_different("id", places)
    for field, noun in (("goals", "goal"), ("strands", "strand")):
        if not getattr(charter, field):
            findings.add((field,), f"There is no {noun}.", "Name at least one.")
    _check_alignment(charter, findings)
    goals = [goal.id for goal in charter.goals]
    for index, strategy in enumerate(charter.strategies):
        if not strategy.goals:
            findings.add(
                ("strategies", index, "goals"),
                f"The strategy “{strategy.id}” serves no goal.",
                "Name at least one.",
            )
        for number, goal in enumerate(strategy.goals):
            findings.need_known(("strategies", index, "goals", number), "goal", goal, goals)
    for index, strand in enumerate(charter.strands):
        _check_dates(charter, strand, ("strands", index), findings)


def _check_alignment(charter: Charter, findings: Findings) -> None:
    districts = [party.id for party in charter.parties]
    for index, goal in enumerate(charter.goals):
        place: Place = ("goals", index, "aligned")
        for district in goal.aligned:
            findings.need_known((*place, district), "district", district, districts)
        for party in charter.parties:
            if party.id not in goal.aligned:
                findings.add(
                    place,
                    f"The goal “{goal.id}” is not aligned to the plan of {party.short}.",
                    f'Add "{party.id}": and the goal of {party.plan} that it serves.',
                )


def _check_dates(charter: Charter, strand: Strand, place: Place, findings: Findings) -> None:
    partnership = charter.partnership
    if strand.start < partnership.founded:
        findings.add(
            (*place, "from"),
            f"The strand begins on {strand.start}, before the partnership was founded.",
            f"Choose {partnership.founded} or a later day.",
        )
    if strand.start > partnership.term.end:
        findings.add(
            (*place, "from"),
            f"The strand begins on {strand.start}, after the term has ended.",
            f"Choose {partnership.term.end} or an earlier day, or lengthen the term.",
        )
    if strand.end is not None and strand.end <= strand.start:
        findings.add(
            (*place, "to"),
            f"The strand ends on {strand.end}, before it begins.",
            f"Choose a day after {strand.start}, or remove it while the strand goes on.",
        )
