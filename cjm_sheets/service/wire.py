"""Decides the JSON of a spreadsheet in answers; only what the mask lets through is built."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from cjm_sheets.service.area import Box
from cjm_sheets.service.colors import normal
from cjm_sheets.service.fields import EVERYTHING, Mask, below, select, wants
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.shapes import check_answer_mask
from cjm_sheets.service.sheet import DEFAULT_PIXELS, Sheet
from cjm_sheets.service.spreadsheet import DEFAULT_FORMAT, Spreadsheet
from cjm_sheets.service.values import box_of

Cells: TypeAlias = Sequence[tuple[Sheet, Box]]
_ANCHORS, _THREAD = "commentAnchors", "thread"
"""Where comments are kept, see ``requests.comments``."""
_COMPUTED = ("effectiveValue", "formattedValue", "effectiveFormat", "hyperlink")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a caller wants to see of a spreadsheet.

    ``mask`` None means all but grid data, which then comes when ``grid`` is set; a mask alone
    decides. ``cells`` limit the tabs and their grid data, None where nothing does. ``bands`` asks
    for the bands of tables among the banded ranges, ``comments`` for those, and where they are.
    """

    mask: Mask | None = None
    cells: Cells | None = None
    grid: bool = False
    bands: bool = True
    comments: bool = False


def spreadsheet_json(
    book: Spreadsheet, url: str, mask: Mask | None, ranges: Sequence[str], *, grid: bool
) -> Json:
    """Return the Spreadsheet of the API, of the cells in some ranges, or all where none is named.

    ``mask`` and ``grid`` are as in ``Wanted``; ``url`` is the page of the spreadsheet.
    """
    return spreadsheet_of(book, url, Wanted(mask, cells_of(book, ranges), grid))


def spreadsheet_of(book: Spreadsheet, url: str, wanted: Wanted) -> Json:
    """Return the Spreadsheet of the API as it is wanted; ``url`` is its page."""
    mask = wanted.mask
    asked = _asked_boxes(wanted.cells)
    chosen = EVERYTHING if mask is None else mask
    check_answer_mask(chosen, "Spreadsheet")
    with_data = wanted.grid if mask is None else wants(mask, "sheets", "data")
    sheets_mask = below(chosen, "sheets")
    sheets: list[Json] = []
    if sheets_mask is not None:
        for index, sheet in enumerate(book.sheets):
            if asked is None or sheet.id in asked:
                answer = _sheet_json(book, sheet, index, wanted)
                if with_data:
                    boxes = [sheet.box()] if asked is None else asked[sheet.id]
                    data_mask = below(sheets_mask, "data") or EVERYTHING
                    answer["data"] = [_grid_data(book, sheet, box, data_mask) for box in boxes]
                sheets.append(answer)
    whole: Json = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": sheets,
        "namedRanges": book.named_ranges,
        "spreadsheetUrl": url,
        "developerMetadata": [m for m in book.metadata if m["location"].get("spreadsheet")],
    }
    if wanted.comments:
        whole["comments"] = [i[_THREAD] for s in book.sheets for i in s.listed(_ANCHORS)]
    filled = {name: part for name, part in whole.items() if part != [] or name == "sheets"}
    answer = select(filled, chosen)
    return {name: part for name, part in answer.items() if part != []}


def cells_of(book: Spreadsheet, ranges: Sequence[str]) -> Cells | None:
    """Return the cells of ranges, None where there are no ranges: then nothing is left out."""
    return [box_of(book, text) for text in ranges] or None


def _asked_boxes(cells: Cells | None) -> dict[int, list[Box]] | None:
    if cells is None:
        return None
    asked: dict[int, list[Box]] = {}
    for sheet, box in cells:
        asked.setdefault(sheet.id, []).append(box)
    return asked


def _sheet_json(book: Spreadsheet, sheet: Sheet, index: int, wanted: Wanted) -> Json:
    properties = sheet_properties(sheet, index)
    answer: Json = {"properties": properties}
    answer |= {name: objects for name, objects in sheet.objects.items() if objects}
    anchors = answer.pop(_ANCHORS, [])
    if anchors and wanted.comments:
        answer[_ANCHORS] = [{k: v for k, v in item.items() if k != _THREAD} for item in anchors]
    tables = [_band_of(table) for table in sheet.listed("tables") if table.get("rowsProperties")]
    if wanted.bands and tables:
        answer["bandedRanges"] = [*sheet.listed("bandedRanges"), *tables]
    if sheet.basic_filter is not None:
        answer["basicFilter"] = sheet.basic_filter
    own = [m for m in book.metadata if m["location"].get("sheetId") == sheet.id]
    return answer | ({"developerMetadata": own} if own else {})


def _band_of(table: Json) -> Json:
    """Return the banded range that a table stands for."""
    rows: Json = normal(table["rowsProperties"])
    reference = {"bandedRangeReference": table["tableId"]}
    return reference | {"range": table["range"], "rowProperties": rows}


def sheet_properties(sheet: Sheet, index: int) -> Json:
    """Return the SheetProperties of a tab, its index in Google's place."""
    source = sheet.properties
    head = {"sheetId": source["sheetId"], "title": source["title"], "index": index}
    return head | {name: part for name, part in source.items() if name not in head}


def _grid_data(book: Spreadsheet, sheet: Sheet, box: Box, mask: Mask) -> Json:
    data: Json = {}
    if box.top:
        data["startRow"] = box.top
    if box.left:
        data["startColumn"] = box.left
    if wants(mask, "rowData"):
        cell_mask = below(mask, "rowData", "values") or EVERYTHING
        rows = [
            _row_json(book, sheet, row, box, cell_mask)
            for row in range(box.top, min(box.bottom, len(sheet.rows)))
        ]
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            data["rowData"] = rows
    if wants(mask, "rowMetadata"):
        data["rowMetadata"] = _axis_json(book, sheet, "ROWS", (box.top, box.bottom))
    if wants(mask, "columnMetadata"):
        data["columnMetadata"] = _axis_json(book, sheet, "COLUMNS", (box.left, box.right))
    return data


def _row_json(book: Spreadsheet, sheet: Sheet, row: int, box: Box, mask: Mask) -> Json:
    cells = sheet.row(row)
    last = max((column for column in cells if box.left <= column < box.right), default=-1)
    if last < 0:
        return {}
    values = [
        cell_json(book, sheet, (row, column), mask) if column in cells else {}
        for column in range(box.left, last + 1)
    ]
    selected = select(values, mask)
    while selected and not selected[-1]:
        selected.pop()
    return {"values": selected} if selected else {}


def cell_json(book: Spreadsheet, sheet: Sheet, place: tuple[int, int], mask: Mask) -> Json:
    """Return the CellData of a cell (row, column): what is stored, and what the mask computes."""
    cell = sheet.cell(*place)
    answer = dict(cell)
    if mask and not any(name in mask for name in _COMPUTED):
        return answer
    value = book.effective(sheet, *place)
    own = cell.get("userEnteredFormat", {})
    if value is not None:
        answer["effectiveValue"] = value
        text = shown(value, own.get("numberFormat", {}), book.properties["locale"])
        answer["formattedValue"] = text
    if wants(mask, "effectiveFormat"):
        answer["effectiveFormat"] = _merged(DEFAULT_FORMAT, own)
    link = own.get("textFormat", {}).get("link", {}).get("uri")
    return answer | ({"hyperlink": link} if link else {})


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> Json:
    result = dict(base)
    for name, part in over.items():
        old = result.get(name)
        deep = isinstance(old, dict) and isinstance(part, dict) and "olor" not in name
        result[name] = _merged(old, part) if deep and isinstance(old, dict) else part
    return result


def _axis_json(
    book: Spreadsheet, sheet: Sheet, dimension: str, span: tuple[int, int]
) -> list[Json]:
    default = {"pixelSize": DEFAULT_PIXELS[dimension]}
    parts = sheet.axes[dimension]
    lines = [default | parts[at] if at in parts else default for at in range(*span)]
    for item in book.metadata:
        place = item["location"].get("dimensionRange", {})
        if place.get("dimension") == dimension and place.get("sheetId", 0) == sheet.id:
            at = place.get("startIndex", 0) - span[0]
            if 0 <= at < len(lines):
                old = lines[at].get("developerMetadata", [])
                lines[at] = lines[at] | {"developerMetadata": [*old, item]}
    return lines
