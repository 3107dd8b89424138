"""Which cell gives way when something must be hidden beside another: by hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from accord.cells.cell import State
from accord.cells.places import Places
from accord.station.protect.costs import Costs, shown_in
from accord.station.protect.protect import Gate
from accord.station.protect.raw import Measured
from adversary.districts import PERIOD
from adversary.gate import catalogue
from adversary.gate import charter as example
from unit.protect.made_sums import Place, agreement, written

RATE, CHRONIC = "suspension-rate", "chronic-absenteeism"
ALL, FOSTER = ("", "", "all"), ("", "", "foster")


@dataclass
class Counted:
    """As much of a measure as costs look at: how many students each cell is about."""

    students: list[int]
    indicator: str = RATE
    members: SimpleNamespace = field(init=False)
    definition: SimpleNamespace = field(init=False)

    def __post_init__(self) -> None:
        self.members = SimpleNamespace(units=np.array(self.students))
        self.definition = SimpleNamespace(id=self.indicator)


PLACES = Places.of([ALL, FOSTER, ("s", "", "all"), ("s", "", "foster")])


def dearest_last(costs: Costs, *measures: Counted) -> list[Place]:
    """The places by what it costs to hide them."""
    price = costs.price(PLACES, measures)  # type: ignore[arg-type]
    return [PLACES.name(int(place)) for place in np.argsort(price, kind="stable")]


def test_schools_give_way_before_the_district_or_as_the_charter_prefers() -> None:
    some = Counted([400, 30, 90, 900_000])
    schools, district = [("s", "", "all"), ("s", "", "foster")], [FOSTER, ALL]
    assert dearest_last(Costs(), some) == [*schools, *district]
    assert dearest_last(Costs(("district", "school")), some) == [*district, *schools]
    assert dearest_last(Costs(("district",)), some) == [*district, *schools]
    assert dearest_last(Costs(()), some) == [*district, *schools]


def test_a_target_counts_more_than_the_year_before_and_that_more_than_students() -> None:
    """Foster youth have a target, all students were shown; of the rest the fewest give way."""
    some = Counted([20, 900_000, 20, 900_000])
    none = Costs(("district", "school"))
    assert dearest_last(none, some)[:2] == [ALL, FOSTER]
    before = replace(none, shown={RATE: {ALL}, "other": {FOSTER}})
    assert dearest_last(before, some)[:2] == [FOSTER, ALL]
    target = replace(before, targets=frozenset({(RATE, "foster"), ("other", "all")}))
    assert dearest_last(target, some)[:2] == [ALL, FOSTER]


def test_a_number_that_several_indicators_show_costs_what_each_of_them_does() -> None:
    """30 + 200 students of all, and 90 + 90 in foster care."""
    one, other = Counted([30, 90, 1, 1]), Counted([200, 90, 1, 1], "other")
    assert dearest_last(Costs(), one)[2:] == [ALL, FOSTER]
    assert dearest_last(Costs(), one, other)[2:] == [FOSTER, ALL]


def test_a_charter_says_what_it_prefers_and_where_its_targets_are() -> None:
    charter = example()
    costs = Costs.of(charter, {RATE: {ALL}})
    assert costs.prefer == charter.disclosure.prefer
    assert costs.targets == {(each.indicator, each.group) for each in charter.targets}
    assert costs.shown == {RATE: {ALL}}


def test_what_was_shown_is_what_left_and_was_not_hidden(tmp_path: Path) -> None:
    """Five foster youth are too few, and transitional kindergarten says nothing of who was
    chronically absent."""
    counted = {CHRONIC: {"members": 100, "chronic": 20}}
    cells = {
        ALL: counted, ("", "TK", "all"): {CHRONIC: {"members": 0}}, ("", "K", "all"): counted,
        FOSTER: {CHRONIC: {"members": 5, "chronic": 3}},
    }  # fmt: skip
    charter = agreement(CHRONIC, groups=("all", "foster"), grades="each")
    ((guarded,),) = Gate(written(tmp_path, cells), charter, catalogue()).patterns().values()
    assert shown_in([guarded]) == {CHRONIC: {ALL, ("", "K", "all")}}


GENDERS = ("female", "male", "nonbinary", "gender-not-reported")


def year(folder: Path, period: str, *students: int) -> None:
    """A year with so many students of each gender; a third of them were suspended."""
    counts = {group: (size // 3, size) for group, size in zip(GENDERS, students, strict=True)}
    counts["all"] = (sum(n for n, _ in counts.values()), sum(students))
    cells = {
        ("", "", group): {RATE: {"members": of, "suspended_students": count}}
        for group, (count, of) in counts.items()
    }
    written(folder, cells)
    if period != PERIOD:
        (made,) = folder.glob(f"*/{PERIOD}.parquet")
        shutil.move(made, made.with_name(f"{period}.parquet"))


def hidden(folder: Path, *periods: str) -> dict[str, set[str]]:
    measured = Measured(folder, "99100010000000", periods, "2024-06-30", "certified")
    gate = Gate(measured, agreement(RATE, groups=("all", *GENDERS)), catalogue())
    table = gate.protected(gate.patterns(), "partners").table
    return {
        period: {cell.group for cell in table.where(period=period, state=State.SUPPRESSED)}
        for period in periods
    }


def test_a_cell_that_was_shown_for_the_year_before_is_shown_again(tmp_path: Path) -> None:
    """Five nonbinary students can't be shown, so another group must hide them: the smallest. Last
    year that was who gave no gender; this year those are many more, and hide them again. What was
    hidden two years ago doesn't count."""
    year(tmp_path, "2021-22", 20, 150, 5, 140)
    year(tmp_path, "2022-23", 140, 150, 5, 20)
    year(tmp_path, PERIOD, 30, 150, 5, 400)
    female, unknown = {"nonbinary", "female"}, {"nonbinary", "gender-not-reported"}
    assert hidden(tmp_path, PERIOD) == {PERIOD: female}
    assert hidden(tmp_path, "2022-23", PERIOD) == {"2022-23": unknown, PERIOD: unknown}
    years = "2021-22", "2022-23", PERIOD
    assert hidden(tmp_path, "2021-22", PERIOD)[PERIOD] == female
    found = hidden(tmp_path, *years)
    assert found["2021-22"] == found["2022-23"] == found[PERIOD] == female
