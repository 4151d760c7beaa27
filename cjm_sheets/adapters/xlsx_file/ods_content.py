"""Decides what is read from the content of an OpenDocument spreadsheet: sheets, tables, names.

One pass of a parser that expands nothing (the guard lets no declaration through); whatever lies
inside a cell but its text, and tables inside of other things, is passed over.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from cjm_sheets.adapters.xlsx_file import limits, ods_values
from cjm_sheets.adapters.xlsx_file.ods_sheet import Area, SheetInTheMaking
from cjm_sheets.errors.workbook import DamagedWorkbookError, UnsafeWorkbookError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Grid

PART = "content.xml"
DEPTH = 256
"""How deep tags may lie in each other; spreadsheet programs stay below 30."""

BLANKS = 1_000_000
"""How many blanks, tabs and line breaks texts may name by their number."""

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_SPREADSHEET = f"{ods_values.OFFICE} spreadsheet"
_SHEET, _ROW = f"{_TABLE} table", f"{_TABLE} table-row"
_CELLS = frozenset({f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"})
_PARAGRAPH = f"{_TEXT} p"
_WRITING = frozenset(f"{_TEXT} {name}" for name in ("a", "span", "s", "tab", "line-break"))
_MARKS = {
    f"{_TEXT} s": ods_values.BLANK,
    f"{_TEXT} tab": ods_values.TAB,
    f"{_TEXT} line-break": ods_values.BREAK,
}
_NAME, _FORMULA = f"{_TABLE} name", f"{_TABLE} formula"
_AREA, _RANGE = f"{_TABLE} target-range-address", f"{_TABLE} cell-range-address"
_DATABASE, _NAMED = f"{_TABLE} database-range", f"{_TABLE} named-range"
_COLUMN_TIMES, _ROW_TIMES = f"{_TABLE} number-columns-repeated", f"{_TABLE} number-rows-repeated"
_BLANKS = f"{_TEXT} c"
_SHEET_NAME = r"(?:\$?('(?:[^']|'')*'|[^'.:$]*))?\.\$?([A-Z]{1,3})\$?([0-9]{1,7})"
_ADDRESS = re.compile(rf"{_SHEET_NAME}(?::{_SHEET_NAME})?")
_LANGUAGE = re.compile(r"[A-Za-z]+:(?==)")
_CACHE = "'#$"
"""In the title of what is no sheet but a copy of another file's, which links refer to."""


@dataclass(slots=True)
class Content:
    """What was found; `names` has the sheet of the first cell of every named range."""

    sheets: list[SheetInTheMaking] = field(default_factory=list)
    areas: dict[str, dict[str, Area]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def grids(self) -> tuple[Grid, ...]:
        """Return the sheets in their order."""
        return tuple(sheet.grid(self.areas.get(sheet.title, {})) for sheet in self.sheets)


def read_content(xml: bytes, file: str) -> Content:
    """Return what the content says; raises if it is broken, or spans more than we dare to read."""
    reading = _Reading(file)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.begin
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes it by position only
    except (expat.ExpatError, LookupError, ValueError):
        sheets = reading.content.sheets
        raise DamagedWorkbookError(file, sheets[-1].title if sheets else PART) from None
    titles = [sheet.title.casefold() for sheet in reading.content.sheets]
    if len(set(titles)) < len(titles):
        raise DamagedWorkbookError(file, PART)
    return reading.content


class _Reading:
    """What is known between one tag and the next; `_path` has the tags that are open."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.content = Content()
        self._path: list[str] = []
        self._over = 0  # how many tags are open of something that is passed over
        self._sheet: SheetInTheMaking | None = None
        self._cells = self._blanks = self._repeated = 0
        self._times = 1
        self._cell: dict[str, str] = {}
        self._text: list[str] | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        if len(self._path) + self._over >= DEPTH:
            raise UnsafeWorkbookError(self.file, PART)
        if self._over or not _wanted(name, self._path[-1] if self._path else ""):
            self._over += 1
            return
        self._path.append(name)
        if name in _CELLS:
            self._cell, self._text = attributes, None
        elif name == _PARAGRAPH:
            self._text = [""] if self._text is None else [*self._text, ods_values.PARAGRAPH]
        elif name in _MARKS:
            self._mark(name, _times(attributes, _BLANKS))
        elif name == _ROW:
            self._times = _times(attributes, _ROW_TIMES)
        elif name == _SHEET:
            self._sheet = SheetInTheMaking(attributes.get(_NAME, ""), self.file, self._repeated)
        elif name in {_DATABASE, _NAMED}:
            self._place(attributes)

    def end(self, name: str) -> None:
        """Take a closing tag."""
        if self._over:
            self._over -= 1
            return
        self._path.pop()
        if self._sheet is None:
            return
        if name in _CELLS:
            formula = _LANGUAGE.sub("", self._cell.get(_FORMULA, ""), count=1)
            value = ods_values.value(self._cell, "".join(self._text or ()))
            self._sheet.cell(value, formula, _times(self._cell, _COLUMN_TIMES))
            self._text = None
        elif name == _ROW:
            self._sheet.end_row(self._times)
        elif name == _SHEET:
            self._end_sheet(self._sheet)

    def text(self, data: str) -> None:
        """Take text; only what follows the beginning of a paragraph belongs to a cell."""
        if self._text is not None and not self._over:
            self._text.append(data)

    def _mark(self, name: str, times: int) -> None:
        """Take blanks, a tab or a line break."""
        self._blanks += times
        if self._blanks > BLANKS:
            raise UnsafeWorkbookError(self.file, PART)
        self.text(_MARKS[name] * times)

    def _end_sheet(self, sheet: SheetInTheMaking) -> None:
        self._sheet = None
        self._cells += sheet.cells
        self._repeated = sheet.repeated
        if self._cells > limits.CELLS:
            raise UnsafeWorkbookError(self.file, sheet.title)
        if _CACHE not in sheet.title:
            self.content.sheets.append(sheet)

    def _place(self, attributes: dict[str, str]) -> None:
        """Note where a table object or a named range lies; what we cannot follow is left out."""
        name = attributes.get(_NAME, "")
        found = _ADDRESS.fullmatch(attributes.get(_AREA) or attributes.get(_RANGE, ""))
        if not found:
            return
        sheet = a1.untitled(found[1] or "")
        if _AREA not in attributes:
            self.content.names[name] = sheet
            return
        column, line = a1.number(found[2]), int(found[3])
        area = (line, column, int(found[6] or line), a1.number(found[5] or found[2]))
        self.content.areas.setdefault(sheet, {})[name] = area


def _wanted(name: str, parent: str) -> bool:
    """Tell whether what lies in a tag is of any use to us."""
    if parent in _CELLS:
        return name == _PARAGRAPH
    if parent == _PARAGRAPH or parent in _WRITING:
        return name in _WRITING
    return name != _SHEET or parent == _SPREADSHEET


def _times(attributes: dict[str, str], key: str) -> int:
    """Return how often something is repeated; ValueError if nobody can say."""
    text = attributes.get(key)
    if text is None:
        return 1
    if not text.isascii() or not text.isdigit() or not int(text):
        raise ValueError(text)
    return int(text)
