"""Decides what setting and clearing the basic filter of a tab does."""

from dataclasses import replace

from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.requests.filtering import both_forms, hide_rows
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sorting import sort_box
from cjm_sheets.service.requests.tables import found_table
from cjm_sheets.service.spreadsheet import Spreadsheet


@handles("setBasicFilter", "filter")
def set_basic_filter(book: Spreadsheet, request: Json) -> Json:
    """Set the filter of a tab: sort the rows below its header, hide those it leaves out.

    An open range ends at the edge of the grid, as it is then.
    """
    given = request.get("filter", {})
    if given.get("tableId"):
        _, table = found_table(book, given["tableId"])
        given = given | {"range": table["range"]}
    box = book.box(given.get("range", {}))
    sheet = book.grid(box.sheet)
    sheet.basic_filter = stored_object(book, both_forms(given | {"range": box.json()}))
    if given.get("sortSpecs"):
        sort_box(book, replace(box, top=box.top + 1), given["sortSpecs"])
        book.touch()
    hide_rows(book, sheet)
    return {}


@handles("clearBasicFilter", "sheetId")
def clear_basic_filter(book: Spreadsheet, request: Json) -> Json:
    """Take the filter off a tab; its hidden rows come back."""
    sheet = book.grid(request.get("sheetId", 0))
    sheet.basic_filter = None
    hide_rows(book, sheet)
    return {}
