"""Why a line is not among the records: `reasons.yaml` as typed data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

from accord.base.documents import Written, read_document
from accord.station.records.model import record_model


class Reason(Written):
    """One reason, its outcome, the two sentences a clerk reads, and codes that clerks may know."""

    id: str
    outcome: Literal["quarantined", "set_aside", "kept"]
    what: str
    remedy: str
    calpads: tuple[str, ...] = ()


class _Reasons(Written):
    reasons: tuple[Reason, ...]


@cache
def reasons() -> Mapping[str, Reason]:
    """Every reason by its id."""
    with as_file(files(__package__) / "reasons.yaml") as path:
        document, _ = read_document(path, _Reasons)
    return {reason.id: reason for reason in document.reasons}


def sentences(reason: str) -> tuple[str, str]:
    """What is wrong and how to mend it, for an id of `reasons.yaml` or a ``table.rule``."""
    table, _, name = reason.partition(".")
    rules = record_model().table(table).rules if name else ()
    said = next((rule for rule in rules if rule.name == name), None) or reasons()[reason]
    return said.what, said.remedy


def known_codes(reason: str) -> str:
    """The CALPADS codes that say the same as a reason, if any do."""
    said = reasons().get(reason)
    return ", ".join(said.calpads) if said else ""
