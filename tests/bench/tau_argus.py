"""τ-Argus on a plain table of two dimensions: its optimal suppression, and its own audit of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pytauargus import protect

from bench.instances import Instance

_SAFETY_RANGE = 30


@dataclass(frozen=True)
class Pattern:
    """How many cells it hides beside the primary ones, how much they count, and its own audit."""

    beside: int
    cost: int
    under_protected: int


def suppressed_by_tau_argus(instance: Instance, rows: Sequence[dict[str, str]]) -> Pattern:
    """Its pattern for an instance without hierarchies, given one respondent a count."""
    names = [columns[0] for columns in instance.levels]
    people: dict[str, list[object]] = {name: [] for name in (*names, "one")}
    for row in rows:
        for _ in range(int(row[instance.count])):
            for name in names:
                people[name].append(row[name])
            people["one"].append(1.0)
    result = protect(
        people,
        names,
        response="one",
        safety_rules=f"FREQ({instance.threshold + 1},{_SAFETY_RANGE})",
        suppress="OPT(1)",
    )
    audited = result.engine.audit(0)
    beside = [cell for cell in audited if cell["value"] > instance.threshold]
    return Pattern(
        beside=len(beside),
        cost=int(sum(cell["value"] for cell in beside)),
        under_protected=sum(bool(cell["unsafe"]) for cell in audited),
    )
