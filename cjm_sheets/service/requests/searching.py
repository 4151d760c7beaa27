"""Decides what finding and replacing does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cjm_sheets.service.area import Box
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.typed import typed_cell


@dataclass(slots=True)
class _Count:
    values: int = 0
    formulas: int = 0
    occurrences: int = 0
    rows: set[tuple[int, int]] = field(default_factory=set)


@handles(
    "findReplace",
    "find",
    "replacement",
    "matchCase",
    "matchEntireCell",
    "searchByRegex",
    "includeFormulas",
    "range",
    "sheetId",
    "allSheets",
)
def find_replace(book: Spreadsheet, request: Json) -> Json:
    """Replace a text in values (and, if asked, in formulas); new text is read as if typed."""
    pattern = _pattern(request)
    replacement = _replacement(request)
    count = _Count()
    formulas = _asked(request, "includeFormulas")
    for sheet, box in _boxes(book, request):
        for row in range(box.top, min(box.bottom, len(sheet.rows))):
            cells = dict(sheet.row(row))
            for column in [at for at in cells if box.holds(row, at)]:
                text = _text(book, sheet, (row, column), formulas=formulas)
                new, times = pattern.subn(replacement, text)
                if times:
                    cells[column] = _replaced(book, cells[column], new, count)
                    count.occurrences += times
                    count.rows.add((sheet.id, row))
            sheet.put_row(row, cells)
    return _reply(count)


def _asked(request: Json, name: str) -> bool:
    return bool(request.get(name, False))


def _pattern(request: Json) -> re.Pattern[str]:
    find = request.get("find", "")
    if not find:
        refuse("The text to find must not be empty.")
    source = find if _asked(request, "searchByRegex") else re.escape(find)
    if _asked(request, "matchEntireCell"):
        source = rf"\A(?:{source})\Z"
    try:
        return re.compile(source, 0 if _asked(request, "matchCase") else re.IGNORECASE)
    except re.error as error:
        refuse(f"The regular expression is invalid: {error}")


def _replacement(request: Json) -> str:
    text: str = request.get("replacement", "").replace("\\", "\\\\")
    return re.sub(r"\$(\d)", r"\\g<\1>", text) if _asked(request, "searchByRegex") else text


def _boxes(book: Spreadsheet, request: Json) -> Iterator[tuple[Sheet, Box]]:
    if "range" in request:
        box = book.box(request["range"])
        yield book.grid(box.sheet), box
    elif "sheetId" in request:
        sheet = book.grid(request["sheetId"])
        yield sheet, sheet.box()
    elif _asked(request, "allSheets"):
        yield from ((sheet, sheet.box()) for sheet in book.sheets)
    else:
        refuse("One of range, sheetId or allSheets must be set.")


def _text(book: Spreadsheet, sheet: Sheet, place: tuple[int, int], *, formulas: bool) -> str:
    cell = sheet.cell(*place)
    value: Json | None = cell.get("userEnteredValue")
    if value is not None and "formulaValue" in value:
        return str(value["formulaValue"]) if formulas else ""
    number_format = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    return shown(value, number_format, book.properties["locale"]) or ""


def _replaced(book: Spreadsheet, cell: Json, text: str, count: _Count) -> Json:
    is_formula = "formulaValue" in cell["userEnteredValue"]
    count.formulas += is_formula
    count.values += not is_formula
    return typed_cell(book, cell, text)


def _reply(count: _Count) -> Json:
    numbers = {
        "valuesChanged": count.values,
        "formulasChanged": count.formulas,
        "rowsChanged": len(count.rows),
        "sheetsChanged": len({sheet for sheet, _ in count.rows}),
        "occurrencesChanged": count.occurrences,
    }
    return {name: number for name, number in numbers.items() if number}
