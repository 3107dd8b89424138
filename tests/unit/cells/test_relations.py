"""How groups lie in one another: read off their definitions, and off the numbers themselves."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from accord.cells.places import Places
from accord.cells.relations import Relations
from accord.indicators.catalogue import load_catalogue

GENDER = Relations((("female", "male", "nonbinary"),), ())


def grid(schools: Iterable[str], grades: Iterable[str], groups: Iterable[str]) -> Places:
    return Places.of([(s, g, k) for s in schools for g in grades for k in groups])


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


def test_relations_are_read_off_the_groups() -> None:
    known = load_catalogue()
    both = known.intersect("both", ["english-learners", "foster"])
    found = Relations.of([*known.groups.values(), both])
    assert ("female", "male", "nonbinary", "gender-not-reported") in found.partitions
    assert found.intersections[-1] == ("both", ("english-learners", "foster"))
    assert found.unions == (("ever-english-learners", ("english-learners", "reclassified")),)
