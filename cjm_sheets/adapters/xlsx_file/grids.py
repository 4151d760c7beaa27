"""Decides how the cells of a workbook file become grids: values, formulas, errors, tables.

The only place that calls the reader of values (calamine), and only after the guard.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineWorkbook

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.adapters.xlsx_file.outline import Outline, Sheet, outline
from cjm_sheets.adapters.xlsx_file.package import Package
from cjm_sheets.adapters.xlsx_file.sheet_scan import Facts, scan
from cjm_sheets.errors import DamagedWorkbookError, UnsafeWorkbookError
from cjm_sheets.tables.table import CellError, Grid, Raw

_ORDINARY = {str, float, int, bool, dt.date, dt.datetime}
_HOUR = 3600


def read_grids(package: Package) -> tuple[Grid, ...]:
    """Return all worksheets of a guarded workbook file, from their cell A1 on."""
    plan = outline(package)
    facts = list(_all_facts(package, plan))
    package.guard_others(frozenset(sheet.part.casefold() for sheet in plan.sheets))
    values = sheet_rows(package.data, tuple(sheet.title for sheet in plan.sheets), package.file)
    return tuple(
        _grid(sheet, rows, of) for sheet, rows, of in zip(plan.sheets, values, facts, strict=True)
    )


def sheet_rows(data: bytes, titles: tuple[str, ...], file: str) -> tuple[list[list[Raw]], ...]:
    """Return the values of sheets, row by row from their cell A1 on; the file must be guarded."""
    found: list[list[list[Raw]]] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in titles:
            rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
            found.append([plain_row(row) for row in rows])
    except (CalamineError, ValueError, OverflowError):
        raise DamagedWorkbookError(file, titles[len(found)]) from None
    except BaseException as panic:
        # A panic of the reader's Rust code is no Exception, and its class cannot be imported.
        if type(panic).__name__ != "PanicException":
            raise
        raise DamagedWorkbookError(file, titles[len(found)]) from None
    return tuple(found)


def used_cells(data: bytes) -> tuple[list[list[object]], tuple[int, int]]:
    """Return the used rectangle of the first sheet as the reader has it, and its first cell.

    For workbooks of our own making; ValueError if the reader makes nothing of them.
    """
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows: list[list[object]] = sheet.to_python(skip_empty_area=True)  # type: ignore[assignment] # lists of its own union
    except CalamineError as broken:
        raise ValueError(str(broken)) from None
    line, column = sheet.start or (0, 0)
    return rows, (line + 1, column + 1)


def _all_facts(package: Package, plan: Outline) -> Iterator[Facts]:
    """Return what the XML of each sheet says, while no more than one of them is in memory."""
    total = 0
    for sheet in plan.sheets:
        facts = scan(package.part(sheet.part), sheet.title, sheet.part, package.file)
        total += facts.cells if facts.cells > limits.SPARSE_CELLS else 0
        if total > limits.CELLS:
            raise UnsafeWorkbookError(package.file, sheet.title)
        yield facts


def plain_row(row: Sequence[object]) -> list[Raw]:
    """Return a row with None for empty cells and times of day as text."""
    if set(map(type, row)) <= _ORDINARY:
        return [None if cell == "" else cell for cell in row]  # type: ignore[misc] # narrowed above
    return [_cell(cell) for cell in row]


def _cell(cell: object) -> Raw:
    """Return a cell of any type that the reader knows."""
    match cell:
        case "":
            return None
        case dt.time():
            return cell.isoformat("minutes" if not cell.second else "seconds")
        case dt.timedelta():
            hours, rest = divmod(round(cell.total_seconds()), _HOUR)
            minutes, seconds = divmod(rest, 60)
            return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    return cell  # type: ignore[return-value] # the reader returns no other types


def _grid(sheet: Sheet, rows: list[list[Raw]], facts: Facts) -> Grid:
    """Return the grid of a sheet."""
    for (line, column), code in facts.errors.items():
        if line <= len(rows) and column <= len(rows[line - 1]):
            rows[line - 1][column - 1] = CellError(code)
    areas = {table.name: table.area for table in sheet.tables}
    return Grid(sheet.title, tuple(map(tuple, rows)), facts.formulas, areas)
