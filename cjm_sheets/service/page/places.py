"""Decides which cell an edit means, wherever it lies by now, or that it cannot be told any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from cjm_sheets.service.page.layout import Column, Tab
from cjm_sheets.service.page.typed import typed_text
from cjm_sheets.service.refusals import Json, RefusedError, refuse
from cjm_sheets.service.spreadsheet import MAX_TEXT, Spreadsheet


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person did to one cell: its place as they saw it, what stood there, and what shall.

    ``beside`` has other cells of the row as they saw them: it tells rows without an id apart.
    """

    sheet: int
    row: int
    row_id: str
    column: int
    heading: str
    before: str
    after: str
    beside: dict[int, str]


class MovedError(RefusedError):
    """The row or the column of an edit is not there any more."""

    def __init__(self) -> None:
        super().__init__("The row or column is not there any more.", HTTPStatus.CONFLICT)


def edit_of(source: Any) -> Edit:  # noqa: ANN401 - JSON
    """Return the edit that a JSON object describes; raises ``RefusedError`` for another one."""
    if not isinstance(source, dict):
        refuse("An edit is a JSON object.")
    beside = source.get("beside", {})
    if not isinstance(beside, dict) or not all(isinstance(v, str) for v in beside.values()):
        refuse("beside must be an object of texts.")
    texts = [text_of(source, name) for name in ("rowId", "heading", "before", "after")]
    numbers = [number_of(source, name) for name in ("sheetId", "row", "column")]
    row_id, heading, before, after = texts
    cells = {int(at): str(text) for at, text in beside.items() if at.isdigit()}
    return Edit(numbers[0], numbers[1], row_id, numbers[2], heading, before, after, cells)


def number_of(source: Json, name: str) -> int:
    """Return a number of a JSON object that is not below zero."""
    value = source.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        refuse(f"{name} must be a whole number.")
    return value


def text_of(source: Json, name: str) -> str:
    """Return a text of a JSON object, "" where it has none."""
    value = source.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        refuse(f"{name} must be a text of at most {MAX_TEXT} characters.")
    return value


def tab_of(found: list[Tab], sheet: int) -> Tab:
    """Return the tab of an id; raises ``MovedError`` if it is gone or hidden."""
    for tab in found:
        if tab.sheet.id == sheet:
            return tab
    raise MovedError


def column_of(tab: Tab, edit: Edit) -> Column:
    """Return the column that an edit means: the one of its heading, where that one moved."""
    here = next((column for column in tab.columns if column.at == edit.column), None)
    if here is not None and here.heading == edit.heading:
        return here
    named = [column for column in tab.columns if column.heading == edit.heading]
    if edit.heading and len(named) == 1:
        return named[0]
    raise MovedError


def row_of(book: Spreadsheet, tab: Tab, edit: Edit) -> int:
    """Return the row that an edit means: the one of its id, else the one that looks as it did."""
    if edit.row_id:
        if tab.row_id(edit.row) == edit.row_id:
            return edit.row
        rows = range(tab.first, len(tab.sheet.rows))
        found = [row for row in rows if tab.row_id(row) == edit.row_id]
        if len(found) == 1:
            return found[0]
        raise MovedError
    if not tab.first <= edit.row < tab.sheet.row_count or tab.row_id(edit.row):
        raise MovedError
    if not says(book, tab, edit.row, edit.beside):
        raise MovedError
    return edit.row


def says(book: Spreadsheet, tab: Tab, row: int, texts: Mapping[int, str]) -> bool:
    """Tell whether cells of a row say just these texts, as they were typed."""
    cells = tab.sheet.row(row)
    return all(typed_text(book, cells.get(at, {})) == text for at, text in texts.items())
