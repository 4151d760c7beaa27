"""Decides what cutting and pasting does: the cells go, and what points at them follows."""

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.refusals import Json, exceeds_grid, refuse, refuse_unsupported
from cjm_sheets.service.relocating import Relocation, carried, relocate
from cjm_sheets.service.requests.copying import (
    WITH_MERGES,
    WITH_RULES,
    TakenCell,
    pasted_cell,
)
from cjm_sheets.service.requests.merges import merges_in
from cjm_sheets.service.requests.pasted_rules import copy_rules
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_HALF = "You can't perform a paste that partially intersects a merge."
_BOUND = {
    "tables": "table",
    "bandedRanges": "banded range",
    "filterViews": "filter view",
    "slicers": "slicer",
}
"""What does not go to another tab with its cells, here."""


@handles("cutPaste", "source", "destination", "pasteType")
def cut_paste(book: Spreadsheet, request: Json) -> Json:
    """Move a block of cells; formulas, names and ranges that point into it follow.

    All of the source is emptied, whatever part of it the kind of paste takes along.
    """
    kind = request.get("pasteType", "PASTE_NORMAL")
    source = book.box(request.get("source", {}))
    target = _target(book, source, request.get("destination", {}))
    home, other = book.grid(source.sheet), book.grid(target.sheet)
    _check_merges(home, source, other, target)
    _check_bound(home, source, other)
    cells = {
        place: TakenCell(*place, home.cell(*place), book.effective(home, *place))
        for place in source.places()
    }
    if kind in WITH_RULES and home.listed("conditionalFormats"):
        _cut_rules(home, source, other, target)
    _drop_merges(home, source, other, target, keep=kind in WITH_MERGES)
    move = Relocation(source, home.title, target, other.title)
    relocate(book, move)
    moved = {place: _rewritten(home, taken, move) for place, taken in cells.items()}
    _empty(home, source)
    _put(other, target, source, (moved, kind))
    return {}


def _target(book: Spreadsheet, source: Box, place: Json) -> Box:
    sheet = book.grid(place.get("sheetId", 0))
    top, left = place.get("rowIndex", 0), place.get("columnIndex", 0)
    target = Box(sheet.id, top, top + source.height, left, left + source.width)
    if target.bottom > sheet.row_count or target.right > sheet.column_count or min(top, left) < 0:
        raise exceeds_grid(sheet.title, sheet.row_count, sheet.column_count)
    return target


def _check_merges(home: Sheet, source: Box, other: Sheet, target: Box) -> None:
    if any(not source.covers(merge) for merge in merges_in(home, source)):
        refuse(_HALF)
    for merge in merges_in(other, target):
        if not target.covers(merge) and not source.covers(merge):
            refuse(_HALF)


def _check_bound(home: Sheet, source: Box, other: Sheet) -> None:
    if home is other:
        return
    for kind, word in _BOUND.items():
        for item in home.listed(kind):
            range_ = item.get("range") or item["spec"]["dataRange"]
            if source.covers(area_of(range_).within(home.row_count, home.column_count)):
                refuse_unsupported(f"cutting a {word} to another sheet")


def _cut_rules(home: Sheet, source: Box, other: Sheet, target: Box) -> None:
    """Let conditional formats hold for the pasted cells; ranges wholly in the source go."""
    size = home.row_count, home.column_count
    inside = [
        range_
        for rule in home.listed("conditionalFormats")
        for range_ in rule["ranges"]
        if source.covers(area_of(range_).within(*size))
    ]
    copy_rules(home, source, other, target)
    rules = [
        rule | {"ranges": [range_ for range_ in rule["ranges"] if range_ not in inside]}
        for rule in home.listed("conditionalFormats")
    ]
    home.objects["conditionalFormats"] = [rule for rule in rules if rule["ranges"]]


def _drop_merges(home: Sheet, source: Box, other: Sheet, target: Box, *, keep: bool) -> None:
    """Take off merges that are pasted over, and those of the source unless they go along."""
    pasted_over = [merge for merge in merges_in(other, target) if not source.covers(merge)]
    cut = [] if keep else merges_in(home, source)
    for sheet in {home.id: home, other.id: other}.values():
        gone = [merge.json() for merge in (*pasted_over, *cut) if merge.sheet == sheet.id]
        merges = sheet.listed("merges")
        sheet.objects["merges"] = [merge for merge in merges if merge not in gone]


def _rewritten(home: Sheet, taken: TakenCell, move: Relocation) -> TakenCell:
    """Return a cell as it reads after references have followed, placed where it goes."""
    cell = carried(home.cell(taken.row, taken.column), move)
    return TakenCell(taken.row + move.down, taken.column + move.across, cell, taken.shown)


def _empty(home: Sheet, source: Box) -> None:
    for row in range(source.top, min(source.bottom, len(home.rows))):
        cells = home.row(row)
        home.put_row(row, {c: cell for c, cell in cells.items() if not source.holds(row, c)})


def _put(
    sheet: Sheet,
    target: Box,
    source: Box,
    moved: tuple[dict[tuple[int, int], TakenCell], str],
) -> None:
    taken, kind = moved
    for row in range(target.top, target.bottom):
        cells = dict(sheet.row(row))
        for column in range(target.left, target.right):
            cell = taken[row - target.top + source.top, column - target.left + source.left]
            cells[column] = pasted_cell(cells.get(column, {}), cell, (row, column), kind)
        sheet.put_row(row, cells)
