"""Decides what a basic filter does: which rows it hides when it is set, and when it goes."""

from collections.abc import Callable

from cjm_sheets.service.area import area_of
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.requests.objects import tab_of
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, wanted: wanted in text,
    "TEXT_NOT_CONTAINS": lambda text, wanted: wanted not in text,
    "TEXT_STARTS_WITH": str.startswith,
    "TEXT_ENDS_WITH": str.endswith,
    "TEXT_EQ": str.__eq__,
}
_NUMBER_TESTS: dict[str, Callable[[float, float], bool]] = {
    "NUMBER_GREATER": lambda number, limit: number > limit,
    "NUMBER_GREATER_THAN_EQ": lambda number, limit: number >= limit,
    "NUMBER_LESS": lambda number, limit: number < limit,
    "NUMBER_LESS_THAN_EQ": lambda number, limit: number <= limit,
    "NUMBER_EQ": lambda number, limit: number == limit,
    "NUMBER_NOT_EQ": lambda number, limit: number != limit,
}


@handles("setBasicFilter", "filter")
def set_basic_filter(book: Spreadsheet, request: Json) -> Json:
    """Set the filter of a tab and hide the rows it leaves out; its sorting is not carried out."""
    given = request.get("filter", {})
    if given.get("sortSpecs"):
        refuse_unsupported("the sorting of a basic filter")
    sheet = tab_of(book, given.get("range", {}))
    _unhide(sheet)
    sheet.basic_filter = stored_object(book, given)
    box = area_of(given.get("range", {})).within(sheet.row_count, sheet.column_count)
    for column, criteria in _criteria(given).items():
        for row in range(box.top + 1, box.bottom):
            if not _passes(book, sheet, (row, column), criteria):
                old = sheet.axes["ROWS"].get(row, {})
                sheet.axes["ROWS"][row] = old | {"hiddenByFilter": True}
    return {}


def _criteria(given: Json) -> dict[int, Json]:
    specs = {
        spec.get("columnIndex", 0): spec.get("filterCriteria", {})
        for spec in given.get("filterSpecs", [])
    }
    return specs or {int(column): part for column, part in given.get("criteria", {}).items()}


def _passes(book: Spreadsheet, sheet: Sheet, place: tuple[int, int], criteria: Json) -> bool:
    unknown = criteria.keys() - {"hiddenValues", "condition"}
    if unknown:
        refuse_unsupported(f"the filter criterion {', '.join(sorted(unknown))}")
    number_format = sheet.cell(*place).get("userEnteredFormat", {}).get("numberFormat", {})
    value = book.effective(sheet, *place)
    text = shown(value, number_format, book.properties["locale"]) or ""
    hidden: list[str] = criteria.get("hiddenValues", [])
    if text in hidden:
        return False
    condition: Json | None = criteria.get("condition")
    return condition is None or _meets(value, text, condition)


def _meets(value: Json | None, text: str, condition: Json) -> bool:
    kind = str(condition.get("type", ""))
    if kind in {"BLANK", "NOT_BLANK"}:
        return (text == "") == (kind == "BLANK")
    wanted = [part.get("userEnteredValue", "") for part in condition.get("values", [])]
    if len(wanted) != 1 or wanted[0].startswith("="):
        refuse_unsupported(f"the filter condition {kind} with these values")
    if kind in _TEXT_TESTS:
        return _TEXT_TESTS[kind](text.casefold(), wanted[0].casefold())
    if kind not in _NUMBER_TESTS:
        refuse_unsupported(f"the filter condition {kind}")
    try:
        limit = float(wanted[0])
    except ValueError:
        refuse(f"The filter condition {kind} needs a number.")
    number = (value or {}).get("numberValue")
    return number is not None and _NUMBER_TESTS[kind](number, limit)


@handles("clearBasicFilter", "sheetId")
def clear_basic_filter(book: Spreadsheet, request: Json) -> Json:
    """Take the filter off a tab; its hidden rows come back."""
    sheet = book.grid(request.get("sheetId", 0))
    sheet.basic_filter = None
    _unhide(sheet)
    return {}


def _unhide(sheet: Sheet) -> None:
    sheet.axes["ROWS"] = {
        at: {name: part for name, part in line.items() if name != "hiddenByFilter"}
        for at, line in sheet.axes["ROWS"].items()
    }
