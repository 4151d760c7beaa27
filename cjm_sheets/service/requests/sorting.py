"""Decides how rows are sorted: by what cells show, blanks last, formulas as if they were moved."""

from cjm_sheets.service.area import Box
from cjm_sheets.service.references import copied
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_BLANK_RANK = 4
_COLOURS = {"backgroundColor", "backgroundColorStyle", "foregroundColor", "foregroundColorStyle"}


@handles("sortRange", "range", "sortSpecs")
def sort_range(book: Spreadsheet, request: Json) -> Json:
    """Sort the rows of a range; the first of the specs weighs most, equal rows keep their order."""
    box = book.box(request.get("range", {}))
    sheet = book.grid(box.sheet)
    specs = request.get("sortSpecs", [])
    order = list(range(box.top, box.bottom))
    for spec in reversed(specs):
        _sort_by(book, sheet, order, _checked(spec, box))
    rows = {row: sheet.row(row) for row in order}
    for new, old in enumerate(order, start=box.top):
        taken = {c: _moved(cell, new - old) for c, cell in rows[old].items() if box.holds(old, c)}
        kept = {c: cell for c, cell in rows[new].items() if not box.holds(new, c)}
        sheet.put_row(new, {**kept, **taken})
    _move_metadata(book, box, {old: new for new, old in enumerate(order, start=box.top)})
    return {}


def _checked(spec: Json, box: Box) -> tuple[int, bool]:
    """Return (column, descending) of a SortSpec."""
    if spec.keys() & _COLOURS:
        refuse_unsupported("sorting by colour")
    column = spec.get("dimensionIndex", 0)
    if not box.left <= column < box.right:
        refuse(f"The sort column {column} is outside the range.")
    return column, spec.get("sortOrder") == "DESCENDING"


def _sort_by(book: Spreadsheet, sheet: Sheet, order: list[int], spec: tuple[int, bool]) -> None:
    column, descending = spec
    keys = {row: _rank(book.effective(sheet, row, column)) for row in order}
    filled = [row for row in order if keys[row][0] != _BLANK_RANK]
    blank = [row for row in order if keys[row][0] == _BLANK_RANK]
    filled.sort(key=lambda row: keys[row], reverse=descending)
    order[:] = filled + blank


def _rank(value: Json | None) -> tuple[int, float, str]:
    """Return what a value is sorted by: numbers, then texts, then yes/no, errors, blanks last."""
    if value is None or value == {"stringValue": ""}:
        return _BLANK_RANK, 0, ""
    if "numberValue" in value:
        return 0, value["numberValue"], ""
    if "stringValue" in value:
        return 1, 0, value["stringValue"].casefold()
    if "boolValue" in value:
        return 2, value["boolValue"], ""
    return 3, 0, value["errorValue"]["type"]


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
