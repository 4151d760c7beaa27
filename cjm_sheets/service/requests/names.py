"""Decides what the requests about named ranges do."""

import re

from cjm_sheets.service.a1 import parse_area
from cjm_sheets.service.fields import overlay
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.objects import drawn_id
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.spreadsheet import Spreadsheet

_NAME = re.compile(r"[^\W\d]\w{0,249}")
_R1C1 = re.compile(r"[Rr]\d*[Cc]\d*")


@handles("addNamedRange", "namedRange")
def add_named_range(book: Spreadsheet, request: Json) -> Json:
    """Name a range; the name must be new (case does not matter)."""
    given = request.get("namedRange", {})
    identity = given.get("namedRangeId") or str(drawn_id())
    if any(named["namedRangeId"] == identity for named in book.named_ranges):
        what = f"Cannot add named range with id {identity}"
        refuse(f"{what}, a named range with that id already exists.")
    named = {"namedRangeId": identity, "name": given.get("name", ""), "range": given.get("range")}
    stored = _checked(book, named)
    book.named_ranges.append(stored)
    return {"namedRange": stored}


def _checked(book: Spreadsheet, named: Json) -> Json:
    name = named["name"]
    if not _NAME.fullmatch(name) or parse_area(name, 0) or _R1C1.fullmatch(name):
        refuse(f'"{name}" is not a valid name for a range.')
    for other in book.named_ranges:
        same = other["name"].casefold() == name.casefold()
        if same and other["namedRangeId"] != named["namedRangeId"]:
            what = f"Cannot add named range with name {name}"
            refuse(f"{what}, a named range with that name already exists.")
    if named.get("range") is None:
        refuse("A named range needs a range.")
    return stored_object(book, named)


@handles("updateNamedRange", "namedRange", "fields")
def update_named_range(book: Spreadsheet, request: Json) -> Json:
    """Change the name or the range of a named range."""
    given = request.get("namedRange", {})
    position = _position(book, given.get("namedRangeId"))
    mask = required_mask(request)
    old = book.named_ranges[position]
    changed = overlay(old, given, mask) if mask else old | given
    book.named_ranges[position] = _checked(book, changed)
    return {}


@handles("deleteNamedRange", "namedRangeId")
def delete_named_range(book: Spreadsheet, request: Json) -> Json:
    """Forget a name; the cells stay."""
    del book.named_ranges[_position(book, request.get("namedRangeId"))]
    return {}


def _position(book: Spreadsheet, identity: str | None) -> int:
    for position, named in enumerate(book.named_ranges):
        if named["namedRangeId"] == identity:
            return position
    return refuse(f"No named range with id: {identity}")
