"""Decides how one tab of a spreadsheet becomes a sheet: cells, sizes, what lies over them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cjm_sheets.adapters.xlsx_export.areas import COLUMNS, LINES, Area, area_of, reference
from cjm_sheets.adapters.xlsx_export.bands import grounded, grounds
from cjm_sheets.adapters.xlsx_export.cells import write_cell
from cjm_sheets.adapters.xlsx_export.looks import Looks, color
from cjm_sheets.adapters.xlsx_export.rules import write_rules
from cjm_sheets.adapters.xlsx_export.titles import followed

Json = Mapping[str, Any]
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
    bands, levels = grounds(source), _levels(source)
    for data in source.get("data", []):
        _write_data(making, sheet, data, bands, levels)
    for place, shade in bands.items():
        sheet.write_blank(*place, None, making.looks.of(grounded({}, shade)["userEnteredFormat"]))
    for merged in source.get("merges", []):
        _merge(making.workbook, sheet, area_of(merged, grid))
    write_rules(sheet, source, making.looks, making.titles)
    if "basicFilter" in source:
        sheet.autofilter(*area_of(source["basicFilter"].get("range", {}), grid))


def _levels(source: Json) -> dict[str, dict[int, int]]:
    """Return how deep lines and columns are folded, where they are."""
    found: dict[str, dict[int, int]] = {}
    for name in ("rowGroups", "columnGroups"):
        found[name] = {}
        for group in source.get(name, []):
            range_ = group.get("range", {})
            for at in range(range_.get("startIndex", 0), range_.get("endIndex", 0)):
                found[name][at] = max(found[name].get(at, 0), min(group.get("depth", 1), 7))
    return found


def _write_data(
    making: Making,
    sheet: Worksheet,
    data: Json,
    bands: dict[tuple[int, int], str],
    levels: Mapping[str, Mapping[int, int]],
) -> None:
    """Write cells and sizes; bands of which a cell was written are taken out."""
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    rows, columns = data.get("rowMetadata", []), data.get("columnMetadata", [])[: COLUMNS - left]
    _size(sheet.set_row_pixels, (top, rows), _DEFAULT_PIXELS["row"], levels["rowGroups"])
    _size(
        lambda at, *rest: sheet.set_column_pixels(at, at, *rest),
        (left, columns),
        _DEFAULT_PIXELS["column"],
        levels["columnGroups"],
    )
    for line, row in enumerate(data.get("rowData", [])[: LINES - top], top):
        for column, cell in enumerate(row.get("values", [])[: COLUMNS - left], left):
            if cell:
                shade = bands.pop((line, column), None)
                based = cell if shade is None else grounded(cell, shade)
                write_cell(sheet, (line, column), _followed(based, making.titles), making.looks)
                _offer(making, sheet, (line, column), cell.get("dataValidation", {}))


def _followed(cell: Json, names: Mapping[str, str]) -> Json:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is None or not names:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": followed(formula, names)}}


def _size(
    set_pixels: Callable[..., object],
    axis: tuple[int, Sequence[Json]],
    usual: int,
    levels: Mapping[int, int],
) -> None:
    """Set the sizes of rows or columns that are not as usual, hide the hidden, fold the folded."""
    for at, line in enumerate(axis[1], axis[0]):
        hidden = line.get("hiddenByUser", False) or line.get("hiddenByFilter", False)
        pixels = line.get("pixelSize", usual)
        level = levels.get(at, 0)
        if hidden or level or pixels != usual or usual == _DEFAULT_PIXELS["column"]:
            set_pixels(at, pixels, None, {"hidden": hidden, "level": level})


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


def names(book: Json, tabs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, reference) of the named ranges of a spreadsheet."""
    by_id = {
        sheet["properties"]["sheetId"]: (title, sheet["properties"].get("gridProperties", {}))
        for sheet, title in zip(book["sheets"], tabs, strict=True)
    }
    for named in book.get("namedRanges", []):
        title, grid = by_id[named["range"].get("sheetId", 0)]
        yield named["name"], reference(title, area_of(named["range"], grid))
