"""Decides what the requests about banding and conditional formats do."""

from cjm_sheets.service.area import area_of
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.gradients import checked_gradient
from cjm_sheets.service.requests.objects import (
    add_object,
    found,
    identified,
    replace_object,
    tab_of,
    updated_object,
)
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_BANDED = "bandedRanges"
_RULES = "conditionalFormats"


@handles("addBanding", "bandedRange")
def add_banding(book: Spreadsheet, request: Json) -> Json:
    """Colour a range in bands; it must not overlap another banded range."""
    given = request.get("bandedRange", {})
    if not given.get("rowProperties") and not given.get("columnProperties"):
        refuse("A banded range needs rowProperties or columnProperties.")
    range_ = given.get("range", {})
    sheet = tab_of(book, range_)
    new = area_of(range_).within(sheet.row_count, sheet.column_count)
    for other in sheet.listed(_BANDED):
        if new.meets(area_of(other["range"]).within(sheet.row_count, sheet.column_count)):
            refuse(
                "You cannot add alternating background colors to a range that already has "
                "alternating background colors."
            )
    item = identified(book, given, _BANDED, "bandedRangeId")
    return {"bandedRange": add_object(book, sheet, _BANDED, item)}


@handles("updateBanding", "bandedRange", "fields")
def update_banding(book: Spreadsheet, request: Json) -> Json:
    """Change the parts of a banded range that the mask names."""
    updated_object(book, request, (_BANDED, "bandedRangeId", "bandedRange"))
    return {}


@handles("deleteBanding", "bandedRangeId")
def delete_banding(book: Spreadsheet, request: Json) -> Json:
    """Take the bands off a range."""
    sheet, position = found(book, _BANDED, "bandedRangeId", request.get("bandedRangeId"))
    replace_object(sheet, _BANDED, position, None)
    return {}


@handles("addConditionalFormatRule", "rule", "index")
def add_conditional_format_rule(book: Spreadsheet, request: Json) -> Json:
    """Add a rule at its index, first where none is given."""
    sheet, rule = _rule(book, request)
    rules = list(sheet.listed(_RULES))
    index = request.get("index", 0)
    if not 0 <= index <= len(rules):
        refuse(f"No conditional format can stand at index {index}.")
    rules.insert(index, rule)
    sheet.objects[_RULES] = rules
    return {}


def _rule(book: Spreadsheet, request: Json) -> tuple[Sheet, Json]:
    """Return (tab, stored rule); all ranges of a rule lie on one tab."""
    rule = request.get("rule", {})
    ranges = rule.get("ranges", [])
    tabs = {range_.get("sheetId", 0) for range_ in ranges}
    if len(tabs) != 1:
        refuse("The ranges of a conditional format must lie on one sheet.")
    if not rule.keys() & {"booleanRule", "gradientRule"}:
        refuse("A conditional format is either a booleanRule or a gradientRule.")
    if "gradientRule" in rule:
        locale = book.properties["locale"]
        rule = rule | {"gradientRule": checked_gradient(rule["gradientRule"], locale)}
    return book.grid(tabs.pop()), stored_object(book, rule)


def _place(book: Spreadsheet, request: Json) -> tuple[Sheet, int]:
    sheet = book.grid(request.get("sheetId", 0))
    index = int(request.get("index", 0))
    if not 0 <= index < len(sheet.listed(_RULES)):
        refuse(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return sheet, index


@handles("updateConditionalFormatRule", "index", "sheetId", "rule", "newIndex")
def update_conditional_format_rule(book: Spreadsheet, request: Json) -> Json:
    """Replace a rule, or move it to another index."""
    if "rule" in request:
        home, new = _rule(book, request)
        sheet, index = _place(book, request | {"sheetId": home.id})
        old = sheet.listed(_RULES)[index]
        replace_object(sheet, _RULES, index, new)
        return {"newRule": new, "newIndex": index, "oldRule": old}
    sheet, index = _place(book, request)
    old = sheet.listed(_RULES)[index]
    rules = [rule for at, rule in enumerate(sheet.listed(_RULES)) if at != index]
    target = min(int(request.get("newIndex", 0)), len(rules))
    sheet.objects[_RULES] = [*rules[:target], old, *rules[target:]]
    return {"newRule": old, "newIndex": target, "oldIndex": index}


@handles("deleteConditionalFormatRule", "index", "sheetId")
def delete_conditional_format_rule(book: Spreadsheet, request: Json) -> Json:
    """Take a rule off; the reply carries it."""
    sheet, index = _place(book, request)
    rule = sheet.listed(_RULES)[index]
    replace_object(sheet, _RULES, index, None)
    return {"rule": rule}
