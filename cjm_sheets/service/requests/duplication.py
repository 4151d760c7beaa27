"""Decides what a copy of a tab takes along, and what gets a new identity."""

from cjm_sheets.service.ranges_within import retargeted
from cjm_sheets.service.refusals import Json, no_sheet, refuse
from cjm_sheets.service.requests.objects import drawn_id
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import made_sheet
from cjm_sheets.service.requests.tables import free_name
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.tables import KIND as TABLES
from cjm_sheets.service.wire import sheet_properties

_IDS = ("protectedRangeId", "bandedRangeId", "chartId", "filterViewId", "slicerId")


@handles("duplicateSheet", "sourceSheetId", "insertSheetIndex", "newSheetId", "newSheetName")
def duplicate_sheet(book: Spreadsheet, request: Json) -> Json:
    """Copy a tab within its spreadsheet."""
    source = book.find(request.get("sourceSheetId", 0))
    if source is None:
        raise no_sheet(request.get("sourceSheetId", 0))
    given = {
        "sheetId": request.get("newSheetId"),
        "title": request.get("newSheetName") or copy_title(book, source),
    }
    index = request.get("insertSheetIndex", 0)
    if not 0 <= index <= len(book.sheets):
        refuse(f"The index {index} is outside the tabs.")
    return {"properties": add_copy(book, (book, source), given, index)}


def copy_title(book: Spreadsheet, source: Sheet) -> str:
    """Return a free title for a copy: ``Copy of Pains``, then ``Copy of Pains 2``."""
    title = f"Copy of {source.title}"
    number = 2
    while book.titled(title) is not None:
        title = f"Copy of {source.title} {number}"
        number += 1
    return title


def add_copy(book: Spreadsheet, origin: tuple[Spreadsheet, Sheet], given: Json, index: int) -> Json:
    """Add a copy of a tab (given with its spreadsheet); return the properties of the copy."""
    source_book, source = origin
    taken_along = {k: v for k, v in source.properties.items() if k not in {"sheetId", "title"}}
    sheet = source.copy()
    sheet.properties = made_sheet(book, taken_along | given).properties
    old, new = source.id, sheet.id
    sheet.objects = {
        kind: [_renewed(retargeted(item, old, new)) for item in items]
        for kind, items in sheet.objects.items()
        if kind != TABLES
    }
    tables = [retargeted(table, old, new) for table in source.listed(TABLES)]
    if sheet.basic_filter is not None:
        sheet.basic_filter = retargeted(sheet.basic_filter, old, new)
    book.sheets.insert(index, sheet)
    for table in tables:
        fresh = {"tableId": str(drawn_id()), "name": free_name(book)}
        sheet.objects[TABLES] = [*sheet.listed(TABLES), table | fresh]
    book.metadata += [_metadata(item, new) for item in source_book.metadata if _home(item) == old]
    book.check_size()
    return sheet_properties(sheet, index)


def _renewed(item: Json) -> Json:
    return item | {name: drawn_id() for name in _IDS if name in item}


def _home(item: Json) -> int | None:
    location = item["location"]
    if location.get("spreadsheet"):
        return None
    return int(location.get("dimensionRange", location).get("sheetId", 0))


def _metadata(item: Json, sheet_id: int) -> Json:
    location = item["location"]
    if "dimensionRange" in location:
        place = {"sheetId": sheet_id} | {
            k: v for k, v in location["dimensionRange"].items() if k != "sheetId"
        }
        location = location | {"dimensionRange": place}
    else:
        location = location | {"sheetId": sheet_id}
    return item | {"metadataId": drawn_id(), "location": location}
