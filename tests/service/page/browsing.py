"""Opens pages in a browser, and does in them what people do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from cjm_sheets.service.running import RunningService

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT = 15_000
"""Milliseconds: generous, since other tests may keep the machine busy."""

OFFLINE_WORDS = ("Failed to load resource", "net::ERR")
"""What Chromium writes into its console when a call fails that we made fail."""


@dataclass
class Opened:
    """A window on a map, and what the browser complained of."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    may_edit: bool = True

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name, exact=True).click()
        expect(self.page.get_by_role("tab", name=name, exact=True)).to_have_attribute(
            "aria-selected", "true"
        )

    def column(self, heading: str) -> str:
        """Return the id of the grid's column under a heading."""
        header = self.page.locator(".ag-header-cell", has_text=heading).first
        found = header.get_attribute("col-id")
        assert found is not None
        return found

    def cell(self, row: int, heading: str) -> Locator:
        """Return a cell of the table in sight; rows are counted from 0."""
        place = f'.ag-row[row-index="{row}"] .ag-cell[col-id="{self.column(heading)}"]'
        return self.page.locator(place)

    def go(self, row: int, heading: str) -> None:
        """Click a cell, once: whatever the page is doing meanwhile, the focus stays there."""
        cell = self.cell(row, heading)
        cell.click()
        expect(cell).to_be_focused()

    def type_into(self, row: int, heading: str, text: str) -> None:
        self.go(row, heading)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def saved(self, words: str = "All changes are saved.") -> None:
        """Wait until the page knows what became of all that was asked of it, and says so."""
        self.page.wait_for_function(
            "() => { const { asked, settled } = document.querySelector('#state').dataset;"
            " return asked === settled }"
        )
        expect(self.page.locator("#state")).to_have_text(words, timeout=WAIT)

    def asked(self) -> int:
        """Return how many changes the page was asked for; it counts them as it takes them up."""
        return int(self.page.locator("#state").get_attribute("data-asked") or 0)

    def drawing(self) -> Locator:
        return self.page.locator("#drawing svg")

    def paste(self, text: str) -> None:
        """Paste as the keyboard does, without the machine's clipboard."""
        before = self.asked()
        self.page.evaluate(
            """text => {
              const data = new DataTransfer(); data.setData('text/plain', text)
              document.activeElement.dispatchEvent(new ClipboardEvent('paste',
                {clipboardData: data, bubbles: true, cancelable: true}))
            }""",
            text,
        )
        assert self.asked() > before or not self.may_edit, "The page took up no paste."

    def copied(self, kind: str = "copy") -> str:
        text: str = self.page.evaluate(
            """kind => {
              const data = new DataTransfer()
              document.activeElement.dispatchEvent(new ClipboardEvent(kind,
                {clipboardData: data, bubbles: true, cancelable: true}))
              return data.getData('text/plain')
            }""",
            kind,
        )
        return text


@contextmanager
def window(
    browser: Browser, service: RunningService, map_id: str, token: str = "", **look: Any
) -> Iterator[Opened]:
    """Open a window of its own, with its own cookies; complaints must be none at the end."""
    query = look.pop("query", "")
    settings = {"viewport": {"width": 1500, "height": 900}, "locale": "en"} | look
    context = browser.new_context(**settings)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    opened = Opened(page, context)
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            opened.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("request", lambda request: _foreign(opened, service, request.url))
    page.goto(f"{service.url}/spreadsheets/d/{map_id}/edit?token={token or service.token}{query}")
    page.wait_for_selector("#grid .ag-row")
    page.wait_for_selector("#drawing svg")
    yield opened
    found = [one for one in opened.complaints if not any(w in one for w in OFFLINE_WORDS)]
    context.close()
    assert found == []


def _foreign(opened: Opened, service: RunningService, url: str) -> None:
    if not url.startswith((service.url, "data:", "blob:")):
        opened.complaints.append(f"asked elsewhere: {url}")
