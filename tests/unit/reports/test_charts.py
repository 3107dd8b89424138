"""What charts show, and that labels, breaks and hidden years are in their places."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from accord.insight import View
from accord.insight.view import IndicatorFinding
from accord.reports.charts import NARROW, PANEL, WIDE, funnel_chart, grade_chart, trend_chart
from accord.reports.drawing import draw
from accord.reports.gap_panels import gap_panels
from accord.reports.scales import nice_scale
from accord.reports.school_data import funnels_of, grades_of
from accord.reports.trend_data import Trend, trend_of
from unit.reports import fixture


@pytest.fixture(scope="module")
def view() -> View:
    return fixture.view(schools=8)


def indicator(view: View, name: str) -> IndicatorFinding:
    return next(item for item in view.indicators if item.definition.id == name)


def trend(view: View, name: str) -> Trend:
    found = trend_of(indicator(view, name), view, WIDE.plot[1])
    assert found is not None
    return found


def test_scales_have_round_steps_and_hold_every_value() -> None:
    scale = nice_scale([31.2, 38.9])
    assert scale.ticks == (30, 32, 34, 36, 38, 40)
    assert nice_scale([0.4, 99.9], least=0, most=100).high == 100
    assert nice_scale([5, 5]).low < 5 < nice_scale([5, 5]).high
    assert scale.place(35, 0, 100) == pytest.approx(50)


def test_a_line_is_cut_where_the_definition_changed(view: View) -> None:
    found = trend(view, "suspension-rate")
    runs = {row["run"] for row in found.lines if row["district"] == "0"}
    assert runs == {"0.0", "0.1"}
    assert [(rule.x, rule.text) for rule in found.rules] == [
        (2021.5, "definition 0.9 became 1.0"),
        (2021.5, "partnership founded, 2022"),
    ]
    assert [rule.row for rule in found.rules] == [0, 1]


def test_a_missing_year_has_no_point(view: View) -> None:
    found = trend(view, "attendance-rate")
    assert [row["x"] for row in found.points if row["district"] == "1"] == [2021, 2022, 2023, 2024]
    assert not found.noise


def test_the_axis_reaches_the_targets_year_and_level(view: View) -> None:
    found = trend(view, "met-standard-mathematics")
    assert found.years[-1] == (2026, "2026–27")
    assert found.scale.low <= 45 <= found.scale.high
    assert {row["y"] for row in found.targets} == {40, 45}
    assert [label.text for label in found.labels if label.order is None] == [
        "target, Harbor Point 45\N{NO-BREAK SPACE}%",
        "target, Cedar Valley 40\N{NO-BREAK SPACE}%",
    ]


def test_a_shared_target_is_drawn_once(view: View) -> None:
    found = trend(view, "test-participation-mathematics")
    assert {row["run"] for row in found.targets} == {"0"}
    assert [label.text for label in found.labels if label.order is None] == [
        "target 95\N{NO-BREAK SPACE}%"
    ]


@pytest.mark.parametrize("name", ["mean-scale-score-mathematics", "stability-rate"])
def test_labels_in_one_column_do_not_touch(view: View, name: str) -> None:
    found = trend(view, name)
    places = sorted(
        found.scale.place(label.y, WIDE.plot[1], 0) + label.shift for label in found.labels
    )
    gaps = [below - above for above, below in pairwise(places)]
    assert min(gaps) >= 17.5


def test_bands_are_areas_and_not_lines() -> None:
    found = trend(fixture.view("public"), "chronic-absenteeism")
    assert found.lines == []
    assert all(row["low"] < row["high"] for row in found.bands)
    assert len(found.bands) == 10


def test_nothing_shown_no_chart() -> None:
    public = fixture.view("public")
    assert trend_of(indicator(public, "mean-scale-score-ela"), public, 300) is None


def test_grades_without_the_test_are_no_part_of_the_axis(view: View) -> None:
    found = grades_of(indicator(view, "met-standard-ela"))
    assert found is not None
    assert found.order == ("3", "4", "5", "6", "7", "8", "11")


def test_a_funnel_holds_what_chance_gives_a_school_of_each_size(view: View) -> None:
    found = funnels_of(indicator(view, "chronic-absenteeism"))
    assert [funnel.order for funnel in found] == [0, 1]
    assert len(found[0].points) == 7  # the eighth school has nine students, and is hidden
    p = found[0].district / 100
    row = found[0].limits[-1]
    half = 1.959964 * 100 * (p * (1 - p) / row["students"]) ** 0.5
    assert row["high"] == pytest.approx(found[0].district + half)
    assert found[0].scale == found[1].scale
    assert funnels_of(indicator(view, "attendance-rate")) == []


def test_every_drawing_is_a_named_image_with_ids_of_its_own(view: View) -> None:
    finding = indicator(view, "suspension-rate")
    grades = grades_of(finding)
    assert grades is not None
    drawings = [
        draw(trend_chart(trend(view, "suspension-rate"), WIDE, short=False), "chart wide"),
        draw(trend_chart(trend(view, "suspension-rate"), NARROW, short=True), "chart narrow"),
        draw(grade_chart(grades, PANEL), "chart panel"),
        *(draw(funnel_chart(item, PANEL), "chart panel") for item in funnels_of(finding)),
    ]
    seen: set[str] = set()
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        assert root.get("role") == "img"
        assert root.get("aria-label", "").startswith("Suspension rate")
        ids = set(re.findall(r'id="([^"]+)"', drawing))
        assert not ids & seen
        seen |= ids
        assert set(re.findall(r"url\(#([^)]+)\)", drawing)) <= ids


def test_gap_panels_put_targets_first_and_keep_one_scale(view: View) -> None:
    panels = gap_panels(indicator(view, "chronic-absenteeism"), view.since)
    names = [panel.name for panel in panels.first]
    assert len(names) == 8
    for wanted in ("Disadvantaged", "English learners", "With disabilities", "Homeless"):
        assert wanted in names
    assert panels.first[0].reference == "White students"
    assert all("<svg" in panel.drawing for panel in (*panels.first, *panels.more))


def test_a_gap_says_behind_whichever_direction_is_better(view: View) -> None:
    for name in ("chronic-absenteeism", "met-standard-mathematics"):
        panels = gap_panels(indicator(view, name), view.since)
        every = {panel.name: panel for panel in (*panels.first, *panels.more)}
        assert every["With disabilities"].words[0].text.endswith("points behind")
        assert every["Asian"].words[0].text.endswith("ahead")


def test_a_banded_gap_shows_no_number_in_its_middle() -> None:
    public = fixture.view("public")
    panel = gap_panels(indicator(public, "chronic-absenteeism"), public.since).first[0]
    assert 'class="value' not in panel.drawing
    assert " to " in panel.words[0].text
