"""The page as text: whole, alone, escaped, and honest about what it can't show."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from accord.base.errors import MachineError
from accord.insight import View
from accord.reports.marks import GAPS, STATES, STATUSES
from accord.reports.scorecard import scorecard_html, write_scorecard
from unit.reports import fixture


@pytest.fixture(scope="module")
def view() -> View:
    return fixture.view(schools=8)


@pytest.fixture(scope="module")
def small(view: View) -> View:
    """One strand of it, for tests that need a page but not all of it."""
    return replace(view, strands=view.strands[2:3])


@pytest.fixture(scope="module")
def page(view: View) -> str:
    return scorecard_html(view)


class _Text(HTMLParser):
    """The visible text of a page, tables' rows on lines of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        if tag in ("tr", "p", "li", "h1", "h2", "h3", "h4"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))


def text_of(page: str) -> str:
    reader = _Text()
    reader.feed(page)
    lines = "".join(reader.parts).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def test_the_page_needs_nothing_but_itself(page: str) -> None:
    assert "default-src 'none'" in page
    sources = re.findall(r'(?:src|href)="([^"#][^"]*)"', page)
    assert sources == []
    assert re.findall(r"url\((?!data:|#)[^)]*\)", page) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", page) == []


def test_it_stays_light(page: str) -> None:
    assert len(page.encode()) < 3_000_000


def test_the_answer_comes_first_and_the_edition_is_named(page: str) -> None:
    text = text_of(page)
    assert text.index("Partners’ edition.") < text.index("Since 2021–22, the share of students")
    assert text.index("Since 2021–22, the share") < text.index("At a glance")
    whole = fixture.view("public")
    public = text_of(scorecard_html(replace(whole, strands=whole.strands[2:3])))
    assert "Public edition." in public
    assert "Partners’ edition." not in public


def test_hidden_missing_and_not_applicable_look_different(page: str) -> None:
    lines = text_of(page).split("\n")
    hidden = next(line for line in lines if line.startswith("Nonbinary students Cedar Valley"))
    assert hidden.count("◦") == 3
    assert "hidden to protect students" in hidden
    not_applicable = next(line for line in lines if line.startswith("TK Cedar Valley –"))
    assert "does not apply here" in not_applicable
    assert "Harbor Point, 2020–21: the district has no records for this." in page


def test_a_hidden_cells_row_holds_no_number(page: str) -> None:
    for row in re.findall(r"<tr[^>]*>.*?</tr>", page, re.DOTALL):
        if "Nonbinary students" in row and "hidden to protect students" in row:
            cells = re.findall(r'<td class="number[^>]*>(.*?)</td>', row, re.DOTALL)
            assert not any(re.search(r"\d", re.sub(r"<[^>]*>", "", cell)) for cell in cells)


def test_the_public_page_holds_no_count() -> None:
    whole = fixture.view("public")
    public = replace(whole, strands=whole.strands[2:3])
    assert all(cell.numerator is None for cell in public.cells)
    traced = re.findall(r"<td>([\d,]+) ÷ ([\d,]+)</td>", scorecard_html(public))
    assert traced == []


def test_what_people_wrote_is_escaped(small: View) -> None:
    evil = "</script><script>alert(1)</script><b>&"
    districts = tuple(replace(item, name=evil, short=evil) for item in small.districts)
    releases = tuple(
        replace(info, software=evil, schools=dict.fromkeys(info.schools, evil))
        for info in small.releases
    )
    page = scorecard_html(replace(small, districts=districts, releases=releases))
    assert "<script>alert" not in page
    assert "<b>" not in page
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert evil in json.dumps(json.loads(data[1]), ensure_ascii=False)


def test_every_row_can_be_traced(view: View, page: str) -> None:
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert data is not None
    known = json.loads(data[1])
    places = re.findall(r'data-cell="([^"]+)"', page)
    assert len(places) > 900
    for place in places:
        definition, district, school, _, group, period = place.split("|")
        assert definition in known["definitions"]
        assert known["releases"][f"{district} {period}"]["id"].startswith("sha256:")
        assert school == "" or school.startswith(district[:7])
        assert group in view.groups


def test_definitions_hashes_and_commands_stand_on_the_page(view: View, page: str) -> None:
    for finding in view.indicators:
        for definition in finding.definitions:
            assert definition.hash in page
    assert (
        "accord sql STATION --indicator chronic-absenteeism@1.0 --period 2024-25 --group all"
        in page
    )
    for info in view.releases:
        assert info.id in page
        assert info.signers[0] in page


def test_districts_keep_the_charters_order_everywhere(page: str) -> None:
    for table in re.findall(r"<thead>.*?</thead>|<tbody>.*?</tbody>", page, re.DOTALL):
        cedar, harbor = table.find(">Cedar Valley<"), table.find(">Harbor Point<")
        if cedar >= 0 and harbor >= 0:
            assert cedar < harbor


def test_one_year_of_one_release_is_enough() -> None:
    whole = fixture.view(schools=0, latest="2020-21")
    page = text_of(scorecard_html(replace(whole, strands=whole.strands[2:3])))
    assert "nothing to compare it with yet" in page
    assert "Schools" not in page.split("\n")


def test_the_file_is_whole_or_absent(small: View, tmp_path: Path) -> None:
    path = tmp_path / "reports" / "scorecard.html"
    write_scorecard(small, path)
    assert path.read_text(encoding="utf-8").endswith("</html>")
    assert [item.name for item in path.parent.iterdir()] == ["scorecard.html"]
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(MachineError):
        write_scorecard(small, blocked / "scorecard.html")


def test_every_mark_has_a_name_for_those_who_cannot_see_it() -> None:
    for mark in (*STATES.values(), *STATUSES.values(), *GAPS.values()):
        assert mark.name
    assert [STATES[state].text for state in STATES] == ["", "", "◦", "–", ""]
