"""Decides what pasting a text and splitting a column of texts does: each piece is read as typed."""

import csv
from collections import Counter
from html.parser import HTMLParser

from cjm_sheets.service.formatting import shown
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.typed import typed_cell

_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}
_DETECTED = (",", ";", ".", " ")
_WITH_VALUES = {"PASTE_NORMAL", "PASTE_VALUES", "PASTE_FORMULA", "PASTE_NO_BORDERS"}


@handles("textToColumns", "source", "delimiter", "delimiterType")
def text_to_columns(book: Spreadsheet, request: Json) -> Json:
    """Split each text of one column over the columns to its right."""
    box = book.box(request.get("source", {}))
    if box.width != 1:
        refuse("The source of a textToColumns request must span exactly one column.")
    sheet = book.grid(box.sheet)
    texts = {row: _text(book, sheet, row, box.left) for row in range(box.top, box.bottom)}
    mark = _delimiter(request, [text for text in texts.values() if text])
    pieces = {row: text.split(mark) for row, text in texts.items() if text and mark}
    width = max((len(parts) for parts in pieces.values()), default=0)
    _make_room(book, sheet, 0, box.left + width)
    for row, parts in pieces.items():
        if len(parts) > 1:
            _type_row(book, sheet, (row, box.left), [part.strip() for part in parts])
    return {}


def _text(book: Spreadsheet, sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    if "formulaValue" in cell.get("userEnteredValue", {}):
        return ""
    look = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    return shown(cell.get("userEnteredValue"), look, book.properties["locale"]) or ""


def _delimiter(request: Json, texts: list[str]) -> str:
    """Return what splits the texts; detected, it is the mark that most of them hold."""
    kind = request.get("delimiterType", "AUTODETECT" if "delimiter" not in request else "CUSTOM")
    if kind == "CUSTOM":
        return str(request.get("delimiter") or refuse("A custom delimiter must not be empty."))
    if kind != "AUTODETECT":
        return _DELIMITERS[kind]
    counts = Counter(mark for text in texts for mark in _DETECTED if mark in text)
    return max(_DETECTED, key=lambda mark: counts[mark])


@handles("pasteData", "coordinate", "data", "type", "delimiter", "html")
def paste_data(book: Spreadsheet, request: Json) -> Json:
    """Put delimited text, or the rows of an HTML table, into cells; the grid grows if it must."""
    kind = request.get("type", "PASTE_NORMAL")
    if kind not in _WITH_VALUES:
        refuse_unsupported(f"the paste type {kind} of pasted data")
    place = request.get("coordinate", {})
    sheet = book.grid(place.get("sheetId", 0))
    top, left = place.get("rowIndex", 0), place.get("columnIndex", 0)
    lines = _lines(request)
    width = max((len(line) for line in lines), default=0)
    _make_room(book, sheet, top + len(lines), left + width)
    for offset, line in enumerate(lines):
        _type_row(book, sheet, (top + offset, left), line)
    return {}


def _lines(request: Json) -> list[list[str]]:
    data = request.get("data", "")
    if request.get("html"):
        return html_rows(data)
    delimiter = request.get("delimiter", "")
    if not delimiter:
        refuse("Either a delimiter or html must be set.")
    if len(delimiter) == 1:
        return list(csv.reader(data.splitlines(keepends=True), delimiter=delimiter))
    return [line.split(delimiter) for line in data.splitlines()]


def _make_room(book: Spreadsheet, sheet: Sheet, rows: int, columns: int) -> None:
    sheet.resize("ROWS", max(sheet.row_count, rows))
    sheet.resize("COLUMNS", max(sheet.column_count, columns))
    book.check_size()


def _type_row(book: Spreadsheet, sheet: Sheet, place: tuple[int, int], texts: list[str]) -> None:
    row, left = place
    cells = dict(sheet.row(row))
    for column, text in enumerate(texts, start=left):
        cells[column] = typed_cell(book, cells.get(column, {}), text)
    sheet.put_row(row, cells)


def html_rows(text: str) -> list[list[str]]:
    """Return the texts of the cells of every table in HTML; without one, its text in one cell.

    >>> html_rows("<table><tr><td>a<td>b</tr><tr><td>1 &amp; 2</td></tr></table>")
    [['a', 'b'], ['1 & 2']]
    """
    reader = _Tables()
    reader.feed(text)
    reader.close()
    if reader.rows:
        return [[_tidy(cell) for cell in row] for row in reader.rows]
    outside = _tidy(reader.outside)
    return [[outside]] if outside else []


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\x00")).strip()


class _Tables(HTMLParser):
    """Collects the texts of cells; a line break in a cell is kept as a mark."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.outside = ""
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a row or a cell."""
        del attrs
        if tag == "tr":
            self.rows.append([])
            self._in_cell = False
        elif tag in {"td", "th"}:
            self.rows = self.rows or [[]]
            self.rows[-1].append("")
            self._in_cell = True
        elif tag == "br":
            self.handle_data("\x00")

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in {"td", "th", "tr", "table"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        """Add to the text of a cell, or to what stands outside of all."""
        if self._in_cell:
            self.rows[-1][-1] += data
        elif not self.rows:
            self.outside += data
