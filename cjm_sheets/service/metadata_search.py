"""Decides which developer metadata a DataFilter finds, and where a piece of it belongs."""

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import resolved

_PLAIN = ("metadataId", "metadataKey", "metadataValue", "visibility")


def location_type(location: Json) -> str:
    """Return ``ROW``, ``COLUMN``, ``SHEET`` or ``SPREADSHEET``."""
    if location.get("spreadsheet"):
        return "SPREADSHEET"
    if "dimensionRange" in location:
        return "ROW" if location["dimensionRange"].get("dimension") == "ROWS" else "COLUMN"
    return "SHEET"


def matches(book: Spreadsheet, item: Json, data_filter: Json) -> bool:
    """Say whether a filter finds a piece of metadata; raises ``RefusedError`` for a bad filter."""
    if not data_filter:
        refuse("A data filter must be set.")
    if "developerMetadataLookup" in data_filter:
        return _looked_up(book, item, data_filter["developerMetadataLookup"])
    if "gridRange" in data_filter:
        area = area_of(data_filter["gridRange"])
        sheet = book.grid(area.sheet)
    else:
        sheet, area = resolved(book, data_filter["a1Range"])
    place = place_of(book, item["location"])
    return place is not None and area.within(sheet.row_count, sheet.column_count).covers(place)


def _looked_up(book: Spreadsheet, item: Json, lookup: Json) -> bool:
    if any(lookup[name] != item.get(name) for name in _PLAIN if name in lookup):
        return False
    kind = location_type(item["location"])
    if lookup.get("locationType", kind) != kind:
        return False
    return _is_there(book, item["location"], lookup)


def _is_there(book: Spreadsheet, location: Json, lookup: Json) -> bool:
    wanted = lookup.get("metadataLocation")
    if wanted is None:
        return True
    exact = _key(location) == _key(wanted)
    strategy = lookup.get("locationMatchingStrategy")
    if strategy == "EXACT_LOCATION" or exact:
        return exact
    if wanted.get("spreadsheet"):
        return True
    here, there = place_of(book, location), place_of(book, wanted)
    return here is not None and there is not None and here.meets(there)


def _key(location: Json) -> tuple[str, int, str, int, int]:
    place = location.get("dimensionRange", {})
    sheet = place.get("sheetId", 0) if place else location.get("sheetId", -1)
    start, end = place.get("startIndex", 0), place.get("endIndex", 0)
    return location_type(location), sheet, place.get("dimension", ""), start, end


def place_of(book: Spreadsheet, location: Json) -> Box | None:
    """Return the cells that metadata stands for; None for the whole spreadsheet."""
    if location.get("spreadsheet"):
        return None
    if "dimensionRange" not in location:
        return book.grid(location.get("sheetId", 0)).box()
    place = location["dimensionRange"]
    sheet = book.grid(place.get("sheetId", 0))
    start, end = place.get("startIndex", 0), place.get("endIndex", 0)
    if place.get("dimension") == "ROWS":
        return Box(sheet.id, start, end, 0, sheet.column_count)
    return Box(sheet.id, 0, sheet.row_count, start, end)
