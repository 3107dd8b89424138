"""What two districts' published figures say: lines, breaks, changes, stale years, own targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from accord.exchange.published.figure import Figure, Standing
from accord.exchange.published.keeping import shipped
from accord.insight.change import Movement
from accord.insight.published.findings import PublicView, TopicFinding, find
from accord.insight.published.targets import PlanTarget, PlanTargets
from accord.reports.public.letter import letter
from accord.reports.public.scorecard import public_scorecard_html
from accord.reports.public.words import headline, jumps, level_text, sentence, stale_text

FRESNO, LONG_BEACH = "10621660000000", "19647250000000"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def view() -> PublicView:
    return find(shipped(), [FRESNO, LONG_BEACH], today=TODAY, founded=2008)


def topic(view: PublicView, indicator: str) -> TopicFinding:
    return next(each for each in view.topics if each.topic.indicator == indicator)


def test_fresno_breaks_where_it_fell_seventeen_points(view: PublicView) -> None:
    graduates = topic(view, "uc-csu-eligible-graduates")
    fresno, long_beach = graduates.places
    assert [(run[0].figure.year, run[-1].figure.year) for run in fresno.runs] == [
        ("1992-93", "2007-08"),
        ("2008-09", "2015-16"),
    ]
    assert len(long_beach.runs) == 1
    (told,) = jumps(graduates)
    assert "20.7\N{NO-BREAK SPACE}%, 17 points lower in a year" in told


def test_changes_are_counted_from_the_founding_and_within_one_line(view: PublicView) -> None:
    fresno, long_beach = topic(view, "uc-csu-eligible-graduates").places
    assert fresno.since is None, "the founding year is a break: 17 points lower within a year"
    assert long_beach.since is not None
    assert long_beach.since.movement is Movement.ROSE
    for found, words in ((fresno, "Fresno: 44.0 % in 2015–16."), (long_beach, "from 40.8 %")):
        said = sentence(found, topic(view, "uc-csu-eligible-graduates").topic)
        assert words in said.replace("\N{NO-BREAK SPACE}", " ")
    assert fresno.last is not None
    assert fresno.last.movement is Movement.UNSURE, "+0.3 is within the noise"
    assert "graduates" not in headline(view), "no headline rests on a break"


def test_a_file_of_groups_alone_claims_nothing_about_everyone(view: PublicView) -> None:
    graduation = topic(view, "graduation-rate")
    assert [found.latest for found in graduation.places] == [None, None]
    assert set(graduation.places[0].groups) == {"asian", "female", "hispanic", "male", "white"}


def test_the_states_level_is_the_one_it_published(view: PublicView) -> None:
    for found in topic(view, "english-learner-progress").places:
        assert level_text(found.latest) in {"low, declined, orange"}


def test_old_years_are_marked(view: PublicView) -> None:
    graduates = topic(view, "uc-csu-eligible-graduates")
    assert graduates.years_old == 10, "2025–26 was the last whole year"
    assert "2015–16" in stale_text(graduates)
    young = find(shipped(), [FRESNO, LONG_BEACH], today=date(2025, 6, 30))
    assert not topic(young, "enrolment").stale


def test_a_district_stands_against_its_own_plan(view: PublicView) -> None:
    target = PlanTarget(
        district=FRESNO, indicator="english-learner-progress", group="english-learners",
        value=Decimal("50"), by="2026-27", plan="an example plan",
    )  # fmt: skip
    aimed = find(
        shipped(), [FRESNO, LONG_BEACH], today=TODAY, targets=PlanTargets(targets=(target,))
    )
    fresno, long_beach = topic(aimed, "english-learner-progress").places
    assert fresno.target == target
    assert long_beach.target is None
    page = public_scorecard_html(aimed).replace("\N{NO-BREAK SPACE}", " ")
    assert "50.0 % by 2026–27 (an example plan)" in page
    assert "+9.8" in page, "50 less 40.245"


def test_hidden_years_stop_the_line_and_show_nothing() -> None:
    def figure(year: str, above: int | None) -> Figure:
        return Figure(
            source="s", file="f", line=2, year=year, cds=FRESNO, name="A", kind="district",
            schools="all", indicator="uc-csu-eligible-graduates", group="all",
            standing=Standing.SHOWN if above else Standing.SUPPRESSED,
            numerator=None if above is None else Fraction(above),
            denominator=None if above is None else Fraction(100),
        )  # fmt: skip

    years = [figure("2020-21", 40), figure("2021-22", None), figure("2022-23", 42)]
    found = find(years, [FRESNO], today=TODAY).topics[0].places[0]
    assert [len(run) for run in found.runs] == [1, 1]
    assert found.since is None
    assert found.jumps == ()


def test_the_page_needs_nothing_else_and_marks_the_founding(view: PublicView) -> None:
    page = public_scorecard_html(view)
    assert "partnership founded, 2008" in page
    assert "http-equiv" in page
    assert "src=" not in page.replace("src:url(data:", "")
    assert "graduates_by_district_1993-2016.csv, line" in page


def test_the_letter_is_a_draft_that_promises_no_record(view: PublicView) -> None:
    said = letter(view)
    assert said.is_draft
    assert [signature.party for signature in said.signatures] == [
        "Fresno Unified",
        "Long Beach Unified",
    ]
    text = str(said)
    assert "Share no student record" in text
    assert "A break to explain" in text
