"""Decides what the requests about protected ranges do."""

from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.objects import (
    add_object,
    found,
    identified,
    replace_object,
    tab_of,
    updated_object,
)
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.spreadsheet import Spreadsheet

OWNER = "owner@localhost"
_KIND = "protectedRanges"
_ID = "protectedRangeId"


@handles("addProtectedRange", "protectedRange")
def add_protected_range(book: Spreadsheet, request: Json) -> Json:
    """Protect a range. The user may edit all but what somebody else protects from everybody."""
    given = request.get("protectedRange", {})
    range_ = given.get("range")
    if given.get("namedRangeId"):
        named = [n for n in book.named_ranges if n["namedRangeId"] == given["namedRangeId"]]
        range_ = named[0]["range"] if named else refuse("No such named range to protect.")
    if range_ is None:
        refuse("A protected range needs a range or a named range.")
    sheet = tab_of(book, range_)
    is_whole = range_.keys() <= {"sheetId"}
    if is_whole and any(_is_whole(one) for one in sheet.listed(_KIND)):
        refuse(f'Sheet "{sheet.title}" already has sheet protection.')
    if given.get("unprotectedRanges") and not is_whole:
        refuse("Unprotected ranges are only supported on protected sheets.")
    item = identified(book, given | {"range": range_}, _KIND, _ID)
    stored = add_object(book, sheet, _KIND, _with_rights(book, item))
    if "editors" not in stored:
        return {"protectedRange": stored}
    answered = {name: part for name, part in stored["editors"].items() if part != [OWNER]}
    return {"protectedRange": stored | {"editors": answered}}


def _is_whole(protected: Json) -> bool:
    """Say whether a protected range is a whole sheet."""
    return bool(protected.get("range", {}).keys() <= {"sheetId"})


def _with_rights(book: Spreadsheet, item: Json) -> Json:
    """Return a protected range with what Google adds: who may edit, and whether we may."""
    result = item | {"requestingUserCanEdit": True}
    if item.get("warningOnly"):
        return {name: part for name, part in result.items() if name != "editors"}
    given = item.get("editors") or {}
    kept = {name: part for name, part in given.items() if part}
    if book.by_another:
        if OWNER not in kept.get("users", ()):
            del result["requestingUserCanEdit"]  # what is false is left out of answers
        return result | {"editors": kept}
    others = [user for user in kept.get("users", []) if user != OWNER]
    return result | {"editors": kept | {"users": [OWNER, *others]}}


@handles("updateProtectedRange", "protectedRange", "fields")
def update_protected_range(book: Spreadsheet, request: Json) -> Json:
    """Change the parts of a protected range that the mask names."""
    updated_object(book, request, (_KIND, _ID, "protectedRange"))
    sheet, position = found(book, _KIND, _ID, request["protectedRange"].get(_ID))
    replace_object(sheet, _KIND, position, _with_rights(book, sheet.listed(_KIND)[position]))
    return {}


@handles("deleteProtectedRange", "protectedRangeId")
def delete_protected_range(book: Spreadsheet, request: Json) -> Json:
    """End a protection."""
    sheet, position = found(book, _KIND, _ID, request.get(_ID))
    replace_object(sheet, _KIND, position, None)
    return {}
