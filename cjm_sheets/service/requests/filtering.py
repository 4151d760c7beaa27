"""Decides which rows the filter and the slicers of a tab hide."""

from collections.abc import Callable, Iterator

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.colors import normal
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet

_TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, wanted: wanted in text,
    "TEXT_NOT_CONTAINS": lambda text, wanted: wanted not in text,
    "TEXT_STARTS_WITH": str.startswith,
    "TEXT_ENDS_WITH": str.endswith,
    "TEXT_EQ": str.__eq__,
    "TEXT_NOT_EQ": str.__ne__,
}
_NUMBER_TESTS: dict[str, Callable[[float, float], bool]] = {
    "NUMBER_GREATER": lambda number, limit: number > limit,
    "NUMBER_GREATER_THAN_EQ": lambda number, limit: number >= limit,
    "NUMBER_LESS": lambda number, limit: number < limit,
    "NUMBER_LESS_THAN_EQ": lambda number, limit: number <= limit,
    "NUMBER_EQ": lambda number, limit: number == limit,
    "NUMBER_NOT_EQ": lambda number, limit: number != limit,
}
_BETWEEN = {"NUMBER_BETWEEN": True, "NUMBER_NOT_BETWEEN": False}
_NOT_IN_FILTERS = {"ONE_OF_LIST", "ONE_OF_RANGE", "BOOLEAN", "DATE_IS_VALID", "TEXT_IS_EMAIL"}
_PAIR = 2
_COLOURS = {
    "visibleBackgroundColor": "background",
    "visibleBackgroundColorStyle": "background",
    "visibleForegroundColor": "foreground",
    "visibleForegroundColorStyle": "foreground",
}
_WHITE: Json = {"red": 1, "green": 1, "blue": 1}


def both_forms(given: Json) -> Json:
    """Return a filter with its criteria in the old and the new form, as answers carry them."""
    if given.get("filterSpecs"):
        pairs = [(s.get("columnIndex", 0), s.get("filterCriteria", {})) for s in _specs(given)]
        return given | {"criteria": {str(column): criteria for column, criteria in pairs}}
    if given.get("criteria"):
        specs = [
            ({"columnIndex": int(column)} if int(column) else {}) | {"filterCriteria": criteria}
            for column, criteria in given["criteria"].items()
        ]
        return given | {"filterSpecs": specs}
    return given


def _specs(given: Json) -> list[Json]:
    specs: list[Json] = given["filterSpecs"]
    if any("dataSourceColumnReference" in spec for spec in specs):
        refuse_unsupported("filters on a column of a data source")
    return specs


def hide_rows(book: Spreadsheet, sheet: Sheet) -> None:
    """Hide the rows that a filter or a slicer of the tab leaves out, and show all others."""
    hidden = {
        row
        for box, column, criteria in _all_criteria(sheet)
        for row in range(box.top + 1, box.bottom)
        if not _passes(book, sheet, (row, column), criteria)
    }
    axis = sheet.axes["ROWS"]
    for at in {at for at, line in axis.items() if "hiddenByFilter" in line} | hidden:
        rest = {name: part for name, part in axis.get(at, {}).items() if name != "hiddenByFilter"}
        axis[at] = rest | ({"hiddenByFilter": True} if at in hidden else {})


def _all_criteria(sheet: Sheet) -> Iterator[tuple[Box, int, Json]]:
    size = sheet.row_count, sheet.column_count
    if sheet.basic_filter is not None:
        box = area_of(sheet.basic_filter.get("range", {})).within(*size)
        for spec in sheet.basic_filter.get("filterSpecs", []):
            yield box, spec.get("columnIndex", 0), spec.get("filterCriteria", {})
    for slicer in sheet.listed("slicers"):
        spec = slicer["spec"]
        if spec.get("filterCriteria") and "columnIndex" in spec:
            box = area_of(spec["dataRange"]).within(*size)
            yield box, box.left + spec["columnIndex"], spec["filterCriteria"]


def _passes(book: Spreadsheet, sheet: Sheet, place: tuple[int, int], criteria: Json) -> bool:
    cell = sheet.cell(*place)
    value = book.effective(sheet, *place)
    number_format = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    text = shown(value, number_format, book.properties["locale"]) or ""
    hidden: list[str] = criteria.get("hiddenValues", [])
    if text in hidden or not _has_colours(cell, criteria):
        return False
    condition: Json | None = criteria.get("condition")
    return condition is None or _meets(value, text, condition)


def _has_colours(cell: Json, criteria: Json) -> bool:
    look = cell.get("userEnteredFormat", {})
    own = {
        "background": look.get("backgroundColor", _WHITE),
        "foreground": look.get("textFormat", {}).get("foregroundColor", {}),
    }
    wanted = [(_COLOURS[name], part) for name, part in criteria.items() if name in _COLOURS]
    return all(own[kind] == normal(part.get("rgbColor", part)) for kind, part in wanted)


def _meets(value: Json | None, text: str, condition: Json) -> bool:
    kind = str(condition.get("type", ""))
    if kind in _NOT_IN_FILTERS:
        refuse(f"ConditionType '{kind}' is not supported in filters.")
    if kind in {"BLANK", "NOT_BLANK"}:
        return (text == "") == (kind == "BLANK")
    wanted = [part.get("userEnteredValue", "") for part in condition.get("values", [])]
    if any(one.startswith("=") for one in wanted) or kind == "CUSTOM_FORMULA":
        refuse_unsupported("filter conditions with formulas")
    if kind in _TEXT_TESTS and len(wanted) == 1:
        return _TEXT_TESTS[kind](text.casefold(), wanted[0].casefold())
    number = (value or {}).get("numberValue")
    if kind in _NUMBER_TESTS and len(wanted) == 1:
        return number is not None and _NUMBER_TESTS[kind](number, _limit(kind, wanted[0]))
    if kind in _BETWEEN and len(wanted) == _PAIR:
        low, high = sorted(_limit(kind, one) for one in wanted)
        return number is not None and (low <= number <= high) == _BETWEEN[kind]
    return refuse_unsupported(f"the filter condition {kind} with {len(wanted)} values")


def _limit(kind: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        refuse(f"The filter condition {kind} needs a number.")
