"""Decides which cells a fill goes over, and what it puts there: series, copies, formats."""

from dataclasses import dataclass

from cjm_sheets.service.area import Box
from cjm_sheets.service.references import copied
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.series import Next, Source, series
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_TAKEN_ALONG = ("userEnteredFormat", "dataValidation")


@dataclass(frozen=True, slots=True)
class _Fill:
    """Cells to fill from, and the lines of a dimension to fill."""

    source: Box
    rows: bool
    start: int
    end: int
    alternate: bool

    def place(self, line: int, across: int) -> tuple[int, int]:
        """Return (row, column) of a cell by its place along and across the fill."""
        return (line, across) if self.rows else (across, line)

    @property
    def first(self) -> int:
        """The first line of the source."""
        return self.source.top if self.rows else self.source.left

    @property
    def length(self) -> int:
        """How many lines the source has."""
        return self.source.height if self.rows else self.source.width

    @property
    def across(self) -> range:
        """The columns to fill, each by itself, or the rows."""
        box = self.source
        return range(box.left, box.right) if self.rows else range(box.top, box.bottom)


@handles("autoFill", "range", "sourceAndDestination", "useAlternateSeries")
def auto_fill(book: Spreadsheet, request: Json) -> Json:
    """Carry on the values of cells: in even steps, as names of days and months, or repeated."""
    if "sourceAndDestination" in request:
        fill = _stated(book, request)
    elif "range" in request:
        found = _detected(book, request)
        if found is None:
            return {}
        fill = found
    else:
        refuse("Either range or sourceAndDestination must be set.")
    sheet = book.grid(fill.source.sheet)
    for across in fill.across:
        _fill_line(sheet, fill, across)
    return {}


def _stated(book: Spreadsheet, request: Json) -> _Fill:
    given = request["sourceAndDestination"]
    source = book.box(given.get("source", {}))
    rows = given.get("dimension") == "ROWS"
    if not rows and given.get("dimension") != "COLUMNS":
        refuse("The dimension must be ROWS or COLUMNS.")
    length = given.get("fillLength", 0)
    low, high = (source.top, source.bottom) if rows else (source.left, source.right)
    start, end = (high, high + length) if length > 0 else (low + length, low)
    size = book.grid(source.sheet).size("ROWS" if rows else "COLUMNS")
    if start < 0 or end > size:
        refuse(f"The fill leaves the grid: it would reach from {start} to {end} of {size}.")
    return _Fill(source, rows, start, end, bool(request.get("useAlternateSeries")))


def _detected(book: Spreadsheet, request: Json) -> _Fill | None:
    """Return the fill of a range whose first rows, or columns, hold data; None if nothing is."""
    box = book.box(request["range"])
    sheet = book.grid(box.sheet)
    filled = [place for place in box.places() if "userEnteredValue" in sheet.cell(*place)]
    if not filled:
        return None
    bottom = max(row for row, _ in filled) + 1
    right = max(column for _, column in filled) + 1
    source = Box(box.sheet, box.top, bottom, box.left, right)
    alternate = bool(request.get("useAlternateSeries"))
    if right == box.right and bottom < box.bottom:
        return _Fill(source, True, bottom, box.bottom, alternate)  # noqa: FBT003  it is a field
    if bottom == box.bottom and right < box.right:
        return _Fill(source, False, right, box.right, alternate)  # noqa: FBT003  it is a field
    if (bottom, right) == (box.bottom, box.right):
        return None
    return refuse_unsupported("filling a range in two directions at once")


def _fill_line(sheet: Sheet, fill: _Fill, across: int) -> None:
    cells = [
        sheet.cell(*fill.place(line, across))
        for line in range(fill.first, fill.first + fill.length)
    ]
    following = _next_cells(cells, fill)
    for line in range(fill.start, fill.end):
        at = line - fill.first
        row, column = fill.place(line, across)
        old = sheet.cell(row, column)
        kept = {k: v for k, v in old.items() if k not in (*_TAKEN_ALONG, "userEnteredValue")}
        new = kept | following(at)
        sheet.put_row(row, {**sheet.row(row), column: new})


def _next_cells(cells: list[Json], fill: _Fill) -> Next:
    """Return what gives the cell at each place along the line."""
    looks = [{k: cell[k] for k in _TAKEN_ALONG if k in cell} for cell in cells]
    values = [cell.get("userEnteredValue") for cell in cells]
    constants = [value for value in values if value is not None and "formulaValue" not in value]
    count = len(cells)
    if len(constants) == count:
        sources = [Source(v, _format(cell)) for v, cell in zip(constants, cells, strict=True)]
        found = series(sources, alternate=fill.alternate)
        if found is None:
            refuse_unsupported("filling on from values that are in no even steps")
        carry = found
        return lambda at: looks[at % count] | {"userEnteredValue": carry(at)}
    if any("numberValue" in value for value in constants):
        refuse_unsupported("filling on from numbers beside formulas or empty cells")
    return lambda at: looks[at % count] | _repeated(values[at % count], at - at % count, fill)


def _format(cell: Json) -> Json:
    number_format: Json = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    return number_format


def _repeated(value: Json | None, distance: int, fill: _Fill) -> Json:
    if value is None:
        return {}
    if "formulaValue" not in value:
        return {"userEnteredValue": value}
    offset = (distance, 0) if fill.rows else (0, distance)
    return {"userEnteredValue": {"formulaValue": copied(value["formulaValue"], *offset)}}
