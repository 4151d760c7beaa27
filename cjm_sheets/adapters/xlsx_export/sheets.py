"""Decides how one tab of a spreadsheet becomes a sheet: cells, sizes, what lies over them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cjm_sheets.adapters.xlsx_export.cells import write_cell
from cjm_sheets.adapters.xlsx_export.looks import Looks, color
from cjm_sheets.adapters.xlsx_export.titles import followed, quoted

Json = Mapping[str, Any]
Area = tuple[int, int, int, int]

_LINES, _COLUMNS = 1_048_576, 16_384
_DEFAULT_PIXELS = {"row": 21, "column": 100}
_LONGEST_LIST = 255


@dataclass(frozen=True, slots=True)
class Making:
    """The workbook that is made, its formats, and the new titles of tabs by their old ones."""

    workbook: Workbook
    looks: Looks
    titles: Mapping[str, str]


def write_sheet(making: Making, sheet: Worksheet, source: Json) -> None:
    """Write a tab with its grid data into a sheet that is empty yet."""
    properties = source["properties"]
    grid = properties.get("gridProperties", {})
    sheet.freeze_panes(grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0))
    if grid.get("hideGridlines"):
        sheet.hide_gridlines(2)
    if properties.get("rightToLeft"):
        sheet.right_to_left()
    tab = color(properties, "tabColor")
    if tab:
        sheet.set_tab_color(tab)
    for data in source.get("data", []):
        _write_data(making, sheet, data)
    for merged in source.get("merges", []):
        _merge(making.workbook, sheet, _area(merged, grid))
    if "basicFilter" in source:
        sheet.autofilter(*_area(source["basicFilter"].get("range", {}), grid))


def _write_data(making: Making, sheet: Worksheet, data: Json) -> None:
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    _size(sheet.set_row_pixels, top, data.get("rowMetadata", []), _DEFAULT_PIXELS["row"])
    _size(
        lambda at, *rest: sheet.set_column_pixels(at, at, *rest),
        left,
        data.get("columnMetadata", [])[: _COLUMNS - left],
        _DEFAULT_PIXELS["column"],
    )
    for line, row in enumerate(data.get("rowData", [])[: _LINES - top], top):
        for column, cell in enumerate(row.get("values", [])[: _COLUMNS - left], left):
            if cell:
                write_cell(sheet, (line, column), _followed(cell, making.titles), making.looks)
                _offer(making, sheet, (line, column), cell.get("dataValidation", {}))


def _followed(cell: Json, names: Mapping[str, str]) -> Json:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None or not names:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": followed(formula, names)}}


def _size(set_pixels: Callable[..., object], start: int, axis: Sequence[Json], usual: int) -> None:
    """Set the sizes of the rows or columns that are not as usual, and hide the hidden ones."""
    for at, line in enumerate(axis, start):
        hidden = line.get("hiddenByUser", False) or line.get("hiddenByFilter", False)
        pixels = line.get("pixelSize", usual)
        if hidden or pixels != usual or usual == _DEFAULT_PIXELS["column"]:
            set_pixels(at, pixels, None, {"hidden": hidden})


def _offer(making: Making, sheet: Worksheet, place: tuple[int, int], rule: Json) -> None:
    """Offer the choices of a cell: words, or those in other cells."""
    condition = rule.get("condition", {})
    words = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    source: list[str] | str
    if condition.get("type") == "ONE_OF_LIST" and len(",".join(words)) <= _LONGEST_LIST:
        source = words
    elif condition.get("type") == "ONE_OF_RANGE" and words:
        source = "=" + followed(words[0].removeprefix("="), making.titles)
    else:
        return
    kind = "stop" if rule.get("strict") else "information"
    said = {"validate": "list", "source": source, "error_type": kind, "show_error": True}
    sheet.data_validation(*place, *place, said)


def _merge(workbook: Workbook, sheet: Worksheet, area: Area) -> None:
    """Merge cells; what the first one holds was written before, and is not written again."""
    if area[:2] == area[2:]:
        return
    held = sheet.table.get(area[0], {}).get(area[1])
    sheet.merge_range(*area, "", held.format if held is not None else workbook.add_format())
    if held is not None:
        sheet.table[area[0]][area[1]] = held


def _area(range_: Json, grid: Json) -> Area:
    """Return (first line, first column, last line, last column) of a GridRange, 0-based."""
    bottom = min(range_.get("endRowIndex", grid.get("rowCount", 1)), _LINES)
    right = min(range_.get("endColumnIndex", grid.get("columnCount", 1)), _COLUMNS)
    return range_.get("startRowIndex", 0), range_.get("startColumnIndex", 0), bottom - 1, right - 1


def names(book: Json, tabs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, reference) of the named ranges of a spreadsheet."""
    by_id = {
        sheet["properties"]["sheetId"]: (title, sheet["properties"].get("gridProperties", {}))
        for sheet, title in zip(book["sheets"], tabs, strict=True)
    }
    for named in book.get("namedRanges", []):
        title, grid = by_id[named["range"].get("sheetId", 0)]
        top, left, bottom, right = _area(named["range"], grid)
        yield named["name"], f"={quoted(title)}!{_cell(top, left)}:{_cell(bottom, right)}"


def _cell(line: int, column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"${letters}${line + 1}"
