"""Decides how the cells of a spreadsheet that the Sheets interface describes become plain cells."""

from collections.abc import Mapping
from typing import Any

from cjm_sheets.tables.locks import NO_END
from cjm_sheets.tables.table import CHIPS, RUNS, Area, CellError, Grid, Lock, Raw, ShownNumber

DATA_MASK = (
    "data(startRow,startColumn,columnMetadata(developerMetadata(metadataKey,metadataValue)),"
    "rowData(values(userEnteredValue,effectiveValue,formattedValue)))"
)
"""What has to be asked of each sheet; a mask that names the data is what makes it come."""


LOCKS_MASK = "protectedRanges"
"""What has to be asked of each sheet to know what the account may not edit there."""

COLUMN_MARK = "cjm_column"
"""The key of the metadata that says which of our columns a column is; it moves with the column."""


def grids_of(answer: Mapping[str, Any]) -> tuple[Grid, ...]:
    """Return the cells of an answer, sheet by sheet."""
    return tuple(_grid(each) for each in answer.get("sheets", ()))


def _grid(sheet: Mapping[str, Any]) -> Grid:
    """Return the cells of one sheet, from its first row and column on."""
    rows: list[tuple[Raw, ...]] = []
    formulas: dict[tuple[int, int], str] = {}
    notes: dict[tuple[int, int], str] = {}
    rich: dict[tuple[int, int], str] = {}
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
                if cell.get("textFormatRuns"):
                    rich[line, at] = RUNS
                if any(cell.get("chipRuns", ())):
                    rich[line, at] = CHIPS
                cells.append(_raw(cell))
            rows.append(tuple(cells))
    title = sheet["properties"]["title"]
    return Grid(
        title,
        tuple(rows),
        formulas,
        marks=_marks(sheet),
        notes=notes,
        locks=_locks(sheet),
        comments=tuple(_area(each.get("range", {})) for each in sheet.get("commentAnchors", ())),
        rich=rich,
    )


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


def _locks(sheet: Mapping[str, Any]) -> tuple[Lock, ...]:
    """Return what the account may not edit on a sheet; what is false is left out of answers."""
    return tuple(
        Lock(_area(each.get("range", {})), tuple(map(_area, each.get("unprotectedRanges", ()))))
        for each in sheet.get("protectedRanges", ())
        if not each.get("warningOnly") and not each.get("requestingUserCanEdit")
    )


def _area(given: Mapping[str, Any]) -> Area:
    """Return a range of the interface, which may have no end."""
    return (
        given.get("startRowIndex", 0) + 1,
        given.get("startColumnIndex", 0) + 1,
        given.get("endRowIndex", NO_END),
        given.get("endColumnIndex", NO_END),
    )


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
