"""Decides which requests carry changes of rows and cells into sheets that are there already.

Values travel typed, never as text to be parsed, so that what begins with = + - @ stays text. Cells
are written first, then rows go and come from below upwards, so that no request moves the place of
another one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell
from cjm_sheets.tables.codec import EPOCH
from cjm_sheets.tables.table import CellError, Raw, Table

Request = dict[str, Any]
Formulas = Callable[[int], Mapping[str, str]]
"""Gives the formulas of a table's computed columns, by key, for the line in which they stand."""


def cell_data(value: Raw) -> Request:
    """Return a typed cell; an empty one clears what was there."""
    match value:
        case None | "":
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case int() | float():
            return {"userEnteredValue": {"numberValue": value}}
        case date():
            return {"userEnteredValue": {"numberValue": _serial(value)}}
    text = value.code if isinstance(value, CellError) else str(value)
    return {"userEnteredValue": {"stringValue": text}}


def _serial(day: date) -> int:
    """Return a day as spreadsheets count them."""
    return ((day.date() if isinstance(day, datetime) else day) - EPOCH).days


def formula_data(text: str) -> Request:
    """Return a cell that holds a formula."""
    return {"userEnteredValue": {"formulaValue": text}}


def update(sheet: Sheet, line: int, at: int, cells: list[Request]) -> Request:
    """Return the request that writes neighbouring cells of one line; both numbers are 1-based."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet.id, "rowIndex": line - 1, "columnIndex": at - 1},
            "rows": [{"values": cells}],
            "fields": "userEnteredValue",
        }
    }


def cell_requests(changes: Iterable[SetCell], table: Table, sheet: Sheet) -> list[Request]:
    """Return the requests that write single cells, neighbours together."""
    places = sorted(
        (
            (change.line, table.by_key[change.column].at, change.value)
            for change in changes
            if change.column in table.by_key
        ),
        key=lambda place: place[:2],
    )
    requests = []
    # Neighbours have the same difference of column and running number.
    for (line, _), run in groupby(
        enumerate(places), key=lambda item: (item[1][0], item[1][1] - item[0])
    ):
        cells = [place for _, place in run]
        requests.append(update(sheet, line, cells[0][1], [cell_data(raw) for _, _, raw in cells]))
    return requests


def row_requests(changes: Changes, table: Table, sheet: Sheet, formulas: Formulas) -> list[Request]:
    """Return the requests that take rows away and add some, from below upwards."""
    last = max((line for line in table.lines if _is_filled(table, line)), default=table.header_line)
    drops = [(d.line - 1, 0, d) for d in changes.dropped if d.table == table.spec.key]
    adds = [
        (last if add.after is None else add.after, 1, add)
        for add in changes.added
        if add.table == table.spec.key
    ]
    # At one place a row goes before one comes; of rows that come, the last is put in first.
    steps = sorted([*drops, *reversed(adds)], key=lambda step: (-step[0], step[1]))
    below = [add for index, _, add in adds if index >= sheet.rows]
    requests = _append(below, table, sheet, formulas)
    for index, _, step in steps:
        match step:
            case DropRow():
                requests += _drop(sheet, index, table)
            case AddRow() if index < sheet.rows:
                requests += _insert(sheet, index, table)
                requests += _fill(step, table, sheet, index + 1, formulas(index + 1))
    return requests


def _append(
    adds: Sequence[AddRow], table: Table, sheet: Sheet, formulas: Formulas
) -> list[Request]:
    """Return the requests that put rows below the last line of a sheet, one below the other."""
    if not adds:
        return []
    grow = {"sheetId": sheet.id, "dimension": "ROWS", "length": len(adds)}
    requests: list[Request] = [{"appendDimension": grow}]
    for line, add in enumerate(adds, start=sheet.rows + 1):
        requests += _fill(add, table, sheet, line, formulas(line))
    return requests


def _is_filled(table: Table, line: int) -> bool:
    """Tell whether anything but live formulas stands in a line."""
    return any(
        cell not in {None, ""} and (line, column.at) not in table.formulas
        for column in table.columns
        if (cell := column.cells[line - table.lines[0]]) is not None
    )


def _drop(sheet: Sheet, index: int, table: Table) -> list[Request]:
    """Return the requests that take a row away; index is 0-based.

    Where somebody put something of their own beside it only our cells are cleared, live formulas
    excepted: those show blanks by themselves.
    """
    line = index + 1
    if any(column.cells[line - table.lines[0]] not in {None, ""} for column in table.own_columns):
        ours = sorted(
            column.at for key, column in table.by_key.items() if not table.spec.by_key[key].computed
        )
        return [update(sheet, line, run[0], [{}] * len(run)) for run in _neighbours(ours)]
    area = {"sheetId": sheet.id, "dimension": "ROWS", "startIndex": index, "endIndex": line}
    return [{"deleteDimension": {"range": area}}]


def _insert(sheet: Sheet, index: int, table: Table) -> list[Request]:
    """Return the requests that put a line in at a 0-based place, looking like the one above."""
    area = {"sheetId": sheet.id, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1}
    below_header = index == table.header_line
    return [{"insertDimension": {"range": area, "inheritFromBefore": not below_header}}]


def _neighbours(places: Sequence[int]) -> list[list[int]]:
    """Return sorted numbers in runs without gaps.

    >>> _neighbours([1, 2, 5])
    [[1, 2], [5]]
    """
    runs = groupby(enumerate(places), key=lambda item: item[1] - item[0])
    return [[place for _, place in run] for _, run in runs]


def _fill(
    add: AddRow, table: Table, sheet: Sheet, line: int, formulas: Mapping[str, str]
) -> list[Request]:
    """Return the requests that write the cells of a new line, own columns left alone."""
    cells = {
        table.by_key[key].at: cell_data(raw)
        for key, raw in add.cells.items()
        if key in table.by_key
    } | {table.by_key[key].at: formula_data(text) for key, text in formulas.items()}
    return [
        update(sheet, line, run[0], [cells[at] for at in run]) for run in _neighbours(sorted(cells))
    ]
