"""A source of a mapping, made ready for one file: which SQL fills what, and what is checked.

The plan names the file's columns c0, c1, … as the readers do. Equal expressions are computed once
(`typed`: v0, v1, …), however many tables use them. Rules of the record model are written over
field names; here those names become the expressions that fill the fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from accord.station.records.cell_checks import LOCAL_ID, digit_checks, field_checks
from accord.station.records.mapping import ColumnMapping, Condition, SourceMapping, TableMapping
from accord.station.records.model import Field, FieldType, Table, record_model
from accord.station.records.reasons import reasons
from accord.station.records.sql import literals
from accord.station.records.values import (
    ANY,
    lookup_of,
    stored_literal,
    value_sql,
    working_types,
)


@dataclass(frozen=True)
class Check:
    """A condition under which a line is quarantined. `bad` is SQL over cells and typed values.

    One that `keeps` the line is only told to the clerk: the field counts as missing.
    """

    reason: str
    table: str
    field: str
    column: str
    bad: str
    what: str
    remedy: str
    keeps: bool = False

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule of the record model, over fields rather than one cell."""
        return "." in self.reason


@dataclass(frozen=True)
class Entry:
    """One way in which lines fill a table.

    `values` has the working SQL of every field but the person's; `when` names the staged
    condition, if the entry has one.
    """

    table: Table
    values: Mapping[str, str]
    when: str | None
    observes: bool

    @property
    def has_person(self) -> bool:
        return self.table.person is not None


@dataclass(frozen=True)
class Plan:
    """Everything that one file's import computes.

    `person` and `keep` are SQL over cells; `cells` are all cells that the mapping uses; `types`
    are the enumerations to create, `typed` and `conditions` the SQL to compute, by name.
    """

    person: str | None
    keep: str | None
    cells: tuple[str, ...]
    types: Mapping[str, str]
    typed: Mapping[str, str]
    conditions: Mapping[str, str]
    entries: tuple[Entry, ...]
    checks: tuple[Check, ...]
    notes: tuple[Check, ...] = ()


def make_plan(
    source: SourceMapping,
    columns: Sequence[str],
    *,
    typed_cells: bool,
    lookups: Mapping[str, str] = MappingProxyType({}),
    year: str | None = None,
) -> Plan:
    """The plan of `source` for a file with these columns; every named column must be there.

    `lookups` names columns that say whether the record that a line refers to was found, each with
    the column that refers to it. `year` is the school year that every line should be of.
    """
    planner = _Planner(source, columns, typed_cells)
    planner.lookups, planner.year = lookups, year
    return planner.plan()


class _Planner:
    lookups: Mapping[str, str]
    year: str | None

    def __init__(self, source: SourceMapping, columns: Sequence[str], typed_cells: bool) -> None:
        self.source = source
        self.columns = list(columns)
        self.typed_cells = typed_cells
        self.cells: dict[str, None] = {}
        self.types: dict[str, str] = {}
        self.typed: dict[str, str] = {}
        self.conditions: dict[str, str] = {}
        self.entries: list[Entry] = []
        self.checks: dict[tuple[str, str], Check] = {}

    def plan(self) -> Plan:
        person = self._cell(self.source.person) if self.source.person else None
        keep = self._condition(self.source.keep)
        self._add_lookup_checks()
        for number, table_mapping in enumerate(self.source.tables):
            self._add_entry(number, table_mapping)
        return Plan(
            person=person,
            keep=keep,
            cells=tuple(self.cells),
            types={name: sql for sql, name in self.types.items()}
            | working_types(field for entry in self.entries for field in entry.table.fields),
            typed={name: sql for sql, name in self.typed.items()},
            conditions=self.conditions,
            entries=tuple(self.entries),
            checks=tuple(check for check in self.checks.values() if not check.keeps),
            notes=tuple(check for check in self.checks.values() if check.keeps),
        )

    def _add_lookup_checks(self) -> None:
        said = reasons()["no-such-record"]
        for found, column in self.lookups.items():
            bad = f"{self._cell(column)} IS NOT NULL AND {self._cell(found)} IS NULL"
            check = Check(said.id, "", "", column, bad, said.what, said.remedy)
            self._add_check(check, None)

    def _cell(self, column: str) -> str:
        """The SQL of a column's text, blank as null."""
        cell = f"c{self.columns.index(column)}"
        if self.source.format.trim:
            cell = f"nullif(trim({cell}), '')"
        self.cells[cell] = None
        return cell

    def _condition(self, condition: Condition) -> str | None:
        parts = [_is_one_of(self._cell(name), kept) for name, kept in condition.items()]
        return f"({' AND '.join(parts)}) IS TRUE" if parts else None

    def _add_entry(self, number: int, mapping: TableMapping) -> None:
        table = record_model().table(mapping.table)
        condition = self._condition(mapping.when)
        when = f"w{number}" if condition else None
        if when and condition:
            self.conditions[when] = condition
        values: dict[str, str] = {}
        for item in table.fields:
            if item.is_pseudonym:
                self._check_person(table, item, when)
            elif item.type is not FieldType.LOCAL_ID:
                values[item.name] = self._value(table, item, mapping.columns.get(item.name), when)
        self._add_year_check(table, mapping, values, when)
        self._add_rules(table, mapping, values, when)
        self.entries.append(Entry(table, values, when, mapping.repeats == "observe"))

    def _value(
        self, table: Table, item: Field, mapping: ColumnMapping | None, when: str | None
    ) -> str:
        if mapping is None or mapping.column is None:
            constant = item.default if mapping is None else mapping.constant
            return stored_literal(item, constant)
        cell = self._cell(mapping.column)
        value = self._typed(item, mapping, cell)
        for reason, bad in field_checks(item, mapping, cell, value):
            check = _check(reason, table, item.name, mapping.column, bad)
            if reason == "unknown-code" and mapping.unknown == "keep":
                check = _check("kept-code", table, item.name, mapping.column, bad, keeps=True)
            self._add_check(check, when)
        if item.default is None:
            return value
        return f"coalesce({value}, {stored_literal(item, item.default)})"

    def _typed(self, item: Field, mapping: ColumnMapping, cell: str) -> str:
        lookup = lookup_of(item, mapping)
        type_name = ""
        if lookup is not None and lookup.spellings:
            type_name = self.types.setdefault(lookup.type_sql, f"spelling{len(self.types)}")
        sql = value_sql(item, mapping, cell, type_name, typed_cells=self.typed_cells)
        return self.typed.setdefault(sql, f"v{len(self.typed)}")

    def _check_person(self, table: Table, item: Field, when: str | None) -> None:
        column = self.source.person or ""
        checks = [
            ("missing", f"{LOCAL_ID} IS NULL"),
            ("id-with-spaces", f"contains({LOCAL_ID}, ' ')"),
        ]
        if self.source.student_digits is not None:
            checks += digit_checks(self.source.student_digits)
        for reason, bad in checks:
            self._add_check(_check(reason, table, item.name, column, bad), when)

    def _add_year_check(
        self, table: Table, mapping: TableMapping, values: Mapping[str, str], when: str | None
    ) -> None:
        filled = mapping.columns.get("school_year")
        if self.year is None or filled is None or filled.column is None:
            return
        bad = f"{values['school_year']} <> '{self.year}'::school_year"
        check = _check("another-year", table, "school_year", filled.column, bad)
        self._add_check(check, when)

    def _add_rules(
        self, table: Table, mapping: TableMapping, values: Mapping[str, str], when: str | None
    ) -> None:
        for rule in table.rules:
            filled = mapping.columns.get(rule.field)
            check = Check(
                reason=f"{table.name}.{rule.name}",
                table=table.name,
                field=rule.field,
                column=(filled.column if filled else None) or "",
                bad=with_values(rule.when, values),
                what=rule.what,
                remedy=rule.remedy,
            )
            self._add_check(check, when)

    def _add_check(self, check: Check, when: str | None) -> None:
        """Keep a check, once however many tables ask for it; `when` limits it to an entry."""
        scoped = replace(check, bad=f"{when} AND ({check.bad})") if when else check
        self.checks.setdefault((scoped.reason, scoped.bad), scoped)


def _check(
    reason: str, table: Table, name: str, column: str, bad: str, *, keeps: bool = False
) -> Check:
    said = reasons()[reason]
    return Check(reason, table.name, name, column, bad, said.what, said.remedy, keeps)


def _is_one_of(cell: str, kept: Sequence[str]) -> str:
    """Whether a cell is one of some texts; the empty text stands for a blank cell, ``*`` for any
    that is not."""
    if ANY in kept:
        return "TRUE" if "" in kept else f"{cell} IS NOT NULL"
    listed = f"{cell} IN ({literals(kept)})"
    return f"({listed} OR {cell} IS NULL)" if "" in kept else listed


def with_values(condition: str, values: Mapping[str, str]) -> str:
    """A rule's condition with each field's name replaced by what fills it."""
    names = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
    return re.sub(rf"\b({names})\b", lambda found: f"({values[found[1]]})", condition)
