"""What a search answers for: what it exposes itself, what others did, and how wide the rest is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from accord.audit import search
from accord.audit.attacks import audit
from accord.audit.case import Case
from accord.audit.search import Finding
from accord.audit.sources import Source
from accord.base.errors import RefusedError
from accord.cells.cell import Cell
from accord.cells.relations import Relations
from accord.charter.model import Disclosure
from adversary.publications import banded, cell, figures, source
from unit.audit.written_out import ALONE, GENDER

RATE, MEAN, DAYS = "suspension-rate", "mean-scale-score-mathematics", "attendance-rate"
FREE = Disclosure(colluders=0, threshold=1)


def finding(*sources: Source, relations: Relations = GENDER) -> Finding:
    (found,) = audit(sources, relations=relations).findings
    return found


def hidden_pair(everyone: tuple[int, int], *, rules: Disclosure | None = None) -> Source:
    """Two hidden groups beside 34 of 156."""
    return source(
        cell(RATE, "all", everyone),
        cell(RATE, "female", None),
        cell(RATE, "male", (34, 156)),
        cell(RATE, "nonbinary", None),
        rules=rules,
    )


def test_the_narrowest_of_what_is_safe_is_told_in_students() -> None:
    """Female and nonbinary are 26 of 144, or 37 − 34 = 3: each can be any of those."""
    assert finding(hidden_pair((60, 300))).narrowest == 26
    assert finding(hidden_pair((37, 300))).narrowest == 3
    assert finding(hidden_pair((35, 300), rules=FREE)).narrowest == 1


def test_what_is_exposed_does_not_count_as_narrow() -> None:
    """One of the two groups has the one suspension; who was not suspended are 0 to 143 of each."""
    found = finding(hidden_pair((35, 300)))
    assert (found.unsafe.any(), found.bounds.safe.any()) == (True, True)
    assert found.narrowest == 143


def test_days_are_told_in_whole_days_and_means_not_at_all() -> None:
    """Female and nonbinary students came on 700.5 of 750 days, and not on 49.5."""
    everyone = replace(cell(DAYS, "all", (0, 1800)), numerator=Fraction("1700.5"))
    days = [cell(DAYS, "female", None), cell(DAYS, "male", (1000, 1050)),
            cell(DAYS, "nonbinary", None)]  # fmt: skip
    assert finding(source(everyone, *days)).narrowest == 49
    mean = finding(
        source(
            cell(MEAN, "all", (750_000, 300)), cell(MEAN, "female", None),
            cell(MEAN, "male", (390_100, 156)), cell(MEAN, "nonbinary", None),
        )
    )  # fmt: skip
    assert mean.bounds.safe.all()
    assert mean.narrowest is None


def test_where_nothing_is_safe_nothing_is_narrowest() -> None:
    assert finding(hidden_pair((34, 300))).unsafe.any()
    exposed = source(
        cell("own-rate", "all", (60, 300)), cell("own-rate", "female", (26, 144)),
        cell("own-rate", "male", (34, 156)), cell("own-rate", "foster", None),
    )  # fmt: skip
    shown = figures(cell("own-rate", "foster", (5, 20)))
    assert finding(exposed, shown, relations=ALONE).narrowest is None


def schools(*shown: tuple[str, tuple[int, int] | None]) -> list[Cell]:
    return [cell("own-rate", "all", numbers, school=school) for school, numbers in shown]


def test_what_others_expose_alone_is_no_fault_of_the_release() -> None:
    """B's principal knows B. With the release's total A follows; without it nothing does."""
    table = source(*schools(("", (90, 460)), ("A", None), ("B", None)))
    found = finding(table, figures(*schools(("B", (20, 80)))), relations=ALONE)
    places = [found.case.place(int(part))[0] for part in found.case.targets.part]
    told = zip(places, found.unsafe.tolist(), found.pre_existing.tolist(), strict=True)
    assert set(told) == {("A", True, False), ("B", False, True)}


def test_what_a_release_hides_and_others_show_whole_is_theirs() -> None:
    """Outside figures have the district and A: C is theirs to answer for, whatever is released."""
    table = source(*schools(("", (90, 460)), ("A", (70, 380)), ("C", None)))
    known = figures(*schools(("", (90, 460)), ("A", (70, 380))))
    found = finding(table, known, relations=ALONE)
    assert not found.bounds.safe.any()
    assert found.pre_existing.all()
    assert not found.unsafe.any()
    alone = finding(table, relations=ALONE)
    assert alone.unsafe.all()
    assert not alone.pre_existing.any()


def test_a_band_that_is_audited_is_no_figure_of_others() -> None:
    """Of five in all at least three are female, says a band: then male are two at most. Without
    the release the outside total leaves everything open."""
    pair = Relations((("female", "male"),), ())
    table = source(cell(RATE, "male", None), banded(RATE, "female", 10, 50))
    found = finding(table, figures(cell(RATE, "all", (5, 60))), relations=pair)
    assert found.unsafe.any()
    assert not found.pre_existing.any()


def test_a_case_that_is_the_same_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = audit([hidden_pair((60, 300))], relations=GENDER)
    searches: list[Case] = []
    bounds_of = search.bounds_of

    def counted(system, targets):  # type: ignore[no-untyped-def]
        searches.append(system)
        return bounds_of(system, targets)

    monkeypatch.setattr(search, "bounds_of", counted)
    again = audit([hidden_pair((60, 300))], relations=GENDER, before=first)
    assert searches == []
    assert again.findings[0] is first.findings[0]
    other = audit([hidden_pair((61, 300))], relations=GENDER, before=first)
    assert len(searches) == 1
    assert other.findings[0].narrowest == 27


def crossed(*counts: int) -> Source:
    """Groups of 400 that consist of two hidden ones each; and beside them all students."""
    shown = zip(("x", "y", "w", "v"), counts, strict=False)
    return source(
        cell("own-rate", "all", (900, 2000)),
        *(cell("own-rate", group, (count, 400)) for group, count in shown),
        *(cell("own-rate", group, None) for group in ("a", "b", "c", "d")),
    )


def test_figures_that_only_contradict_each_other_together_are_named() -> None:
    """a + b and c + d are 600, so a + c and b + d can't be 599; no line tells by itself."""
    pairs = (("x", ("a", "b")), ("y", ("c", "d")), ("w", ("a", "c")), ("v", ("b", "d")))
    assert finding(
        crossed(300, 300, 300, 300), relations=Relations((), (), pairs)
    ).bounds.safe.any()
    with pytest.raises(RefusedError) as refused:
        finding(crossed(300, 300, 300, 299), relations=Relations((), (), pairs))
    (problem,) = refused.value.problems
    assert problem.what == (
        "These figures of 99100010000000, 2023-24, contradict each other: "
        + "; ".join(f"numerator of own-rate, {group} (district, all grades)" for group in "vwxy")
        + "."
    )


def test_figures_that_only_fractions_fit_are_refused() -> None:
    """a + b and b + c are 300, and a + c is 301: 150 and a half."""
    pairs = (("x", ("a", "b")), ("y", ("b", "c")), ("w", ("a", "c")))
    with pytest.raises(RefusedError, match="no table of whole students"):
        finding(crossed(300, 300, 301), relations=Relations((), (), pairs))
