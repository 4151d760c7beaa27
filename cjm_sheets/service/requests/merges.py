"""Decides what merging and unmerging cells does."""

from collections.abc import Iterator

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.tables import KIND as TABLES
from cjm_sheets.service.tables import box_of_table

_HALF = "You must select all cells in a merged range to merge or unmerge them."


@handles("mergeCells", "range", "mergeType")
def merge_cells(book: Spreadsheet, request: Json) -> Json:
    """Merge a range as a whole, by columns or by rows; only the first value of each stays."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    kept = _without(sheet, box)
    if any(box_of_table(sheet, table).meets(box) for table in sheet.listed(TABLES)):
        refuse("You can't merge cells in a table.")
    parts = _parts(box, request.get("mergeType", ""))
    wide = [part for part in parts if part.height > 1 or part.width > 1]
    for part in wide:
        _clear_rest(sheet, part)
    sheet.objects["merges"] = [*kept, *(part.json() for part in wide)]
    return {}


def _parts(box: Box, kind: str) -> Iterator[Box]:
    if kind == "MERGE_ALL":
        yield box
    elif kind == "MERGE_COLUMNS":
        for column in range(box.left, box.right):
            yield Box(box.sheet, box.top, box.bottom, column, column + 1)
    elif kind == "MERGE_ROWS":
        for row in range(box.top, box.bottom):
            yield Box(box.sheet, row, row + 1, box.left, box.right)
    else:
        refuse(f"Unknown mergeType: {kind}")


def _without(sheet: Sheet, box: Box) -> list[Json]:
    """Return the merges outside a box; refused when one lies half inside."""
    kept: list[Json] = []
    for merge in sheet.listed("merges"):
        other = area_of(merge).within(sheet.row_count, sheet.column_count)
        if not box.meets(other):
            kept.append(merge)
        elif not box.covers(other):
            refuse(_HALF)
    return kept


def merges_in(sheet: Sheet, box: Box) -> list[Box]:
    """Return the merged cells that share a cell with a box."""
    size = sheet.row_count, sheet.column_count
    merges = [area_of(merge).within(*size) for merge in sheet.listed("merges")]
    return [merge for merge in merges if merge.meets(box)]


def _clear_rest(sheet: Sheet, box: Box) -> None:
    for row in range(box.top, box.bottom):
        cells = dict(sheet.row(row))
        for column in range(box.left, box.right):
            if column in cells and (row, column) != (box.top, box.left):
                cell = cells[column]
                cells[column] = {k: part for k, part in cell.items() if k != "userEnteredValue"}
        sheet.put_row(row, cells)


@handles("unmergeCells", "range")
def unmerge_cells(book: Spreadsheet, request: Json) -> Json:
    """Take apart every merge inside a range."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    sheet.objects["merges"] = _without(sheet, box)
    return {}
