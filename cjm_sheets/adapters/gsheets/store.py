"""Decides how a shared copy is made, read, and changed: one request each."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from cjm_sheets.adapters.gsheets.layout import lies, row_formulas
from cjm_sheets.adapters.gsheets.publish import around, publish
from cjm_sheets.adapters.gsheets.reading import MASK, SHEET_MASK, Sheet, grids_of, sheets_of
from cjm_sheets.adapters.gsheets.transport import GOOGLE_SHEETS, Transport
from cjm_sheets.adapters.gsheets.writing import cell_requests, row_requests
from cjm_sheets.ports.store import Changes, Outcome, Snapshot, Traffic
from cjm_sheets.tables.recognise import language_of, recognise
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_SPREADSHEETS = f"{GOOGLE_SHEETS}/v4/spreadsheets"
_LOCALES = {
    "en": "en_US", "de": "de_DE", "da": "da_DK", "lv": "lv_LV", "af": "af_ZA", "ru": "ru_RU",
}  # fmt: skip


class SharedCopy:
    """A spreadsheet of the service, as a store of maps."""

    def __init__(
        self, transport: Transport, spreadsheet: str, sheets: Iterable[Sheet] = ()
    ) -> None:
        self._transport = transport
        self.spreadsheet = spreadsheet
        self._sheets = {sheet.title: sheet for sheet in sheets}

    @property
    def name(self) -> str:
        """The address at which people open it."""
        host = self._transport.endpoint.address or "https://docs.google.com"
        return f"{host}/spreadsheets/d/{self.spreadsheet}"

    @property
    def traffic(self) -> Traffic:
        """What was said over the network so far."""
        return self._transport.traffic

    def read(self) -> Snapshot:
        """Return all sheets, with one request."""
        params = {"fields": MASK, "prettyPrint": "false"}
        answer = self._transport.request(
            "get", f"{_SPREADSHEETS}/{self.spreadsheet}", params=params
        ).json()
        grids = grids_of(answer)
        self._sheets = {sheet.title: sheet for sheet in sheets_of(answer)}
        tables = recognise(grids)
        taken = {table.sheet for table in tables}
        return Snapshot(
            title=answer["properties"]["title"],
            tables=tables,
            others=tuple(grid for grid in grids if grid.sheet not in taken),
            language=language_of(tables) if tables else "",
            stamp="",
        )

    def refuse_if_busy(self) -> None:
        """Do nothing: many may change a spreadsheet at once."""

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply all changes with one request, which the service carries out whole or not at all."""
        layout = {table.spec.key: lies(table) for table in since.tables}
        beside = around(tuple(self._sheets.values()), layout, since.others)
        requests = publish(changes.tables, beside)
        for table in since.tables:
            key = table.spec.key
            sheet = self._sheets[table.sheet]
            cells = [change for change in changes.cells if change.table == key]
            requests += cell_requests(cells, table, sheet)
            requests += row_requests(changes, table, sheet, partial(row_formulas, layout, key))
        if requests:
            url = f"{_SPREADSHEETS}/{self.spreadsheet}:batchUpdate"
            self._transport.request("post", url, json={"requests": requests})
        return Outcome(stamp="")


def create(transport: Transport, title: str, language: str) -> SharedCopy:
    """Make a new spreadsheet in a language's locale, with one sheet that says what it is."""
    body: dict[str, Any] = {
        "properties": {"title": title, "locale": _LOCALES.get(language, "en_US")},
        "sheets": [_welcome(title, language)],
    }
    params = {"fields": f"spreadsheetId,sheets({SHEET_MASK})"}
    answer = transport.request("post", _SPREADSHEETS, params=params, json=body).json()
    return SharedCopy(transport, answer["spreadsheetId"], sheets_of(answer))


def _welcome(title: str, language: str) -> dict[str, Any]:
    """Return the first sheet of a new shared copy: what colleagues need to know."""
    lines = [
        say(language, N_("{title}: the copy that you share"), title=title),
        say(language, N_("Edit anything: your changes reach the workbook with its next sync.")),
        say(language, N_("Sort, filter, add rows, columns and notes of your own: they stay.")),
        say(language, N_("Tinted columns work themselves out. Ids come by themselves, too.")),
    ]
    cells: list[dict[str, Any]] = [{"userEnteredValue": {"stringValue": line}} for line in lines]
    cells[0]["userEnteredFormat"] = {"textFormat": {"bold": True, "fontSize": 14}}
    return {
        "properties": {
            "title": say(language, N_("Start")),
            "gridProperties": {"rowCount": 20, "columnCount": 8, "hideGridlines": True},
        },
        "data": [{"rowData": [{"values": [cell]} for cell in cells]}],
    }
