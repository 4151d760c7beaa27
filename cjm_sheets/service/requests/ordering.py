"""Decides what happens when the rows of a block change places: whole cells go, with their row."""

from collections.abc import Sequence

from cjm_sheets.service.area import Box
from cjm_sheets.service.references import copied
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet


def rearrange(book: Spreadsheet, sheet: Sheet, box: Box, order: Sequence[int]) -> None:
    """Put the rows of a block into another order; with fewer rows, the last ones are empty.

    ``order`` names the old rows from the top. A formula reads as if it were moved with its row.
    """
    rows = {row: sheet.row(row) for row in range(box.top, box.bottom)}
    for new in range(box.top, box.bottom):
        kept = {c: cell for c, cell in rows[new].items() if not box.left <= c < box.right}
        at = new - box.top
        old = order[at] if at < len(order) else None
        taken: dict[int, Json] = {}
        if old is not None:
            for column, cell in rows[old].items():
                if box.holds(old, column):
                    taken[column] = _moved(cell, new - old)
        sheet.put_row(new, {**kept, **taken})
    _move_metadata(book, box, {old: new for new, old in enumerate(order, start=box.top)})


def _moved(cell: Json, rows: int) -> Json:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None or not rows:
        return cell
    return cell | {"userEnteredValue": {"formulaValue": copied(formula, rows, 0)}}


def _move_metadata(book: Spreadsheet, box: Box, places: dict[int, int]) -> None:
    """Let the metadata of rows go with them."""
    for position, item in enumerate(book.metadata):
        place = item["location"].get("dimensionRange", {})
        here = place.get("dimension") == "ROWS" and place.get("sheetId", 0) == box.sheet
        if here and place["startIndex"] in places:
            row = places[place["startIndex"]]
            moved = place | {"startIndex": row, "endIndex": row + 1}
            location = item["location"] | {"dimensionRange": moved}
            book.metadata[position] = item | {"location": location}
