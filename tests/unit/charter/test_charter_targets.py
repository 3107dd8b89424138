"""Targets, worked by hand.

Two districts, two indicators: `met-standard-mathematics` (higher is better) and
`chronic-absenteeism` (lower is better), with a baseline in 2021–22.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from charter_stub import StubCatalogue
from charter_text import SMALL, parsed

from accord.base.periods import SchoolYear
from accord.charter.targets import Target, TargetUnknown, target_for

BASE = SchoolYear(2021)
MET, ABSENT = "met-standard-mathematics", "chronic-absenteeism"


def ask(
    rule: str,
    period: int,
    values: Mapping[str, Fraction | int],
    *,
    indicator: str = MET,
    group: str = "all",
) -> Target | TargetUnknown | None:
    """The target by `rule` in the school year from `period`; `values` are 2021–22's, by group."""
    start, end = SMALL.index("targets:"), SMALL.index("groups: [all")
    target = (
        f"targets:\n  - {{indicator: {indicator}, group: {group}, district: all, rule: {rule}}}\n"
    )
    charter, _ = parsed(SMALL[:start] + target + SMALL[end:])

    def baseline(of: str, of_group: str, district: str, year: SchoolYear) -> Fraction | None:
        assert (of, district, year) == (indicator, "020", BASE)
        value = values.get(of_group)
        return None if value is None else Fraction(value)

    return target_for(
        charter,
        indicator,
        group,
        "020",
        SchoolYear(period),
        baseline=baseline,
        known=StubCatalogue(),
    )


def value(rule: str, period: int, values: Mapping[str, Fraction | int], **more: str) -> Fraction:
    target = ask(rule, period, values, **more)
    assert isinstance(target, Target)
    return target.value


class TestLevel:
    RULE = "{kind: level, value: 50, by: 2025-26, baseline: 2021-22}"

    def test_the_level_itself_is_due_and_the_path_is_a_straight_line(self) -> None:
        """From 40 to 50 in four years: 2.5 a year; 45 after two."""
        target = ask(self.RULE, 2023, {"all": 40})
        assert isinstance(target, Target)
        assert (target.value, target.due) == (50, SchoolYear(2025))
        assert (target.path, target.per_year) == (45, Fraction(5, 2))
        assert target.of == "value"
        assert target.words == "At least 50 % by 2025–26."

    def test_it_is_kept_after_its_year(self) -> None:
        target = ask(self.RULE, 2026, {"all": 40})
        assert isinstance(target, Target)
        assert (target.value, target.path, target.due) == (50, 50, SchoolYear(2025))

    def test_thirds_stay_exact(self) -> None:
        """From 121/3 to 50 is 29/3 in four years: 29/12 a year."""
        target = ask(self.RULE, 2022, {"all": Fraction(121, 3)})
        assert isinstance(target, Target)
        assert target.per_year == Fraction(29, 12)
        assert target.path == Fraction(121, 3) + Fraction(29, 12)

    def test_who_stands_above_it_already_has_no_way_to_go_down(self) -> None:
        target = ask(self.RULE, 2022, {"all": 55})
        assert isinstance(target, Target)
        assert (target.value, target.path, target.per_year) == (50, 50, 0)

    def test_lower_is_better_leads_down(self) -> None:
        """From 30 to 20 in five years: −2 a year, 28 after one."""
        rule = "{kind: level, value: 20, by: 2026-27, baseline: 2021-22}"
        target = ask(rule, 2022, {"all": 30}, indicator=ABSENT)
        assert isinstance(target, Target)
        assert (target.path, target.per_year) == (28, -2)
        assert target.words == "At most 20 % by 2026–27."
        ahead = ask(rule, 2022, {"all": 12}, indicator=ABSENT)
        assert isinstance(ahead, Target)
        assert (ahead.value, ahead.path, ahead.per_year) == (20, 20, 0)

    def test_without_a_baseline_there_is_no_path_and_nothing_is_asked_for(self) -> None:
        target = ask("{kind: level, value: 95, by: 2022-23}", 2020, {})
        assert isinstance(target, Target)
        assert (target.value, target.path, target.per_year) == (95, None, None)


class TestYearlyStep:
    def test_each_year_has_its_own_target(self) -> None:
        """40 + 2.5 × 3 = 47.5 in the third year."""
        target = ask("{kind: yearly-step, step: 2.5, baseline: 2021-22}", 2024, {"all": 40})
        assert isinstance(target, Target)
        assert target.value == target.path == Fraction(95, 2)
        assert (target.due, target.per_year) == (SchoolYear(2024), Fraction(5, 2))
        assert target.words == "2.5 points higher each year, counted from 2021–22."

    def test_it_stops_at_its_limit(self) -> None:
        """94 + 0.5 × 4 = 96, above the limit of 95; 30 − 4 × 3 = 18, below that of 20."""
        up = "{kind: yearly-step, step: 0.5, baseline: 2021-22, limit: 95}"
        down = "{kind: yearly-step, step: -4, baseline: 2021-22, limit: 20}"
        assert value(up, 2023, {"all": 94}) == 95
        assert value(up, 2025, {"all": 94}) == 95
        assert value(down, 2023, {"all": 30}, indicator=ABSENT) == 22
        assert value(down, 2024, {"all": 30}, indicator=ABSENT) == 20

    def test_a_step_of_one_is_a_point(self) -> None:
        target = ask("{kind: yearly-step, step: -1, baseline: 2021-22}", 2022, {"all": 9})
        assert isinstance(target, Target)
        assert target.words == "1 point lower each year, counted from 2021–22."


class TestLaggingStep:
    RULE = "{kind: lagging-step, step: 3, lagging_step: 5, baseline: 2021-22}"

    def test_a_group_below_all_students_steps_faster(self) -> None:
        """30 is below 40, so 30 + 5 × 2 = 40; 45 is not, so 45 + 3 × 2 = 51."""
        behind = {"all": 40, "hispanic": 30}
        ahead = {"all": 40, "hispanic": 45}
        assert value(self.RULE, 2023, behind, group="hispanic") == 40
        assert value(self.RULE, 2023, ahead, group="hispanic") == 51

    def test_all_students_and_whoever_stands_level_with_them_take_the_plain_step(self) -> None:
        assert value(self.RULE, 2022, {"all": 40}) == 43
        assert value(self.RULE, 2022, {"all": 40, "white": 40}, group="white") == 43

    def test_where_less_is_better_the_group_with_more_lags(self) -> None:
        """36 absent is worse than 30, so 36 − 3 = 33; 24 is better, so 24 − 2 = 22."""
        rule = "{kind: lagging-step, step: -2, lagging_step: -3, baseline: 2021-22}"
        worse, better = {"all": 30, "hispanic": 36}, {"all": 30, "hispanic": 24}
        assert value(rule, 2022, worse, group="hispanic", indicator=ABSENT) == 33
        assert value(rule, 2022, better, group="hispanic", indicator=ABSENT) == 22

    def test_without_the_value_of_all_students_nobody_can_say_who_lags(self) -> None:
        target = ask(self.RULE, 2022, {"hispanic": 30}, group="hispanic")
        assert isinstance(target, TargetUnknown)
        assert "2021–22" in target.reason
        assert "“All students”" in target.reason


class TestDistanceShare:
    """The Academic Performance Index: 5 % of the distance to 800, half-up, at least 1."""

    RULE = "{kind: distance-share, share: 5, level: 800, baseline: 2021-22}"

    @pytest.mark.parametrize(
        ("base", "target"),
        [
            (640, 648),  # 5 % of 160 is 8
            (795, 796),  # 5 % of 5 is 0.25: at least 1
            (770, 772),  # 5 % of 30 is 1.5: half-up to 2
            (790, 791),  # 5 % of 10 is 0.5: half-up to 1
            (769, 771),  # 5 % of 31 is 1.55
            (750, 753),  # 5 % of 50 is 2.5: half-up to 3
            (799, 800),
            (800, 800),
            (850, 800),  # who stands above the level keeps above it
        ],
    )
    def test_the_first_year(self, base: int, target: int) -> None:
        assert value(self.RULE, 2022, {"all": base}) == target

    def test_every_later_year_counts_from_the_target_before_it(self) -> None:
        """640 → 648; 5 % of 152 is 7.6, so 656; 5 % of 144 is 7.2, so 663."""
        assert [value(self.RULE, year, {"all": 640}) for year in (2022, 2023, 2024)] == [
            648,
            656,
            663,
        ]

    def test_the_last_step_ends_at_the_level(self) -> None:
        assert value(self.RULE, 2022, {"all": Fraction(1599, 2)}) == 800
        assert value(self.RULE, 2025, {"all": 798}) == 800

    def test_where_less_is_better_it_leads_down(self) -> None:
        """10 % of 30 − 5 = 25 is 2.5, so 3: 27; 10 % of 22 is 2.2, so 25."""
        rule = "{kind: distance-share, share: 10, level: 5, baseline: 2021-22}"
        assert value(rule, 2022, {"all": 30}, indicator=ABSENT) == 27
        assert value(rule, 2023, {"all": 30}, indicator=ABSENT) == 25
        assert value(rule, 2022, {"all": 4}, indicator=ABSENT) == 5

    def test_it_says_what_this_year_asks_for(self) -> None:
        target = ask(self.RULE, 2023, {"all": 640})
        assert isinstance(target, Target)
        assert (target.per_year, target.due, target.path) == (8, SchoolYear(2023), 656)


class TestHalveGap:
    RULE = "{kind: halve-gap, reference: white, baseline: 2021-22, by: 2025-26}"

    def test_half_of_the_gap_is_due(self) -> None:
        """60 − 40 = 20 behind; 10 by the fourth year, so 2.5 less each year and 15 after two."""
        target = ask(self.RULE, 2023, {"hispanic": 40, "white": 60}, group="hispanic")
        assert isinstance(target, Target)
        assert (target.of, target.reference) == ("gap", "white")
        assert (target.baseline, target.value, target.due) == (20, 10, SchoolYear(2025))
        assert (target.path, target.per_year) == (15, Fraction(-5, 2))
        assert target.words == "By 2025–26, half the gap of 2021–22 to the group “White students”."

    def test_where_less_is_better_the_group_with_more_is_behind(self) -> None:
        """36 − 20 = 16 behind, so 8."""
        target = ask(
            self.RULE, 2025, {"hispanic": 36, "white": 20}, group="hispanic", indicator=ABSENT
        )
        assert isinstance(target, Target)
        assert (target.baseline, target.value, target.path) == (16, 8, 8)

    def test_a_group_that_is_not_behind_is_asked_not_to_fall_behind(self) -> None:
        target = ask(self.RULE, 2023, {"hispanic": 65, "white": 60}, group="hispanic")
        assert isinstance(target, Target)
        assert (target.baseline, target.value, target.path, target.per_year) == (-5, 0, 0, 0)

    def test_a_hidden_reference_makes_it_unknown(self) -> None:
        target = ask(self.RULE, 2023, {"hispanic": 40}, group="hispanic")
        assert isinstance(target, TargetUnknown)
        assert target.reason == (
            "The value of 2021–22 for “White students”, which this target counts from, is hidden "
            "or missing."
        )


@pytest.mark.parametrize("period", [2020, 2021])
def test_nothing_is_asked_before_the_year_after_the_baseline(period: int) -> None:
    assert ask(TestDistanceShare.RULE, period, {"all": 640}) is None


def test_nothing_is_asked_where_the_charter_sets_no_target() -> None:
    charter, _ = parsed()

    def never(*_: object) -> Fraction | None:
        raise AssertionError("no baseline is needed here")

    for indicator, group, year in (
        (ABSENT, "all", 2023),
        (MET, "white", 2023),
        (MET, "all", 2019),
    ):
        assert (
            target_for(
                charter,
                indicator,
                group,
                "020",
                SchoolYear(year),
                baseline=never,
                known=StubCatalogue(),
            )
            is None
        )


def test_a_target_does_not_count_from_another_version_of_the_definition() -> None:
    text = SMALL.replace(
        "  - definition: met-standard-mathematics@1.0\n    strand: numbers\n"
        "    goal: mathematics\n    from: 2020-21\n",
        "  - {definition: met-standard-mathematics@1.0, strand: numbers, goal: mathematics,"
        " from: 2020-21, to: 2022-23}\n"
        "  - {definition: met-standard-mathematics@1.1, strand: numbers, goal: mathematics,"
        " from: 2023-24}\n",
    )
    charter, _ = parsed(text)
    definitions = dict(StubCatalogue().definitions)
    definitions["met-standard-mathematics@1.1"] = definitions["met-standard-mathematics@1.0"]
    known = StubCatalogue(definitions=definitions)

    def fifty(*_: object) -> Fraction | None:
        return Fraction(50)

    before = target_for(charter, MET, "all", "020", SchoolYear(2022), baseline=fifty, known=known)
    after = target_for(charter, MET, "all", "020", SchoolYear(2023), baseline=fifty, known=known)
    assert isinstance(before, Target)
    assert isinstance(after, TargetUnknown)
    assert "met-standard-mathematics@1.1 was not in use in 2021–22" in after.reason
