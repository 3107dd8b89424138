"""The protected numbers of small tables, with everything that is asked of each, by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from accord.cells.relations import Relations
from accord.cells.system import UNBOUNDED
from accord.charter.model import Disclosure
from accord.charter.plan import Plan
from accord.station.protect.numbers import Number, numbers_of
from accord.station.protect.primary import misses_minimum, misses_threshold
from accord.station.protect.raw import RawTable, raw_table, read_sheet
from adversary.districts import PERIOD
from adversary.gate import catalogue
from unit.protect.made_sums import Place, Sums, agreement, written

RULES = Disclosure(minimum=11, threshold=3, colluders=2, points=20)
TESTS = ("test-participation-mathematics", "met-standard-mathematics",
         "mean-scale-score-mathematics")  # fmt: skip
NO_TOP, NO_BOTTOM = -UNBOUNDED, UNBOUNDED


def raw_of(
    folder: Path, cells: dict[Place, dict[str, Sums]], *ids: str, groups: tuple[str, ...]
) -> RawTable:
    known = [catalogue().definition(f"{each}@1.0") for each in ids]
    sheet = read_sheet(written(folder, cells), known[0].fact, PERIOD)
    assert sheet is not None
    plan = Plan(agreement(*ids, groups=groups))
    return raw_table(sheet, known, plan, Relations((), ()))


def numbers(
    folder: Path, cells: dict[Place, dict[str, Sums]], *ids: str, groups: tuple[str, ...]
) -> list[Number]:
    return numbers_of(raw_of(folder, cells, *ids, groups=groups), RULES, catalogue().tests)


def took_tests(expected: int, took_part: int, met: int) -> dict[str, Sums]:
    scores = {"members": took_part, "scores": 2500 * took_part, "squared_scores": 0}
    return {
        TESTS[0]: {"members": expected, "took_part": took_part},
        TESTS[1]: {"members": took_part, "met": met},
        TESTS[2]: scores,
    }


def asked(number: Number) -> list[list[int]]:
    """The width, the top and the bottom of each place."""
    interval = number.interval
    return [each.tolist() for each in (interval.width, interval.top, interval.bottom)]


def least(number: Number) -> list[tuple[list[int], int]]:
    return [(group.values.tolist(), group.least) for group in number.groups]


def test_participation_a_rate_and_a_mean_of_the_same_students(tmp_path: Path) -> None:
    """All students, foster youth, homeless youth, and in the end who is not the one or the other.
    Ten foster youth took the test, too few to speak about; of the homeless all but one did."""
    groups = ("all", "foster", "homeless")
    some = (took_tests(400, 380, 200), took_tests(14, 10, 5), took_tests(40, 39, 20))
    cells: dict[Place, dict[str, Sums]] = {
        ("", "", group): each for group, each in zip(groups, some, strict=True)
    }
    took_part, rest, met, mean = numbers(tmp_path, cells, *TESTS, groups=groups)
    expected, sizes = [400, 14, 40, 386, 360], [380, 10, 39, 370, 341]

    assert (took_part.owner, took_part.shown_by) == (0, (0, 1, 2))
    assert (took_part.values.tolist(), took_part.students.tolist()) == (sizes, expected)
    assert (took_part.least.tolist(), took_part.most.tolist()) == ([0] * 5, expected)
    assert asked(took_part) == [
        [0, 3, 0, 0, 0], [NO_TOP, 3, *[NO_TOP] * 3], [NO_BOTTOM] * 5
    ]  # fmt: skip
    assert least(took_part) == [(expected, 11), (expected, 11), (sizes, 3), (sizes, 11)]
    assert (took_part.blur, took_part.unbounded, took_part.is_count) == (3, True, True)

    away = [20, 4, 1, 16, 19]
    assert (rest.owner, rest.shown_by) == (0, (0,))
    assert (rest.values.tolist(), rest.students.tolist()) == (away, expected)
    assert (rest.least.tolist(), rest.most.tolist()) == ([0] * 5, expected)
    assert asked(rest) == [
        [0, 0, 3, 0, 0], [NO_TOP, NO_TOP, 3, NO_TOP, NO_TOP], [NO_BOTTOM] * 5
    ]  # fmt: skip
    assert least(rest) == [(expected, 11), (away, 3)]
    assert (rest.blur, rest.unbounded, rest.is_count) == (3, True, False)

    counted, others = [200, 5, 20, 195, 180], [180, 5, 19, 175, 161]
    assert (met.owner, met.shown_by) == (1, (1,))
    assert (met.values.tolist(), met.students.tolist()) == (counted, sizes)
    assert (met.least.tolist(), met.most.tolist()) == ([0] * 5, sizes)
    assert asked(met) == [
        [0, 3, 0, 0, 0], [NO_TOP, 3, *[NO_TOP] * 3], [NO_BOTTOM, 7, *[NO_BOTTOM] * 3]
    ]  # fmt: skip
    assert least(met) == [(sizes, 11), (sizes, 11), (counted, 3), (others, 3)]
    assert (met.blur, met.unbounded, met.is_count) == (3, False, True)

    # scores go from 2190 to 2900; two colluders know theirs, the other eight have 20 points each
    scale = int(mean.values[0]) // (2500 * 380)
    size = np.array(sizes) * scale
    assert (mean.owner, mean.shown_by) == (2, (2,))
    assert (mean.values.tolist(), mean.students.tolist()) == ((2500 * size).tolist(), sizes)
    assert mean.least.tolist() == (2190 * size).tolist()
    assert mean.most.tolist() == (2900 * size).tolist()
    assert asked(mean) == [
        [0, (2 * 710 + 8 * 20) * scale, 0, 0, 0], [NO_TOP] * 5, [NO_BOTTOM] * 5
    ]  # fmt: skip
    assert [each for each, _ in least(mean)] == [sizes] * 3
    assert [each for _, each in least(mean)] == [11] * 3
    assert (mean.blur, mean.unbounded, mean.is_count) == ((2 * 710 + 11 * 20) * scale, False, False)


def test_of_one_student_alone_nobody_else_knows_a_score(tmp_path: Path) -> None:
    """So that the mean of one stays open by twenty points, and not by all that can be scored."""
    cells: dict[Place, dict[str, Sums]] = {
        ("", "", "all"): took_tests(400, 380, 200), ("", "", "foster"): took_tests(1, 1, 0)
    }  # fmt: skip
    *_, mean = numbers(tmp_path, cells, *TESTS, groups=("all", "foster"))
    scale = int(mean.values[1]) // 2500
    assert mean.students[1] == 1
    assert mean.interval.width[1] == 20 * scale


def test_days_are_protected_by_the_days_of_a_student(tmp_path: Path) -> None:
    """20 students were expected on 3,600 days and came on 3,400, two foster youth on 360 and 340.
    Two students' days are all of theirs, in hundredths; at least three days, and three fewer than
    all, must seem possible. Three students' days blur a line."""
    days = {
        group: {"attendance-rate": {"members": of, "attended": came, "expected": expected}}
        for group, of, came, expected in (("all", 20, 3400, 3600), ("foster", 2, 340, 360))
    }
    cells: dict[Place, dict[str, Sums]] = {("", "", group): each for group, each in days.items()}
    (came,) = numbers(tmp_path, cells, "attendance-rate", groups=("all", "foster"))
    expected = [360_000, 36_000, 324_000]
    assert (came.values.tolist(), came.most.tolist()) == ([340_000, 34_000, 306_000], expected)
    assert came.students.tolist() == [20, 2, 18]
    assert asked(came) == [
        [0, 36_000, 0], [NO_TOP, 300, NO_TOP], [NO_BOTTOM, 35_700, NO_BOTTOM]
    ]  # fmt: skip
    assert [each for _, each in least(came)] == [11, 1100, 300, 300]
    assert (came.blur, came.adds_up) == (54_000, True)


def test_few_are_few_students_or_few_days_and_extremes_lie_at_both_ends(tmp_path: Path) -> None:
    """Twelve foster youth were expected on ten days in all, five homeless students on 900; of 3,600
    days two were attended, or all but two."""
    days = {
        "all": (20, 3400, 3600), "female": (20, 2, 3600), "foster": (12, 5, 10),
        "homeless": (5, 450, 900), "male": (20, 3598, 3600),
    }  # fmt: skip
    cells: dict[Place, dict[str, Sums]] = {
        ("", "", group): {"attendance-rate": {"members": of, "attended": came, "expected": most}}
        for group, (of, came, most) in days.items()
    }
    (rate,) = raw_of(tmp_path, cells, "attendance-rate", groups=tuple(days)).measures
    assert misses_minimum(rate, RULES).tolist() == [False, False, True, True, False]
    assert misses_threshold(rate, RULES).tolist() == [False, True, False, False, True]


def two_rates(
    folder: Path, cells: dict[Place, dict[str, Sums]], groups: tuple[str, ...]
) -> RawTable:
    """Suspensions and chronic absence by school, as the plan lets them leave."""
    ids = "suspension-rate", "chronic-absenteeism"
    known = [catalogue().definition(f"{each}@1.0") for each in ids]
    sheet = read_sheet(written(folder, cells), known[0].fact, PERIOD)
    assert sheet is not None
    plan = Plan(agreement(*ids, groups=groups, levels=("school",)))
    return raw_table(sheet, known, plan, Relations((), ()))


def test_groups_that_make_up_another_show_in_the_measure_that_counts_the_most(
    tmp_path: Path,
) -> None:
    """Of kindergarten nobody is counted, so only suspensions tell that who ever learned English
    does still or is reclassified."""
    learners = "english-learners", "reclassified", "ever-english-learners"
    cells: dict[Place, dict[str, Sums]] = {}
    for number in range(12):
        sizes = (20 + number, 30 + number, 50 + 2 * number)
        for group, size in zip(learners, sizes, strict=True):
            cells[f"991000100000{number:02}", "", group] = {
                "suspension-rate": {"members": size, "suspended_students": 9},
                "chronic-absenteeism": {"members": 0, "chronic": 0},
            }
    raw = two_rates(tmp_path, cells, learners)
    assert raw.relations.unions == ((learners[2], learners[:2]),)
    assert [each.has_records for each in raw.measures] == [True, False]
    assert raw.measures[1].speechless.all()


def test_a_measure_has_nothing_to_say_of_who_is_in_none_of_its_grades(tmp_path: Path) -> None:
    """Chronic absenteeism is about kindergarten to grade 12. School 1 has foster youth of TK alone;
    of those of school 2 one is in kindergarten, of whose absence the records say nothing."""
    cells: dict[Place, dict[str, Sums]] = {}
    for school, by_grade in (("1", {"TK": 2, "K": 0}), ("2", {"TK": 1, "K": 1})):
        for grade, size in {"": sum(by_grade.values()), **by_grade}.items():
            cells[f"9910001000000{school}", grade, "foster"] = {
                "suspension-rate": {"members": size, "suspended_students": 0},
                "chronic-absenteeism": {"members": 0, "chronic": 0},
            }
    raw = two_rates(tmp_path, cells, ("foster",))
    quiet = [
        [raw.places.name(place)[0][-1] for place in np.flatnonzero(each.speechless).tolist()]
        for each in raw.measures
    ]
    assert quiet == [[], ["1"]]
