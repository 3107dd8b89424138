"""Published figures of the state as golden rows: rounding, change, level and colour."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from accord.base.errors import InputError
from accord.indicators.catalogue import Catalogue
from accord.indicators.levels import Grid, Level, NotOnRecord, level_of, read_levels

# California, suspension, 2023 Dashboard, state level, by the cuts of unified districts. Source:
# California Department of Education, public record. Group, numerator and denominator of 2022–23 and
# of 2021–22, then rate, change, status, change level and colour.
GOLDEN = """
ALL 212681/6019472 189079/6066021 3.5  0.4 medium    increased  orange
EL   44852/1210425  38760/1216311 3.7  0.5 medium    increased  orange
FOS   5706/41901     5373/43194  13.6  1.2 very-high increased  red
HOM  15899/246480   12278/224199  6.5  1.0 high      increased  orange
SED 171622/3792885 149572/3761917 4.5  0.5 medium    increased  orange
SWD  51719/874795   46070/847770  5.9  0.5 high      increased  orange
AA   27038/308426   24887/315483  8.8  0.9 very-high increased  red
AI    1995/26981     1787/27969   7.4  1.0 high      increased  orange
AS    6162/582802    5181/577174  1.1  0.2 low       maintained green
FI    1767/134975    1651/138991  1.3  0.1 low       maintained green
HI  128041/3375948 111447/3385006 3.8  0.5 medium    increased  orange
PI    1256/25508     1179/25929   4.9  0.4 high      increased  orange
WH   35558/1235033  33517/1272253 2.9  0.2 medium    maintained yellow
MR   10864/329799    9430/323229  3.3  0.4 medium    increased  orange
"""


@pytest.mark.parametrize("line", GOLDEN.strip().splitlines(), ids=lambda line: line.split()[0])
def test_suspension_2023(catalogue: Catalogue, line: str) -> None:
    _, current, prior, rate, change, status, trend, colour = line.split()
    definition = catalogue.definition("suspension-rate@1.0")
    values = [
        definition.value_of({"members": Fraction(below), "suspended_students": Fraction(above)})
        for above, below in (fraction.split("/") for fraction in (current, prior))
    ]
    assert values[0] is not None
    assert values[1] is not None
    found = level_of(catalogue.levels["suspension-rate"]["unified"], values[0], values[1])
    assert found == Level(
        Decimal(rate),
        Decimal(change),
        status.replace("-", " "),
        trend,
        colour,  # type: ignore[arg-type]
    )


def test_subtracting_rounded_rates_is_another_level(catalogue: Catalogue) -> None:
    """White students: 0.245 is 0.2, maintained and yellow; 2.9 − 2.6 would be 0.3 and orange."""
    grid = catalogue.levels["suspension-rate"]["unified"]
    wrong = level_of(grid, Fraction("2.9"), Fraction("2.6"))
    assert (wrong.change, wrong.trend, wrong.colour) == (Decimal("0.3"), "increased", "orange")


def test_levels_are_looked_up_from_rounded_values(catalogue: Catalogue) -> None:
    """Disadvantaged students: 4.525 is above the cut of 4.5, and rounds to it."""
    grid = catalogue.levels["suspension-rate"]["unified"]
    assert level_of(grid, Fraction("4.525"), Fraction("4.525")).status == "medium"


@pytest.mark.parametrize(
    ("current", "prior", "level"),
    [
        ("2.5", "2.5", ("very low", "maintained", "blue")),
        ("2.6", "2.1", ("low", "increased", "yellow")),
        ("5.1", "4.7", ("medium", "maintained", "yellow")),
        ("10.0", "10.5", ("medium", "declined", "green")),
        ("10.1", "7.0", ("high", "increased significantly", "red")),
        ("20.1", "23.1", ("very high", "declined significantly", "yellow")),
        ("20.1", "22.9", ("very high", "declined", "orange")),
    ],
)
def test_chronic_absenteeism(
    catalogue: Catalogue, current: str, prior: str, level: tuple[str, str, str]
) -> None:
    grid = catalogue.levels["chronic-absenteeism"]["all"]
    found = level_of(grid, Fraction(current), Fraction(prior))
    assert (found.status, found.trend, found.colour) == level


def test_a_grid_without_colours_has_none(catalogue: Catalogue) -> None:
    grid = catalogue.levels["suspension-rate"]["high"]
    found = level_of(grid, Fraction("10.1"), Fraction("7.0"))
    assert (found.status, found.trend, found.colour) == (
        "very high",
        "increased significantly",
        None,
    )


LEVELS = """\
indicator: ours
grids:
  - id: all
    applies_to: all
    from: 2020-21
    source: a test
    standing: unverified
    status: [{level: low, to: 1.0}, {level: high}]
    change: [{level: down, to: 0.0}, {level: up}]
    colours: [[red, green], [red, blue]]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{level: high}", "{level: high, to: 2.0}"),
        ("{level: low, to: 1.0}", "{level: low}"),
        ("{level: high}]", "{level: high, to: 0.5}, {level: highest}]"),
        ("[red, blue]", "[red]"),
        (", [red, blue]", ""),
    ],
)
def test_grids_with_gaps_are_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "levels.yaml"
    path.write_text(LEVELS, encoding="utf-8")
    assert read_levels(path).grids[0].id == "all"
    path.write_text(LEVELS.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError):
        read_levels(path)


def test_few_students_have_no_significant_changes(catalogue: Catalogue) -> None:
    """Under 150 students a rise of 4 points is an increase: yellow where it would be orange."""
    grid = catalogue.levels["chronic-absenteeism"]["all"]
    many = level_of(grid, Fraction(4), Fraction(0), students=150)
    few = level_of(grid, Fraction(4), Fraction(0), students=149)
    assert (many.trend, many.colour) == ("increased significantly", "orange")
    assert (few.trend, few.colour) == ("increased", "yellow")


def test_english_learner_progress_has_one_grid_for_all_sizes(catalogue: Catalogue) -> None:
    grid = catalogue.levels["english-learner-progress"]["all"]
    found = level_of(grid, Fraction(500, 32), Fraction(900, 21), students=32)
    assert found == Level(
        Decimal("15.6"), Decimal("-27.2"), "very low", "declined significantly", "red"
    )


def test_cut_points_that_were_not_found_are_said_to_be_missing(catalogue: Catalogue) -> None:
    suspension = catalogue.written_levels["suspension-rate"]
    assert isinstance(suspension.grid("high", "2023-24"), Grid)
    for kind, period in (("high", "2022-23"), ("middle", "2023-24"), ("unified", "2015-16")):
        missing = suspension.grid(kind, period)
        assert isinstance(missing, NotOnRecord)
        assert missing.why
    progress = catalogue.written_levels["english-learner-progress"]
    assert isinstance(progress.grid("all", "2023-24"), Grid)
    assert isinstance(progress.grid("all", "2024-25"), NotOnRecord)
    for indicator in ("graduation-rate", "distance-from-standard-ela", "college-career-prepared"):
        assert isinstance(catalogue.written_levels[indicator].grid("all", "2023-24"), NotOnRecord)


def test_how_many_students_a_level_takes(catalogue: Catalogue) -> None:
    suspension = catalogue.written_levels["suspension-rate"]
    assert suspension.least_students("foster", "district") == 15
    assert suspension.least_students("foster", "school") == 30
    progress = catalogue.written_levels["english-learner-progress"]
    assert progress.least_students("long-term-english-learners", "district") == 15
    assert progress.least_students("english-learners", "district") == 30
    assert catalogue.written_levels["graduation-rate"].least_students("all", "school") is None
