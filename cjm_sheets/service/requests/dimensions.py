"""Decides what the requests do that insert, delete, move and size rows and columns."""

from cjm_sheets.service.fields import overlay
from cjm_sheets.service.fitting import column_pixels, row_pixels
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.shapes import check_update_mask
from cjm_sheets.service.sheet import DEFAULT_PIXELS, Sheet
from cjm_sheets.service.shifts import Move
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.structure import delete_lines, insert_lines, move_lines
from cjm_sheets.service.tables import grow_after

_INHERITED = ("userEnteredFormat", "dataValidation")
_SETTABLE = {"pixelSize", "hiddenByUser"}


def span_of(book: Spreadsheet, range_: Json) -> tuple[Sheet, str, int, int]:
    """Return (tab, dimension, start, end) of a DimensionRange; open ends reach the grid's edge."""
    sheet = book.grid(range_.get("sheetId", 0))
    dimension = range_.get("dimension", "")
    if dimension not in DEFAULT_PIXELS:
        refuse("The dimension must be ROWS or COLUMNS.")
    start = range_.get("startIndex", 0)
    end = range_.get("endIndex", sheet.size(dimension))
    if not 0 <= start < end:
        refuse(f"The span {start} to {end} is empty or negative.")
    return sheet, dimension, start, end


@handles("insertDimension", "range", "inheritFromBefore")
def insert_dimension(book: Spreadsheet, request: Json) -> Json:
    """Insert empty rows or columns, with the formats and drop-downs of their neighbour."""
    sheet, dimension, start, end = span_of(book, request.get("range", {}))
    before = request.get("inheritFromBefore", False)
    size = sheet.size(dimension)
    if start > size or (start == size and not before):
        rule = f"the grid size ({size}) if inheritFromBefore is false"
        refuse(f"range.startIndex[{start}] must be less than {rule}.")
    if before and start == 0:
        refuse("inheritFromBefore cannot be true when startIndex is 0.")
    insert_lines(book, sheet, dimension, (start, end - start))
    if before and dimension == "ROWS":
        grow_after(sheet, start, end - start)
    book.check_size()
    _inherit(sheet, dimension, (start, end), start - 1 if before else end)
    return {}


def _inherit(sheet: Sheet, dimension: str, span: tuple[int, int], source: int) -> None:
    axis = sheet.axes[dimension]
    if source in axis:
        axis.update(dict.fromkeys(range(*span), axis[source]))
    if dimension == "ROWS":
        cells = {column: _formats(cell) for column, cell in sheet.row(source).items()}
        if any(cells.values()):
            for index in range(*span):
                sheet.put_row(index, cells)
        return
    for index, row in enumerate(list(sheet.rows)):
        cell = _formats(row.get(source, {}))
        if cell:
            sheet.put_row(index, {**row, **dict.fromkeys(range(*span), cell)})


def _formats(cell: Json) -> Json:
    return {name: cell[name] for name in _INHERITED if name in cell}


@handles("appendDimension", "sheetId", "dimension", "length")
def append_dimension(book: Spreadsheet, request: Json) -> Json:
    """Add empty rows or columns at the end."""
    place = {"sheetId": request.get("sheetId", 0), "dimension": request.get("dimension", "")}
    sheet, dimension, _, end = span_of(book, place)
    if request.get("length", 0) < 1:
        refuse("The length must be at least 1.")
    sheet.resize(dimension, end + request["length"])
    book.check_size()
    return {}


@handles("deleteDimension", "range")
def delete_dimension(book: Spreadsheet, request: Json) -> Json:
    """Delete rows or columns; one of them must be left."""
    sheet, dimension, start, end = span_of(book, request.get("range", {}))
    size = sheet.size(dimension)
    line = "row" if dimension == "ROWS" else "column"
    if end > size:
        tried = f"Tried to delete {line} index {max(start, size)}"
        refuse(
            f"Cannot delete a {line} that doesn't exist. {tried} but there are only {size} {line}s."
        )
    if end - start == size:
        refuse(f"You can't delete all the {dimension.lower()} on the sheet.")
    delete_lines(book, sheet, dimension, (start, end))
    return {}


@handles("moveDimension", "source", "destinationIndex")
def move_dimension(book: Spreadsheet, request: Json) -> Json:
    """Move rows or columns before the one that stands at the destination now."""
    sheet, dimension, start, end = span_of(book, request.get("source", {}))
    to = request.get("destinationIndex", 0)
    if not 0 <= to <= sheet.size(dimension) or end > sheet.size(dimension):
        refuse(f"Cannot move {dimension.lower()} {start} to {end} before {to}.")
    if not start <= to <= end:
        move_lines(book, sheet, dimension, Move(start, end, to))
    return {}


@handles("updateDimensionProperties", "range", "properties", "fields")
def update_dimension_properties(book: Spreadsheet, request: Json) -> Json:
    """Set size and visibility of rows or columns."""
    sheet, dimension, start, end = span_of(book, request.get("range", {}))
    mask = required_mask(request)
    given = request.get("properties", {})
    check_update_mask(mask, "DimensionProperties")
    given = {name: part for name, part in given.items() if name in _SETTABLE}
    axis = sheet.axes[dimension]
    for at in range(start, min(end, sheet.size(dimension))):
        changed = overlay(axis.get(at, {}), given, mask or {name: {} for name in given})
        axis[at] = {name: part for name, part in changed.items() if part}
    return {}


@handles("autoResizeDimensions", "dimensions")
def auto_resize_dimensions(book: Spreadsheet, request: Json) -> Json:
    """Size columns by their widest text, as Google measures it; rows by their wrapped texts."""
    sheet, dimension, start, end = span_of(book, request.get("dimensions", {}))
    for at in range(start, min(end, sheet.size(dimension))):
        old = sheet.axes[dimension].get(at, {})
        is_row = dimension == "ROWS"
        pixels = row_pixels(book, sheet, at) if is_row else column_pixels(book, sheet, at)
        if pixels is not None:
            sheet.axes[dimension][at] = old | {"pixelSize": pixels}
    return {}
