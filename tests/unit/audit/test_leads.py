"""Which shown cells an attack stands on, worked by hand: one of them must be hidden as well."""

from __future__ import annotations

from accord.audit.attacks import audit
from accord.audit.leads import Lead, leads
from accord.audit.search import Finding
from accord.audit.sources import Source
from accord.cells.relations import Relations
from adversary.publications import banded, cell, figures, source
from unit.audit.written_out import ALONE, GENDER

MET, ADVANCED, MEAN = (
    "met-standard-mathematics", "advanced-mathematics", "mean-scale-score-mathematics"
)  # fmt: skip
SHOWN = ("all", "female", "male")


def finding(*sources: Source, relations: Relations = GENDER) -> Finding:
    (found,) = audit(sources, relations=relations).findings
    return found


def of(indicator: str, *groups: str, school: str = "") -> set[Lead]:
    return {(indicator, (school, "", group)) for group in groups}


def two_rates() -> Finding:
    """60 − 24 − 34 = 2 of four met the standard, 20 − 8 − 11 = 1 with the highest level."""
    return finding(
        source(
            cell(MET, "all", (60, 300)), cell(MET, "female", (24, 140)),
            cell(MET, "male", (34, 156)), cell(MET, "nonbinary", None),
            cell(ADVANCED, "all", (20, 300)), cell(ADVANCED, "female", (8, 140)),
            cell(ADVANCED, "male", (11, 156)), cell(ADVANCED, "nonbinary", None),
        )
    )  # fmt: skip


def test_a_count_needs_the_counts_that_it_is_the_rest_of() -> None:
    """And who is not counted also needs how many there are, which both indicators show."""
    counts = [of(ADVANCED, *SHOWN), of(MET, *SHOWN)]
    both = of(ADVANCED, *SHOWN) | of(MET, *SHOWN)
    assert list(leads(two_rates(), 9)) == [*counts, both, both]


def test_no_more_are_told_than_are_asked_for() -> None:
    found = two_rates()
    assert list(leads(found, 1)) == list(leads(found, 9))[:1]
    assert list(leads(found, 0)) == []


def test_a_range_has_what_both_of_its_ends_stand_on() -> None:
    """The district and A leave B 12 suspended; of those, 10 or more were not in foster care.

    Foster youth in B are at most 12 − 10 = 2, and what is shown of the district's is no part."""
    found = finding(
        source(
            cell("own-rate", "all", (90, 460)),
            cell("own-rate", "all", (78, 260), school="A"),
            cell("own-rate", "all", None, school="B"),
        ),
        relations=ALONE,
    )
    exposed = list(leads(found, 9))
    assert exposed == [of("own-rate", "all") | of("own-rate", "all", school="A")] * 2


def test_the_points_of_a_mean_are_told_by_the_points_of_others() -> None:
    found = finding(
        source(
            cell(MEAN, "all", (750_000, 300)), cell(MEAN, "female", (350_000, 140)),
            cell(MEAN, "male", (390_100, 156)), cell(MEAN, "nonbinary", None),
        )
    )  # fmt: skip
    assert list(leads(found, 9)) == [of(MEAN, *SHOWN)]


def test_what_others_expose_alone_leads_nowhere() -> None:
    """The principal of B holds its figures; the release answers for A only."""
    found = finding(
        source(
            cell("own-rate", "all", (90, 460)),
            cell("own-rate", "all", None, school="A"),
            cell("own-rate", "all", None, school="B"),
        ),
        figures(cell("own-rate", "all", (20, 80), school="B")),
        relations=ALONE,
    )
    exposed = of("own-rate", "all") | of("own-rate", "all", school="B")
    assert list(leads(found, 9)) == [exposed, exposed]


def test_a_band_is_stood_on_too() -> None:
    """60 to 61 % of 140 girls are 84 or 85, which leaves 2 or 3 boys of the 87 students."""
    found = finding(
        source(
            cell(MET, "all", (87, 300)), banded(MET, "female", 60, 61), cell(MET, "male", None),
            cell(ADVANCED, "all", (30, 300)), cell(ADVANCED, "female", (30, 140)),
            cell(ADVANCED, "male", (0, 160)),
        ),
        relations=Relations((("female", "male"),), ()),
    )  # fmt: skip
    exposed = of(MET, "all", "female") | of(ADVANCED, "female")
    assert list(leads(found, 9)) == [exposed, exposed]
