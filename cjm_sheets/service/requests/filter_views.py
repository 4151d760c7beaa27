"""Decides what the requests about filter views do: kept by id and title, seen by nobody here."""

from cjm_sheets.service.fields import overlay
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.filtering import both_forms
from cjm_sheets.service.requests.objects import found, identified, replace_object, tab_of
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.requests.tables import found_table
from cjm_sheets.service.shapes import check_update_mask
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_KIND = "filterViews"
_ID = "filterViewId"
_BACKING = ("range", "namedRangeId", "tableId")


@handles("addFilterView", "filter")
def add_filter_view(book: Spreadsheet, request: Json) -> Json:
    """Keep a filter view; without a title it gets the next number."""
    given = request.get("filter", {})
    placed = _placed(book, given)
    sheet = tab_of(book, placed["range"])
    title = given.get("title") or _free_title(sheet)
    _check_title(sheet, title, None)
    item = identified(book, both_forms(placed | {"title": title}), _KIND, _ID)
    return {"filter": _kept(book, sheet, item)}


def _kept(book: Spreadsheet, sheet: Sheet, item: Json) -> Json:
    stored = stored_object(book, item)
    sheet.objects[_KIND] = [*sheet.listed(_KIND), stored]
    return stored


def _placed(book: Spreadsheet, given: Json) -> Json:
    """Return a filter view with its range: its own, or that of its named range or table."""
    backing = [name for name in _BACKING if given.get(name)]
    if len(backing) > 1:
        refuse("Only one of range, namedRangeId or tableId may be set.")
    if given.get("tableId"):
        return given | {"range": found_table(book, given["tableId"])[1]["range"]}
    if given.get("namedRangeId"):
        identity = given["namedRangeId"]
        named = [one for one in book.named_ranges if one["namedRangeId"] == identity]
        return given | {"range": named[0]["range"] if named else refuse(_no_name(identity))}
    return given | {"range": book.box(given.get("range", {})).json()}


def _no_name(identity: str) -> str:
    return f"No named range with id: {identity}"


def _free_title(sheet: Sheet) -> str:
    taken = {view["title"] for view in sheet.listed(_KIND)}
    number = 1
    while f"Filter {number}" in taken:
        number += 1
    return f"Filter {number}"


def _check_title(sheet: Sheet, title: str, own: int | None) -> None:
    if any(view["title"] == title and view[_ID] != own for view in sheet.listed(_KIND)):
        refuse(f"A filter view with the name {title} already exists.")


@handles("updateFilterView", "filter", "fields")
def update_filter_view(book: Spreadsheet, request: Json) -> Json:
    """Change the parts of a filter view that the mask names."""
    given = request.get("filter", {})
    mask = required_mask(request)
    check_update_mask(mask, "FilterView")
    sheet, position = found(book, _KIND, _ID, given.get(_ID))
    old = sheet.listed(_KIND)[position]
    changed = dict(mask) if mask else {name: {} for name in given}
    new = overlay(old, given, changed)
    if changed.keys() & set(_BACKING):
        new = _placed(book, {k: part for k, part in new.items() if k not in _BACKING or k in given})
    stale = ("criteria",) if "filterSpecs" in changed else ("filterSpecs",)
    if changed.keys() & {"filterSpecs", "criteria"}:
        new = {name: part for name, part in new.items() if name not in stale}
    _check_title(sheet, new.get("title", ""), old[_ID])
    stored = stored_object(book, both_forms(new | {_ID: old[_ID]}))
    if tab_of(book, stored["range"]) is not sheet:
        refuse("A filter view cannot be moved to another sheet.")
    replace_object(sheet, _KIND, position, stored)
    return {}


@handles("deleteFilterView", "filterId")
def delete_filter_view(book: Spreadsheet, request: Json) -> Json:
    """Forget a filter view."""
    sheet, position = found(book, _KIND, _ID, request.get("filterId"))
    replace_object(sheet, _KIND, position, None)
    return {}


@handles("duplicateFilterView", "filterId")
def duplicate_filter_view(book: Spreadsheet, request: Json) -> Json:
    """Keep a copy of a filter view under a title of its own."""
    sheet, position = found(book, _KIND, _ID, request.get("filterId"))
    source = sheet.listed(_KIND)[position]
    taken = {view["title"] for view in sheet.listed(_KIND)}
    title, number = f"Copy of {source['title']}", 2
    while title in taken:
        title, number = f"Copy of {source['title']} {number}", number + 1
    rest = {name: part for name, part in source.items() if name != _ID}
    return {"filter": _kept(book, sheet, identified(book, rest | {"title": title}, _KIND, _ID))}
