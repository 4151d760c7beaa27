import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cjm_sheets.drawing.html import draw_html
from cjm_sheets.drawing.measure import width
from cjm_sheets.drawing.shapes import Font
from cjm_sheets.model.workbook import Workbook
from tests.drawing import samples
from tests.programs import chromium

pytestmark = pytest.mark.browser

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_LINES = """() => [...document.querySelectorAll('svg:not(.names) text')].flatMap(text => {
  const lines = text.querySelectorAll('tspan'), style = getComputedStyle(text)
  return [...(lines.length ? lines : [text])].map(line => [
    line.textContent, parseFloat(style.fontSize), parseInt(style.fontWeight) > 500,
    line.getComputedTextLength()])
})"""
_OUTSIDE = """() => {
  const sheet = document.querySelector('svg').getBoundingClientRect()
  return [...document.querySelectorAll('svg:not(.names) text')].filter(text => {
    const box = text.getBoundingClientRect()
    return box.left < sheet.left - 1 || box.right > sheet.right + 1 || box.bottom > sheet.bottom + 1
  }).map(text => text.textContent)
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1600, "height": 1000})
    yield opened
    opened.close()


def many_steps() -> Workbook:
    steps = tuple(
        replace(samples.TOUCHPOINTS[i % 9], id=f"T{i}", stage=f"S{i // 15 + 1}", order=i)
        for i in range(60)
    )
    return replace(samples.VACUUM, touchpoints=steps)


BOOKS = {"sample": samples.VACUUM, "many steps": many_steps(), "empty": Workbook()}


def opened(page: Page, book: Workbook, folder: Path) -> list[str]:
    """Open the page of a workbook and return what the browser complains of."""
    file = folder / "map.html"
    file.write_text(draw_html(book, samples.SCORES, "en"), "utf-8")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url))
    page.goto(file.as_uri())
    return [words for words in complaints if words != file.as_uri()]


@pytest.mark.parametrize("name", BOOKS)
def test_the_page_opens_without_complaint_and_without_asking_for_anything(
    name: str, page: Page, tmp_path: Path
) -> None:
    assert opened(page, BOOKS[name], tmp_path) == []
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"


@pytest.mark.parametrize("name", BOOKS)
def test_the_page_prints_on_one_sheet_of_a3(name: str, page: Page, tmp_path: Path) -> None:
    pdfinfo = shutil.which("pdfinfo")
    if pdfinfo is None:
        pytest.skip("pdfinfo (poppler-utils) is not on this machine.")
    opened(page, BOOKS[name], tmp_path)
    pdf = tmp_path / "map.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    told = subprocess.run([pdfinfo, pdf], check=True, capture_output=True, text=True).stdout
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert facts["Pages"].strip() == "1"
    assert facts["Page size"].split()[0].startswith("119")
    assert facts["Page size"].strip().endswith("(A3)")


@pytest.mark.parametrize("name", BOOKS)
def test_no_writing_is_wider_than_it_was_measured(name: str, page: Page, tmp_path: Path) -> None:
    opened(page, BOOKS[name], tmp_path)
    lines = page.evaluate(_LINES)
    assert lines
    for text, size, bold, long in lines:
        assert long <= width(text, Font(size, bold)) + 0.5, text
    assert page.evaluate(_OUTSIDE) == []


def test_the_page_does_not_scroll_sideways_only_the_map_does(page: Page, tmp_path: Path) -> None:
    opened(page, many_steps(), tmp_path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1600
    assert page.evaluate("document.querySelector('.sheet').scrollWidth") > 1600


def test_the_titles_of_the_lanes_stay_in_sight(page: Page, tmp_path: Path) -> None:
    opened(page, many_steps(), tmp_path)
    title = page.locator("svg.names text", has_text="Reach")
    drawn = page.locator("svg:not(.names) text", has_text="Reach").first
    before, beside = title.bounding_box(), drawn.bounding_box()
    assert before is not None
    assert beside is not None
    assert abs(before["x"] - beside["x"]) < 1
    assert abs(before["y"] - beside["y"]) < 1
    page.evaluate("document.querySelector('.sheet').scrollLeft = 900")
    after = title.bounding_box()
    assert after is not None
    assert abs(after["x"] - before["x"]) < 1


def test_a_card_leads_to_its_row_in_the_ranking(page: Page, tmp_path: Path) -> None:
    opened(page, samples.VACUUM, tmp_path)
    page.locator("#card-1 a").click()
    assert page.url.endswith("#pain-1")
    assert page.locator("#pain-1").inner_text().startswith("1")
