"""Student groups, what may leave about them, and how small ones are protected."""

from __future__ import annotations

from accord.base.documents import Place
from accord.charter.checks.findings import Findings, suggestion
from accord.charter.known import CatalogueIndex
from accord.charter.model import Charter, Intersection, Publication
from accord.charter.values import EVERY, id_of

_LEAST_MINIMUM = 5
"""Below it a percentage all but names its students; no practice in use hides fewer than five."""


def check_groups(charter: Charter, findings: Findings, known: CatalogueIndex) -> None:
    """Groups are the catalogue's; intersections are made of two or more of them."""
    groups = list(known.groups)
    for index, group in enumerate(charter.groups):
        if group not in known.groups:
            findings.add(
                ("groups", index),
                f"There is no group “{group}” in the catalogue.",
                suggestion(group, groups),
            )
    if EVERY not in charter.groups:
        findings.add(
            ("groups",), "The group of all students is not listed.", "Add all to the groups."
        )
    listed: list[tuple[Place, str]] = [
        (("groups", index), group) for index, group in enumerate(charter.groups)
    ]
    crossings: list[tuple[Place, str]] = [
        (("intersections", index, "id"), crossing.id)
        for index, crossing in enumerate(charter.intersections)
    ]
    findings.need_different("group", [*listed, *crossings])
    for index, crossing in enumerate(charter.intersections):
        _check_intersection(crossing, ("intersections", index), findings, known)
    findings.need_different(
        "intersection",
        [
            (("intersections", index, "of"), " ".join(sorted(set(crossing.of))))
            for index, crossing in enumerate(charter.intersections)
        ],
    )


def _check_intersection(
    crossing: Intersection, place: Place, findings: Findings, known: CatalogueIndex
) -> None:
    if crossing.id in known.groups:
        findings.add(
            (*place, "id"),
            f"“{crossing.id}” is a group of the catalogue already.",
            "Give the intersection an id of its own.",
        )
    if len(set(crossing.of) - {EVERY}) < 2:
        findings.add(
            (*place, "of"),
            "An intersection is made of two groups or more.",
            "Name at least two different groups other than all.",
        )
    taken: dict[str, str] = {}
    for index, part in enumerate(crossing.of):
        if part not in known.groups:
            findings.add(
                (*place, "of", index),
                f"There is no group “{part}” in the catalogue.",
                suggestion(part, list(known.groups)),
            )
            continue
        partition = known.groups[part].partition
        if partition is not None and partition in taken:
            findings.add(
                (*place, "of", index),
                f"No student is both in “{taken[partition]}” and in “{part}”.",
                "Take one of the two out.",
            )
        elif partition is not None:
            taken[partition] = part


def check_publication(charter: Charter, findings: Findings) -> None:
    """The publication plan names groups and indicators that the charter has."""
    findings.need_different(
        "entry of the publication plan",
        [
            (("publication", index), entry.model_dump_json())
            for index, entry in enumerate(charter.publication)
        ],
    )
    for index, entry in enumerate(charter.publication):
        place: Place = ("publication", index)
        _check_selection(entry, "groups", charter.group_ids, place, findings)
        _check_selection(entry, "indicators", charter.indicator_ids, place, findings)


def _check_selection(
    entry: Publication,
    field: str,
    choices: tuple[str, ...],
    place: Place,
    findings: Findings,
) -> None:
    selection = getattr(entry, field)
    if selection == EVERY:
        return
    for index, value in enumerate(selection):
        here = (*place, field, index)
        if "@" in value and id_of(value) in choices:
            findings.add(
                here,
                f"“{value}” names a version, and the plan speaks of every version in use.",
                f"Write {id_of(value)}.",
            )
        else:
            findings.need_known(here, field.removesuffix("s"), value, choices)
    findings.need_different(
        field.removesuffix("s"),
        [((*place, field, index), value) for index, value in enumerate(selection)],
    )


def check_disclosure(charter: Charter, findings: Findings) -> None:
    """Rules that protect: not too small, and not so large that they contradict one another."""
    rules = charter.disclosure
    if rules.minimum < _LEAST_MINIMUM:
        findings.add(
            ("disclosure", "minimum"),
            f"Groups of {rules.minimum} students would be shown, which would expose them.",
            f"Choose {_LEAST_MINIMUM} or more; 11 is usual in California.",
        )
    if rules.threshold < 1:
        findings.add(
            ("disclosure", "threshold"),
            "With a threshold of 0, a rate may say that nobody, or everybody, is in question.",
            "Choose 1 or more; 3 is usual.",
        )
    if 2 * rules.threshold > rules.minimum:
        findings.add(
            ("disclosure", "threshold"),
            f"With a threshold of {rules.threshold}, a group of the minimum of {rules.minimum} "
            "could never be shown.",
            "Lower the threshold to half of the minimum or less, or raise the minimum.",
        )
    if not rules.prefer or len(set(rules.prefer)) < len(rules.prefer):
        findings.add(
            ("disclosure", "prefer"),
            "This is the order in which levels give way, each named once.",
            "Write [school, district] or [district, school].",
        )
