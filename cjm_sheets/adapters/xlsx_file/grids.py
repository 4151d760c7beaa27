"""Decides how the cells of a workbook file become grids: values, formulas, errors, tables, notes.

The only place that calls the reader of values (calamine), and only after the guard. Of large
workbooks it sees only the sheets that are not plainly written.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from cjm_sheets.adapters.xlsx_file import limits, plain_formats, plain_texts
from cjm_sheets.adapters.xlsx_file.outline import Outline, Sheet, outline
from cjm_sheets.adapters.xlsx_file.package import Package
from cjm_sheets.adapters.xlsx_file.plain_sheet import Meaning, plain_rows
from cjm_sheets.adapters.xlsx_file.sheet_notes import notes
from cjm_sheets.adapters.xlsx_file.sheet_scan import ANY, Facts, scan, span
from cjm_sheets.errors.workbook import DamagedWorkbookError, UnsafeWorkbookError
from cjm_sheets.tables import circles
from cjm_sheets.tables.table import CellError, Grid, Raw

_ORDINARY = {str, float, int, bool, dt.date, dt.datetime}
_HOUR = 3600


PLAIN_FROM = 2 << 20
"""Bytes of all sheets from which on reading plain ones by ourselves saves more than it costs."""

_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_Rows = list[tuple[Raw, ...]]


def read_grids(package: Package) -> tuple[Grid, ...]:
    """Return all worksheets of a guarded workbook file, from their cell A1 on."""
    with circles.not_looked_for():
        return _grids(package, outline(package))


def _grids(package: Package, plan: Outline) -> tuple[Grid, ...]:
    meaning = _meaning(package, plan)
    found = list(_found(package, plan, meaning))
    seen = {sheet.part.casefold() for sheet in plan.sheets} | (
        {_TEXTS.casefold()} if meaning else set()
    )
    package.guard_others(frozenset(seen))
    left = tuple(s.title for s, (_, rows) in zip(plan.sheets, found, strict=True) if rows is None)
    room = limits.CELLS - sum(len(rows) * len(rows[0]) for _, rows in found if rows)
    others = iter(sheet_rows(package.data, left, package.file, room) if left else ())
    return tuple(
        _grid(package, sheet, next(others) if rows is None else rows, facts)
        for sheet, (facts, rows) in zip(plan.sheets, found, strict=True)
    )


def sheet_rows(
    data: bytes, titles: tuple[str, ...], file: str, room: int = limits.CELLS
) -> tuple[_Rows, ...]:
    """Return the values of sheets, row by row from their cell A1 on; the file must be guarded.

    Raises UnsafeWorkbookError before the cells of their rectangles are more than there is room for.
    """
    found: list[_Rows] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in titles:
            sheet = workbook.get_sheet_by_name(title)
            room = _room_left(sheet, room, file)
            found.append([plain_row(row) for row in sheet.to_python(skip_empty_area=False)])
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


def _room_left(sheet: CalamineSheet, room: int, file: str) -> int:
    """Return for how many cells there is room when the rows of a sheet are made."""
    lines, columns = sheet.end or (-1, -1)
    room -= (lines + 1) * (columns + 1)
    if room < 0:
        raise UnsafeWorkbookError(file, sheet.name)
    return room


def _meaning(package: Package, plan: Outline) -> Meaning | None:
    """Return what numbers in cells stand for, where plain sheets are to be read by ourselves."""
    size = sum(package.by_name[sheet.part.casefold()].size for sheet in plan.sheets)
    texts, styles = (package.related(plan.part, kind) for kind in ("sharedStrings", "styles"))
    if size < PLAIN_FROM or plan.since_1904 or texts not in {_TEXTS, ""} or styles != _STYLES:
        return None
    try:
        formats = plain_formats.formats(package.part(styles))
        return Meaning(plain_texts.texts(package.part(texts)) if texts else (), formats)
    except (ValueError, OverflowError):
        return None


def _found(
    package: Package, plan: Outline, meaning: Meaning | None
) -> Iterator[tuple[Facts, _Rows | None]]:
    """Yield what the XML of each sheet says, while no more than one of them is in memory.

    Rows are None where they are left to the reader of values, which needs the guard.
    """
    total = 0
    for sheet in plan.sheets:
        xml = package.part(sheet.part)
        plain = plain_rows(xml, meaning) if meaning else None
        rows = plain.rows if plain else None
        facts = scan(xml, sheet.title, sheet.part, package.file, plain.holds if plain else ANY)
        if rows is None:
            cells = span(xml, sheet.title, sheet.part, package.file)
            total += cells if cells > limits.SPARSE_CELLS else 0
        else:
            total += len(rows) * len(rows[0]) if rows else 0
        if total > limits.CELLS:
            raise UnsafeWorkbookError(package.file, sheet.title)
        yield facts, rows


def plain_row(row: Sequence[object]) -> tuple[Raw, ...]:
    """Return a row with None for empty cells and times of day as text."""
    if set(map(type, row)) <= _ORDINARY:
        return tuple([None if cell == "" else cell for cell in row])  # type: ignore[misc] # narrowed above
    return tuple([_cell(cell) for cell in row])


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


def _grid(package: Package, sheet: Sheet, rows: _Rows, facts: Facts) -> Grid:
    """Return the grid of a sheet."""
    for (line, column), code in facts.errors.items():
        if line <= len(rows) and column <= len(rows[line - 1]):
            row = rows[line - 1]
            rows[line - 1] = (*row[: column - 1], CellError(code), *row[column:])
    return Grid(
        sheet.title,
        tuple(rows),
        facts.formulas,
        {table.name: table.area for table in sheet.tables},
        hidden=facts.hidden,
        merged=facts.merged,
        notes=notes(package, sheet.part),
    )
