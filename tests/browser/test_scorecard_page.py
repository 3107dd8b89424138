"""The scorecard in a browser: on screen, phone and paper, by keyboard, and without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from accord.reports.scorecard import write_scorecard
from unit.reports import fixture

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

SCREEN, PHONE = 1280, 375
OPEN_ALL = "document.querySelectorAll('details').forEach(item => item.open = true)"
TABLE = "#suspension-rate table.data >> nth=0"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for audience in ("partners", "public"):
        made[audience] = folder / f"{audience}.html"
        view = fixture.view(audience)
        kinds = (view.strands[0], view.strands[2])  # rates, points and scores; a broken series
        write_scorecard(replace(view, strands=kinds), made[audience])
        made[f"small {audience}"] = folder / f"small-{audience}.html"
        small = replace(fixture.view(audience, schools=3), strands=view.strands[2:3])
        write_scorecard(small, made[f"small {audience}"])
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": SCREEN, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    opened = context.new_page()
    opened.goto(files["partners"].as_uri())
    yield opened
    context.close()


@pytest.mark.parametrize("audience", ["partners", "public"])
@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_axe_finds_nothing(
    browser: Browser, files: dict[str, Path], audience: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(files[f"small {audience}"].as_uri())
    page.evaluate(OPEN_ALL)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.locator(".trace").first.click()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.close()


def test_it_asks_the_network_for_nothing_and_complains_of_nothing(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(files["partners"].as_uri())
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(200)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    page.close()


@pytest.mark.parametrize("audience", ["partners", "public"])
@pytest.mark.parametrize("width", [SCREEN, 1024, 768, PHONE])
def test_nothing_runs_off_the_side(
    browser: Browser, files: dict[str, Path], audience: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(files[audience].as_uri())
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_labels_in_charts_neither_touch_nor_leave_the_picture(
    browser: Browser, files: dict[str, Path], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(files["partners"].as_uri())
    page.evaluate(OPEN_ALL)
    page.evaluate("document.fonts.ready")
    found = page.evaluate(
        """() => {
          const wrong = [];
          for (const chart of document.querySelectorAll("svg.chart, svg.gap")) {
            const frame = chart.getBoundingClientRect();
            if (frame.width === 0) continue;
            const texts = [...chart.querySelectorAll("text")].filter(
              (text) => text.textContent.trim() && text.getAttribute("stroke") !== "white");
            const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
            for (const [name, box] of boxes) {
              if (box.left < frame.left - 1 || box.right > frame.right + 1 ||
                  box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
                wrong.push(`outside: ${name} in ${chart.getAttribute("aria-label")}`);
              }
            }
            boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([two, b]) => {
              const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
              if (wide > 1 && high > 3) {
                wrong.push(`touch: ${one}, ${two} in ${chart.getAttribute("aria-label")}`);
              }
            }));
          }
          return wrong;
        }"""
    )
    assert found == []
    page.close()


def test_a_table_sorts_by_value_and_back(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    table = page.locator(TABLE)
    order = table.locator("tbody th").all_inner_texts()
    head = table.locator("thead th", has_text="%")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    values = table.locator("tbody tr td:nth-child(5)").all_inner_texts()
    shown = [float(text) for text in values if text[0].isdigit()]
    assert shown == sorted(shown)
    assert all("◦" in text for text in values[len(shown) :])
    assert len(values) - len(shown) == 4
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert "◦" in table.locator("tbody tr td:nth-child(5)").all_inner_texts()[-1]
    head.get_by_role("button").click()
    assert table.locator("tbody th").all_inner_texts() == order


def test_a_table_copies_as_plain_columns(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    page.locator("#distance-from-standard-mathematics .tool").first.click()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} == {8}
    assert rows[0][:2] == ["group", "district"]
    assert rows[1][0] == "All students"
    assert float(rows[1][4]) < 0  # a minus sign that a spreadsheet reads
    hidden = next(row for row in rows if row[0] == "Nonbinary students")
    assert not any(sign.isdigit() for text in hidden for sign in text)


def test_any_number_is_traced_by_keyboard(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    button = page.locator("#chronic-absenteeism .trace >> nth=2")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Where this number comes from")
    expect(dialog).to_be_visible()
    for text in (
        "African American students",
        "÷",
        "chronic-absenteeism@1.0",
        "sha256:",
        "ed25519:",
        "certified, as of June 30, 2025",
        "--group african-american",
    ):
        expect(dialog).to_contain_text(text)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_the_first_tab_skips_to_the_overview(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the overview")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#overview")


def test_without_scripts_everything_is_there_to_read(
    browser: Browser, files: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["partners"].as_uri())
    expect(page.locator(".tool, .trace, .data thead button")).to_have_count(0)
    summary = page.locator("#suspension-rate summary", has_text="Numbers by student group")
    summary.click()
    expect(page.locator(TABLE)).to_be_visible()
    page.locator("#suspension-rate summary", has_text="How this is computed").click()
    expect(page.locator("#suspension-rate .source code").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_it_prints_an_overview_and_an_indicator_a_page(page: Page, paper: str) -> None:
    pdf = page.pdf(format=paper)
    pages = pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ")
    assert 8 <= pages <= 11  # overview, six indicators, sources; a few run over
    page.emulate_media(media="print")
    assert page.locator(".tool").first.is_hidden()
    assert page.locator("#overview .overview").is_visible()
