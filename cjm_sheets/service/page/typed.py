"""Decides what text of a cell people edit: entered again, it gives the same cell."""

from datetime import UTC, datetime

from cjm_sheets.service.formatting import shown
from cjm_sheets.service.locales import conventions
from cjm_sheets.service.parsing import entered
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet


def shown_text(book: Spreadsheet, sheet: Sheet, row: int, column: int) -> str:
    """Return what a cell shows."""
    value = book.effective(sheet, row, column)
    if value is None:
        return ""
    number_format = _format(sheet.cell(row, column))
    return shown(value, number_format, book.properties["locale"]) or ""


def typed_text(book: Spreadsheet, cell: Json) -> str:
    """Return what people would type to get a cell; formulas as they stand there."""
    value: Json = cell.get("userEnteredValue") or {}
    locale = book.properties["locale"]
    if "formulaValue" in value:
        return str(value["formulaValue"])
    if "numberValue" in value:
        return _number(value["numberValue"], _format(cell), locale)
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    text = str(value.get("stringValue", ""))
    if not text or _format(cell).get("type") == "TEXT":
        return text
    found = entered(text, locale, datetime.now(tz=UTC).date())
    return text if found is not None and found.value == {"stringValue": text} else f"'{text}"


def as_typed(book: Spreadsheet, cell: Json, text: str, *, is_text: bool) -> str:
    """Return the text of a cell after a text was typed into it, such as 1/2/2026 for 2026-01-02."""
    if is_text:
        return text
    found = entered(text, book.properties["locale"], datetime.now(tz=UTC).date())
    if found is None or "numberValue" not in found.value:
        return text
    return typed_text(book, cell | {"userEnteredValue": found.value})


def _format(cell: Json) -> Json:
    number_format: Json = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    return number_format


def _number(number: float, number_format: Json, locale: str) -> str:
    """Return the shown text of a number if it means the number, else all its digits."""
    mark, today = conventions(locale).decimal, datetime.now(tz=UTC).date()
    tries = [shown({"numberValue": number}, number_format, locale) or ""]
    if number_format.get("type") == "PERCENT":
        tries.append(f"{number * 100:.15g}%".replace(".", mark))
    for text in tries:
        found = entered(text, locale, today)
        if found is not None and found.value.get("numberValue") == number:
            return text
    return repr(number).replace(".", mark)
