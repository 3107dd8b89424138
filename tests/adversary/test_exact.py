"""The exact reader, on publications of a few numbers worked by hand."""

from __future__ import annotations

import pytest

from adversary.exact import (
    ContradictoryError,
    Groups,
    Publication,
    Reader,
    Region,
    Secret,
    faults,
)

GENDER = ("female", "male", "nonbinary")
BY_GENDER = Groups(("all", *GENDER), (GENDER,))
SIZES = {"all": 300, "female": 140, "male": 156, "nonbinary": 4}


def district(groups: Groups, **numbers: dict[str, int]) -> Publication:
    """A district without schools: by count, the numbers that are shown of its groups."""
    shown = {
        (count, ("", "", group)): number
        for count, some in numbers.items()
        for group, number in some.items()
    }
    return Publication(tuple(numbers), groups, (), (), shown, {})


def of(group: str, school: str = "", grade: str = "") -> tuple[str, str, Region]:
    return school, grade, ((group, 1),)


def test_one_hidden_group_is_what_is_left() -> None:
    """60 − 25 − 34 = 1."""
    reader = Reader(district(BY_GENDER, enrolled=SIZES,
                             suspended={"all": 60, "female": 25, "male": 34}))  # fmt: skip
    assert reader.ends("suspended", of("nonbinary")) == (1, 1)
    assert reader.ends("suspended", of("nonbinary"), "enrolled") == (3, 3)


def test_two_hidden_groups_share_what_is_left_as_far_as_their_sizes_go() -> None:
    """26 of 140 and 4: at most 4 are nonbinary, so at least 22 are female."""
    reader = Reader(district(BY_GENDER, enrolled=SIZES, suspended={"all": 60, "male": 34}))
    assert reader.ends("suspended", of("nonbinary")) == (0, 4)
    assert reader.ends("suspended", of("female")) == (22, 26)


def test_a_partition_with_a_group_left_out_only_bounds() -> None:
    """Whoever is neither female nor male is at most 60 − 34."""
    groups = Groups(("all", "female", "male"), (GENDER,))
    sizes = {"all": 300, "female": 140, "male": 156}
    reader = Reader(district(groups, enrolled=sizes, suspended={"all": 60, "male": 34}))
    rest: Region = (("all", 1), ("female", -1), ("male", -1))
    assert reader.ends("suspended", ("", "", rest)) == (0, 4)


def test_a_narrower_count_bounds_a_wider_one_from_below() -> None:
    """20 of female and nonbinary met the standard, 14 and 4 of them at the highest level."""
    reader = Reader(
        district(
            BY_GENDER,
            tested={"all": 300, "female": 136, "male": 156, "nonbinary": 8},
            met={"all": 54, "male": 34},
            advanced={"all": 27, "female": 14, "male": 9},
        )
    )
    assert reader.ends("met", of("nonbinary")) == (4, 6)
    assert reader.ends("met", of("female")) == (14, 16)


def test_an_intersection_is_bounded_by_who_is_in_neither() -> None:
    """Of 10, 8 and 7 are in the two groups: at least 5 in both, at most 7."""
    groups = Groups(("all", "a", "b", "ab"), crossed={"ab": ("a", "b")})
    reader = Reader(district(groups, enrolled={"all": 10, "a": 8, "b": 7}))
    assert reader.ends("enrolled", of("ab")) == (5, 7)


def test_a_union_is_the_sum_of_its_two() -> None:
    groups = Groups(("all", "now", "ever", "before"), unions={"ever": ("now", "before")})
    reader = Reader(district(groups, enrolled={"all": 10, "ever": 6, "now": 4}))
    assert reader.ends("enrolled", of("before")) == (2, 2)


def schools(extra: int | None, serves: dict[str, tuple[str, ...]] | None = None) -> Publication:
    """Grades 5 and 6 of a district, an elementary and a middle school; the latter is hidden."""
    places = {("", "", "all"): 90, ("", "5", "all"): 40, ("E", "", "all"): 41}
    return Publication(
        counts=("enrolled",),
        groups=Groups(("all",)),
        schools=("E", "M"),
        grades=("5", "6"),
        shown={("enrolled", place): number for place, number in places.items()},
        extra={} if extra is None else {(grade, "all"): extra for grade in ("", "5", "6")},
        serves=serves or {},
    )


def test_one_hidden_school_is_what_is_left_of_the_district() -> None:
    assert Reader(schools(0)).ends("enrolled", of("all", "M")) == (49, 49)


def test_students_of_two_schools_leave_as_much_room() -> None:
    assert Reader(schools(3)).ends("enrolled", of("all", "M")) == (49, 52)


def test_nothing_is_known_where_nothing_is_said_of_moving() -> None:
    low, high = Reader(schools(None)).ends("enrolled", of("all", "M"))
    assert low == 0
    assert high > 1000


def test_the_grades_that_a_school_serves_tie_it_to_the_districts_grades() -> None:
    """All of grade 5 are in E, so 40 there can't be 41; with grade 6 shared they may be."""
    with pytest.raises(ContradictoryError):
        Reader(schools(0, {"E": ("5",), "M": ("6",)})).ends("enrolled", of("all", "M"))
    shared = Reader(schools(0, {"E": ("5", "6"), "M": ("6",)}))
    assert shared.ends("enrolled", of("all", "E", "6")) == (1, 1)


def fault(reader: Reader, secret: Secret, *, threshold: int, colluders: int) -> str:
    (found,) = faults(reader, [secret], threshold, colluders)
    return found


def test_what_is_at_fault() -> None:
    """26 are left for female and nonbinary students; of nonbinary ones there are 4."""
    shown = {"all": 60, "male": 34}
    reader = Reader(district(BY_GENDER, enrolled=SIZES, suspended=shown))
    secret = Secret("suspended", "enrolled", of("nonbinary"), 4)
    assert fault(reader, secret, threshold=3, colluders=2) == ""
    assert fault(reader, secret, threshold=3, colluders=4) == ""  # all four may be
    reader = Reader(district(BY_GENDER, enrolled=SIZES, suspended={"all": 36, "male": 34}))
    assert fault(reader, secret, threshold=3, colluders=2) == "counted: narrow"
    assert fault(reader, secret, threshold=3, colluders=1) == "counted: extreme"
    assert fault(reader, secret, threshold=2, colluders=1) == ""
    reader = Reader(district(BY_GENDER, enrolled=SIZES, suspended={"all": 34, "male": 34}))
    assert fault(reader, secret, threshold=1, colluders=0) == "counted: exact"
