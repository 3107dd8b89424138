"""From a written definition to a `Definition` that can't hold nonsense, or to every reason why not.

Each expression is read in its own scope: the population, the sums' terms and the groups' rules over
the columns of the fact; the numerator and the denominator over the sums; the value over the
numerator and the denominator. A term that is a condition counts the rows for which it is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from accord.base.canonical import content_hash
from accord.base.documents import Place, Source
from accord.base.errors import InputError, Problem
from accord.base.periods import grade_number
from accord.indicators.definition import MEMBERS, Definition, Spread, Sum
from accord.indicators.groups import Group, all_of
from accord.indicators.language.canonical import as_json
from accord.indicators.language.nodes import Case, Column, IsIn, Literal, MeaningError, Node, Type
from accord.indicators.language.parse import Scope, parse
from accord.indicators.language.size import Size, check_sizes, size_of
from accord.indicators.language.walk import columns_of
from accord.indicators.vocabulary import Vocabulary
from accord.indicators.written import WrittenDefinition

_VALUE_NAMES = {"numerator": Type.DECIMAL, "denominator": Type.DECIMAL}
_LANGUAGE = 1
_KEY_DIGITS = 12


@dataclass(frozen=True)
class Surroundings:
    """What a definition may refer to: facts, groups, and the rules and tests it can rest on.

    `rests` has the hash of each rule and test by its path, such as ``rules/suspension``.
    """

    vocabulary: Vocabulary
    groups: Mapping[str, Group]
    rests: Mapping[str, str]


def build_definition(
    written: WrittenDefinition, source: Source, around: Surroundings
) -> Definition:
    """Check a written definition and build it. Raises `InputError` with every problem found."""
    builder = _Builder(written, source, around)
    builder.check_references()
    if builder.problems:
        raise InputError(*builder.problems)
    return builder.definition()


def read_condition(text: str, scope: Scope, sizes: Mapping[str, Size]) -> Node:
    """A condition over rows. Raises `MeaningError` when it is something else."""
    node = parse(text, scope)
    if node.type is not Type.BOOLEAN:
        raise MeaningError(f"a condition is expected here, and this is {node.type}")
    check_sizes(node, sizes)
    return node


class _Builder:
    """One definition being built; `problems` grows until someone looks at it."""

    def __init__(self, written: WrittenDefinition, source: Source, around: Surroundings) -> None:
        self.written = written
        self.source = source
        self.around = around
        self.problems: list[Problem] = []
        self.constants = {
            name: Literal(_plain(constant.value)) for name, constant in written.constants.items()
        }

    def check_references(self) -> None:
        """Whatever the document names must exist."""
        written, around = self.written, self.around
        self.check_known(("fact",), "fact", [written.fact], around.vocabulary.facts)
        self.check_known(("groups",), "student group", written.groups, around.groups)
        self.check_known(("rests_on",), "rule or test", written.rests_on, around.rests)
        if written.spread is not None:
            named = [written.spread.count, written.spread.total, written.spread.squares]
            self.check_known(("spread",), "sum", named, [MEMBERS, *written.sums])
        for name in written.groups:
            group = around.groups.get(name)
            if group is not None and (group.partition or group.id == "all"):
                self.refuse(
                    ("groups", name),
                    f"“{name}” can't be redefined: with its siblings it makes up all students.",
                    "Redefine a group that stands alone.",
                )
        if written.interval == "t" and written.spread is None:
            self.refuse(
                ("interval",),
                "An interval of kind t needs to know the spread.",
                "Add “spread” with the sums count, total and squares.",
            )
        if written.interval == "wilson" and written.unit != "percent":
            self.refuse(
                ("interval",), "A Wilson interval is for percentages.", "Use “t” or “none”."
            )
        self.check_names()

    def check_names(self) -> None:
        """A name means one thing: no sum or constant hides another or a column."""
        written, facts = self.written, self.around.vocabulary.facts
        columns = facts[written.fact].columns if written.fact in facts else {}
        for name in written.constants:
            if name in columns or name in written.sums or name in (MEMBERS, *_VALUE_NAMES):
                self.refuse(("constants", name), f"“{name}” already means something.", "Rename it.")
        for name in written.sums:
            if name in (MEMBERS, *_VALUE_NAMES):
                self.refuse(("sums", name), f"“{name}” already means something.", "Rename it.")

    def definition(self) -> Definition:
        written = self.written
        fact = self.around.vocabulary.facts[written.fact]
        rows = self.around.vocabulary.scope_of(written.fact, self.constants)
        population = self.condition(("population",), written.population, rows, fact.sizes)
        if written.grades is not None:
            population = all_of([population, _in_grades(written.grades)])
        groups = {
            name: self.condition(("groups", name), text, rows, fact.sizes)
            for name, text in written.groups.items()
        }
        sums = self.sums(population, groups, rows, fact.sizes)
        cells = Scope(
            noun="sum",
            names={item.name: item.term.type for item in sums},
            over_cells=True,
            constants=self.constants,
            hints=dict.fromkeys(
                rows.names.keys() - written.sums.keys(),
                "it is a column of single rows; add it up under “sums” and use that sum",
            ),
        )
        over_both = Scope("part of the value", _VALUE_NAMES, True, self.constants)
        numerator = self.number(("numerator",), written.numerator, cells)
        denominator = self.number(("denominator",), written.denominator, cells)
        value = self.number(("value",), written.value, over_both)
        spread = None if written.spread is None else Spread(**written.spread.model_dump())
        self.check_use(numerator, denominator, spread)
        if self.problems:
            raise InputError(*self.problems)
        meaning = {
            "language": _LANGUAGE,
            **written.model_dump(mode="json", include=_PLAIN_MEANING),
            "rests_on": {name: self.around.rests[name] for name in written.rests_on},
            "population": as_json(population),
            "groups": {name: as_json(rule) for name, rule in groups.items()},
            "sums": {item.name: as_json(item.term) for item in sums},
            "numerator": as_json(numerator),
            "denominator": as_json(denominator),
            "value": as_json(value),
        }
        return Definition(
            id=written.definition,
            version=written.version,
            title=written.title,
            question=written.question,
            plain=written.plain,
            fact=written.fact,
            population=population,
            sums=sums,
            numerator=numerator,
            denominator=denominator,
            value=value,
            unit=written.unit,
            decimals=written.decimals,
            direction=written.direction,
            strand=written.strand,
            timing=written.timing,
            period_kinds=tuple(written.period_kinds),
            data_statuses=tuple(written.data_statuses),
            levels=tuple(written.levels),
            grades=None if written.grades is None else tuple(written.grades),
            groups=groups,
            spread=spread,
            interval=written.interval,
            source=written.source,
            standing=written.standing,
            written=written,
            meaning=meaning,
            hash=content_hash(meaning),
        )

    def sums(
        self,
        population: Node,
        groups: Mapping[str, Node],
        rows: Scope,
        sizes: Mapping[str, Size],
    ) -> tuple[Sum, ...]:
        """`members` and the sums as written, each with the key of what it adds up."""
        terms = {MEMBERS: Literal(1)} | {
            name: self.term(("sums", name), text, rows, sizes)
            for name, text in self.written.sums.items()
        }
        around: dict[str, Any] = {
            "fact": self.written.fact,
            "population": as_json(population),
            "groups": {name: as_json(rule) for name, rule in groups.items()},
        }
        return tuple(
            Sum(name, term, _key({**around, "term": as_json(term)}), size_of(term, sizes))
            for name, term in terms.items()
        )

    def term(self, place: Place, text: str, rows: Scope, sizes: Mapping[str, Size]) -> Node:
        """What one row adds; a condition adds one where it is true."""
        try:
            node = parse(text, rows)
            if node.type is Type.BOOLEAN:
                node = Case(((node, Literal(1)),), Literal(0))
            if not node.type.is_number:
                raise MeaningError("text can't be added up: write a number or a condition")
            check_sizes(node, sizes)
        except MeaningError as error:
            self.refuse_expression(place, error)
            return Literal(0)
        return node

    def condition(self, place: Place, text: str, scope: Scope, sizes: Mapping[str, Size]) -> Node:
        try:
            return read_condition(text, scope, sizes)
        except MeaningError as error:
            self.refuse_expression(place, error)
            return Literal(True)

    def number(self, place: Place, text: str, scope: Scope) -> Node:
        """A number over the sums of a cell, or over numerator and denominator."""
        try:
            node = parse(text, scope)
            if not node.type.is_number:
                raise MeaningError(f"a number is expected here, and this is {node.type}")
        except MeaningError as error:
            self.refuse_expression(place, error)
            return Literal(0)
        return node

    def check_use(self, numerator: Node, denominator: Node, spread: Spread | None) -> None:
        """A sum that nothing uses is a slip."""
        used = columns_of(numerator) | columns_of(denominator)
        used |= {spread.count, spread.total, spread.squares} if spread else set()
        for name in self.written.sums.keys() - used:
            if not self.problems:
                self.refuse(
                    ("sums", name),
                    f"Nothing uses the sum “{name}”.",
                    "Use it in the numerator or the denominator, or remove it.",
                )

    def check_known(
        self, place: Place, noun: str, names: Iterable[str], known: Iterable[str]
    ) -> None:
        listed = list(known)
        for name in names:
            if name not in listed:
                near = get_close_matches(name, listed, n=1)
                remedy = f"Did you mean “{near[0]}”?" if near else f"Use {', '.join(listed)}."
                self.refuse(place, f"There is no {noun} “{name[:60]}”.", remedy)

    def refuse_expression(self, place: Place, error: MeaningError) -> None:
        text = str(error)
        self.refuse(place, f"{text[0].upper()}{text[1:]}.", "Correct this expression.")

    def refuse(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(self.source.problem(place, what, remedy))


_PLAIN_MEANING = {
    "definition",
    "version",
    "title",
    "fact",
    "grades",
    "unit",
    "decimals",
    "direction",
    "period_kinds",
    "data_statuses",
    "levels",
    "spread",
    "interval",
}


def _key(described: Mapping[str, Any]) -> str:
    return "s_" + content_hash(described).removeprefix("sha256:")[:_KEY_DIGITS]


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _in_grades(grades: Iterable[str]) -> Node:
    chosen = sorted({grade_number(grade) for grade in grades})
    return IsIn(Column("grade", Type.INTEGER), tuple(Literal(number) for number in chosen))
