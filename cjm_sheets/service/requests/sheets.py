"""Decides what the requests do that make, change and remove tabs, and the spreadsheet itself."""

import secrets

from cjm_sheets.service.colors import normal, paired_mask
from cjm_sheets.service.fields import Mask, overlay, parse_mask
from cjm_sheets.service.refusals import Json, no_sheet, refuse, refuse_unsupported
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.shapes import check_update_mask
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.structure import delete_lines, remove_tab, rename_tab
from cjm_sheets.service.wire import sheet_properties

_MAX_TITLE = 100


def new_id() -> int:
    """Return a random positive id, as Google draws them."""
    return secrets.randbelow(2**31 - 1) + 1


def made_sheet(book: Spreadsheet, given: Json) -> Sheet:
    """Return a new tab from SheetProperties, checked against the others; it is not added yet."""
    if given.get("sheetType", "GRID") != "GRID":
        refuse_unsupported(f"sheets of type {given['sheetType']}")
    sheet_id = given.get("sheetId")
    if sheet_id is None:
        sheet_id = new_id()
    if sheet_id < 0:
        refuse(f"The sheet id {sheet_id} must not be negative.")
    if book.find(sheet_id) is not None:
        refuse(f"A sheet with the id {sheet_id} already exists. Please use another id.")
    title = given.get("title") or _free_title(book)
    _check_title(book, title, None)
    grid = {"rowCount": 1000, "columnCount": 26} | given.get("gridProperties", {})
    rest = {k: v for k, v in given.items() if k not in _OWN}
    properties = {"sheetId": sheet_id, "title": title, "sheetType": "GRID", "gridProperties": grid}
    return Sheet(tidied_properties(properties | rest))


_OWN = {"sheetId", "title", "index", "sheetType", "gridProperties"}


def tidied_properties(properties: Json) -> Json:
    """Return SheetProperties in normal form: false and zero options left out, colours paired."""
    tidy: Json = normal({name: part for name, part in properties.items() if part is not False})
    grid = tidy["gridProperties"]
    if grid.get("rowCount", 0) < 1 or grid.get("columnCount", 0) < 1:
        refuse("A sheet must have at least one row and one column.")
    for kind in ("Row", "Column"):
        if grid.get(f"frozen{kind}Count", 0) >= grid[f"{kind.lower()}Count"]:
            refuse(f"You can't freeze all visible {kind.lower()}s on the sheet.")
    tidy["gridProperties"] = {name: part for name, part in grid.items() if part}
    return tidy


def _free_title(book: Spreadsheet) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}") is not None:
        number += 1
    return f"Sheet{number}"


def _check_title(book: Spreadsheet, title: str, own: Sheet | None) -> None:
    other = book.titled(title)
    if other is not None and other is not own:
        refuse(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if len(title) > _MAX_TITLE or not title:
        refuse(f"A sheet name must have 1 to {_MAX_TITLE} characters.")


@handles("addSheet", "properties")
def add_sheet(book: Spreadsheet, request: Json) -> Json:
    """Add a tab at its index, or last."""
    given = request.get("properties", {})
    sheet = made_sheet(book, given)
    index = min(given.get("index", len(book.sheets)), len(book.sheets))
    book.sheets.insert(index, sheet)
    book.check_size()
    return {"properties": sheet_properties(sheet, index)}


@handles("deleteSheet", "sheetId")
def delete_sheet(book: Spreadsheet, request: Json) -> Json:
    """Remove a tab; the last one stays."""
    sheet = _tab(book, request.get("sheetId", 0))
    if len(book.sheets) == 1:
        refuse("You can't remove all the sheets in a document.")
    if all(tab is sheet or tab.properties.get("hidden") for tab in book.sheets):
        refuse("You can't remove all the visible sheets in a document.")
    remove_tab(book, sheet)
    return {}


def _tab(book: Spreadsheet, sheet_id: int) -> Sheet:
    sheet = book.find(sheet_id)
    if sheet is None:
        raise no_sheet(sheet_id)
    return sheet


@handles("updateSheetProperties", "properties", "fields")
def update_sheet_properties(book: Spreadsheet, request: Json) -> Json:
    """Change the properties of a tab that the mask names."""
    given = request.get("properties", {})
    sheet = _tab(book, given.get("sheetId", 0))
    mask = paired_mask(required_mask(request))
    check_update_mask(mask, "SheetProperties")
    changed = dict(mask) if mask else {name: {} for name in given}
    if "title" in changed:
        _check_title(book, given.get("title", ""), sheet)
        rename_tab(book, sheet, given.get("title", ""))
    if "index" in changed:
        _move_tab(book, sheet, given.get("index", 0))
    rest = {
        name: child for name, child in changed.items() if name not in {"title", "index", "sheetId"}
    }
    _set_properties(book, sheet, given, rest)
    return {}


def required_mask(request: Json) -> Mask:
    """Return the mask of a request; refused when it names nothing."""
    if not request.get("fields"):
        refuse("At least one field must be listed in 'fields'. (Use '*' for all fields.)")
    return parse_mask(request["fields"])


def _move_tab(book: Spreadsheet, sheet: Sheet, index: int) -> None:
    """Put a tab before the one that stands at ``index`` now, as Google counts."""
    old = book.sheets.index(sheet)
    if not 0 <= index <= len(book.sheets):
        refuse(f"The index {index} is outside the tabs.")
    rest = [tab for tab in book.sheets if tab is not sheet]
    target = index - 1 if index > old else index
    rest.insert(min(target, len(rest)), sheet)
    book.sheets = rest


def _set_properties(book: Spreadsheet, sheet: Sheet, given: Json, mask: Mask) -> None:
    if not mask:
        return
    updated = overlay(sheet.properties, normal(given), mask)
    tidy = tidied_properties(updated)
    for name, dimension in (("rowCount", "ROWS"), ("columnCount", "COLUMNS")):
        new, old = tidy["gridProperties"][name], sheet.size(dimension)
        if new < old:
            delete_lines(book, sheet, dimension, (new, old))
    sheet.properties = tidy
    if all(tab.properties.get("hidden") for tab in book.sheets):
        refuse("You can't hide all the sheets in a document.")
    book.check_size()


@handles("updateSpreadsheetProperties", "properties", "fields")
def update_spreadsheet_properties(book: Spreadsheet, request: Json) -> Json:
    """Change the properties of the spreadsheet that the mask names."""
    mask = required_mask(request)
    check_update_mask(mask, "SpreadsheetProperties")
    given = normal(request.get("properties", {}))
    changed = overlay(book.properties, given, mask) if mask else book.properties | given
    if not changed.get("title"):
        refuse("The title of a spreadsheet must not be empty.")
    book.properties = changed
    return {}
