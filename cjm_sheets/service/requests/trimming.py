"""Decides what trimming whitespace and deleting duplicate rows does."""

from cjm_sheets.service.area import Box
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.dimensions import span_of
from cjm_sheets.service.requests.ordering import rearrange
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.typed import VALUE_PARTS


@handles("trimWhitespace", "range")
def trim_whitespace(book: Spreadsheet, request: Json) -> Json:
    """Take blanks off the ends of texts, and leave one where several stood; formulas stay."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    changed = 0
    for row in range(box.top, min(box.bottom, len(sheet.rows))):
        cells = dict(sheet.row(row))
        for column in [at for at in cells if box.holds(row, at)]:
            text = cells[column].get("userEnteredValue", {}).get("stringValue")
            if text is not None and " ".join(text.split()) != text:
                cells[column] = _with_text(cells[column], " ".join(text.split()))
                changed += 1
        sheet.put_row(row, cells)
    return {"cellsChangedCount": changed} if changed else {}


def _with_text(cell: Json, text: str) -> Json:
    rest = {k: v for k, v in cell.items() if k not in VALUE_PARTS}
    return rest | ({"userEnteredValue": {"stringValue": text}} if text else {})


@handles("deleteDuplicates", "range", "comparisonColumns")
def delete_duplicates(book: Spreadsheet, request: Json) -> Json:
    """Remove rows of a range that repeat an earlier one; the rows below them move up in it."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    columns = _compared(book, box, request.get("comparisonColumns", []))
    seen: set[tuple[tuple[str, object], ...]] = set()
    order: list[int] = []
    for row in range(box.top, box.bottom):
        key = tuple(_key(book, sheet, (row, column)) for column in columns)
        if key not in seen:
            seen.add(key)
            order.append(row)
    removed = box.height - len(order)
    if removed:
        rearrange(book, sheet, box, order)
    return {"duplicatesRemovedCount": removed} if removed else {}


def _compared(book: Spreadsheet, box: Box, given: list[Json]) -> list[int]:
    if not given:
        return list(range(box.left, box.right))
    columns: list[int] = []
    for range_ in given:
        sheet, dimension, start, end = span_of(book, range_)
        if dimension != "COLUMNS" or sheet.id != box.sheet:
            refuse("The comparison columns must be columns of the range.")
        if not box.left <= start or end > box.right:
            refuse("The comparison columns must lie in the range.")
        columns += range(start, end)
    return columns


def _key(book: Spreadsheet, sheet: Sheet, place: tuple[int, int]) -> tuple[str, object]:
    """Return what a cell is compared by: its value, letters of either case alike."""
    value = book.effective(sheet, *place) or {"stringValue": ""}
    name, part = next(iter(value.items()))
    if name == "errorValue":
        return name, part["type"]
    return name, part.casefold() if isinstance(part, str) else part
