"""Gives live tests a guarded way to the service and a workbook in step with a new shared copy."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.adapters.system import SystemChance, SystemClock
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases.new_map import Wish, new_map
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from tests.live.guarded import SETTING, SHEETS, GuardedTransport, a_moment, endpoint
from tests.sync.world import Diary

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and skip them where nobody named an account."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.path.name.startswith("test_live"):
            item.add_marker(pytest.mark.live)
            if SETTING not in os.environ:
                why = f"{SETTING} names no Google account for tests (docs/sync.md says how)."
                item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="module")
def transport() -> Iterator[GuardedTransport]:
    """A way to the service; what was made on it is thrown away at the end."""
    made = GuardedTransport(endpoint())
    try:
        yield made
    finally:
        made.throw_away()


@dataclass
class Pair:
    """A workbook file and its shared copy, and a colleague who works there by hand."""

    workbook: XlsxFile
    copy: SharedCopy
    transport: GuardedTransport
    history: Diary

    def sync(self, *, dry_run: bool = False, **options: Any) -> Synced:
        a_moment()
        link = Link("google", self.copy.spreadsheet)
        opened = Opened(link, self.copy, lambda: self.transport.traffic)
        around = Surroundings(
            lambda _: opened, lambda _, __: opened, self.history, SystemClock(), SystemChance()
        )
        return sync_map(self.workbook, link, Options(**options), around, dry_run=dry_run)

    def edit(self, table: str, row: str, column: str, value: Raw) -> None:
        """Edit the workbook."""
        read = self.workbook.read()
        (found,) = [each for each in read.tables if each.spec.key == table]
        line = next(at for at in found.lines if found.cell("id", at) == row)
        self.workbook.apply(Changes(cells=(SetCell(table, line, column, value),)), read)

    def value(self, table: str, row: str, column: str) -> tuple[Raw, Raw]:
        """Return what a cell says in the workbook and in the shared copy."""
        said = []
        for store in (self.workbook, self.another()):
            (found,) = [each for each in store.read().tables if each.spec.key == table]
            line = next(at for at in found.lines if found.cell("id", at) == row)
            said.append(found.cell(column, line))
        return said[0], said[1]

    def another(self) -> SharedCopy:
        """Return the shared copy as another program sees it."""
        return SharedCopy(self.transport, self.copy.spreadsheet)

    # ---- the colleague -------------------------------------------------------------------

    def ask(self, *requests: dict[str, Any], **more: Any) -> Any:
        """Send requests as one batch."""
        a_moment()
        url = f"{SHEETS}/{self.copy.spreadsheet}:batchUpdate"
        return self.transport.request("post", url, json={"requests": list(requests), **more}).json()

    def look(self, fields: str) -> Any:
        """Return what a mask names."""
        url = f"{SHEETS}/{self.copy.spreadsheet}"
        return self.transport.request("get", url, params={"fields": fields}).json()

    def place(self, table: str, row: str, column: str) -> dict[str, int]:
        """Return where a cell of the shared copy is, as requests say it."""
        read = self.another().read()
        (found,) = [each for each in read.tables if each.spec.key == table]
        line = next(at for at in found.lines if found.cell("id", at) == row)
        return {
            "sheetId": self.sheet(found.sheet),
            "rowIndex": line - 1,
            "columnIndex": found.by_key[column].at - 1,
        }

    def sheet(self, title: str) -> int:
        """Return the id of a sheet."""
        properties = (
            s["properties"] for s in self.look("sheets.properties(sheetId,title)")["sheets"]
        )
        return next(int(each.get("sheetId", 0)) for each in properties if each["title"] == title)

    def types(self, table: str, row: str, column: str, **cell: Any) -> None:
        """Write one cell of the shared copy."""
        start = self.place(table, row, column)
        rows = [{"values": [cell]}]
        self.ask({"updateCells": {"start": start, "rows": rows, "fields": ",".join(cell)}})


@pytest.fixture
def pair(transport: GuardedTransport, tmp_path: Path) -> Pair:
    """A sample map, in step with a new shared copy."""
    return paired(transport, tmp_path / "map.xlsx", "en")


def paired(transport: GuardedTransport, path: Path, language: str) -> Pair:
    """Return a sample map in a language, in step with a new shared copy."""
    wish = Wish(starter="vacuum", language=language)
    path.write_bytes(new_map(wish, StarterFiles(), XlsxBuilder(), NOW))
    transport.traffic = replace(transport.traffic, read=0, write=0)
    a_moment()
    copy = create(transport, f"cjm-sheets test {language}", language)
    made = Pair(XlsxFile(path, XlsxBuilder), copy, transport, Diary())
    made.sync()
    return made
