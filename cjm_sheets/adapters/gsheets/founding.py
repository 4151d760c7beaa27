"""Decides how a new spreadsheet is made so that a run that dies right afterwards can find it again.

Drive makes it, with a key in its properties, in one step; what it is to hold comes with the first
write. Where Drive may not be asked, the Sheets interface makes it whole, and nobody finds it again.
"""

from collections.abc import Mapping
from typing import Any

from cjm_sheets.adapters.gsheets.reading import SHEET_MASK, Sheet, own_id, sheets_of
from cjm_sheets.adapters.gsheets.transport import GOOGLE_DRIVE, GOOGLE_SHEETS, Transport
from cjm_sheets.adapters.gsheets.writing import Request, Step
from cjm_sheets.errors.sharing import NotAllowedError
from cjm_sheets.tables.table import Grid

_FILES = f"{GOOGLE_DRIVE}/drive/v3/files"
_KIND = "application/vnd.google-apps.spreadsheet"
_PROPERTY = "cjm-sheets"
_BLANK = (Sheet(0, "", 1000, 26, hidden=False),)
"""What Drive puts into a new spreadsheet; the title depends on the language of the account."""


def made(transport: Transport, body: Mapping[str, Any], key: str) -> tuple[str, tuple[Sheet, ...]]:
    """Make a spreadsheet; return its id and its sheets: blank ones are still to be furnished."""
    title = body["properties"]["title"]
    # Those of the application are seen by nobody else; the others by later versions of it as well.
    marks = {"appProperties": {_PROPERTY: key}, "properties": {_PROPERTY: key}} if key else {}
    file = {"name": title, "mimeType": _KIND, **marks}
    try:
        answer = transport.request("post", _FILES, params={"fields": "id"}, json=file).json()
    except NotAllowedError:
        params = {"fields": f"spreadsheetId,sheets({SHEET_MASK})"}
        url = f"{GOOGLE_SHEETS}/v4/spreadsheets"
        answer = transport.request("post", url, params=params, json=body).json()
        return answer["spreadsheetId"], sheets_of(answer)
    return answer["id"], _BLANK


def found(transport: Transport, key: str) -> str:
    """Return the spreadsheet that was made under a key; "" if there is none, or nobody may ask."""
    has = f"has {{ key='{_PROPERTY}' and value='{key}' }}"
    params = {
        "q": f"(appProperties {has} or properties {has}) and 'me' in owners and trashed = false",
        "orderBy": "createdTime",  # a copy that somebody made of it comes later
        "pageSize": "1",
        "fields": "files(id)",
    }
    try:
        answer = transport.request("get", _FILES, params=params).json()
    except NotAllowedError:
        return ""
    return next((str(file["id"]) for file in answer.get("files", ())), "")


def is_blank(sheets: Mapping[int, Sheet], grids: Mapping[int, Grid]) -> bool:
    """Tell whether a spreadsheet is as Drive made it."""
    filled = any(any(row) for grid in grids.values() for row in grid.rows)
    return sheets.keys() == {_BLANK[0].id} and not filled


def furnish(body: Mapping[str, Any]) -> tuple[tuple[Sheet, ...], list[Step]]:
    """Return the sheets that a blank spreadsheet is to have, and the steps that give it them."""
    locale = {"properties": {"locale": body["properties"]["locale"]}, "fields": "locale"}
    requests: list[Request] = [{"updateSpreadsheetProperties": locale}]
    sheets = []
    for index, given in enumerate(body["sheets"]):
        properties = {"sheetId": own_id("Start"), **given["properties"], "index": index}
        requests.append({"addSheet": {"properties": properties}})
        start = {"sheetId": properties["sheetId"], "rowIndex": 0, "columnIndex": 0}
        requests += [
            {"updateCells": {"start": start, "rows": data["rowData"], "fields": "*"}}
            for data in given.get("data", ())
        ]
        size = properties["gridProperties"]
        title = properties["title"]
        sheets.append(
            Sheet(start["sheetId"], title, size["rowCount"], size["columnCount"], hidden=False)
        )
    requests.append({"deleteSheet": {"sheetId": _BLANK[0].id}})
    return tuple(sheets), [Step((request,)) for request in requests]
