"""The gate: from a measure to the cells that may leave the district.

The pattern of hidden cells is worked out over everything that the charter lets leave for *any*
audience, and is the same for all of them: what partners hold may reach the public.

What this gate promises of one period: whoever knows every group's size, which schools serve which
grades and everything published, and adds, subtracts and bounds, is left with an interval of at
least ``min(n, colluders + 1)`` students for each group that is too small or too extreme, published
or not, and not with one that says by itself that nearly nobody or nearly everybody counts. The
hidden members of one equation are together a group that may be spoken about. And showing any one
more cell would break a promise of the number that it was hidden for.

What it leaves to the audit, which sees all that was ever published:

- *History.* What was released before counts as known here; that figures were revised, or that one
  period tells of another, does not.
- *Sums over more than one equation.* The residual rule is put to each equation by itself.
- *Groups within groups.* Partitions, intersections and unions are known. That every student in
  foster care counts as disadvantaged is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import pyarrow as pa

from accord.base.parallel import in_parallel
from accord.base.periods import SchoolYear
from accord.base.progress import SILENT, Progress
from accord.cells.relations import Relations
from accord.cells.table import SCHEMA, CellTable
from accord.charter.model import Audience, Charter
from accord.charter.plan import Plan
from accord.indicators.catalogue.model import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.station.protect.costs import Costs, shown_in
from accord.station.protect.family import guard
from accord.station.protect.raw import Guarded, Measured, RawTable, Sheet, raw_table, read_sheet
from accord.station.protect.reasons import Hidden, Visible, reasons_of, visibility
from accord.station.protect.rows import Heading, banded_rows, exact_rows, missing_rows
from accord.station.protect.told import Told

Patterns = dict[tuple[str, str], list[Guarded]]
"""What to hide of each definition, by its fact and period."""


@dataclass(frozen=True)
class Protected:
    """What may leave for an audience, and, for the district alone, why the rest may not."""

    table: CellTable
    hidden: tuple[Hidden, ...]
    visible: tuple[Visible, ...]


def protect_release(
    measured: Measured,
    *,
    charter: Charter,
    catalogue: Catalogue,
    audience: Audience,
    progress: Progress = SILENT,
) -> Protected:
    """The cells of a district's measure that may leave for `audience`, as a first release.

    Raises as `Gate.patterns` does.
    """
    gate = Gate(measured, charter, catalogue)
    return gate.protected(gate.patterns(progress), audience)


@dataclass(frozen=True)
class Gate:
    """The gate in front of one measure, under one charter; `told` is what else it has to heed."""

    measured: Measured
    charter: Charter
    catalogue: Catalogue
    told: Told = field(default_factory=Told)

    def patterns(self, progress: Progress = SILENT) -> Patterns:
        """What to hide, over all that leaves for any audience.

        Raises `StateError` when the measure lacks what the charter asks for, `InputError` when the
        charter names a definition or group that the catalogue does not have, `RefusedError` when
        the plan can't be followed without giving something away, `MachineError`.
        """
        facts = sorted(
            {fact for period in self.measured.periods for fact in self._definitions(period)}
        )
        found: Patterns = {}
        with progress.step("Protecting", total=len(facts)) as step:
            for patterns in in_parallel(self.of_fact, facts):  # facts share no number
                found |= patterns
                step.advance()
        return found

    def of_fact(self, fact: str) -> Patterns:
        """What to hide of a fact's definitions, period after period.

        A cell that was shown for the period before is spared where that is possible.
        """
        found: Patterns = {}
        for period in self.measured.periods:
            guarded = self.of_period(fact, period, list(chain(*found.values())))
            if guarded:
                found[fact, period] = guarded
        return found

    def of_period(self, fact: str, period: str, before: Sequence[Guarded]) -> list[Guarded]:
        """What to hide of a fact's definitions in one period, given what was decided `before`."""
        definitions = self._definitions(period).get(fact, [])
        sheet = read_sheet(self.measured, fact, period) if definitions else None
        relations = Relations.of(_groups(self.charter, self.catalogue))
        raw = _answered(sheet, definitions, Plan(self.charter), relations)
        if raw is None:
            return []
        newest = max((each.period for each in before if each.period < period), default="")
        costs = self.costs([each for each in before if each.period == newest])
        return guard(raw, self.charter.disclosure, self.catalogue.tests, costs, self.told)

    def costs(self, year_before: Sequence[Guarded]) -> Costs:
        """What hiding a cell costs, given what was decided for the year before."""
        return Costs.of(self.charter, shown_in(year_before))

    def protected(self, patterns: Patterns, audience: Audience) -> Protected:
        """What leaves for an audience by these patterns."""
        heading = Heading(
            self.charter.partnership.id,
            self.measured.district,
            self.measured.as_of,
            self.measured.data_status,
        )
        tables: list[pa.Table] = []
        hidden: list[Hidden] = []
        visible: list[Visible] = []
        answered: set[tuple[str, str]] = set()
        for guarded in chain(*patterns.values()):
            if audience == "partners":
                tables.append(exact_rows(heading, guarded))
            else:
                tables.append(banded_rows(heading, guarded, self.catalogue.bands))
            hidden += reasons_of(guarded, audience, self.charter.disclosure)
            visible += visibility(guarded, audience)
            answered.add((guarded.period, guarded.measure.definition.reference))
        for period in self.measured.periods:
            for definition in chain(*self._definitions(period).values()):
                if (period, definition.reference) not in answered:
                    groups = _district_groups(Plan(self.charter), audience, definition)
                    tables.append(missing_rows(heading, period, definition, groups))
        table = CellTable.arranged(pa.concat_tables([SCHEMA.empty_table(), *tables]))
        return Protected(table, tuple(hidden), tuple(visible))

    def _definitions(self, period: str) -> dict[str, list[Definition]]:
        """The definitions that the charter lists for a school year, by the fact they read."""
        found: dict[str, list[Definition]] = {}
        for reference in self.charter.references(SchoolYear.parse(period)):
            definition = self.catalogue.definition(reference)
            if self.measured.data_status in definition.data_statuses:
                found.setdefault(definition.fact, []).append(definition)
        return found


def _answered(
    sheet: Sheet | None, definitions: Sequence[Definition], plan: Plan, relations: Relations
) -> RawTable | None:
    """The cells of the definitions for which there are records; nothing when there are none."""
    if sheet is None:
        return None
    raw = raw_table(sheet, definitions, plan, relations)
    answered = tuple(each for each in raw.measures if each.has_records)
    return replace(raw, measures=answered) if answered else None


def _groups(charter: Charter, catalogue: Catalogue) -> list[Group]:
    """Every group of the catalogue, and the charter's intersections."""
    crossed = [
        catalogue.intersect(crossing.id, crossing.of, crossing.name)
        for crossing in charter.intersections
    ]
    return [*catalogue.groups.values(), *crossed]


def _district_groups(plan: Plan, audience: Audience, definition: Definition) -> list[str]:
    crossings = plan.crossings(audience, "district")
    named = [each.groups for each in crossings if definition.id in each.indicators]
    return list(dict.fromkeys(group for groups in named for group in groups))
