"""The gate: from a measure to the cells that may leave the district, for one audience.

The pattern of hidden cells is worked out over everything that the charter lets leave for *any*
audience, and is the same for all of them: what partners hold may reach the public.

What this gate promises: no hidden cell that is too small or too extreme, and no such group that
nobody publishes, can be computed by adding and subtracting what is published of one period, in any
equation of `accord.cells.equations` or any combination of them; and the hidden members of one
equation are, taken together, a group that may be spoken about.

What it does not promise yet:

- *Bounds.* Someone who also uses that a hidden count lies between zero and its group's size can
  narrow some counts down, sometimes to one; hidden groups that are all empty are the plainest case.
- *History.* A release is not held against earlier ones. A count that is hidden today and was shown,
  or could be computed, before a correction is not found.
- *Nearly equal numbers.* Two counts are taken for one only if they agree wherever both are shown.
  Who took mathematics and who took reading differ by a few, and stay two.
- *Groups within groups.* Partitions, intersections and unions are known. That every student in
  foster care counts as disadvantaged is not, nor is the group of the disadvantaged who are not.
- *Sums over more than one equation.* The residual rule is put to each equation by itself.
- *Colluders.* The charter's number of colluders is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from accord.base.periods import SchoolYear
from accord.base.progress import SILENT, Progress
from accord.cells.equations import Relations
from accord.cells.table import SCHEMA, CellTable
from accord.charter.model import Audience, Charter
from accord.charter.plan import Plan
from accord.indicators.catalogue.model import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.station.protect.costs import Costs
from accord.station.protect.family import guard
from accord.station.protect.raw import Measured, RawTable, Sheet, raw_table, read_sheet
from accord.station.protect.reasons import Hidden, Visible, reasons_of, visibility
from accord.station.protect.rows import Heading, banded_rows, exact_rows, missing_rows


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
    """The cells of a district's measure that may leave for `audience`.

    Raises `StateError` when the measure lacks what the charter asks for, `InputError` when the
    charter names a definition or group that the catalogue does not have, `RefusedError` when the
    plan can't be followed without giving something away, `MachineError`.
    """
    heading = Heading(
        charter.partnership.id, measured.district, measured.as_of, measured.data_status
    )
    plan, rules = Plan(charter), charter.disclosure
    relations = Relations.of(_groups(charter, catalogue))
    costs = Costs.of(charter, {})
    tables: list[pa.Table] = []
    hidden: list[Hidden] = []
    visible: list[Visible] = []
    work = [
        (period, fact, definitions)
        for period in measured.periods
        for fact, definitions in _by_fact(charter, catalogue, measured, period).items()
    ]
    with progress.step(f"Protecting for {audience}", total=len(work)) as step:
        for period, fact, definitions in work:
            sheet = read_sheet(measured, fact, period)
            raw = _answered(sheet, definitions, plan, relations)
            pattern = [] if raw is None else guard(raw, rules, catalogue.tests, costs)
            for guarded in pattern:
                if audience == "partners":
                    tables.append(exact_rows(heading, guarded))
                else:
                    tables.append(banded_rows(heading, guarded, catalogue.bands))
                hidden += reasons_of(guarded, audience, rules)
                visible += visibility(guarded, audience)
            answered = {guarded.measure.definition.reference for guarded in pattern}
            for definition in definitions:
                if definition.reference not in answered:
                    groups = _district_groups(plan, audience, definition)
                    tables.append(missing_rows(heading, period, definition, groups))
            step.advance()
    table = CellTable.arranged(pa.concat_tables([SCHEMA.empty_table(), *tables]))
    return Protected(table, tuple(hidden), tuple(visible))


def _answered(
    sheet: Sheet | None, definitions: Sequence[Definition], plan: Plan, relations: Relations
) -> RawTable | None:
    """The cells of the definitions for which there are records; nothing when there are none."""
    if sheet is None:
        return None
    raw = raw_table(sheet, definitions, plan, relations)
    answered = tuple(each for each in raw.measures if each.has_records)
    return replace(raw, measures=answered) if answered else None


def _by_fact(
    charter: Charter, catalogue: Catalogue, measured: Measured, period: str
) -> dict[str, list[Definition]]:
    """The definitions that the charter lists for a school year, by the fact that they read."""
    found: dict[str, list[Definition]] = {}
    for reference in charter.references(SchoolYear.parse(period)):
        definition = catalogue.definition(reference)
        if measured.data_status in definition.data_statuses:
            found.setdefault(definition.fact, []).append(definition)
    return found


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
