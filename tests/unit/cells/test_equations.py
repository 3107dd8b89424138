"""The equations that hold, worked out by hand for a district of two schools."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from accord.cells.equations import Relations, equations, remainders, schools_add_up
from accord.cells.places import Lines, Places
from accord.indicators.catalogue import load_catalogue

GENDER = Relations((("female", "male", "nonbinary"),), ())
Place = tuple[str, str, str]


def written(places: Places, lines: Lines) -> set[str]:
    """Each line as ``+name +name -name``, in alphabetical order."""
    found = set()
    for members, signs in lines:
        names = [":".join(places.name(cell)) for cell in members.tolist()]
        assert set(signs.tolist()) <= {1, -1}
        terms = zip(names, signs.tolist(), strict=True)
        found.add(" ".join(sorted(f"{'+' if sign > 0 else '-'}{name}" for name, sign in terms)))
    return found


def grid(schools: Iterable[str], grades: Iterable[str], groups: Iterable[str]) -> Places:
    return Places.of([(s, g, k) for s in schools for g in grades for k in groups])


def no(places: Places) -> np.ndarray:
    return np.zeros((len(places.grades), len(places.groups)), dtype=bool)


def test_a_partition_adds_up_to_all() -> None:
    places = grid([""], [""], ["all", "female", "male", "nonbinary", "foster"])
    assert written(places, equations(places, GENDER, no(places))) == {
        "+::female +::male +::nonbinary -::all"
    }


def test_a_partition_of_which_a_group_is_not_published_is_no_equation() -> None:
    places = grid([""], [""], ["all", "female", "male"])
    assert written(places, equations(places, GENDER, no(places))) == set()
    assert written(places, remainders(places, GENDER)) == {"+::all -::female -::male"}


def test_grades_add_up_to_all_grades_in_the_district_and_in_a_school() -> None:
    places = Places.of(
        [
            *(("", grade, "all") for grade in ("", "9", "10")),
            *(("A", grade, "all") for grade in ("", "9")),
            *(("B", grade, "all") for grade in ("", "10")),
        ]
    )
    assert written(places, equations(places, GENDER, no(places))) == {
        "+:10:all +:9:all -::all",
        "+A:9:all -A::all",
        "+B:10:all -B::all",
    }


def test_grades_are_no_equation_for_a_group_that_lacks_one_that_is_served() -> None:
    places = Places.of(
        [
            ("", "", "all"),
            ("", "9", "all"),
            ("", "10", "all"),
            ("", "", "foster"),
            ("", "9", "foster"),
        ]
    )
    assert written(places, equations(places, GENDER, no(places))) == {"+:10:all +:9:all -::all"}


def test_schools_add_up_only_where_it_is_said() -> None:
    places = grid(["", "A", "B"], [""], ["all", "foster"])
    adds_up = no(places)
    adds_up[0, places.groups.index("foster")] = True
    assert written(places, equations(places, GENDER, adds_up)) == {
        "+A::foster +B::foster -::foster"
    }


def test_moving_students_break_the_sum_over_schools_from_the_minimum_on() -> None:
    cells = [("", "", "foster"), ("A", "", "foster"), ("B", "", "foster")]
    places = Places.of(cells)
    assert schools_add_up(places, np.array([100, 60, 50]), minimum=11).all()
    assert not schools_add_up(places, np.array([100, 60, 51]), minimum=11).any()
    assert not schools_add_up(places, np.array([100, 60, 29]), minimum=11).any()


def test_every_group_adds_up_over_schools_where_all_students_do() -> None:
    places = Places.of([(s, "", g) for g in ("all", "foster") for s in ("", "A", "B")])
    all_students, foster = [300, 200, 100], [100, 60, 29]
    assert schools_add_up(places, np.array(all_students + foster), minimum=11).all()


def test_complements_and_intersections_leave_groups_that_nobody_publishes() -> None:
    both = "english-learners-with-disabilities"
    crossed = Relations((), ((both, ("english-learners", "with-disabilities")),))
    places = grid([""], [""], ["all", "english-learners", "with-disabilities", both])
    assert written(places, remainders(places, crossed)) == {
        "+::all -::english-learners",
        "+::all -::with-disabilities",
        f"+::all -::{both}",
        f"+::english-learners -::{both}",
        f"+::with-disabilities -::{both}",
        f"+::all +::{both} -::english-learners -::with-disabilities",
    }


def test_a_union_is_found_in_the_numbers_when_it_is_no_accident() -> None:
    groups = ["all", "english-learners", "ever-english-learners", "reclassified"]
    schools = ["", *(f"{number:02}" for number in range(10))]
    places = grid(schools, [""], groups)
    at = {group: places.groups.index(group) for group in groups}
    students = np.zeros(len(places), dtype=np.int64)
    for cell in range(len(places)):
        organisation = int(places.organisation[cell])
        learners, reclassified = 20 + organisation, 30 + 2 * organisation
        students[cell] = {
            at["all"]: 900,
            at["english-learners"]: learners,
            at["reclassified"]: reclassified,
            at["ever-english-learners"]: learners + reclassified,
        }[int(places.group[cell])]
    known = np.ones(len(places), dtype=bool)
    found = Relations((), ()).with_unions(places, students, known)
    union = ("ever-english-learners", ("english-learners", "reclassified"))
    assert found.unions == (union,)
    lines = equations(places, found, no(places))
    assert "+00::english-learners +00::reclassified -00::ever-english-learners" in written(
        places, lines
    )
    ten, nine = places.organisation < 10, places.organisation < 9
    assert Relations((), ()).with_unions(places, students, ten).unions == (union,)
    assert Relations((), ()).with_unions(places, students, nine).unions == ()
    students[places.group == at["reclassified"]] += 1
    assert Relations((), ()).with_unions(places, students, known).unions == ()


def test_a_union_that_was_found_before_is_kept_where_few_numbers_could_show_it() -> None:
    """Two places are too few to find it in; a third of 5 and 4 that are 8 contradicts it."""
    names = ("ever", "now", "before")
    known = Relations((), (), (("ever", ("now", "before")),))
    places = grid(["", "A"], [""], list(names))
    order = [places.name(cell)[2] for cell in range(len(places))]
    fits = np.array([{"ever": 9, "now": 5, "before": 4}[name] for name in order])
    everywhere = np.ones(len(places), dtype=bool)
    assert Relations((), ()).with_unions(places, fits, everywhere).unions == ()
    assert known.with_unions(places, fits, everywhere).unions == known.unions
    assert known.with_unions(places, fits - (fits == 9), everywhere).unions == ()


def test_nothing_is_left_over_where_the_whole_or_every_part_is_no_cell() -> None:
    """The district has all three genders, A none, B no total; in C two are left over."""
    cells = [("", "", group) for group in ("all", "female", "male", "nonbinary")]
    cells += [("A", "", "all"), ("B", "", "female"), ("C", "", "all"), ("C", "", "male")]
    places = Places.of(cells)
    assert written(places, remainders(places, GENDER)) == {"+C::all -C::male"}
    assert written(places, equations(places, GENDER, no(places))) == {
        "+::female +::male +::nonbinary -::all"
    }


def by_school(numbers: dict[str, list[int]]) -> tuple[Places, np.ndarray]:
    """Groups with their students in one school after the other; -1 where there is no cell."""
    cells = {
        (f"{school:02}", "", group): students
        for group, some in numbers.items()
        for school, students in enumerate(some)
        if students >= 0
    }
    return Places.of(list(cells)), np.array(list(cells.values()))


def test_groups_of_nobody_make_no_union() -> None:
    """Everybody who ever learned English still does, and nobody is reclassified or new: that they
    add up says nothing."""
    some = [20 + school for school in range(12)]
    places, students = by_school(
        {"all": [99] * 12, "el": some, "ever": some, "aaa-new": [0] * 12, "rfep": [0] * 12}
    )
    known = np.ones(len(places), dtype=bool)
    assert Relations((), ()).with_unions(places, students, known).unions == ()


def test_a_school_that_lacks_a_group_does_not_speak_against_a_union() -> None:
    places, students = by_school(
        {
            "el": [20 + school for school in range(12)],
            "ever": [*(50 + 3 * school for school in range(10)), -1, 79],
            "rfep": [30 + 2 * school for school in range(12)],
        }
    )
    union = ("ever", ("el", "rfep"))
    known = students != 79  # what is hidden says nothing either
    assert Relations((), ()).with_unions(places, students, known).unions == (union,)
    assert Relations((), ()).with_unions(places, students, students > 0).unions == ()


def test_a_union_that_was_found_before_needs_its_groups_and_all_three_numbers() -> None:
    """In each of three schools one number is hidden, and the other two can't contradict it."""
    known = Relations((), (), (("ever", ("el", "rfep")),))
    places, students = by_school({"el": [1, 5, 5], "ever": [9, 1, 9], "rfep": [4, 4, 1]})
    assert known.with_unions(places, students, students > 1).unions == known.unions
    assert known.with_unions(places, students, students > 0).unions == ()
    places, students = by_school({"el": [5], "ever": [9]})
    assert known.with_unions(places, students, students > 0).unions == ()


def test_the_groups_of_a_partition_make_no_union() -> None:
    """Gender is a partition already: that two of its groups add up to a third is chance."""
    places, students = by_school(
        {"female": [30] * 12, "male": [10] * 12, "nonbinary": [20] * 12, "foster": [50] * 12}
    )
    known = np.ones(len(places), dtype=bool)
    assert GENDER.with_unions(places, students, known).unions == ()


def test_grades_add_up_in_the_schools_that_serve_them_group_by_group() -> None:
    """A serves grade 9 alone, and shows no total of its foster youth."""
    places = Places.of(
        [
            *(("", grade, group) for grade in ("", "9") for group in ("all", "foster")),
            ("A", "", "all"), ("A", "9", "all"), ("A", "9", "foster"),
        ]
    )  # fmt: skip
    assert written(places, equations(places, Relations((), ()), ~no(places))) == {
        "+:9:all -::all", "+:9:foster -::foster", "+A:9:all -A::all",
        "+A::all -::all", "+A:9:all -:9:all", "+A:9:foster -:9:foster",
    }  # fmt: skip


def test_relations_are_read_off_the_groups() -> None:
    known = load_catalogue()
    both = known.intersect("both", ["english-learners", "foster"])
    found = Relations.of([*known.groups.values(), both])
    assert ("female", "male", "nonbinary", "gender-not-reported") in found.partitions
    assert found.intersections[-1] == ("both", ("english-learners", "foster"))
    assert found.unions == ()
