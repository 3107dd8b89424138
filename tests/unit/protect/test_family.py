"""Which numbers are protected, and together with what: on sums written by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from accord.base.errors import RefusedError
from accord.cells.cell import State
from accord.cells.places import Places
from accord.station.protect.costs import Costs
from accord.station.protect.nesting import nested
from accord.station.protect.protect import Gate, protect_release
from accord.station.protect.scores import reach_of
from accord.station.protect.told import Told
from adversary.districts import PERIOD
from adversary.gate import catalogue, definitions
from unit.protect.made_sums import Place, Sums, agreement, written

SUSPENSION = "suspension-rate"
GENDERS = ("all", "female", "male", "nonbinary", "gender-not-reported")


def suspended(count: int, of: int) -> dict[str, Sums]:
    return {SUSPENSION: {"members": of, "suspended_students": count}}


def test_groups_that_do_not_add_up_are_named_without_a_number(tmp_path: Path) -> None:
    """30 + 140 + 5 + 10 are 185 students, and all are said to be 315."""
    numbers = {"all": (59, 315), "female": (20, 140), "male": (35, 30)}
    numbers |= {"nonbinary": (1, 5), "gender-not-reported": (3, 10)}
    cells = {("", "", group): suspended(*n) for group, n in numbers.items()}
    with pytest.raises(RefusedError, match=r"all is not .*female") as refused:
        protect_release(
            written(tmp_path, cells),
            charter=agreement(SUSPENSION, groups=GENDERS),
            catalogue=catalogue(),
            audience="partners",
        )
    assert not any(character.isdigit() for character in str(refused.value))


def test_the_highest_level_is_part_of_having_met_the_standard() -> None:
    known = [
        catalogue().definition(f"{name}@1.0")
        for name in ("met-standard-ela", "advanced-mathematics", "met-standard-mathematics")
    ]
    assert list(nested(known)) == [(1, 2)]


def test_scores_add_up_within_what_can_be_had() -> None:
    """Smarter Balanced mathematics, grade 3: 2190 to 2660; all grades together: 2190 to 2900."""
    (mean,) = definitions("mean-scale-score-mathematics")
    places = Places.of([("", "", "all"), ("", "3", "foster")])
    sums = np.array([25_000, 24_000]), np.array([10, 10])
    reach = reach_of(mean, "2023-24", places, catalogue().tests, sums)
    assert list(zip(reach.least, reach.most, reach.furthest, strict=True)) == [
        (21_900, 29_000, 710),
        (21_900, 26_600, 470),
    ]


def test_all_grades_together_reach_no_further_than_their_grades() -> None:
    """Two in grade 3 (2190 to 2660) and one in grade 4 (2205 to 2700), none in grade 5."""
    (mean,) = definitions("mean-scale-score-mathematics")
    places = Places.of([("", grade, "foster") for grade in ("", "3", "4", "5")])
    sums = np.array([7_300, 4_900, 2_400, 0]), np.array([3, 2, 1, 0])
    reach = reach_of(mean, "2023-24", places, catalogue().tests, sums)
    assert (reach.least[0], reach.most[0]) == (2 * 2190 + 2205, 2 * 2660 + 2700)
    assert reach.furthest[0] == 495


def test_grades_of_which_only_some_are_in_sight_narrow_nothing() -> None:
    (mean,) = definitions("mean-scale-score-mathematics")
    places = Places.of([("", grade, "foster") for grade in ("", "3")])
    sums = np.array([7_300, 4_900]), np.array([3, 2])
    reach = reach_of(mean, "2023-24", places, catalogue().tests, sums)
    assert (reach.least[0], reach.most[0]) == (3 * 2190, 3 * 2900)


@pytest.mark.parametrize(
    ("total", "least", "most"), [(21_900, 21_900, 26_600), (26_600, 21_900, 26_600)]
)
def test_everybody_may_have_the_lowest_or_the_highest_score(
    total: int, least: int, most: int
) -> None:
    (mean,) = definitions("mean-scale-score-mathematics")
    places = Places.of([("", "3", "all")])
    sums = np.array([total]), np.array([10])
    reach = reach_of(mean, "2023-24", places, catalogue().tests, sums)
    assert (reach.least.tolist(), reach.most.tolist()) == ([least], [most])


def test_a_point_beyond_the_scale_is_of_another_test() -> None:
    (mean,) = definitions("mean-scale-score-mathematics")
    places = Places.of([("", "3", "all")])
    for total in (21_899, 26_601):
        sums = np.array([total]), np.array([10])
        reach = reach_of(mean, "2023-24", places, catalogue().tests, sums)
        assert (reach.least[0], reach.most[0]) != (21_900, 26_600)
        assert reach.least[0] <= total <= reach.most[0]


def test_distances_lie_as_far_from_the_standard_as_scores_can() -> None:
    """Grade 3: scores from 2190 to 2660, and 2436 meets the standard of mathematics."""
    (distance,) = definitions("distance-from-standard-mathematics")
    places = Places.of([("", "3", "all"), ("", "3", "foster")])
    sums = np.array([-100, 0]), np.array([10, 0])
    reach = reach_of(distance, "2023-24", places, catalogue().tests, sums)
    assert (reach.least.tolist(), reach.most.tolist()) == ([-2460, 0], [2240, 0])
    assert reach.furthest.tolist() == [470, 470]


def test_scores_of_no_known_test_lie_where_the_means_do() -> None:
    (mean,) = definitions("mean-scale-score-mathematics")
    places = Places.of([("", "", "all"), ("", "", "foster")])
    sums = np.array([155, 61]), np.array([10, 3])
    reach = reach_of(mean, "2023-24", places, catalogue().tests, sums)
    assert (reach.least.tolist(), reach.most.tolist()) == ([150, 45], [210, 63])


def scored(of: int, scores: int) -> dict[str, Sums]:
    return {
        "mean-scale-score-mathematics": {
            "members": of, "scores": scores, "squared_scores": scores * 2500,
        }
    }  # fmt: skip


def test_two_who_were_expected_and_did_not_come_are_not_shown(tmp_path: Path) -> None:
    """Nobody of two took the test: both count with the lowest score, which everybody knows."""
    distance = {"took_part": 20, "scored": 20, "distances": 400, "squared_distances": 9000}
    some = {"members": 20, "lowest_distances": 0, **distance}
    none = {"members": 2, "lowest_distances": -600, **dict.fromkeys(distance, 0)}
    name = "distance-from-standard-mathematics"
    cells = {
        ("", grade, group): {name: sums}
        for grade in ("", "3")
        for group, sums in (("all", some), ("foster", none))
    }
    protected = protect_release(
        written(tmp_path, cells),
        charter=agreement(name, groups=("all", "foster")),
        catalogue=catalogue(),
        audience="partners",
    )
    assert {cell.state for cell in protected.table.where(group="foster")} == {State.SUPPRESSED}


def test_a_hidden_mean_takes_another_group_with_it(tmp_path: Path) -> None:
    """All less the others would be the score of the five whose gender is not reported."""
    students = {"female": 140, "male": 150, "nonbinary": 20, "gender-not-reported": 5}
    cells: dict[Place, dict[str, Sums]] = {
        ("", "", group): scored(of, 2500 * of) for group, of in students.items()
    }
    cells["", "", "all"] = scored(315, 2500 * 315)
    table = protect_release(
        written(tmp_path, cells),
        charter=agreement("mean-scale-score-mathematics", groups=GENDERS),
        catalogue=catalogue(),
        audience="partners",
    ).table
    hidden = {cell.group for cell in table.where(state=State.SUPPRESSED)}
    assert hidden == {"gender-not-reported", "nonbinary"}


NAMES = {"all": (62, 315), "female": (20, 140), "male": (35, 150)}
NAMES |= {"nonbinary": (1, 5), "gender-not-reported": (6, 20)}


def hidden_given(folder: Path, told: Told) -> set[str]:
    """The groups that are hidden when the gate is told so much."""
    cells = {("", "", group): suspended(*n) for group, n in NAMES.items()}
    gate = Gate(
        written(folder, cells), agreement(SUSPENSION, groups=tuple(NAMES)), catalogue(), told
    )
    table = gate.protected(gate.patterns(), "partners").table
    return {cell.group for cell in table.where(state=State.SUPPRESSED)}


def test_a_cell_that_must_be_hidden_also_is(tmp_path: Path) -> None:
    """Five students are too few; of those who can hide them the fewest are not reported."""
    assert hidden_given(tmp_path, Told()) == {"nonbinary", "gender-not-reported"}
    also = Told(also={(PERIOD, SUSPENSION): {("", "", "male")}})
    assert hidden_given(tmp_path, also) == {"nonbinary", "male"}
    everyone = Told(also={(PERIOD, SUSPENSION): {("", "", "all")}})
    assert hidden_given(tmp_path, everyone) == {"nonbinary", "all"}
    elsewhere = Told(also={("2019-20", SUSPENSION): {("", "", "male")}})
    assert hidden_given(tmp_path, elsewhere) == {"nonbinary", "gender-not-reported"}


def test_what_is_out_can_not_hide_anything_and_what_should_not_be_stays_hidden(
    tmp_path: Path,
) -> None:
    key = PERIOD, catalogue().definition(f"{SUSPENSION}@1.0").hash
    numbers = {group: (Decimal(count), Decimal(of)) for group, (count, of) in NAMES.items()}

    def out(group: str) -> dict[tuple[str, str], dict[Place, tuple[Decimal, Decimal]]]:
        return {key: {("", "", group): numbers[group]}}

    beside = Told(out=out("gender-not-reported"))
    assert hidden_given(tmp_path, beside) == {"nonbinary", "female"}
    small = Told(out=out("nonbinary"))
    assert hidden_given(tmp_path, small) == {"nonbinary"}
    both = Told(out=out("male"), also={(PERIOD, SUSPENSION): {("", "", "male")}})
    assert hidden_given(tmp_path, both) == {"nonbinary", "gender-not-reported"}


def test_what_was_shown_the_year_before_and_what_has_a_target_is_spared() -> None:
    places = Places.of([("", "", "female"), ("", "", "male"), ("s", "", "male")])
    costs = Costs(targets=frozenset({("other", "male")}), shown={SUSPENSION: {("", "", "female")}})
    measure = _Stub(np.array([30, 90, 200]))
    female, male, school = costs.price(places, [measure])  # type: ignore[list-item]
    assert school < male < female
    wanted = Costs(targets=frozenset({(SUSPENSION, "male")})).price(places, [measure])  # type: ignore[list-item]
    assert wanted[0] < wanted[1]


class _Stub:
    """As much of a measure as costs look at."""

    def __init__(self, students: np.ndarray) -> None:  # type: ignore[type-arg]
        self.members = type("Members", (), {"units": students})()
        self.definition = type("Definition", (), {"id": SUSPENSION})()
