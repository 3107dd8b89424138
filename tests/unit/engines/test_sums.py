"""The table of sums, by hand, from both engines: who counts where, and where nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from accord.indicators.catalogue import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.station.engines.request import sum_type, sums_schema
from support.engines import ENGINES, measured
from unit.engines.conftest import PERIOD, Define, MakeRow

Cells = dict[tuple[str, int | None, str], dict[str, Any]]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def cells_of(
    engine: str,
    rows: Iterable[Mapping[str, Any]],
    catalogue: Catalogue,
    definitions: Iterable[Definition],
    groups: Iterable[str | Group] = ("all",),
) -> Cells:
    """The rows of the table of sums by organisation, grade and group."""
    definitions = tuple(definitions)
    listed = [catalogue.group(each) if isinstance(each, str) else each for each in groups]
    facts = {definitions[0].fact: {PERIOD: list(rows)}}
    ((_, table),) = measured(engine, facts, catalogue, definitions, listed).items()
    return {(row["organisation"], row["grade"], row["group"]): row for row in table}


def test_each_level_is_counted_from_its_own_rows(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    """One student in two schools, absent five days at each; the district has ten of eighty."""
    rows = [
        make_row(student="s", days_absent=Decimal(10), days_expected=Decimal(80)),
        make_row(student="s", level="school", organisation="S", days_absent=Decimal(5)),
        make_row(student="s", level="school", organisation="T", days_absent=Decimal(5), grade=6),
    ]
    definition = define(sums={"absent": "days_absent"}, numerator="absent")
    absent, members = definition.sum_keys["absent"], definition.sum_keys["members"]
    cells = cells_of(engine, rows, catalogue, [definition])
    assert {place: (row[members], row[absent]) for place, row in cells.items()} == {
        ("D", None, "all"): (1, Decimal(10)),
        ("D", 5, "all"): (1, Decimal(10)),
        ("S", None, "all"): (1, Decimal(5)),
        ("S", 5, "all"): (1, Decimal(5)),
        ("T", None, "all"): (1, Decimal(5)),
        ("T", 6, "all"): (1, Decimal(5)),
    }


def test_nobody_is_a_zero_where_the_fact_has_rows(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    rows = [make_row(grade=3, race_ethnicity="WH"), make_row(grade=4, race_ethnicity="AS")]
    definition = define(population="grade = 3", sums={"days": "days_absent"}, numerator="days")
    cells = cells_of(engine, rows, catalogue, [definition], ("white", "foster"))
    found = {
        (grade, group): [row[key] for key in definition.sum_keys.values()]
        for (_, grade, group), row in cells.items()
    }
    assert found == {
        (None, "white"): [1, Decimal(0)],
        (None, "foster"): [0, Decimal(0)],
        (3, "white"): [1, Decimal(0)],
        (3, "foster"): [0, Decimal(0)],
        (4, "white"): [0, Decimal(0)],
        (4, "foster"): [0, Decimal(0)],
    }


def test_rows_come_in_the_order_that_is_promised(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    rows = [
        make_row(level="school", organisation="B", grade=11),
        make_row(level="school", organisation="A", grade=-1),
        make_row(organisation="D", grade=11),
        make_row(organisation="D", grade=-1),
        make_row(organisation="D", grade=2),
    ]
    cells = cells_of(engine, rows, catalogue, [define()], ("white", "all"))
    assert [place for place in cells if place[2] == "all"] == [
        *(("D", grade, "all") for grade in (None, -1, 2, 11)),
        ("A", None, "all"),
        ("A", -1, "all"),
        ("B", None, "all"),
        ("B", 11, "all"),
    ]
    assert [group for _, _, group in cells][:4] == ["white", "all", "white", "all"]


def test_a_definition_may_say_who_belongs_to_a_group(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    """Two definitions side by side, one of which counts the recently reclassified as learners."""
    rows = [
        make_row(english_learner=True, disability=True),
        make_row(recently_reclassified=True, disability=True),
        make_row(recently_reclassified=True),
    ]
    plain = define("plain")
    wider = define("wider", groups={"english-learners": "english_learner or recently_reclassified"})
    both = catalogue.intersect("both", of=["english-learners", "students-with-disabilities"])
    groups = ("all", "english-learners", both)
    cells = cells_of(engine, rows, catalogue, [plain, wider], groups)
    found = {
        group: [cells["D", None, group][each.sum_keys["members"]] for each in (plain, wider)]
        for group in ("all", "english-learners", "both")
    }
    assert found == {"all": [3, 3], "english-learners": [1, 3], "both": [1, 2]}


def test_a_family_of_definitions_is_not_mixed_up(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    """The same question about two subjects, about any subject, and about a contradiction."""
    rows = [
        make_row("test_result", subject=subject, tested=tested, test="sbac", scale_score=score)
        for subject, tested, score in (
            ("ela", True, 2400),
            ("ela", False, None),
            ("mathematics", True, 2500),
            ("mathematics", True, None),
            ("reading", True, 2600),
        )
    ]
    definitions = [
        define(
            name,
            fact="test_result",
            population=population,
            sums={"scores": "scale_score"},
            numerator="scores",
        )
        for name, population in (
            ("ela", "subject = 'ela' and tested"),
            ("mathematics", "subject = 'mathematics' and tested"),
            ("any", "tested"),
            ("other", "subject <> 'ela' and tested"),
            ("none", "subject = 'ela' and subject = 'mathematics'"),
        )
    ]
    row = cells_of(engine, rows, catalogue, definitions)["D", None, "all"]
    found = {each.id: [int(row[key]) for key in each.sum_keys.values()] for each in definitions}
    assert found == {
        "ela": [1, 2400],
        "mathematics": [2, 2500],
        "any": [4, 7500],
        "other": [3, 5100],
        "none": [0, 0],
    }


def test_the_same_sum_is_one_column(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    first = define("first", sums={"away": "days_absent"}, numerator="away")
    second = define("second", sums={"absent": "days_absent"}, numerator="absent")
    row = cells_of(engine, [make_row()], catalogue, [first, second])["D", None, "all"]
    assert set(row) == {"level", "organisation", "grade", "group", *first.sum_keys.values()}


def test_terms_that_are_nothing_are_passed_over(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    rows = [make_row(days_absent=None), make_row(days_absent=Decimal("1.50"))]
    definition = define(
        sums={
            "days": "days_absent",
            "known": "days_absent is not null",
            "long": "case when days_absent > 1 then days_absent * 2 else 1 end",
            "half": "case when days_absent > 1 then 0.5 end",
        },
        numerator="days + known + long + half",
    )
    row = cells_of(engine, rows, catalogue, [definition])["D", None, "all"]
    found = [row[key] for key in definition.sum_keys.values()]
    assert found == [2, Decimal("1.50"), 1, Decimal(4), Decimal("0.5")]


def test_sums_grow_beyond_64_bits(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    rows = [make_row("test_result", scale_score=2**31 - 1) for _ in range(5)]
    definition = define(
        fact="test_result", sums={"squares": "scale_score * scale_score"}, numerator="squares"
    )
    row = cells_of(engine, rows, catalogue, [definition])["D", None, "all"]
    assert row[definition.sum_keys["squares"]] == 5 * (2**31 - 1) ** 2


def test_more_rules_than_bits(
    engine: str, catalogue: Catalogue, make_row: MakeRow, define: Define
) -> None:
    parts = [group for group in catalogue.groups if group != "all"]
    crossings = [
        catalogue.intersect(f"{first}-{second}", of=[first, second])
        for first in parts
        for second in parts[:4]
        if first != second
    ]
    groups = [*catalogue.groups, *crossings]
    assert len(groups) > 64
    rows = [make_row(race_ethnicity="AA", gifted=True), make_row(race_ethnicity="AI", gifted=True)]
    definition = define()
    cells = cells_of(engine, rows, catalogue, [definition], groups)
    members = definition.sum_keys["members"]
    counted = {group: row[members] for (_, grade, group), row in cells.items() if grade is None}
    found = {group: count for group, count in counted.items() if count}
    assert found == {
        "all": 2,
        "african-american": 1,
        "american-indian": 1,
        "gender-not-reported": 2,
        "gifted": 2,
        "gender-not-reported-african-american": 1,
        "gender-not-reported-american-indian": 1,
        "gifted-african-american": 1,
        "gifted-american-indian": 1,
    }


def test_no_rows_make_an_empty_table(engine: str, catalogue: Catalogue, define: Define) -> None:
    assert cells_of(engine, [], catalogue, [define()]) == {}


def test_the_schema_has_room_for_a_state(catalogue: Catalogue) -> None:
    definition = catalogue.definition("attendance-rate@1.0")
    schema = sums_schema([definition])
    assert schema.field(definition.sum_keys["members"]).type == pa.int64()
    assert schema.field(definition.sum_keys["attended"]).type == pa.decimal128(18, 2)
    squares = catalogue.definition("mean-scale-score-ela@1.0").sums[-1]
    assert sum_type(squares.size) == pa.decimal128(38, 0)
