"""Attacks as formulas that a person can follow, word by word."""

from __future__ import annotations

from accord.audit.attacks import audit
from accord.audit.sources import Source
from accord.cells.relations import Relations
from accord.charter.model import Disclosure
from adversary.publications import cell, figures, source
from unit.audit.written_out import ALONE, GENDER

RATE, MEAN = "suspension-rate", "mean-scale-score-mathematics"
COUNTED, OF = "numerator of own-rate", "denominator of own-rate"


def told(*sources: Source, relations: Relations = ALONE) -> dict[tuple[str, str], list[str]]:
    """The formulas of each attack, by where it is and what it tells."""
    return {
        (each.place, each.what): list(each.formula)
        for each in audit(sources, relations=relations).attacks
    }


def test_a_range_has_a_formula_for_each_end() -> None:
    """36 − 34 is at most 2, for the other hidden group is not below zero."""
    found = told(
        source(
            cell(RATE, "all", (36, 300)),
            cell(RATE, "female", None),
            cell(RATE, "male", (34, 156)),
            cell(RATE, "nonbinary", None),
        ),
        relations=GENDER,
    )
    female, nonbinary = (
        f"numerator of {RATE}, {group} (district, all grades)" for group in ("female", "nonbinary")
    )
    since = "since each of these is not negative"
    assert found == {
        ("female (district, all grades)", "counted"): [
            f"{female} ≤ all − male, {since}: {nonbinary}",
            f"{female} ≥ 0, {since}: {female}",
        ],
        ("nonbinary (district, all grades)", "counted"): [
            f"{nonbinary} ≤ all − male, {since}: {female}",
            f"{nonbinary} ≥ 0, {since}: {nonbinary}",
        ],
    }


def test_an_end_may_stand_on_the_most_that_another_number_can_be() -> None:
    """60 − 34 = 26 female and nonbinary students met the standard, and of four nonbinary ones at
    most all. So 22 to 26 female students did: fewer than thirty."""
    met, advanced = "met-standard-mathematics", "advanced-mathematics"
    found = told(
        source(
            cell(met, "all", (60, 300)), cell(met, "female", None),
            cell(met, "male", (34, 156)), cell(met, "nonbinary", None),
            cell(advanced, "all", (12, 300)), cell(advanced, "female", (7, 140)),
            cell(advanced, "male", (5, 156)), cell(advanced, "nonbinary", (0, 4)),
            rules=Disclosure(threshold=30),
        ),
        relations=GENDER,
    )  # fmt: skip
    female, nonbinary = (
        f"numerator of {met}, {group} (district, all grades)" for group in ("female", "nonbinary")
    )
    assert found["female (district, all grades)", "counted"] == [
        f"{female} ≤ all − male, since each of these is not negative: {nonbinary}",
        f"{female} ≥ all − male, since each of these is at most what its range allows: {nonbinary}",
    ]


def test_grades_of_one_group_are_told_together_and_another_number_is_named() -> None:
    found = told(
        source(
            cell("own-rate", "all", (90, 400)),
            cell("own-rate", "all", (40, 150), grade="3"),
            cell("own-rate", "all", (30, 150), grade="4"),
            cell("own-rate", "all", None, grade="5"),
        )
    )
    place, others = "all (district, grade 5)", "all (district, grades 3, 4)"
    assert found == {
        (place, "counted"): [f"{COUNTED}, {place} = all (district, all grades) − {others}"],
        (place, "not counted"): [
            f"{OF} less {COUNTED}, {place} = {others} + [{OF}] all (district, all grades) "
            f"− all (district, all grades) − [{OF}] {others}"
        ],
    }


def test_schools_and_grades_lead_to_one_another() -> None:
    """B hides both of its grades; the district and A show theirs."""
    shown = {
        ("", ""): (90, 460), ("", "3"): (45, 230), ("", "4"): (45, 230),
        ("A", ""): (40, 200), ("A", "3"): (20, 100), ("A", "4"): (20, 100),
        ("B", ""): (50, 260), ("B", "3"): None, ("B", "4"): None,
    }  # fmt: skip
    found = told(
        source(*(cell("own-rate", "all", numbers, school=school, grade=grade)
                 for (school, grade), numbers in shown.items()))
    )  # fmt: skip
    assert found["all (school B, grade 3)", "counted"] == [
        f"{COUNTED}, all (school B, grade 3) = all (district, grade 3) − all (school A, grade 3)"
    ]
    (of_grade_4,) = found["all (school B, grade 4)", "counted"]
    assert of_grade_4 in (
        f"{COUNTED}, all (school B, grade 4) = all (district, grade 4) − all (school A, grade 4)",
        f"{COUNTED}, all (school B, grade 4) = all (school A, grade 3) "
        "+ all (school B, all grades) − all (district, grade 3)",
    )


def test_schools_that_are_off_by_one_leave_one_in_the_formula() -> None:
    """A and B have one more together than the district, so nonbinary youth in B are 1 or 2."""
    found = told(
        source(
            cell("own-rate", "all", (94, 409)),
            cell("own-rate", "all", (50, 210), school="A"),
            cell("own-rate", "all", (45, 200), school="B"),
            cell("own-rate", "female", (43, 175)),
            cell("own-rate", "male", (40, 174)),
            cell("own-rate", "nonbinary", (11, 60)),
            cell("own-rate", "female", (20, 90), school="A"),
            cell("own-rate", "male", (20, 90), school="A"),
            cell("own-rate", "nonbinary", (10, 30), school="A"),
            *(
                cell("own-rate", group, None, school="B")
                for group in ("female", "male", "nonbinary")
            ),
        ),
        relations=GENDER,
    )
    place, shown = "nonbinary (school B, all grades)", "nonbinary (district, all grades)"
    other = "nonbinary (school A, all grades)"
    assert found[place, "counted"] == [
        f"{COUNTED}, {place} ≤ {shown} − {other} + 1 (how far the lines used may be off)",
        f"{COUNTED}, {place} ≥ {shown} − {other}",
    ]


def test_a_mean_is_told_by_its_points() -> None:
    found = told(
        source(
            cell(MEAN, "all", (750_000, 300)),
            cell(MEAN, "female", (350_000, 140)),
            cell(MEAN, "male", (390_100, 156)),
            cell(MEAN, "nonbinary", None),
        ),
        relations=GENDER,
    )
    place = "nonbinary (district, all grades)"
    assert found == {(place, "mean"): [f"numerator of {MEAN}, {place} = all − female − male"]}


def test_what_others_show_needs_no_formula() -> None:
    found = told(
        source(cell("own-rate", "all", (60, 300)), cell("own-rate", "foster", None)),
        figures(cell("own-rate", "foster", (5, 20))),
    )
    place = "foster (district, all grades)"
    assert found == {
        (place, "counted"): [f"{COUNTED}, {place} is shown: {COUNTED}, {place}."],
        (place, "not counted"): [
            f"{OF} less {COUNTED}, {place} is shown: {OF}, {place}; {COUNTED}, {place}."
        ],
    }
