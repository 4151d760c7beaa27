"""Decides what ``Spreadsheet`` of the Sheets interface a workbook becomes, as JSON."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from cjm_sheets.adapters.xlsx_file.apart import read_sheets_apart
from cjm_sheets.errors.workbook import UnsafeWorkbookError
from cjm_sheets.tables.table import Area, CellError, Grid, Raw
from cjm_sheets.templates.titles import MEMORY

Json = dict[str, Any]

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the serial days of spreadsheets have no zone
_DAY = 86_400
_LONGEST_TEXT = 50_000
_MOST_CELLS = 10_000_000
_NAME = re.compile(r"[^\W\d][\w.]{0,249}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[1-9]\d*|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*")
_USUAL_SIZE = (1000, 26)


def spreadsheet(data: bytes, file: str) -> Json:
    """Return the spreadsheet that the bytes of a workbook become, under the name of a file.

    Values, formulas, dates, merges, notes, names and what is hidden cross; formats do not. The file
    is read by another process, within the limits of all foreign files.
    """
    found = read_sheets_apart(file, data)
    grids = [grid for grid in found.others if grid.sheet != MEMORY]
    sizes = [_size(grid) for grid in grids]
    if sum(lines * columns for lines, columns in sizes) > _MOST_CELLS:
        raise UnsafeWorkbookError(file, f"{_MOST_CELLS} cells")
    sheets = [
        _sheet(at, grid, size, hidden=grid.sheet in found.made)
        for at, (grid, size) in enumerate(zip(grids, sizes, strict=True))
    ]
    if all(sheet["properties"].get("hidden") for sheet in sheets):
        sheets[0]["properties"]["hidden"] = False  # of its own sheets a spreadsheet shows one
    return {
        "sheets": sheets,
        "namedRanges": [
            {"name": name, "range": {"sheetId": at} | _range(area)}
            for at, grid in enumerate(grids)
            for name, area in grid.areas.items()
            if _NAME.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name)
        ],
    }


def _range(area: Area) -> Json:
    top, left, bottom, right = area
    return {
        "startRowIndex": top - 1,
        "endRowIndex": bottom,
        "startColumnIndex": left - 1,
        "endColumnIndex": right,
    }


def _size(grid: Grid) -> tuple[int, int]:
    """Return lines and columns of the tab: as many as a new one has, or what the sheet needs."""
    places: list[tuple[int, ...]] = [
        *grid.formulas,
        *grid.notes,
        *(area[2:] for area in grid.merged),
    ]
    places += [area[2:] for area in grid.areas.values()]
    lines = max([_USUAL_SIZE[0], len(grid.rows), *(place[0] for place in places)])
    width = max((len(row) for row in grid.rows), default=0)
    columns = max([_USUAL_SIZE[1], width, *(place[1] for place in places)])
    return lines, columns


def _sheet(at: int, grid: Grid, size: tuple[int, int], *, hidden: bool) -> Json:
    last_hidden = max(grid.hidden, default=0)
    data: Json = {"rowData": [*_rows(grid)]}
    if last_hidden:
        lines = range(1, last_hidden + 1)
        data["rowMetadata"] = [{"hiddenByUser": True} if n in grid.hidden else {} for n in lines]
    return {
        "properties": {
            "sheetId": at,
            "title": grid.sheet,
            "hidden": hidden,
            "gridProperties": {"rowCount": size[0], "columnCount": size[1]},
        },
        "data": [data],
        "merges": [_range(area) for area in grid.merged],
    }


def _rows(grid: Grid) -> Iterator[Json]:
    """Yield the rows with all that their cells hold."""
    extra: dict[int, set[int]] = {}
    for line, column in (*grid.formulas, *grid.notes):
        extra.setdefault(line, set()).add(column)
    last = max([len(grid.rows), *extra])
    for line in range(1, last + 1):
        row = grid.rows[line - 1] if line <= len(grid.rows) else ()
        width = max([len(row), *extra.get(line, ())])
        values = (row[at] if at < len(row) else None for at in range(width))
        yield {"values": [*_cells(grid, line, values)]}


def _cells(grid: Grid, line: int, values: Iterable[Raw]) -> Iterator[Json]:
    for column, value in enumerate(values, 1):
        cell = _typed(value, grid.formulas.get((line, column)))
        note = grid.notes.get((line, column))
        yield cell | ({"note": note} if note else {})


def _typed(value: Raw, formula: str | None) -> Json:
    """Return a cell that holds a value or a formula; a day keeps looking like one."""
    look = _look(value)
    if formula is not None and len(formula) <= _LONGEST_TEXT:
        return {"userEnteredValue": {"formulaValue": formula}} | look
    entered = _value(value)
    return ({"userEnteredValue": entered} | look) if entered else {}


def _value(value: Raw) -> Mapping[str, object]:
    match value:
        case None | "":
            return {}
        case bool():
            return {"boolValue": value}
        case CellError():
            return {"stringValue": value.code}
        case str():
            return {"stringValue": value[:_LONGEST_TEXT]}
        case date():
            return {"numberValue": _serial(value)}
        case _:
            return {"numberValue": value}


def _serial(day: date) -> float:
    """Return the days since the beginning of 1900, as spreadsheets count them."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as _EPOCH
    past = moment.replace(tzinfo=None) - _EPOCH
    return past.days + past.seconds / _DAY if past.seconds else past.days


def _look(value: Raw) -> Json:
    """Return the format without which a day would be a number."""
    if not isinstance(value, date):
        return {}
    timed = isinstance(value, datetime) and (value.hour or value.minute or value.second)
    kind = "DATE_TIME" if timed else "DATE"
    return {"userEnteredFormat": {"numberFormat": {"type": kind}}}
