"""What a definition's own form tells a reader about the two numbers that it shows.

A release carries the canonical form of every definition. From it anybody can tell which columns are
the same sum, which students are counted among which, and between which ends a score lies. Nothing
here reads a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from accord.base.canonical import content_hash
from accord.indicators.scores import ScaledTest

Tree: TypeAlias = Any
"""A canonical expression as nested lists, see `accord.indicators.language.canonical`."""

ROLES = ("numerator", "denominator")
PERCENT = "percent"
_ONE, _ZERO = ["integer", "1"], ["integer", "0"]


@dataclass(frozen=True)
class Column:
    """One of the two numbers of a definition.

    `key` is the same for columns that are the same sum. `is_sum` says that it is added up over
    students, so that groups add up; an expression over several sums need not. `counted` has the
    conditions under which a student counts, as canonical texts; `None` where it is no count.
    """

    key: str
    is_sum: bool
    counted: frozenset[str] | None


@dataclass(frozen=True)
class Form:
    """What is told of one definition: by reference ``id@version``, its fact, unit and columns.

    `scores` are the lowest and the highest number of points that one student can have.
    """

    reference: str
    fact: str
    unit: str
    columns: Mapping[str, Column]
    scores: tuple[int, int] | None = None

    @property
    def is_rate(self) -> bool:
        """Whether the numerator is a part of the denominator."""
        return self.unit == PERCENT


def read_form(meaning: Mapping[str, Tree], tests: Mapping[str, ScaledTest]) -> Form:
    """The form of a definition whose canonical meaning is given."""
    around = {name: meaning[name] for name in ("fact", "population", "groups")}
    return Form(
        reference=f"{meaning['definition']}@{meaning['version']}",
        fact=meaning["fact"],
        unit=meaning["unit"],
        columns={role: _column(meaning[role], meaning["sums"], around) for role in ROLES},
        scores=_scores(meaning, tests),
    )


def unknown_form(reference: str, *, is_rate: bool) -> Form:
    """The form of a definition of which only its numbers are at hand."""
    columns = {role: Column(f"{reference} {role}", True, None) for role in ROLES}
    return Form(reference, reference, PERCENT if is_rate else "number", columns)


def is_part(part: Column, whole: Column) -> bool:
    """Whether everybody counted in `part` is counted in `whole`, as far as the forms tell."""
    if part.counted is None or whole.counted is None or part.key == whole.key:
        return False
    known = [json.loads(text) for text in part.counted]
    return all(_follows(json.loads(text), known) for text in whole.counted)


def _column(tree: Tree, sums: Mapping[str, Tree], around: Mapping[str, Tree]) -> Column:
    if tree[0] != "column":
        return Column(content_hash({**around, "sums": dict(sums), "term": tree}), False, None)
    term = sums[tree[1]]
    counted = None
    condition = _condition(term)
    if condition is not None:
        shared = ["fact", around["fact"], content_hash(around["groups"])]
        parts = [*_conjuncts(around["population"]), *condition, shared]
        counted = frozenset(json.dumps(part) for part in parts)
    return Column(content_hash({**around, "term": term}), True, counted)


def _condition(term: Tree) -> list[Tree] | None:
    """Under which conditions a row adds one rather than nothing; `None` for other terms."""
    if term == _ONE:
        return []
    if term[0] == "case" and term[2] == _ZERO and len(term[1]) == 1 and term[1][0][1] == _ONE:
        return list(_conjuncts(term[1][0][0]))
    return None


def _conjuncts(tree: Tree) -> Iterator[Tree]:
    if tree[0] == "and":
        yield from _conjuncts(tree[1])
        yield from _conjuncts(tree[2])
    elif tree != ["boolean", "true"]:
        yield tree


def _follows(wanted: Tree, known: list[Tree]) -> bool:
    """Whether a condition holds wherever all of the known ones do."""
    if wanted in known:
        return True
    if wanted[0] == ">=" and wanted[2][0] == "integer":
        return any(
            tree[0] == ">=" and tree[1] == wanted[1] and tree[2][0] == "integer"
            and int(tree[2][1]) >= int(wanted[2][1])
            for tree in known
        )  # fmt: skip
    if wanted[0] == "not" and wanted[1][0] == "is null":
        return any(tree[0] in (">=", "=") and tree[1] == wanted[1][1] for tree in known)
    if wanted[0] == "not" and wanted[1][0] == "and":
        return any(_is_ruled_out(part, known) for part in _conjuncts(wanted[1]))
    return False


def _is_ruled_out(tree: Tree, known: list[Tree]) -> bool:
    """Whether a column is known to have another value than the one asked for."""
    return tree[0] == "=" and any(
        other[0] == "=" and other[1] == tree[1] and other[2] != tree[2] for other in known
    )


def _scores(meaning: Mapping[str, Tree], tests: Mapping[str, ScaledTest]) -> tuple[int, int] | None:
    """The ends of the scales of every test and subject that the population names."""
    names = set(_columns(list(meaning["sums"].values())))
    if meaning["unit"] == PERCENT or not names & {"scale_score", "distance"}:
        return None
    texts = set(_texts(meaning["population"]))
    ends = [
        (scale.lowest - zero, scale.highest - zero)
        for test in tests.values()
        if test.id in texts
        for subject, versions in test.subjects.items()
        if subject in texts
        for version in versions
        for scale in version.scores.values()
        if (zero := (scale.standard if "distance" in names else 0)) is not None
    ]
    return (min(low for low, _ in ends), max(high for _, high in ends)) if ends else None


def _columns(tree: Tree) -> Iterator[str]:
    if isinstance(tree, list):
        if len(tree) == 2 and tree[0] == "column":
            yield tree[1]
        for part in tree:
            yield from _columns(part)


def _texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, list):
        if len(tree) == 2 and tree[0] == "text":
            yield tree[1]
        for part in tree:
            yield from _texts(part)
