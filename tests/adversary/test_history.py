"""Releases that are safe one by one and unsafe together: found, and repaired on the way out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from accord.audit.attacks import audit
from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.station.certifying import background
from accord.station.clearing import clear
from accord.station.protect.protect import Gate
from accord.station.protect.raw import Measured
from adversary.districts import DISTRICT, Students, students, write_measure
from adversary.gate import catalogue, charter, definitions, narrowed
from adversary.released import released
from adversary.trials import together

ID = "suspension-rate"
YEAR = "2023-24"
GENDERS = ("female", "male", "nonbinary", "gender-not-reported")


def district() -> Students:
    """Four hundred students of one grade: 196 and 200 by gender, four nonbinary; every fifth of
    them was suspended."""
    people = students(1, 400, (1, 1, 1), 0.0)
    numbers = np.arange(400)
    gender = np.where(numbers < 196, 0, np.where(numbers < 396, 1, 2))
    groups = {**people.groups, **{name: gender == at for at, name in enumerate(GENDERS)}}
    return replace(people, groups=groups, suspended=numbers % 5 == 0)


def gate(folder: Path, people: Students, name: str, *, keep: str = "") -> Gate:
    """The gate before a measure; of the genders it would rather not hide `keep`, for it has a
    target that needs it."""
    write_measure(folder, people, definitions(ID), YEAR)
    agreement = narrowed(charter(), ID)
    targets = [each for each in agreement.targets if each.indicator == ID]
    kept = targets[0].model_copy(update={"group": keep}) if keep else None
    plan = [each.model_copy(update={"grades": "all"}) for each in agreement.publication
            if each.level == "district"]  # fmt: skip
    agreement = agreement.model_copy(
        update={
            "groups": ("all", *GENDERS),
            "intersections": (),
            "publication": tuple(plan),
            "targets": (kept,) if kept else (),
        }
    )
    return Gate(Measured(folder, DISTRICT, (YEAR,), "2024-06-30", "certified", name),
                agreement, catalogue())  # fmt: skip


def hidden(table: CellTable) -> set[str]:
    return {row.group for row in table.where(state=State.SUPPRESSED)}


def test_each_hides_another_group_beside_and_so_the_second_is_asked_to_hide_the_same(
    tmp_path: Path,
) -> None:
    first = gate(tmp_path, district(), "first", keep="male")
    second = gate(tmp_path, district(), "first", keep="female")
    one = clear(first, "partners", []).protected.table
    other = clear(second, "partners", []).protected.table
    assert (hidden(one), hidden(other)) == ({"nonbinary", "female"}, {"nonbinary", "male"})
    out = released(first, one)
    assert not audit(together(second, other, [out])).is_safe
    again = clear(second, "partners", background([out]))
    assert again.audit.is_safe
    assert "female" in hidden(again.protected.table)


def test_a_correction_of_the_same_day_shows_nothing_that_the_first_one_hid(tmp_path: Path) -> None:
    """One male student more was suspended; the measure tells the figures apart."""
    people = district()
    first = gate(tmp_path / "first", people, "first", keep="male")
    out = released(first, clear(first, "partners", []).protected.table)
    suspended = people.suspended.copy()
    suspended[201] = True
    revised = replace(people, suspended=suspended)
    second = gate(tmp_path / "second", revised, "second", keep="female")
    other = clear(second, "partners", []).protected.table
    assert not audit(together(second, other, [out])).is_safe
    again = clear(second, "partners", background([out]))
    assert again.audit.is_safe
    shown = again.protected.table.where(state=State.PUBLISHED)
    assert {row.group for row in shown} == {"all", "male"}
