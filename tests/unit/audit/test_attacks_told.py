"""How an audit tells what it found: what the release adds first, and so many with their formula."""

from __future__ import annotations

from accord.audit.attacks import Audit, Kind, audit
from adversary.publications import cell, figures, source
from unit.audit.written_out import ALONE, GENDER

RATE, MEAN = "suspension-rate", "mean-scale-score-mathematics"


def one_school_of_three() -> Audit:
    """A follows from the total; of B and C the principals hold the figures."""
    schools = [("", (90, 460)), ("A", None), ("B", None), ("C", None)]
    hidden = [cell("own-rate", "all", shown, school=school) for school, shown in schools]
    own = [cell("own-rate", "all", (20, 80), school="B"),
           cell("own-rate", "all", (40, 90), school="C")]  # fmt: skip
    return audit([source(*hidden), figures(*own)], relations=ALONE)


def test_what_the_release_adds_comes_first() -> None:
    found = one_school_of_three()
    assert [(each.school, each.pre_existing) for each in found.attacks] == [
        ("A", False), ("A", False), *[("B", True), ("C", True)] * 2
    ]  # fmt: skip
    assert [each.what for each in found.attacks[:2]] == ["counted", "not counted"]
    assert not found.is_safe
    assert (found.hidden, len(found.attacks)) == (6, 6)


def both_groups(most_formulas: int) -> list[bool]:
    """Whether each of four attacks has its formula."""
    cells = [cell(RATE, "all", (60, 300)), cell(RATE, "female", (25, 140)),
             cell(RATE, "male", (34, 156)), cell(RATE, "nonbinary", None),
             cell(MEAN, "all", (750_000, 300)), cell(MEAN, "female", (350_000, 140)),
             cell(MEAN, "male", (390_100, 156)), cell(MEAN, "nonbinary", None)]  # fmt: skip
    found = audit([source(*cells)], relations=GENDER, most_formulas=most_formulas)
    return [bool(each.formula) for each in found.attacks]


def test_no_more_formulas_are_worked_out_than_are_wanted_and_those_come_first() -> None:
    assert both_groups(9) == [True, True, True]
    assert both_groups(2) == [True, True, False]
    assert both_groups(1) == [True, False, False]
    assert both_groups(0) == [False, False, False]


def test_a_mean_that_follows_is_exact() -> None:
    """Nonbinary students have 9,900 points together, and are four."""
    (found,) = audit(
        [
            source(
                cell(MEAN, "all", (750_000, 300)), cell(MEAN, "female", (350_000, 140)),
                cell(MEAN, "male", (390_100, 156)), cell(MEAN, "nonbinary", None),
            )
        ],
        relations=GENDER,
    ).attacks  # fmt: skip
    assert (found.kind, found.what, found.group) == (Kind.EXACT, "mean", "nonbinary")
    assert found.place == "nonbinary (district, all grades)"


def test_a_draft_that_became_a_release_is_named_by_it() -> None:
    """What others hold keeps its own name."""
    found = one_school_of_three().of("release-7", 3)
    table, own = found.sources
    assert (table.id, table.number) == ("release-7", 3)
    assert own.id != "release-7"
    assert (own.number, own.audience) == (1, "outside")


def test_what_could_not_be_used_is_noted_by_case() -> None:
    """School A alone has 12 in foster care, the district 9: they are not added up."""
    cells = [
        cell("own-rate", "all", (90, 460)), cell("own-rate", "foster", (9, 30)),
        cell("own-rate", "all", (40, 200), school="A"),
        cell("own-rate", "foster", (12, 20), school="A"),
        cell("own-rate", "all", (50, 260), school="B"),
        cell("own-rate", "foster", None, school="B"),
    ]  # fmt: skip
    (note,) = audit([source(*cells)], relations=ALONE).notes
    case, _, told = note.partition(": ")
    assert case.startswith("99100010000000 2023-24 own-rate")
    assert told == "Schools' totals contradict the district's, and were left out."
    assert one_school_of_three().notes == ()
