"""Decides how the sheets of an open workbook become grids, with few questions to Excel."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from cjm_sheets.tables.table import Area, CellError, Grid, Raw

_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
_OTHER_ERROR = "#ERROR!"
"""What newer errors are called here, which xlwings passes on as numbers (#SPILL!, #CALC!)."""


_FIRST_ERROR = -2146826000
"""Errors come from COM as whole numbers below this one; all numbers of cells as float."""


def grid_of(sheet: Any) -> Grid:
    """Return a sheet from its cell A1 on."""
    block = whole(sheet)
    rows, formulas = cells_of(block)
    areas = {table.name: area_of(table.range) for table in sheet.tables}
    # Only tables are asked for merged cells; on a drawn map it would be a thousand questions.
    return Grid(
        sheet.name,
        rows,
        formulas,
        areas=areas,
        hidden=_hidden(block),
        merged=tuple(_merged(block)) if areas else (),
        notes=notes_of(sheet),
    )


def notes_of(sheet: Any) -> dict[tuple[int, int], str]:
    """Return the notes on the cells of a sheet by line and column."""
    return {(note.location.row, note.location.column): note.text for note in sheet.notes}


def whole(sheet: Any) -> Any:
    """Return the block from A1 to the last cell that is used."""
    return sheet.range((1, 1), _last(sheet.used_range))


def _last(block: Any) -> tuple[int, int]:
    lines, columns = block.shape
    return block.row + lines - 1, block.column + columns - 1


def area_of(block: Any) -> Area:
    """Return first line and column, last line and column of a block."""
    return (block.row, block.column, *_last(block))


def cells_of(block: Any) -> tuple[tuple[tuple[Raw, ...], ...], dict[tuple[int, int], str]]:
    """Return what the cells of a block show, row by row, and their formulas by line and column."""
    shown = block.options(ndim=2, err_to_str=True).value
    said = _rows(block.formula, block.shape)
    top, left = block.row, block.column
    rows: list[tuple[Raw, ...]] = []
    formulas: dict[tuple[int, int], str] = {}
    for line, (values, texts) in enumerate(zip(shown, said, strict=True), start=top):
        row: list[Raw] = []
        for column, (value, text) in enumerate(zip(values, texts, strict=True), start=left):
            calculates = isinstance(text, str) and text.startswith("=") and text != value
            if calculates and len(text) > 1:
                formulas[line, column] = text
            row.append(_raw(value))
        rows.append(tuple(row))
    return tuple(rows), formulas


def _rows(said: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """Return formulas row by row, as one text, one row or several came."""
    lines, columns = shape
    if not isinstance(said, list | tuple):
        return [[said]]
    if said and isinstance(said[0], list | tuple):
        return [list(row) for row in said]
    return [list(said)] if lines == 1 else [[each] for each in said] if columns == 1 else []


def _raw(value: Any) -> Raw:
    """Return a value of Excel as we know it."""
    match value:
        case None | "":
            return None
        case str():
            return CellError(value) if value in _ERRORS else value
        case bool() | float() | date():
            return value
        case int() if value < _FIRST_ERROR:
            return CellError(_OTHER_ERROR)
        case int() | Decimal():  # numbers shown as money come as Decimal
            return float(value)
    return str(value)


def _hidden(block: Any) -> frozenset[int]:
    """Return the lines of which nobody sees anything."""
    lines = range(block.row, block.row + block.shape[0])
    if len(block) == 1:
        return frozenset()  # Excel would answer for the whole sheet
    try:
        areas = block.get_special_cells("visible")
    except Exception:  # noqa: BLE001 - all of it is hidden, or it cannot be told
        return frozenset()
    seen = {line for area in areas for line in range(area.row, area.row + area.shape[0])}
    return frozenset(line for line in lines if line not in seen) if seen else frozenset()


def _merged(block: Any) -> Iterator[Area]:
    """Yield blocks that are shown as one cell, halving where only some are."""
    answer = block.merge_cells
    if answer is False:
        return
    lines, columns = block.shape
    if answer is True and len(block) > 1:
        area = block[0, 0].merge_area
        if area.shape == block.shape and (area.row, area.column) == (block.row, block.column):
            yield area_of(area)
            return
    if len(block) == 1:
        area = block.merge_area
        if (area.row, area.column) == (block.row, block.column) and len(area) > 1:
            yield area_of(area)
        return
    if lines >= columns:
        halves = (block[: lines // 2, :], block[lines // 2 :, :])
    else:
        halves = (block[:, : columns // 2], block[:, columns // 2 :])
    found: set[Area] = set()
    for half in halves:
        found |= set(_merged(half))
    yield from sorted(found)
