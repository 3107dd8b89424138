"""The state's figures, made again from what stands beside them in the same file.

Each check says how many rows publish the figure and how many of them come out as published. They
use what accord ships: layouts, rounding, levels and sizes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from accord.base.numbers import round_half_up
from accord.exchange.published.adding import with_all_students
from accord.exchange.published.figure import Standing
from accord.exchange.published.reading import read_published
from accord.indicators.catalogue import load_catalogue
from accord.indicators.levels import Grid, level_of

PUPIL_YEARS = ("1920", "2021", "2122", "2223", "2324")


@dataclass(frozen=True)
class Rebuilt:
    """`right` of `rows` published figures were made again as published; `goal` in words."""

    what: str
    right: int
    rows: int
    goal: int | None = None

    @property
    def met(self) -> bool:
        return self.right == self.rows and self.goal in (None, self.rows)


def elpi(folder: Path) -> list[Rebuilt]:
    """Numerators, denominators, status, change, levels and colours of ELPI 2024."""
    figures = read_published(folder / "elpi_2024.csv.gz").figures
    now, before = figures[0::2], figures[1::2]
    assert all(a.line == b.line for a, b in zip(now, before, strict=True))
    levels = load_catalogue().written_levels["english-learner-progress"]
    grid = levels.grid("all", "2023-24")
    assert isinstance(grid, Grid)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def count(what: str, *, right: bool) -> None:
        counts[what][0] += right
        counts[what][1] += 1

    for current, prior in zip(now, before, strict=True):
        for figure, when in ((current, "this year"), (prior, "the year before")):
            if figure.standing is Standing.SHOWN:
                count(f"numerator, {when}", right=figure.numerator == figure.added_numerator)
                count(f"denominator, {when}", right=figure.denominator == figure.added_denominator)
        if current.rate is None:
            continue
        count("status", right=round_half_up(current.rate, 1) == current.value)
        alone = level_of(grid, current.rate, current.rate).status
        count("status level", right=alone == current.status)
        if prior.rate is None:
            continue
        found = level_of(grid, current.rate, prior.rate, students=current.denominator)
        if current.change is not None:
            count("change", right=found.change == current.change)
            count("change level", right=found.trend == current.trend)
        least = levels.least_students(current.group, current.kind)
        sizes = [figure.denominator or 0 for figure in (current, prior)]
        earned = least is not None and min(sizes) >= least
        if current.colour or earned:
            count("colour", right=earned and found.colour == current.colour)
    goals = {"status": 12_869, "status level": 12_869, "change": 12_543, "colour": 9_690}
    return [
        Rebuilt(f"ELPI 2024: {what}", right, rows, goals.get(what))
        for what, (right, rows) in counts.items()
    ]


def cohort(folder: Path) -> list[Rebuilt]:
    """Rates of graduation, and of a–g over graduates, of the 2018–19 cohort."""
    figures = read_published(folder / "cohort_2018-19.csv.gz").figures
    goals = {"graduation-rate": 44_601, "a-g-completion": 44_266}
    found = []
    for indicator, goal in goals.items():
        rates = [
            (figure.rate, figure.value)
            for figure in figures
            if figure.indicator == indicator and figure.rate is not None
        ]
        right = sum(round_half_up(rate, 1) == value for rate, value in rates)
        found.append(Rebuilt(f"cohort 2018–19: {indicator}", right, len(rates), goal))
    return found


def pupil_counts(folder: Path, years: Iterable[str] = PUPIL_YEARS) -> list[Rebuilt]:
    """Every count of every district as the sum of its schools, in each year.

    Charter schools with a row of their own among the districts are not the district's.
    """
    found = []
    for year in years:
        listed = read_published(folder / f"cupc{year}_lea.csv").figures
        schools = read_published(folder / f"cupc{year}_school.csv.gz").figures
        apart = {figure.cds for figure in listed if figure.kind == "school"}
        sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for school in schools:
            if school.cds not in apart:
                sums[school.district, school.indicator] += school.numerator or 0
        districts = [figure for figure in listed if figure.kind == "district"]
        right = sum(
            sums[district.cds, district.indicator] == district.numerator for district in districts
        )
        found.append(Rebuilt(f"pupil counts {_shown(year)}: districts", right, len(districts)))
    return found


# Fresno Unified, all ethnicities together, as the state's own reports gave it.
FRESNO = {"2007-08": "37.7", "2008-09": "20.7", "2015-16": "44.0"}


def graduates(folder: Path) -> list[Rebuilt]:
    """Graduates 1993–2016: a row for each group, the impossible ones listed, known totals met."""
    found = read_published(folder / "graduates_by_district_1993-2016.csv.gz")
    figures = found.figures
    impossible = [each for each in figures if (each.numerator or 0) > (each.denominator or 0)]
    totals = {
        figure.year: figure.rate
        for figure in with_all_students(found)
        if figure.cds == "10621660000000" and figure.group == "all" and figure.rate is not None
    }
    right = sum(str(round_half_up(totals[year], 1)) == rate for year, rate in FRESNO.items())
    title = "graduates 1993–2016"
    return [
        Rebuilt(f"{title}: one row for each group", len({f.key for f in figures}), len(figures)),
        Rebuilt(
            f"{title}: more eligible than all, each listed",
            sum(bool(figure.oddities) for figure in figures),
            len(impossible),
            189,
        ),
        Rebuilt(f"{title}: Fresno over its groups", right, len(FRESNO), 3),
    ]


def incidents(folder: Path) -> list[Rebuilt]:
    """Suspension incidents: totals as the sum of their parts; blanks stay hidden."""
    name = "suspension_incidents_fresno_longbeach_2012-2015.csv"
    figures = read_published(folder / name).figures
    whole = [each for each in figures if each.added_numerator is not None]
    hidden = [each for each in figures if each.standing is Standing.SUPPRESSED]
    right = sum(each.numerator == each.added_numerator for each in whole)
    silent = sum(each.numerator is None and each.value is None for each in hidden)
    return [
        Rebuilt("incidents 2011–15: totals that have all their parts", right, len(whole)),
        Rebuilt("incidents 2011–15: hidden totals show no number", silent, len(hidden)),
    ]


# California, suspension, 2023 Dashboard, state level: numerator and denominator of 2022–23 and of
# 2021–22, then status, change level and colour.
SUSPENSION_2023 = """
ALL 212681/6019472 189079/6066021 medium    increased  orange
EL   44852/1210425  38760/1216311 medium    increased  orange
FOS   5706/41901     5373/43194   very-high increased  red
HOM  15899/246480   12278/224199  high      increased  orange
SED 171622/3792885 149572/3761917 medium    increased  orange
SWD  51719/874795   46070/847770  high      increased  orange
AA   27038/308426   24887/315483  very-high increased  red
AI    1995/26981     1787/27969   high      increased  orange
AS    6162/582802    5181/577174  low       maintained green
FI    1767/134975    1651/138991  low       maintained green
HI  128041/3375948 111447/3385006 medium    increased  orange
PI    1256/25508     1179/25929   high      increased  orange
WH   35558/1235033  33517/1272253 medium    maintained yellow
MR   10864/329799    9430/323229  medium    increased  orange
"""


def suspension() -> list[Rebuilt]:
    """Status, change and colour of the fourteen groups of the state in 2023."""
    grid = load_catalogue().written_levels["suspension-rate"].grid("unified", "2022-23")
    assert isinstance(grid, Grid)
    lines = [line.split() for line in SUSPENSION_2023.strip().splitlines()]
    right = 0
    for _, now, before, status, trend, colour in lines:
        found = level_of(grid, 100 * Fraction(now), 100 * Fraction(before))
        right += (found.status, found.trend, found.colour) == (
            status.replace("-", " "), trend, colour,
        )  # fmt: skip
    return [Rebuilt("suspension 2023: status, change and colour", right, len(lines), 14)]


def _shown(year: str) -> str:
    return f"20{year[:2]}–{year[2:]}"
