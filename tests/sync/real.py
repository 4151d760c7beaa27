"""Decides what a pair of real stores is in tests of sync: a workbook file and a shared copy.

The file is read and written as the program does it, or with openpyxl where a person did something
that the program never does; the shared copy is one of the embedded service, over HTTP.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from cjm_sheets.adapters.gsheets.store import SharedCopy, create
from cjm_sheets.adapters.gsheets.transport import GOOGLE_SHEETS, Endpoint, Transport
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Changes, SetCell
from cjm_sheets.service.running import RunningService
from cjm_sheets.sync.steps import Options
from cjm_sheets.tables.codec import Value, decode
from cjm_sheets.tables.table import Table
from cjm_sheets.usecases.sync_map import Link, Opened, Surroundings, Synced, sync_map
from tests.adapters.xlsx_file.sample import Sample
from tests.sync.world import Chance, Clock, Diary

Json = dict[str, Any]


@dataclass
class Pair:
    """A workbook file and its shared copy, in step after the first sync."""

    service: RunningService
    path: Path
    language: str = "en"
    history: Diary = field(default_factory=Diary)
    chance: Chance = field(default_factory=Chance)

    def __post_init__(self) -> None:
        self.transport = Transport(Endpoint(self.service.url, self.service.token))
        self.copy = create(self.transport, "A map", self.language)
        self.synced = self.sync(first=True)

    def sync(self, *, first: bool = False, path: Path | None = None, **options: Any) -> Synced:
        opened = Opened(
            Link("local", self.copy.spreadsheet), self.copy, lambda: self.transport.traffic
        )
        around = Surroundings(
            lambda _: opened, lambda _, __: opened, self.history, Clock(), self.chance
        )
        target = Link("local") if first else None
        book = XlsxFile(path or self.path)
        return sync_map(book, target, Options(**options), around, dry_run=False)

    def is_quiet(self) -> bool:
        """Tell whether a further sync writes nothing, and leaves the file byte for byte."""
        before = self.path.read_bytes()
        return self.sync().plan.writes_nothing and self.path.read_bytes() == before

    # ---- the workbook --------------------------------------------------------------------

    def types(self, row: str, column: str, value: Any, table: str = "Touchpoints") -> None:
        """Type into the workbook."""
        self.types_all(row, {column: value}, table)

    def types_all(self, row: str, cells: dict[str, Any], table: str = "Touchpoints") -> None:
        """Type into several cells of a row of the workbook."""
        read = XlsxFile(self.path).read()
        line = line_of(of(read.tables, table), row)
        changes = tuple(SetCell(table, line, column, value) for column, value in cells.items())
        XlsxFile(self.path).apply(Changes(cells=changes), read)

    def by_hand(self, do: Callable[[Any], None], table: str = "Touchpoints") -> None:
        """Do something to the sheet of a table as openpyxl sees it, and save the file."""
        title = of(XlsxFile(self.path).read().tables, table).sheet
        book = openpyxl.load_workbook(self.path, rich_text=True)
        do(book[title])
        book.save(self.path)

    def cell(self, row: str, column: str, table: str = "Touchpoints") -> tuple[int, int]:
        """Return where a cell of the workbook is."""
        found = of(XlsxFile(self.path).read().tables, table)
        return line_of(found, row), found.by_key[column].at

    def cell_at(self, column: str, table: str = "Touchpoints") -> tuple[int, int]:
        """Return the line of the headers, and where a column is."""
        found = of(XlsxFile(self.path).read().tables, table)
        return found.header_line, found.by_key[column].at

    # ---- the shared copy -----------------------------------------------------------------

    def ask(self, *requests: Json) -> Any:
        """Let a colleague send requests as one batch."""
        colleague = Transport(Endpoint(self.service.url, self.service.token))
        url = f"{GOOGLE_SHEETS}/v4/spreadsheets/{self.copy.spreadsheet}:batchUpdate"
        return colleague.request("post", url, json={"requests": list(requests)}).json()

    def look(self, fields: str) -> Any:
        colleague = Transport(Endpoint(self.service.url, self.service.token))
        url = f"{GOOGLE_SHEETS}/v4/spreadsheets/{self.copy.spreadsheet}"
        return colleague.request("get", url, params={"fields": fields}).json()

    def there(self, row: str, column: str, table: str = "Touchpoints", **cell: Any) -> None:
        """Let a colleague write the parts of a cell that are named."""
        place = self.place(row, column, table)
        rows = [{"values": [cell]}]
        self.ask({"updateCells": {"start": place, "rows": rows, "fields": ",".join(cell)}})

    def text(self, row: str, column: str, text: str, table: str = "Touchpoints") -> None:
        """Let a colleague type a text."""
        self.there(row, column, table, userEnteredValue={"stringValue": text})

    def texts(self, row: str, cells: dict[str, str], table: str = "Touchpoints") -> None:
        """Let a colleague type texts into several cells of a row."""
        found = of(self.other().read().tables, table)
        sheet, line = self.sheet(found.sheet), line_of(found, row)
        requests: list[Json] = []
        for column, text in cells.items():
            at = {"rowIndex": line - 1, "columnIndex": found.by_key[column].at - 1}
            rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
            update = {"start": {"sheetId": sheet, **at}, "rows": rows, "fields": "userEnteredValue"}
            requests.append({"updateCells": update})
        self.ask(*requests)

    def place(self, row: str, column: str, table: str = "Touchpoints") -> dict[str, int]:
        """Return where a cell of the shared copy is, as requests say it."""
        found = of(self.other().read().tables, table)
        at = {"rowIndex": line_of(found, row) - 1, "columnIndex": found.by_key[column].at - 1}
        return {"sheetId": self.sheet(found.sheet), **at}

    def sheet(self, title: str) -> int:
        sheets = self.look("sheets.properties(sheetId,title)")["sheets"]
        found = (s["properties"] for s in sheets)
        return next(int(each.get("sheetId", 0)) for each in found if each["title"] == title)

    def held(self, row: str, column: str, table: str = "Touchpoints") -> Json:
        """Return all that a cell of the shared copy holds."""
        place = self.place(row, column, table)
        answer = self.look("sheets(properties(sheetId),data.rowData.values)")
        data = next(
            each["data"][0]
            for each in answer["sheets"]
            if each["properties"].get("sheetId", 0) == place["sheetId"]
        )
        return dict(data["rowData"][place["rowIndex"]]["values"][place["columnIndex"]])

    def other(self) -> SharedCopy:
        """Return the shared copy as another program reads it."""
        transport = Transport(Endpoint(self.service.url, self.service.token))
        return SharedCopy(transport, self.copy.spreadsheet)

    # ---- both ----------------------------------------------------------------------------

    def says(self, row: str, column: str, table: str = "Touchpoints") -> tuple[Value, Value]:
        """Return what a cell says in the workbook and in the shared copy."""
        said = []
        for store in (XlsxFile(self.path), self.other()):
            decoded = decode(of(store.read().tables, table))
            said.append(decoded.columns[column][decoded.texts("id").index(row)])
        return said[0], said[1]


def pair(service: RunningService, folder: Path, language: str = "en", **options: Any) -> Pair:
    """Return a sample map in a language, in step; options are XlsxWriter's."""
    path = Sample(folder / "map.xlsx", language, **options).tables().save()
    return Pair(service, path, language)


def of(tables: tuple[Table, ...], key: str) -> Table:
    """Return the table of a key."""
    return next(table for table in tables if table.spec.key == key)


def line_of(table: Table, row: str) -> int:
    """Return the line of a row."""
    return next(line for line in table.lines if table.cell("id", line) == row)


def left(done: Synced) -> list[tuple[str, str]]:
    """Return the kinds and places of what a sync left where it was, or told of."""
    return [(each.kind, each.what) for each in done.plan.left if each.kind != "column"]
