"""Decides how a table follows its sheet: its header cells name its columns, its columns move along.

A table is kept with a property object for each of its columns, in their order; each has a
``columnIndex`` counted from the table's first column, left out where it is 0.
"""

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.formatting import shown
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.shifts import Shift
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.typed import VALUE_PARTS

KIND = "tables"


def box_of_table(sheet: Sheet, table: Json) -> Box:
    """Return the cells of a table, its header row among them."""
    return area_of(table["range"]).within(sheet.row_count, sheet.column_count)


def column_of(index: int, source: Json) -> Json:
    """Return the properties of a column with its place in the table first."""
    rest = {name: part for name, part in source.items() if name != "columnIndex"}
    return ({"columnIndex": index} if index else {}) | rest


def move_columns(sheet: Sheet, shift: Shift) -> None:
    """Let the columns of tables follow columns of their sheet that are about to move."""
    if not sheet.listed(KIND):
        return
    moved: list[Json] = []
    for table in sheet.listed(KIND):
        box = box_of_table(sheet, table)
        span = shift.span(box.left, box.right)
        moved.append(table if span is None else _with_columns(table, box, shift, span))
    sheet.objects[KIND] = moved


def _with_columns(table: Json, box: Box, shift: Shift, span: tuple[int, int]) -> Json:
    known: dict[int, Json] = {}
    for column in table["columnProperties"]:
        new = shift.index(box.left + column.get("columnIndex", 0))
        if new is not None and span[0] <= new < span[1]:
            known[new - span[0]] = column
    columns = [column_of(at, known.get(at, {})) for at in range(span[1] - span[0])]
    return table | {"columnProperties": columns}


def settle_headers(book: Spreadsheet) -> None:
    """Let the header cells of all tables name their columns.

    A formula in a header cell is replaced by ``Column`` and its place, an empty cell gets the
    first such name that is free.
    """
    for sheet in book.sheets:
        if sheet.listed(KIND):
            tables = [_settled(book, sheet, table) for table in sheet.listed(KIND)]
            sheet.objects[KIND] = tables


def _settled(book: Spreadsheet, sheet: Sheet, table: Json) -> Json:
    box = box_of_table(sheet, table)
    columns: list[Json] = []
    for at, column in enumerate(table["columnProperties"]):
        name = _header(book, sheet, (box.top, box.left + at), at)
        if name is None:
            name = _free_name(book, sheet, box)
        if sheet.cell(box.top, box.left + at).get("userEnteredValue") != {"stringValue": name}:
            write_header(sheet, (box.top, box.left + at), name)
        columns.append(column_of(at, {"columnName": name} | _rest(column)))
    return table if columns == table["columnProperties"] else table | {"columnProperties": columns}


def _rest(column: Json) -> Json:
    return {k: part for k, part in column.items() if k not in {"columnIndex", "columnName"}}


def _header(book: Spreadsheet, sheet: Sheet, place: tuple[int, int], at: int) -> str | None:
    """Return the name that a header cell gives; None where it is empty."""
    cell = sheet.cell(*place)
    value = cell.get("userEnteredValue")
    if value is None:
        return None
    if "formulaValue" in value:
        return f"Column {at + 1}"
    number_format = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    return shown(value, number_format, book.properties["locale"])


def _free_name(book: Spreadsheet, sheet: Sheet, box: Box) -> str:
    taken = {_header(book, sheet, (box.top, box.left + at), at) for at in range(box.width)}
    number = 1
    while f"Column {number}" in taken:
        number += 1
    return f"Column {number}"


def write_header(sheet: Sheet, place: tuple[int, int], name: str) -> None:
    """Put a name into a header cell; rich text in it goes, its format stays."""
    row, column = place
    cell = {k: part for k, part in sheet.cell(row, column).items() if k not in VALUE_PARTS}
    named = cell | {"userEnteredValue": {"stringValue": name}}
    sheet.put_row(row, {**sheet.row(row), column: named})


def grow_after(sheet: Sheet, row: int, count: int) -> None:
    """Let tables that end before a row take in the rows inserted there after their last one."""
    tables = sheet.listed(KIND)
    if any(table["range"]["endRowIndex"] == row for table in tables):
        sheet.objects[KIND] = [
            table | {"range": table["range"] | {"endRowIndex": row + count}}
            if table["range"]["endRowIndex"] == row
            else table
            for table in tables
        ]
