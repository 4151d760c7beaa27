"""Decides what the requests do that set cells: update, append, repeat, and data validation."""

from cjm_sheets.service.area import Box
from cjm_sheets.service.fields import Mask
from cjm_sheets.service.references import copied
from cjm_sheets.service.refusals import Json, exceeds_grid, no_grid, refuse
from cjm_sheets.service.requests.cell_data import (
    cell_mask,
    checked_cell,
    tidied_rule,
    updated_cell,
)
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet


@handles("updateCells", "rows", "fields", "start", "range")
def update_cells(book: Spreadsheet, request: Json) -> Json:
    """Set cells row by row from a start, or over a range whose remaining cells are emptied."""
    mask = cell_mask(request.get("fields"))
    rows = [row.get("values", []) for row in request.get("rows", [])]
    if "range" in request:
        box = book.box(request["range"])
    elif "start" in request:
        box = _box_from(book, request["start"], rows)
    else:
        refuse("Either start or range must be set.")
    if len(rows) > box.height or any(len(row) > box.width for row in rows):
        refuse("Attempting to write beyond the given range.")
    sheet = book.grid(box.sheet)
    whole = "range" in request
    for offset in range(box.height):
        given = rows[offset] if offset < len(rows) else []
        width = box.width if whole else len(given)
        cells = [checked_cell(cell) for cell in given] + [{}] * (width - len(given))
        old = sheet.row(box.top + offset)
        _set_row(sheet, box.top + offset, (box.left, cells), mask)
        if book.following is not None:
            book.following.note(old, sheet.row(box.top + offset))
    return {}


def _box_from(book: Spreadsheet, start: Json, rows: list[list[Json]]) -> Box:
    sheet = book.grid(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    width = max((len(row) for row in rows), default=0)
    box = Box(sheet.id, top, top + len(rows), left, left + width)
    if box.bottom > sheet.row_count or box.right > sheet.column_count:
        raise exceeds_grid(sheet.title, sheet.row_count, sheet.column_count)
    return box


def _set_row(sheet: Sheet, index: int, cells: tuple[int, list[Json]], mask: Mask) -> None:
    left, new = cells
    row = dict(sheet.row(index))
    for offset, cell in enumerate(new):
        row[left + offset] = updated_cell(row.get(left + offset, {}), cell, mask)
    sheet.put_row(index, row)


@handles("appendCells", "sheetId", "rows", "fields")
def append_cells(book: Spreadsheet, request: Json) -> Json:
    """Add cells after the last row that holds data, growing the grid where needed."""
    sheet = book.find(request.get("sheetId", 0))
    if sheet is None:
        raise no_grid(request.get("sheetId", 0))
    mask = cell_mask(request.get("fields"))
    rows = [
        [checked_cell(cell) for cell in row.get("values", [])] for row in request.get("rows", [])
    ]
    top = last_filled_row(sheet) + 1
    width = max((len(row) for row in rows), default=0)
    sheet.resize("ROWS", max(sheet.row_count, top + len(rows)))
    sheet.resize("COLUMNS", max(sheet.column_count, width))
    book.check_size()
    for offset, row in enumerate(rows):
        _set_row(sheet, top + offset, (0, row), mask)
    return {}


def last_filled_row(sheet: Sheet) -> int:
    """Return the last row with a value in it, -1 where there is none."""
    filled = (row for row, _, cell in sheet.cells() if "userEnteredValue" in cell)
    return max(filled, default=-1)


@handles("repeatCell", "range", "cell", "fields")
def repeat_cell(book: Spreadsheet, request: Json) -> Json:
    """Set every cell of a range alike; a formula's references follow as if it were copied."""
    box = book.box(request.get("range", {}))
    mask = cell_mask(request.get("fields"))
    cell = checked_cell(request.get("cell", {}))
    sheet = book.grid(box.sheet)
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    for row in range(box.top, box.bottom):
        cells = [cell] * box.width
        if formula is not None:
            cells = [_with_formula(cell, formula, (row - box.top, at)) for at in range(box.width)]
        _set_row(sheet, row, (box.left, cells), mask)
    return {}


def _with_formula(cell: Json, formula: str, offset: tuple[int, int]) -> Json:
    return cell | {"userEnteredValue": {"formulaValue": copied(formula, *offset)}}


@handles("setDataValidation", "range", "rule", "filteredRowsIncluded")
def set_data_validation(book: Spreadsheet, request: Json) -> Json:
    """Put a validation rule on every cell of a range; without a rule, take it off."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    rule = tidied_rule(request.get("rule", {}))
    cell: Json = {"dataValidation": rule} if rule else {}
    for row in range(box.top, box.bottom):
        if rule or sheet.row(row):
            _set_row(sheet, row, (box.left, [cell] * box.width), {"dataValidation": {}})
    return {}
