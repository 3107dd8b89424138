"""A release beside what the state published, row by row: agrees, differs and why, or unexplained.

A published figure and a cell meet when they are about the same organisation, year and student
group, and the indicators answer each other (`comparable`). They agree when all that both show is
equal. A difference is called explained only when a rule's own test holds for these two numbers;
otherwise it is listed as unexplained. Nothing is corrected on either side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from accord.base.numbers import round_half_up
from accord.cells.cell import Cell, State
from accord.exchange.published.comparable import Comparable, Pair, comparable
from accord.exchange.published.figure import Figure, Standing
from accord.exchange.published.rules import Together, explain


class Outcome(StrEnum):
    """What came of setting a cell beside a published figure."""

    AGREES = "agrees"
    EXPLAINED = "differs, explained"
    UNEXPLAINED = "differs, unexplained"
    HIDDEN = "not comparable"


@dataclass(frozen=True)
class Side:
    """The numbers of one side; absent where it shows none."""

    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Row:
    """One cell and one published figure. `rule` names what explains a difference, `why` says it."""

    indicator: str
    published: str
    organisation: str
    name: str
    period: str
    group: str
    ours: Side
    theirs: Side
    outcome: Outcome
    rule: str
    why: str
    file: str
    line: int


@dataclass(frozen=True)
class Reconciled:
    """Every row; by indicator, how many published figures of these organisations met no cell."""

    rows: tuple[Row, ...]
    unmet: Counter[str]

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)


def reconcile(
    cells: Iterable[Cell], figures: Iterable[Figure], rules: Comparable | None = None
) -> Reconciled:
    """Set every cell of all grades beside the published figures about the same students."""
    known = rules or comparable()
    index, schools = _index(cells)
    rows: list[Row] = []
    unmet: Counter[str] = Counter()
    organisations = {key[1] for key in index}
    for figure in figures:
        if figure.schools != "all" or figure.cds not in organisations:
            continue
        pairs = [pair for pair in known.pairs if pair.published == figure.indicator]
        met = [
            _row(cell, figure, pair, schools, known)
            for pair in pairs
            for cell in index.get((pair.ours, figure.cds, figure.year, figure.group), ())
        ]
        rows += met
        if not met:
            unmet[figure.indicator] += 1
    return Reconciled(tuple(rows), unmet)


_Key = tuple[str, str, str, str]


def _index(cells: Iterable[Cell]) -> tuple[dict[_Key, list[Cell]], dict[_Key, list[Cell]]]:
    """The cells of all grades by what they are about, and each district's school cells."""
    index: dict[_Key, list[Cell]] = defaultdict(list)
    schools: dict[_Key, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.grade:
            continue
        index[cell.indicator, cell.organisation, cell.period, cell.group].append(cell)
        if cell.school:
            schools[cell.indicator, cell.district, cell.period, cell.group].append(cell)
    return index, schools


def _row(
    cell: Cell, figure: Figure, pair: Pair, schools: dict[_Key, list[Cell]], known: Comparable
) -> Row:
    ours, theirs = _sides(cell, figure, pair)
    together = Together(
        cell=cell,
        figure=figure,
        pair=pair,
        ours=(ours.numerator, ours.denominator),
        theirs=(theirs.numerator, theirs.denominator),
        schools=schools.get((cell.indicator, cell.district, cell.period, cell.group), []),
        least_shown=known.least_shown.value,
    )
    outcome, rule, why = _judge(cell, figure, ours, theirs, together)
    return Row(
        indicator=cell.definition,
        published=figure.indicator,
        organisation=cell.organisation,
        name=figure.name,
        period=cell.period,
        group=cell.group,
        ours=ours,
        theirs=theirs,
        outcome=outcome,
        rule=rule,
        why=why,
        file=figure.file,
        line=figure.line,
    )


def _judge(
    cell: Cell, figure: Figure, ours: Side, theirs: Side, together: Together
) -> tuple[Outcome, str, str]:
    if cell.state is not State.PUBLISHED:
        return Outcome.HIDDEN, "", f"our figure is {cell.state.value.replace('_', ' ')}"
    if figure.standing is Standing.SHOWN and _equal(ours, theirs):
        return Outcome.AGREES, "", ""
    found = explain(together)
    if found is not None:
        return Outcome.EXPLAINED, found.rule, found.why
    if figure.standing is not Standing.SHOWN:
        return Outcome.HIDDEN, "", f"the published figure is {figure.standing.value}"
    return Outcome.UNEXPLAINED, "", "no rule accounts for it"


def _sides(cell: Cell, figure: Figure, pair: Pair) -> tuple[Side, Side]:
    if pair.compare == "denominator":
        return Side(denominator=cell.denominator), Side(denominator=figure.numerator)
    printed = figure.value
    if printed is None and figure.rate is not None:
        printed = round_half_up(figure.rate, 1)
    return (
        Side(cell.numerator, cell.denominator, cell.value),
        Side(figure.numerator, figure.denominator, printed),
    )


def _equal(ours: Side, theirs: Side) -> bool:
    """Whether everything that both show is equal, and both show something."""
    both = list(_both(ours, theirs))
    return bool(both) and all(one == other for one, other in both)


def _both(ours: Side, theirs: Side) -> Iterator[tuple[object, object]]:
    for name in ("numerator", "denominator", "value"):
        one, other = getattr(ours, name), getattr(theirs, name)
        if one is not None and other is not None:
            yield one, other
