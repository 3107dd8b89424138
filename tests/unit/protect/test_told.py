"""What was released is out for good; a number that was corrected since is another one."""

from __future__ import annotations

from pathlib import Path

from accord.cells.cell import State
from accord.cells.table import CellTable
from accord.station.protect.protect import Gate
from accord.station.protect.told import Told
from adversary.districts import PERIOD
from adversary.gate import catalogue
from unit.protect.made_sums import agreement, written

RATE, GROUPS = "suspension-rate", ("all", "foster")


def protected(folder: Path, told: Told, **numbers: tuple[int, int]) -> CellTable:
    """What leaves of so many suspended students, of so many, by group."""
    cells = {
        ("", "", group): {RATE: {"members": of, "suspended_students": count}}
        for group, (count, of) in numbers.items()
    }
    gate = Gate(written(folder, cells), agreement(RATE, groups=GROUPS), catalogue(), told)
    return gate.protected(gate.patterns(), "partners").table


def states(table: CellTable) -> dict[str, State]:
    return {cell.group: cell.state for cell in table}


def test_a_corrected_number_can_be_hidden_where_an_unchanged_one_is_out(tmp_path: Path) -> None:
    """15 students were not in foster care, and are 10 after five were struck: too few to tell.

    Those in foster care are out as they are. So the corrected total is what can be hidden.
    """
    first = protected(tmp_path / "1", Told(), all=(27, 60), foster=(20, 45))
    assert set(states(first).values()) == {State.PUBLISHED}
    second = protected(tmp_path / "2", Told.of([first]), all=(24, 55), foster=(20, 45))
    assert states(second) == {"all": State.SUPPRESSED, "foster": State.PUBLISHED}


def test_what_was_told_last_is_what_is_out(tmp_path: Path) -> None:
    """The total was corrected twice; those in foster care are out as they are now."""
    first = protected(tmp_path / "1", Told(), all=(27, 60), foster=(20, 45))
    other = protected(tmp_path / "2", Told(), all=(25, 58), foster=(18, 43))
    assert set(states(other).values()) == {State.PUBLISHED}
    third = protected(tmp_path / "3", Told.of([first, other]), all=(23, 53), foster=(18, 43))
    assert states(third) == {"all": State.SUPPRESSED, "foster": State.PUBLISHED}


def test_what_was_hidden_of_the_same_measure_is_hidden_again(tmp_path: Path) -> None:
    """Nothing of these two groups has to be hidden; but one of them was."""
    told = Told(again={(PERIOD, RATE): {("", "", "foster")}})
    second = protected(tmp_path, told, all=(27, 60), foster=(20, 45))
    assert states(second) == {"all": State.PUBLISHED, "foster": State.SUPPRESSED}
