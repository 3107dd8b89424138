"""From released cells to findings: the charter's strands, indicators and districts in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from accord.base.periods import SchoolYear
from accord.cells.table import CellTable
from accord.charter.model import Charter, Indicator
from accord.indicators.catalogue import Catalogue
from accord.indicators.groups import Group
from accord.insight.district import Question, find
from accord.insight.gaps import GapOfGaps, gap_of_gaps
from accord.insight.index import CellIndex
from accord.insight.judgement import judgement
from accord.insight.release_info import ReleaseInfo
from accord.insight.standings import Targets
from accord.insight.view import District, DistrictFinding, IndicatorFinding, StrandFinding, View


def build(
    charter: Charter,
    catalogue: Catalogue,
    releases: Sequence[ReleaseInfo],
    cells: CellTable,
    audience: str,
) -> View:
    """What `cells` say about the charter's indicators, for `audience`.

    `cells` are those of verified `releases` made for that audience; this doesn't check them again.
    Districts come in the charter's order; indicators without any cell are left out. Raises
    `ValueError` when there is no cell at all.
    """
    if not len(cells):
        raise ValueError("a view needs the cells of at least one release")
    rules = judgement()
    index = CellIndex(cells, catalogue, rules.confidence)
    question = Question(
        index=index,
        targets=Targets(charter, catalogue, index),
        levels=catalogue.written_levels,
        groups={name: _group(charter, catalogue, name) for name in charter.group_ids},
        names={school: name for info in releases for school, name in info.schools.items()},
        since=str(SchoolYear.of(charter.partnership.founded).plus(-1)),
        rules=rules,
    )
    districts = tuple(
        District(party.id, party.name, party.short, order)
        for order, party in enumerate(charter.parties)
    )
    present = set(cells.distinct("indicator"))
    return View(
        charter=charter,
        audience=audience,
        districts=districts,
        periods=index.periods,
        since=question.since,
        strands=tuple(
            StrandFinding(
                strand,
                tuple(
                    _indicator(charter, catalogue, question, districts, indicator)
                    for indicator in charter.indicator_ids
                    if indicator in present and _newest(charter, indicator).strand == strand.id
                ),
            )
            for strand in charter.strands
        ),
        groups=question.groups,
        releases=tuple(releases),
        cells=cells,
    )


def _group(charter: Charter, catalogue: Catalogue, group: str) -> Group:
    for crossing in charter.intersections:
        if crossing.id == group:
            return catalogue.intersect(group, name=crossing.name, of=crossing.of)
    return catalogue.groups[group]


def _newest(charter: Charter, indicator: str) -> Indicator:
    entries = [entry for entry in charter.indicators if entry.id == indicator]
    return max(entries, key=lambda entry: entry.first)


def _indicator(
    charter: Charter,
    catalogue: Catalogue,
    question: Question,
    districts: tuple[District, ...],
    indicator: str,
) -> IndicatorFinding:
    periods = [SchoolYear.parse(period) for period in question.index.periods]
    references = dict.fromkeys(
        entry.definition
        for period in periods
        if (entry := charter.indicator_for(indicator, period)) is not None
    )
    definitions = tuple(catalogue.definition(reference) for reference in references)
    goals = {goal.id: goal.text for goal in charter.goals}
    found = tuple(find(question, definitions[-1], district) for district in districts)
    return IndicatorFinding(
        definition=definitions[-1],
        definitions=definitions,
        goal=goals[_newest(charter, indicator).goal],
        districts=found,
        gaps_of_gaps=tuple(_gaps_of_gaps(found, question.rules.confidence)),
    )


def _gaps_of_gaps(found: tuple[DistrictFinding, ...], confidence: float) -> Iterator[GapOfGaps]:
    for first, second in combinations(found, 2):
        for own, other in zip(first.gaps, second.gaps, strict=True):
            compared = gap_of_gaps(own, other, first.district.id, second.district.id, confidence)
            if compared is not None:
                yield compared
