"""Decides where appended values go: after the last table that a range touches."""

from collections.abc import Iterator
from dataclasses import replace

from cjm_sheets.service.a1 import box_text, cell_text, quoted_title
from cjm_sheets.service.area import Area, Box
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.structure import insert_lines
from cjm_sheets.service.values import Entry, resolved, write


def append(book: Spreadsheet, entry: Entry, *, insert_rows: bool) -> Json:
    """Write values below the table that the range touches, growing the grid where needed.

    Return ``{"tableRange"?, "updates"}``; without a table they go to the start of the range.
    """
    sheet, area = resolved(book, entry.range)
    table = table_in(sheet, area)
    top = (area.top or 0) if table is None else table.bottom
    left = (area.left or 0) if table is None else table.left
    height, width = _size(entry)
    if insert_rows and table is not None and height:
        insert_lines(book, sheet, "ROWS", (top, height))
    sheet.resize("ROWS", max(sheet.row_count, top + height))
    sheet.resize("COLUMNS", max(sheet.column_count, left + width))
    book.check_size()
    target = f"{quoted_title(sheet.title)}!{cell_text(top, left)}"
    updates = write(book, replace(entry, range=target))
    answer: Json = {} if table is None else {"tableRange": box_text(sheet.title, table)}
    return answer | {"updates": updates}


def _size(entry: Entry) -> tuple[int, int]:
    lines = len(entry.values)
    longest = max((len(line) for line in entry.values), default=0)
    return (longest, lines) if entry.by_columns else (lines, longest)


def table_in(sheet: Sheet, area: Area) -> Box | None:
    """Return the block of filled cells around the last filled cell of an area, or None.

    A block ends where a whole row and a whole column beside it are empty.
    """
    box = area.within(sheet.row_count, sheet.column_count)
    filled = {(row, column) for row, column, cell in sheet.cells() if "userEnteredValue" in cell}
    inside = [place for place in filled if box.holds(*place)]
    if not inside:
        return None
    row, column = max(inside)
    block = seen = Box(sheet.id, row, row + 1, column, column + 1)
    while True:
        ring = Box(block.sheet, block.top - 1, block.bottom + 1, block.left - 1, block.right + 1)
        fresh = [place for place in _beyond(ring, seen) if place in filled]
        if not fresh:
            return block
        block, seen = _stretched(block, fresh), ring


def _beyond(ring: Box, seen: Box) -> Iterator[tuple[int, int]]:
    """Yield the places of a rectangle outside one within it: each place is looked at once."""
    strips = (
        replace(ring, bottom=seen.top),
        replace(ring, top=seen.bottom),
        replace(seen, left=ring.left, right=seen.left),
        replace(seen, left=seen.right, right=ring.right),
    )
    for strip in strips:
        if strip.width > 0:
            yield from strip.places()


def _stretched(block: Box, places: list[tuple[int, int]]) -> Box:
    """Return the smallest rectangle around a block and some places."""
    rows = [row for row, _ in places]
    columns = [column for _, column in places]
    return Box(
        block.sheet,
        min(block.top, *rows),
        max(block.bottom, *(row + 1 for row in rows)),
        min(block.left, *columns),
        max(block.right, *(column + 1 for column in columns)),
    )
