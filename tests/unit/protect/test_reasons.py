"""Why cells are hidden and how much is left to see, for the district's own eyes."""

from __future__ import annotations

from pathlib import Path

from accord.charter.model import Charter
from accord.station.protect.protect import Protected, protect_release
from accord.station.protect.reasons import Hidden, Reason, Visible
from adversary.districts import PERIOD
from adversary.gate import catalogue
from unit.protect.made_sums import SCHOOL, Place, agreement, written

RATE = "suspension-rate"
CELLS: dict[Place, tuple[int, int]] = {
    ("", "", "all"): (100, 400), ("", "9", "all"): (100, 400), ("", "", "foster"): (1, 5),
    ("", "", "homeless"): (1, 50), (SCHOOL, "", "all"): (60, 200),
    (SCHOOL, "9", "all"): (60, 200), (SCHOOL, "", "homeless"): (9, 9),
}  # fmt: skip
"""By place, how many of how many students were suspended."""


def protected(folder: Path, charter: Charter, audience: str = "partners") -> Protected:
    cells = {
        place: {RATE: {"members": of, "suspended_students": count}}
        for place, (count, of) in CELLS.items()
    }
    return protect_release(
        written(folder, cells),
        charter=charter,
        catalogue=catalogue(),
        audience=audience,  # type: ignore[arg-type]
    )


def wide() -> Charter:
    groups = ("all", "foster", "homeless")
    return agreement(RATE, groups=groups, levels=("district", "school"), grades="each")


def test_of_several_reasons_the_first_is_told(tmp_path: Path) -> None:
    """One of five is few and extreme; one of fifty only extreme."""
    found = protected(tmp_path, wide()).hidden
    assert Hidden(RATE, PERIOD, "", "", "foster", Reason.FEW) in found
    assert Hidden(RATE, PERIOD, "", "", "homeless", Reason.EXTREME) in found
    assert Hidden(RATE, PERIOD, SCHOOL, "", "homeless", Reason.FEW) in found


def test_students_in_sight_are_counted_by_level_over_all_grades(tmp_path: Path) -> None:
    """In the district 400 of 455, each in all their groups; in the school 200 of 209."""
    district, school = protected(tmp_path, wide()).visible
    assert district == Visible(RATE, PERIOD, "district", 3, 1, 455, 400)
    assert school == Visible(RATE, PERIOD, "school", 2, 1, 209, 200)
    assert (district.share, school.share) == (400 / 455, 200 / 209)
    assert Visible(RATE, PERIOD, "school", 0, 0, 0, 0).share == 1


def test_an_audience_is_told_of_its_own_cells(tmp_path: Path) -> None:
    """Schools leave for partners alone: the public's review names no school."""
    charter = wide()
    narrow = tuple(
        each for each in charter.publication
        if each.audience == "partners" or each.level == "district"
    )  # fmt: skip
    found = protected(tmp_path, charter.model_copy(update={"publication": narrow}), "public")
    assert [each.level for each in found.visible] == ["district"]
    assert {each.school for each in found.hidden} == {""}
