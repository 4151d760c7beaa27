"""Shares a sample map with the embedded service, as a sync does, and speaks to its page."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from cjm_sheets import wiring
from cjm_sheets.adapters.whereabouts import Service
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.service.running import RunningService, Setting
from cjm_sheets.sync.steps import Options
from cjm_sheets.usecases.new_map import Wish
from cjm_sheets.usecases.sync_map import sync_map
from tests.service.calls import TIMEOUT, Json


def started(folder: Path) -> RunningService:
    """Return a service that makes workbooks, too; it is not started yet."""
    return RunningService(folder, setting=Setting(builder=XlsxBuilder()))


def shared(service: RunningService, folder: Path, language: str = "en") -> str:
    """Share the sample of the vacuum; return the id of its shared copy."""
    workbook = folder / f"vacuum-{language}.xlsx"
    wiring.new_workbook(str(workbook), Wish(language=language, starter="vacuum"))
    with wiring.sharing(local=Service(service.url, service.token)) as around:
        store, link = wiring.workbook_file(str(workbook)), wiring.link_to("local")
        synced = sync_map(store, link, Options(), around, dry_run=False)
    return synced.link.spreadsheet


@dataclass
class Window:
    """A browser window without a browser: cookies, and the calls that the page's scripts make."""

    service: RunningService
    id: str
    session: requests.Session = field(default_factory=requests.Session)

    def enter(self, token: str) -> requests.Response:
        address = f"{self.service.url}/spreadsheets/d/{self.id}/edit"
        return self.session.get(address, params={"token": token}, timeout=TIMEOUT)

    def get(self, rest: str, **query: Any) -> requests.Response:
        address = f"{self.service.url}/page/{self.id}/{rest}"
        return self.session.get(address, params=query, timeout=TIMEOUT)

    def post(self, rest: str, body: Json, **headers: str) -> requests.Response:
        address = f"{self.service.url}/page/{self.id}/{rest}"
        sent = {"Origin": self.service.url} | headers
        return self.session.post(address, json=body, headers=sent, timeout=TIMEOUT)

    def tab(self, table: str) -> Json:
        tabs: list[Json] = self.get("content").json()["tabs"]
        return next(tab for tab in tabs if tab["table"] == table)

    def edit(self, *edits: Json, **more: Any) -> requests.Response:
        return self.post("edits", {"edits": list(edits)} | more)

    def history(self) -> list[Json]:
        entries: list[Json] = self.get("history").json()["entries"]
        return entries


def column(tab: Json, heading: str) -> Json:
    found: Json = next(each for each in tab["columns"] if each["heading"] == heading)
    return found


def typed(tab: Json, row: Json, heading: str) -> str:
    """Return what one would edit in a cell."""
    at = tab["columns"].index(column(tab, heading))
    cell = row["cells"][at] if at < len(row["cells"]) else ""
    return str(cell[1] if isinstance(cell, list) else cell)


def edit(tab: Json, row: Json, heading: str, after: str, **other: Any) -> Json:
    """Return an edit of a cell as the page sends it."""
    return {
        "sheetId": tab["id"],
        "row": row["at"],
        "rowId": row["id"],
        "column": column(tab, heading)["at"],
        "heading": heading,
        "before": typed(tab, row, heading),
        "after": after,
    } | other
