"""Decides how rows come and go on the page: new ones get an id and the formulas of their table."""

import secrets

from cjm_sheets.model.ids import is_id, new_id
from cjm_sheets.service.page.layout import Tab
from cjm_sheets.service.references import copied
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.spreadsheet import Spreadsheet


def give_id(book: Spreadsheet, tab: Tab, row: int, wish: str = "") -> str:
    """Return the id of a row; one that has none gets one, as it would with the next sync.

    ``wish`` is the one that it had before, and gets again if no other row has it by now.
    """
    there = tab.row_id(row)
    if there or tab.id_column is None or tab.table is None:
        return there
    taken = {tab.row_id(at) for at in range(tab.first, len(tab.sheet.rows))}
    prefix = tab.table.spec.prefix
    again = is_id(wish, prefix) and wish not in taken
    made = wish if again else new_id(prefix, taken, secrets.randbelow)
    cells = dict(tab.sheet.row(row))
    old = cells.get(tab.id_column, {})
    cells[tab.id_column] = old | {"userEnteredValue": {"stringValue": made}}
    tab.sheet.put_row(row, cells)
    book.touch()
    return made


def add_row(book: Spreadsheet, tab: Tab, wish: str = "") -> Json:
    """Add a row below the last one that is used; return its place and its id (see give_id)."""
    row = tab.used
    if row >= tab.sheet.row_count:
        grow = {"sheetId": tab.sheet.id, "dimension": "ROWS", "length": 1}
        run_batch(book, [{"appendDimension": grow}])
    if row > tab.first:
        _dress(book, tab, row)
    return {"row": row, "rowId": give_id(book, tab, row, wish)}


_LOOK = ("userEnteredFormat", "dataValidation")


def _dress(book: Spreadsheet, tab: Tab, row: int) -> None:
    """Give a row the look, the drop-downs and the live formulas of the row above, where it lacks.

    A row that was ready for people to type on has them, and what stands there stays.
    """
    cells = {column: _like(cell) for column, cell in tab.sheet.row(row - 1).items()}
    tab.sheet.put_row(row, cells | dict(tab.sheet.row(row)))
    book.touch()


def _like(cell: Json) -> Json:
    """Return a cell for the row below: as it looks, with its formula if it has one."""
    made = {name: cell[name] for name in _LOOK if name in cell}
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is not None:
        made["userEnteredValue"] = {"formulaValue": copied(formula, 1, 0)}
    return made


def delete_row(book: Spreadsheet, tab: Tab, row: int) -> None:
    """Delete a row; what lies below moves up."""
    span = {"sheetId": tab.sheet.id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    run_batch(book, [{"deleteDimension": {"range": span}}])
