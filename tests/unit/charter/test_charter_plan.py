"""What may leave: nothing but what the charter names."""

from __future__ import annotations

from itertools import product

from charter_text import changed, parsed

from accord.base.periods import SchoolYear
from accord.charter.plan import Plan

PERIOD = SchoolYear(2023)
SCHOOLS = (
    "    indicators: all\ndisclosure",
    "    indicators: all\n  - {audience: partners, level: school, groups: [all, white],"
    " grades: all, indicators: [chronic-absenteeism]}\ndisclosure",
)


def allows(plan: Plan, **changes: str) -> bool:
    crossing = {
        "audience": "partners",
        "level": "district",
        "indicator": "chronic-absenteeism",
        "group": "hispanic",
        "grade": "",
        **changes,
    }
    return plan.allows(period=PERIOD, **crossing)


def test_what_the_plan_names_may_leave_and_nothing_else() -> None:
    plan = Plan(parsed()[0])
    assert allows(plan)
    assert allows(plan, grade="7")
    assert allows(plan, group="learners-with-disabilities")
    assert not allows(plan, audience="public")
    assert not allows(plan, level="school")
    assert not allows(plan, group="asian")
    assert not allows(plan, indicator="suspension-rate")
    assert not allows(plan, period_kind="month")


def test_an_indicator_leaves_only_for_the_years_in_which_it_is_in_use() -> None:
    plan = Plan(parsed()[0])
    crossing = {"audience": "partners", "level": "district", "group": "all", "grade": ""}
    years = [
        year
        for year in range(2015, 2030)
        if plan.allows(indicator="chronic-absenteeism", period=SchoolYear(year), **crossing)
    ]
    assert years[0] == 2020


def test_schools_leave_only_where_an_entry_names_them_and_with_no_more_than_it_names() -> None:
    plan = Plan(parsed(changed(SCHOOLS))[0])
    assert plan.levels("partners") == ("district", "school")
    assert plan.levels("public") == ()
    allowed = {
        (group, grade, indicator)
        for group, grade, indicator in product(
            ("all", "white", "hispanic"),
            ("", "7"),
            ("chronic-absenteeism", "met-standard-mathematics"),
        )
        if allows(plan, level="school", group=group, grade=grade, indicator=indicator)
    }
    assert allowed == {("all", "", "chronic-absenteeism"), ("white", "", "chronic-absenteeism")}


def test_all_is_spelled_out_in_the_order_of_the_charter() -> None:
    (entry,) = Plan(parsed()[0]).crossings("partners")
    assert entry.indicators == ("met-standard-mathematics", "chronic-absenteeism")
    assert entry.groups == (
        "all",
        "hispanic",
        "white",
        "english-learners",
        "students-with-disabilities",
        "learners-with-disabilities",
    )
    assert entry.each_grade


def test_the_group_of_all_alone_is_not_every_group() -> None:
    plan = Plan(parsed(changed(("    groups: all\n", "    groups: [all]\n")))[0])
    assert allows(plan, group="all")
    assert not allows(plan, group="hispanic")
