"""Decides which parts of a JSON object are ranges on a sheet, and gives each its stored form."""

from collections.abc import Callable

from cjm_sheets.service.area import area_of
from cjm_sheets.service.colors import normal
from cjm_sheets.service.refusals import Json, JsonValue
from cjm_sheets.service.spreadsheet import Spreadsheet

GRID_RANGE = frozenset(
    {"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
)
DIMENSION_RANGE = frozenset({"sheetId", "dimension", "startIndex", "endIndex"})
COORDINATE = frozenset({"sheetId", "rowIndex", "columnIndex"})
_PLACES = {
    "range",
    "ranges",
    "sources",
    "unprotectedRanges",
    "dataRange",
    "anchorCell",
    "dimensionRange",
}


def is_range(value: JsonValue) -> bool:
    """Say whether JSON is a GridRange, a DimensionRange or a GridCoordinate."""
    return isinstance(value, dict) and any(
        value.keys() <= names for names in (GRID_RANGE, DIMENSION_RANGE, COORDINATE)
    )


def each_range(value: JsonValue, change: Callable[[Json], Json]) -> JsonValue:
    """Return JSON with every range in it replaced by what ``change`` gives."""
    if isinstance(value, list):
        return [each_range(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    result: Json = {}
    for name, part in value.items():
        if name in _PLACES and isinstance(part, list):
            result[name] = [change(item) if is_range(item) else item for item in part]
        elif name in _PLACES and is_range(part):
            result[name] = change(part)
        else:
            result[name] = each_range(part, change)
    return result


def stored_object(book: Spreadsheet, source: Json) -> Json:
    """Return an object as it is kept: colours and ranges in normal form, nothing false or empty.

    Raises ``RefusedError`` when a range lies on no tab of the spreadsheet.
    """
    tidy: Json = {
        name: part for name, part in normal(source).items() if part not in (False, None, "")
    }
    checked: Json = each_range(tidy, lambda range_: checked_range(book, range_))
    return checked


def checked_range(book: Spreadsheet, range_: Json) -> Json:
    """Return a range without a sheet id of 0; raises ``RefusedError`` for an unknown tab."""
    book.grid(range_.get("sheetId", 0))
    if range_.keys() <= GRID_RANGE:
        return area_of(range_).json()
    return {name: part for name, part in range_.items() if part or name.startswith("start")}


def retargeted(value: JsonValue, old: int, new: int) -> JsonValue:
    """Return JSON with the ranges on tab ``old`` moved to tab ``new``."""

    def change(range_: Json) -> Json:
        if range_.get("sheetId", 0) != old:
            return range_
        rest = {name: part for name, part in range_.items() if name != "sheetId"}
        return {"sheetId": new} | rest if new else rest

    is_bare = bool(value) and is_range(value)  # a merge is nothing but a range
    return change(value) if is_bare else each_range(value, change)
