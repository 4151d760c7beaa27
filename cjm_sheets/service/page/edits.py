"""Decides how edits of cells are carried out: each only where the cell still shows what it did."""

from dataclasses import dataclass

from cjm_sheets.service.a1 import box_text
from cjm_sheets.service.area import Box
from cjm_sheets.service.page.layout import Column, Tab, tables_of, tabs
from cjm_sheets.service.page.places import Edit, MovedError, column_of, edit_of, row_of, tab_of
from cjm_sheets.service.page.rows import give_id
from cjm_sheets.service.page.typed import as_typed, shown_text, typed_text
from cjm_sheets.service.refusals import Json, JsonValue, refuse
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import Entry, write

MOST = 5_000
"""Edits of one call: a large block that is pasted."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one edit: "done", "same" (it stood there already), "conflict" or "moved"."""

    state: str
    now: str = ""
    shown: str = ""
    row_id: str = ""
    row: int = -1

    def json(self) -> Json:
        """Return the result for the browser."""
        said = {"state": self.state, "now": self.now, "shown": self.shown}
        return said | {"rowId": self.row_id, "row": self.row}


def edits_of(body: Json) -> list[Edit]:
    """Return the edits of a call; raises ``RefusedError`` for another body."""
    source: JsonValue = body.get("edits")
    if not isinstance(source, list) or not 0 < len(source) <= MOST:
        refuse(f"edits must be a list of 1 to {MOST} edits.")
    return [edit_of(item) for item in source]


def carry_out(book: Spreadsheet, edits: list[Edit]) -> list[Result]:
    """Carry out edits on a draft; those that no longer fit are left out, and say so."""
    found = tabs(book, tables_of(book))
    return [_one(book, found, edit) for edit in edits]


def _one(book: Spreadsheet, found: list[Tab], edit: Edit) -> Result:
    try:
        tab = tab_of(found, edit.sheet)
        column = column_of(tab, edit)
        row = row_of(book, tab, edit)
    except MovedError:
        return Result("moved")
    if column.is_fixed:
        refuse(f"The column {column.heading} fills itself in.")
    cell = tab.sheet.cell(row, column.at)
    now = typed_text(book, cell)
    if now == edit.after or now == as_typed(book, cell, edit.after, is_text=column.is_text):
        return Result("same", now, row_id=tab.row_id(row), row=row)
    if now != edit.before:
        shown = shown_text(book, tab.sheet, row, column.at)
        return Result("conflict", now, shown, tab.row_id(row), row)
    _write(book, tab, (row, column), edit.after)
    now = typed_text(book, tab.sheet.cell(row, column.at))
    return Result("done", now, row_id=give_id(book, tab, row), row=row)


def _write(book: Spreadsheet, tab: Tab, place: tuple[int, Column], text: str) -> None:
    """Write what was typed; columns of text take it as it is, unless it is a formula."""
    row, column = place
    name = box_text(tab.sheet.title, Box(tab.sheet.id, row, row + 1, column.at, column.at + 1))
    raw = column.is_text and not text.startswith(("=", "'"))
    write(book, Entry(name, [[text]], by_columns=False, option="RAW" if raw else "USER_ENTERED"))
