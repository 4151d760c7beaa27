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
from cjm_sheets.service.requests.table_columns import typed_cells
from cjm_sheets.service.requests.tables import found_table, table_named
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.structure import insert_lines
from cjm_sheets.service.tables import box_of_table, grow_after


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


@handles("appendCells", "sheetId", "rows", "fields", "tableId")
def append_cells(book: Spreadsheet, request: Json) -> Json:
    """Add cells after the last row that holds data, growing the grid where needed.

    With a table they go to its first free row, and the table grows where it has too few.
    """
    if request.get("tableId"):
        return _append_to_table(book, request)
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


def _append_to_table(book: Spreadsheet, request: Json) -> Json:
    sheet, table = found_table(book, request["tableId"])
    mask = cell_mask(request.get("fields"))
    rows = [
        [checked_cell(cell) for cell in row.get("values", [])] for row in request.get("rows", [])
    ]
    box = box_of_table(sheet, table)
    if any(len(row) > box.width for row in rows):
        refuse("Attempting to write beyond the columns of the table.")
    footer = 1 if table.get("rowsProperties", {}).get("footerColorStyle") else 0
    last = box.bottom - footer
    top = last
    while top > box.top + 1 and not _has_data(sheet, top - 1, box):
        top -= 1
    missing = top + len(rows) - last
    if missing > 0:
        insert_lines(book, sheet, "ROWS", (last, missing))
        if not footer:
            grow_after(sheet, last, missing)
        book.check_size()
    for offset, row in enumerate(rows):
        _set_row(sheet, top + offset, (box.left, row), mask)
    typed_cells(sheet, table_named(sheet, table["tableId"]))
    return {}


def _has_data(sheet: Sheet, row: int, box: Box) -> bool:
    """Say whether a row of a table holds more than what its types fill in by themselves."""
    cells = sheet.row(row)
    values = (cells.get(c, {}).get("userEnteredValue") for c in range(box.left, box.right))
    return any(value not in (None, {"boolValue": False}, {"numberValue": 0}) for value in values)


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
