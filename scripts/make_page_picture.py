"""Decides what the picture of the page in docs/ shows: the sample map, edited in the browser.

    python scripts/make_page_picture.py

It needs Chromium and the extra [page].
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cjm_sheets import wiring  # noqa: E402 - run by path: the path comes first
from cjm_sheets.adapters.whereabouts import Service  # noqa: E402 - same
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder  # noqa: E402 - same
from cjm_sheets.service.running import RunningService, Setting  # noqa: E402 - same
from cjm_sheets.sync.steps import Options  # noqa: E402 - same
from cjm_sheets.usecases.new_map import Wish  # noqa: E402 - same
from cjm_sheets.usecases.sync_map import sync_map  # noqa: E402 - same

PICTURE = ROOT / "docs" / "page.png"
SIZE: ViewportSize = {"width": 1400, "height": 820}


def main() -> int:
    """Share the sample in a folder of its own, open it, and take the picture; exit code."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("Chromium is not on this machine.")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["CJM_SHEETS_HOME"] = str(folder / "home")
        setting = Setting(builder=XlsxBuilder())
        with RunningService(folder / "data", setting=setting) as service:
            page = f"{service.url}/spreadsheets/d/{_shared(service, folder)}/edit"
            _take(program, f"{page}?token={service.token}")
    return 0


def _shared(service: RunningService, folder: Path) -> str:
    workbook = folder / "vacuum.xlsx"
    wiring.new_workbook(str(workbook), Wish(starter="vacuum"))
    store, link = wiring.workbook_file(str(workbook)), wiring.link_to("local")
    with wiring.sharing(local=Service(service.url, service.token)) as around:
        return sync_map(store, link, Options(), around, dry_run=False).link.spreadsheet


def _take(program: str, address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="en", color_scheme="light")
        page.goto(address)
        page.wait_for_selector("#drawing svg")
        page.wait_for_function("document.querySelector('#grade').textContent !== '–'")
        page.locator('.ag-row[row-index="2"] .ag-cell[col-id="c3"]').dblclick()
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
