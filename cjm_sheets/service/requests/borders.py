"""Decides what borders are: their normal form, and which cells of a range get which of them."""

from collections.abc import Iterator

from cjm_sheets.service.area import Box
from cjm_sheets.service.borders import normal_border
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.spreadsheet import Spreadsheet

_SIDES = ("top", "bottom", "left", "right", "innerHorizontal", "innerVertical")


@handles("updateBorders", "range", *_SIDES)
def update_borders(book: Spreadsheet, request: Json) -> Json:
    """Draw borders around and inside a range; a side that is not given stays as it is."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    given = {side: normal_border(request[side]) for side in _SIDES if side in request}
    for row in range(box.top, box.bottom):
        cells = dict(sheet.row(row))
        for column in range(box.left, box.right):
            sides = dict(_sides(box, row, column, given))
            if sides:
                cells[column] = _bordered(cells.get(column, {}), sides)
        sheet.put_row(row, cells)
    return {}


def _sides(
    box: Box, row: int, column: int, given: dict[str, Json | None]
) -> Iterator[tuple[str, Json | None]]:
    """Yield (side, border) of a cell: the outer ones at the edges, the inner ones between cells."""
    edges = {
        "top": ("top" if row == box.top else "innerHorizontal"),
        "bottom": ("bottom" if row == box.bottom - 1 else "innerHorizontal"),
        "left": ("left" if column == box.left else "innerVertical"),
        "right": ("right" if column == box.right - 1 else "innerVertical"),
    }
    for side, source in edges.items():
        if source in given:
            yield side, given[source]


def _bordered(cell: Json, sides: dict[str, Json | None]) -> Json:
    look = cell.get("userEnteredFormat", {})
    borders = look.get("borders", {}) | sides
    kept = {side: border for side, border in borders.items() if border is not None}
    rest = {name: part for name, part in look.items() if name != "borders"}
    look = rest | ({"borders": kept} if kept else {})
    plain = {name: part for name, part in cell.items() if name != "userEnteredFormat"}
    return plain | ({"userEnteredFormat": look} if look else {})
