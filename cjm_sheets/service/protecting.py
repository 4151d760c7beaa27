"""Decides what the user of the service may not change: ranges that others protect from everybody.

Whoever a planned ``Edit`` stands for is taken for the owner of the spreadsheet, whose protection
holds against its editors. A call that would change such a range, or its size, is refused whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from cjm_sheets.service.calls import Call
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import Draft

_Place: TypeAlias = tuple[int, int]
_Held: TypeAlias = tuple[_Place, dict[_Place, Json]]
"""The size of a range, and what stands in it."""


@contextmanager
def editing(call: Call) -> Iterator[Draft]:
    """Give a draft of the spreadsheet that a call names, for changes that the user may make.

    Raises ``RefusedError`` if the call changed what is protected from the user.
    """
    with call.store.editing(call.path["spreadsheet_id"]) as draft:
        before = _locked(draft.book)
        yield draft
        after = _locked(draft.book) if before else {}
        if any(after.get(identity) != held for identity, held in before.items()):
            refuse(
                "You are trying to edit a protected cell or object. Please contact the spreadsheet"
                " owner to remove protection if you need to edit."
            )


def _locked(book: Spreadsheet) -> dict[int, _Held]:
    """Return what stands in the ranges that the user may not edit, by the ids of these."""
    return {
        item["protectedRangeId"]: _held(book, item)
        for sheet in book.sheets
        for item in sheet.listed("protectedRanges")
        if not (item.get("requestingUserCanEdit") or item.get("warningOnly"))
    }


def _held(book: Spreadsheet, item: Json) -> _Held:
    box = book.box(item["range"])
    sheet = book.grid(box.sheet)
    open_ = [book.box(range_) for range_ in item.get("unprotectedRanges", ())]
    cells = {
        (row - box.top, column - box.left): _said(cell)
        for row in range(box.top, min(box.bottom, len(sheet.rows)))
        for column, cell in sheet.row(row).items()
        if box.left <= column < box.right
        and not any(b.top <= row < b.bottom and b.left <= column < b.right for b in open_)
    }
    return (box.height, box.width), {place: cell for place, cell in cells.items() if cell}


def _said(cell: Json) -> Json:
    """Return what a person put into a cell; the text of a formula follows what happens around."""
    value = cell.get("userEnteredValue", {})
    return {**cell, "userEnteredValue": {"formulaValue": ""}} if "formulaValue" in value else cell
