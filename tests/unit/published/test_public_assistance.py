"""Differentiated assistance from published colours alone: who fails where, and what stays open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from accord.exchange.published.figure import Figure, Standing
from accord.exchange.published.keeping import shipped
from accord.insight.published.findings import PublicView, find
from accord.reports.public.assistance import AssistanceSection, assistance_section
from accord.reports.public.scorecard import public_scorecard_html

HARBOR, CEDAR = "99100010000000", "99200020000000"
TODAY = date(2026, 11, 21)


def figure(
    cds: str, indicator: str, group: str, colour: str, year: str = "2023-24", **more: str
) -> Figure:
    return Figure(
        source="s", file="f", line=2, year=year, cds=cds,
        name="Harbor" if cds == HARBOR else "Cedar",
        kind="district", schools=more.get("schools", "all"), indicator=indicator, group=group,
        standing=Standing.SHOWN, numerator=Fraction(10), denominator=Fraction(100), colour=colour,
    )  # fmt: skip


def viewed(*figures: Figure) -> PublicView:
    return find(figures, [HARBOR, CEDAR], today=TODAY)


def section(*figures: Figure) -> AssistanceSection:
    found = assistance_section(viewed(*figures))
    assert found is not None
    return found


def test_one_group_red_in_two_areas_makes_a_district_eligible() -> None:
    found = section(
        figure(HARBOR, "chronic-absenteeism", "homeless", "red"),
        figure(HARBOR, "suspension-rate", "homeless", "red"),
        figure(CEDAR, "chronic-absenteeism", "homeless", "red"),
        figure(CEDAR, "suspension-rate", "foster", "red"),
    )
    harbor, *cedar = found.rows
    assert (harbor.verdict, harbor.failed) == ("yes", "5 Pupil engagement; 6 School climate")
    assert harbor.colours == "red: Chronic absenteeism, Suspension"
    assert [row.verdict for row in cedar] == ["can’t be told"] * 2, "two groups, one area each"
    assert [told for _, told in found.findings] == [
        "Harbor, 2023–24: by these colours it is eligible because of “Without a home”.",
        "Cedar, 2023–24: these colours make it eligible for no group; they leave 2 groups open.",
    ]


def test_what_the_files_leave_out_stays_open() -> None:
    (row,) = section(figure(HARBOR, "suspension-rate", "homeless", "green")).rows
    assert row.failed == "none"
    assert [area.split()[0] for area in row.open.split("; ")] == ["4", "5", "8"]
    assert row.verdict == "can’t be told"


def test_only_the_newest_year_counts_and_all_students_are_no_group() -> None:
    found = section(
        figure(HARBOR, "suspension-rate", "homeless", "red", year="2022-23"),
        figure(HARBOR, "suspension-rate", "foster", "orange"),
        figure(HARBOR, "suspension-rate", "all", "red"),
        figure(HARBOR, "suspension-rate", "asian", ""),
    )
    assert [row.group for row in found.rows] == ["In foster care"]


def test_a_page_without_colours_says_nothing_of_assistance() -> None:
    bare = viewed(figure(HARBOR, "suspension-rate", "homeless", ""))
    assert assistance_section(bare) is None
    assert "Differentiated assistance" not in public_scorecard_html(bare)


def test_what_ships_decides_nothing_about_fresno_and_long_beach() -> None:
    fresno, long_beach = "10621660000000", "19647250000000"
    view = find(shipped(), [fresno, long_beach], today=TODAY)
    found = assistance_section(view)
    assert found is not None
    assert {row.verdict for row in found.rows} == {"can’t be told"}, "English progress alone"
    assert "Differentiated assistance" in public_scorecard_html(view)
