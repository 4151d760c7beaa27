"""Decides what inserting and deleting a block of cells does: the cells beside it shift."""

from cjm_sheets.service.area import Box
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.shifts import Deletion, Insertion, Shift
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.structure import shift_block


@handles("insertRange", "range", "shiftDimension")
def insert_range(book: Spreadsheet, request: Json) -> Json:
    """Insert empty cells; what was there moves down or right, growing the grid if it must."""
    box, dimension, start, end = _block(book, request)
    sheet = book.grid(box.sheet)
    _shift(book, box, dimension, Insertion(start, end - start))
    filled = _last(book, box, dimension) + 1
    sheet.resize(dimension, max(sheet.size(dimension), filled))
    book.check_size()
    return {}


@handles("deleteRange", "range", "shiftDimension")
def delete_range(book: Spreadsheet, request: Json) -> Json:
    """Delete cells; what was beyond them moves up or left."""
    box, dimension, start, end = _block(book, request)
    _shift(book, box, dimension, Deletion(start, end))
    return {}


def _block(book: Spreadsheet, request: Json) -> tuple[Box, str, int, int]:
    box = book.box(request.get("range", {}))
    dimension = request.get("shiftDimension", "")
    if dimension == "ROWS":
        return box, dimension, box.top, box.bottom
    if dimension == "COLUMNS":
        return box, dimension, box.left, box.right
    return refuse("The shiftDimension must be ROWS or COLUMNS.")


def _shift(book: Spreadsheet, box: Box, dimension: str, shift: Shift) -> None:
    band = (box.left, box.right) if dimension == "ROWS" else (box.top, box.bottom)
    shift_block(book, book.grid(box.sheet), dimension, (shift, band))


def _last(book: Spreadsheet, box: Box, dimension: str) -> int:
    sheet = book.grid(box.sheet)
    places = ((row, column) for row, column, _ in sheet.cells())
    return max((row if dimension == "ROWS" else column for row, column in places), default=-1)
