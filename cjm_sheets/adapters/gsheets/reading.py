"""Decides what is asked of a spreadsheet, and which sheets its answer tells of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cjm_sheets.tables.answered import DATA_MASK

SHEET_MASK = "properties(sheetId,title,index,hidden,gridProperties(rowCount,columnCount))"
MASK = f"spreadsheetId,properties(title,locale),sheets({SHEET_MASK},basicFilter,{DATA_MASK})"
"""What one read asks for."""
MASK = (
    f"spreadsheetId,properties(title,locale),sheets({SHEET_MASK},basicFilter,"
    "data(startRow,startColumn,columnMetadata(developerMetadata(metadataKey,metadataValue)),"
    "rowData(values(userEnteredValue,effectiveValue,formattedValue))))"
)
"""What one read asks for; a mask that names the data is what makes the service send it."""

MASK_WITH_NOTES = MASK.replace("formattedValue", "formattedValue,note")
"""The same with the notes on cells, which most reads have no use for."""


COLUMN_MARK = "cjm_column"
"""The key of the metadata that says which of our columns a column is; it moves with the column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's identity and size, which requests that change it need."""

    id: int
    title: str
    rows: int
    columns: int
    hidden: bool


def sheets_of(answer: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """Return the sheets of an answer, in their order."""
    found = []
    for each in answer.get("sheets", ()):
        properties = each["properties"]
        size = properties.get("gridProperties", {})
        found.append(
            Sheet(
                id=properties.get("sheetId", 0),
                title=properties["title"],
                rows=size.get("rowCount", 0),
                columns=size.get("columnCount", 0),
                hidden=properties.get("hidden", False),
            )
        )
    return tuple(found)


def filters_of(answer: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """Return the basic filters of an answer, by the id of their sheet."""
    return {
        each["properties"].get("sheetId", 0): dict(each["basicFilter"])
        for each in answer.get("sheets", ())
        if "basicFilter" in each
    }


def grids_of(answer: Mapping[str, Any]) -> tuple[Grid, ...]:
    """Return the cells of an answer, sheet by sheet."""
    return tuple(_grid(each) for each in answer.get("sheets", ()))


def _grid(sheet: Mapping[str, Any]) -> Grid:
    """Return the cells of one sheet, from its first row and column on."""
    rows: list[tuple[Raw, ...]] = []
    formulas: dict[tuple[int, int], str] = {}
    notes: dict[tuple[int, int], str] = {}
    for block in sheet.get("data", ()):
        offset = block.get("startColumn", 0)
        rows += [()] * (block.get("startRow", 0) - len(rows))
        for row in block.get("rowData", ()):
            line = len(rows) + 1
            cells: list[Raw] = [None] * offset
            for at, cell in enumerate(row.get("values", ()), start=offset + 1):
                text = cell.get("userEnteredValue", {}).get("formulaValue")
                if text is not None:
                    formulas[line, at] = text
                if "note" in cell:
                    notes[line, at] = cell["note"]
                cells.append(_raw(cell))
            rows.append(tuple(cells))
    title = sheet["properties"]["title"]
    return Grid(title, tuple(rows), formulas, marks=_marks(sheet), notes=notes)


def _marks(sheet: Mapping[str, Any]) -> dict[int, str]:
    """Return which of our columns the columns of a sheet are marked as."""
    marks = {}
    for block in sheet.get("data", ()):
        first = block.get("startColumn", 0) + 1
        for at, column in enumerate(block.get("columnMetadata", ()), start=first):
            for item in column.get("developerMetadata", ()):
                if item.get("metadataKey") == COLUMN_MARK:
                    marks[at] = item.get("metadataValue", "")
    return marks


def _raw(cell: Mapping[str, Any]) -> Raw:
    """Return what a cell holds; of a formula what it shows."""
    value = cell.get("effectiveValue") or cell.get("userEnteredValue") or {}
    match value:
        case {"stringValue": str(text)}:
            return text
        case {"boolValue": bool(truth)}:
            return truth
        case {"numberValue": int(number) | float(number)}:
            shown = cell.get("formattedValue")
            return ShownNumber(number, shown) if shown is not None else number
        case {"errorValue": Mapping() as error}:
            return CellError(cell.get("formattedValue") or str(error.get("type", "ERROR")))
        case {"formulaValue": str()}:
            # A formula without a result yet: as little known as one that failed.
            return CellError("LOADING")
    return None
