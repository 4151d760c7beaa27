"""Decides what copying cells does: tiles, filtered rows, and kinds of paste."""

from collections.abc import Sequence
from dataclasses import dataclass

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.references import copied
from cjm_sheets.service.refusals import Json, exceeds_grid, refuse, refuse_unsupported
from cjm_sheets.service.requests.pasted_rules import copy_rules
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_VALUE = ("userEnteredValue", "textFormatRuns", "chipRuns")
PASTE_PARTS = {
    "PASTE_NORMAL": (*_VALUE, "userEnteredFormat", "note", "dataValidation"),
    "PASTE_NO_BORDERS": (*_VALUE, "userEnteredFormat", "note", "dataValidation"),
    "PASTE_VALUES": _VALUE,
    "PASTE_FORMULA": _VALUE,
    "PASTE_FORMAT": ("userEnteredFormat", "dataValidation"),
    "PASTE_DATA_VALIDATION": ("dataValidation",),
    "PASTE_CONDITIONAL_FORMATTING": (),
}
WITH_RULES = {"PASTE_NORMAL", "PASTE_NO_BORDERS", "PASTE_FORMAT", "PASTE_CONDITIONAL_FORMATTING"}
WITH_MERGES = {"PASTE_NORMAL", "PASTE_NO_BORDERS"}


@dataclass(frozen=True, slots=True)
class TakenCell:
    """A cell taken up: where it stood, what it held, and what it showed."""

    row: int
    column: int
    cell: Json
    shown: Json | None


@handles("copyPaste", "source", "destination", "pasteType", "pasteOrientation")
def copy_paste(book: Spreadsheet, request: Json) -> Json:
    """Copy a range over another, again and again where that is a multiple of it in size.

    Rows that a filter hides are passed over. A smaller destination takes the whole source.
    """
    kind = request.get("pasteType", "PASTE_NORMAL")
    if kind not in PASTE_PARTS:
        refuse_unsupported(f"the paste type {kind}")
    source = book.box(request.get("source", {}))
    lines = _taken(book, source)
    if request.get("pasteOrientation", "NORMAL") == "TRANSPOSE":
        lines = [list(line) for line in zip(*lines, strict=True)]
    destination = _destination(book, request.get("destination", {}), lines)
    target = book.grid(destination.sheet)
    if kind in WITH_RULES and book.grid(source.sheet).listed("conditionalFormats"):
        copy_rules(book.grid(source.sheet), source, target, destination)
    if kind in WITH_MERGES:
        _copy_merges(book, source, destination)
    _paste(target, destination, lines, kind)
    return {}


def _taken(book: Spreadsheet, box: Box) -> list[list[TakenCell]]:
    sheet = book.grid(box.sheet)
    hidden = {at for at, line in sheet.axes["ROWS"].items() if line.get("hiddenByFilter")}
    rows = [row for row in range(box.top, box.bottom) if row not in hidden]
    return [
        [
            TakenCell(row, column, sheet.cell(row, column), book.effective(sheet, row, column))
            for column in range(box.left, box.right)
        ]
        for row in rows or range(box.top, box.bottom)
    ]


def _destination(book: Spreadsheet, range_: Json, lines: Sequence[Sequence[TakenCell]]) -> Box:
    """Return the cells that are pasted over: whole tiles of the source."""
    area = area_of(range_)
    sheet = book.grid(area.sheet)
    box = area.within(sheet.row_count, sheet.column_count)
    height, width = len(lines), len(lines[0])
    rows = box.height if box.height % height == 0 and box.height else height
    columns = box.width if box.width % width == 0 and box.width else width
    target = Box(sheet.id, box.top, box.top + rows, box.left, box.left + columns)
    if target.bottom > sheet.row_count or target.right > sheet.column_count:
        raise exceeds_grid(sheet.title, sheet.row_count, sheet.column_count)
    return target


def _paste(sheet: Sheet, box: Box, lines: Sequence[Sequence[TakenCell]], kind: str) -> None:
    for row in range(box.top, box.bottom):
        line = lines[(row - box.top) % len(lines)]
        cells = dict(sheet.row(row))
        for column in range(box.left, box.right):
            source = line[(column - box.left) % len(line)]
            cells[column] = pasted_cell(cells.get(column, {}), source, (row, column), kind)
        sheet.put_row(row, cells)


def pasted_cell(old: Json, source: TakenCell, place: tuple[int, int], kind: str) -> Json:
    """Return a cell after another was pasted over it: what the kind of paste takes along."""
    parts = PASTE_PARTS[kind]
    new = {name: part for name, part in old.items() if name not in parts}
    new |= {name: part for name, part in source.cell.items() if name in parts}
    value = new.get("userEnteredValue")
    if "userEnteredValue" in parts and value is not None and "formulaValue" in value:
        if kind == "PASTE_VALUES":
            new["userEnteredValue"] = _constant(source.shown)
        else:
            offset = place[0] - source.row, place[1] - source.column
            new["userEnteredValue"] = {"formulaValue": copied(value["formulaValue"], *offset)}
    if kind == "PASTE_NO_BORDERS" and "userEnteredFormat" in new:
        look = new["userEnteredFormat"]
        new["userEnteredFormat"] = {name: part for name, part in look.items() if name != "borders"}
    return {name: part for name, part in new.items() if part}


def _constant(shown: Json | None) -> Json:
    """Return what a formula showed as a value of its own; an empty text is no value."""
    return {} if shown is None or shown == {"stringValue": ""} else shown


def _copy_merges(book: Spreadsheet, source: Box, destination: Box) -> None:
    home, target = book.grid(source.sheet), book.grid(destination.sheet)
    merges = [
        area_of(merge).within(home.row_count, home.column_count) for merge in home.listed("merges")
    ]
    inside = [merge for merge in merges if source.covers(merge)]
    copies: list[Json] = []
    for top in range(destination.top, destination.bottom, source.height):
        for left in range(destination.left, destination.right, source.width):
            down, across = top - source.top, left - source.left
            copies += [_moved(merge, destination.sheet, down, across).json() for merge in inside]
    kept: list[Json] = []
    for merge in target.listed("merges"):
        other = area_of(merge).within(target.row_count, target.column_count)
        if destination.meets(other) and not destination.covers(other):
            refuse("You can't paste over part of a merged range.")
        if not destination.meets(other):
            kept.append(merge)
    if copies or len(kept) != len(target.listed("merges")):
        target.objects["merges"] = kept + copies


def _moved(box: Box, sheet: int, down: int, across: int) -> Box:
    return Box(sheet, box.top + down, box.bottom + down, box.left + across, box.right + across)
