"""Decides how numbered objects over the grid are kept: found, added, changed and removed by id."""

import secrets

from cjm_sheets.service.fields import overlay
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_WORDS = {
    "bandedRanges": "banded range",
    "charts": "chart",
    "filterViews": "filter view",
    "protectedRanges": "protected range",
    "slicers": "slicer",
}


def drawn_id() -> int:
    """Return a random positive id."""
    return secrets.randbelow(2**31 - 1) + 1


def identified(book: Spreadsheet, source: Json, kind: str, id_name: str) -> Json:
    """Return an object with its id first: the client's own, refused if taken, or a drawn one."""
    taken = {item[id_name] for sheet in book.sheets for item in sheet.listed(kind)}
    given = source.get(id_name)
    if given is not None and given in taken:
        what = f"Cannot add {_WORDS[kind]} with id {given}"
        refuse(f"{what}, a {_WORDS[kind]} with that id already exists.")
    identity = given if given is not None else drawn_id()
    return {id_name: identity} | {name: part for name, part in source.items() if name != id_name}


def add_object(book: Spreadsheet, sheet: Sheet, kind: str, item: Json) -> Json:
    """Keep an object on a tab; return it as kept."""
    stored = stored_object(book, item)
    sheet.objects[kind] = [*sheet.listed(kind), stored]
    return stored


def found(book: Spreadsheet, kind: str, id_name: str, identity: int | None) -> tuple[Sheet, int]:
    """Return (tab, position) of an object; raises ``RefusedError`` for an unknown id."""
    for sheet in book.sheets:
        for position, item in enumerate(sheet.listed(kind)):
            if item[id_name] == identity:
                return sheet, position
    return refuse(f"No {_WORDS[kind]} with id: {identity or 0}")


def replace_object(sheet: Sheet, kind: str, position: int, item: Json | None) -> None:
    """Put another object in a place of the list; None takes it out."""
    items = list(sheet.listed(kind))
    items[position : position + 1] = [] if item is None else [item]
    sheet.objects[kind] = items


def updated_object(book: Spreadsheet, request: Json, names: tuple[str, str, str]) -> None:
    """Change the parts of an object that the mask of a request names.

    ``names`` are the list (``bandedRanges``), the id field, and the field of the request.
    """
    kind, id_name, argument = names
    given = request.get(argument, {})
    mask = required_mask(request)
    sheet, position = found(book, kind, id_name, given.get(id_name))
    old = sheet.listed(kind)[position]
    new = stored_object(book, overlay(old, given, mask) if mask else given)
    home = book.grid(new.get("range", {}).get("sheetId", sheet.id if not new.get("range") else 0))
    if home is sheet:
        replace_object(sheet, kind, position, new)
    else:
        replace_object(sheet, kind, position, None)
        home.objects[kind] = [*home.listed(kind), new]


def tab_of(book: Spreadsheet, range_: Json) -> Sheet:
    """Return the tab of a GridRange; raises ``RefusedError`` for an unknown one."""
    return book.grid(range_.get("sheetId", 0))
