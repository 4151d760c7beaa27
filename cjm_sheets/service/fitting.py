"""Decides how wide a column and how high a row must be for all that stands in it."""

from cjm_sheets.service.formatting import shown
from cjm_sheets.service.letters import text_pixels
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import DEFAULT_PIXELS, Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_PADDING_PIXELS = 7
_PIXELS_A_POINT = 1.7
"""Height of a line of letters by their size."""

_OVER_AND_UNDER = 4


def column_pixels(book: Spreadsheet, sheet: Sheet, column: int) -> int | None:
    """Return the width that the widest text of a column needs; None where it is empty."""
    widest = 0
    for index, row in enumerate(sheet.rows):
        if column in row:
            size, bold = _letters(row[column])
            text = _text(book, sheet, index, column)
            widest = max(widest, text_pixels(text, size, bold=bold))
    return widest + _PADDING_PIXELS if widest else None


def row_pixels(book: Spreadsheet, sheet: Sheet, index: int) -> int:
    """Return the height that the texts of a row need; those wrap that are to, hidden ones aside."""
    needed = DEFAULT_PIXELS["ROWS"]
    for column, cell in sheet.rows[index].items() if index < len(sheet.rows) else ():
        axis = sheet.axes["COLUMNS"].get(column, {})
        if axis.get("hiddenByUser"):
            continue
        text = _text(book, sheet, index, column)
        wide = axis.get("pixelSize", DEFAULT_PIXELS["COLUMNS"]) - _PADDING_PIXELS
        wraps = cell.get("userEnteredFormat", {}).get("wrapStrategy") == "WRAP"
        size, bold = _letters(cell)
        lines = sum(
            _lines(part, wide, size, bold=bold) if wraps else 1 for part in text.split("\n")
        )
        needed = max(needed, round(lines * size * _PIXELS_A_POINT) + _OVER_AND_UNDER)
    return needed


def _lines(text: str, wide: int, size: float, *, bold: bool) -> int:
    """Return how many lines a text takes; a word that is too long is broken."""
    lines, taken, space = 1, 0, text_pixels(" ", size, bold=bold)
    for word in text.split(" "):
        pixels = text_pixels(word, size, bold=bold)
        if taken and taken + space + pixels > wide:
            lines, taken = lines + 1, 0
        taken += pixels + (space if taken else 0)
        more = max(0, -(-taken // max(wide, 1)) - 1)
        lines, taken = lines + more, taken - more * wide
    return lines


def _letters(cell: Json) -> tuple[float, bool]:
    letters = cell.get("userEnteredFormat", {}).get("textFormat", {})
    return letters.get("fontSize", 10), bool(letters.get("bold"))


def _text(book: Spreadsheet, sheet: Sheet, index: int, column: int) -> str:
    look = sheet.rows[index][column].get("userEnteredFormat", {})
    value = book.effective(sheet, index, column)
    return shown(value, look.get("numberFormat", {}), book.properties["locale"]) or ""
