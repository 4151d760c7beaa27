"""Decides what the columns of a table may be, and what their types do to the cells below."""

from cjm_sheets.service.area import Box
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.cell_data import tidied_rule
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.tables import box_of_table, column_of, write_header

_FORMATS = {
    "CURRENCY": {"type": "CURRENCY"},
    "DATE": {"type": "DATE"},
    "DATE_TIME": {"type": "DATE_TIME"},
    "PERCENT": {"type": "PERCENT"},
    "TIME": {"type": "TIME"},
}
"""The number formats that typed columns give to cells which have none."""


def checked_columns(sheet: Sheet, box: Box, given: list[Json], *, named: bool) -> list[Json]:
    """Return an entry for each column of a table; names that are given go into its header cells.

    ``named`` asks that each given entry has a name, as an update must.
    """
    columns: dict[int, Json] = {}
    for source in given:
        at = source.get("columnIndex", 0)
        if not 0 <= at < box.width:
            refuse(f"Invalid column index: {at}. The table has {box.width} columns.")
        if at in columns:
            refuse(f"Column index {at} is given more than once.")
        if named and not source.get("columnName"):
            refuse("Table header row cell must have a value.")
        _check_condition(source)
        columns[at] = source
    for at, source in columns.items():
        name = source.get("columnName") or _default_name(sheet, box, source)
        if name:
            write_header(sheet, (box.top, box.left + at), name)
    return [column_of(at, columns.get(at, {})) for at in range(box.width)]


def _default_name(sheet: Sheet, box: Box, source: Json) -> str:
    """Return the name of a typed column that was given none: the first ``Column 1`` … free."""
    if not source.get("columnType"):
        return ""
    header = sheet.row(box.top)
    values = (header.get(c, {}).get("userEnteredValue", {}) for c in range(box.left, box.right))
    taken = {value.get("stringValue") for value in values}
    number = 1
    while f"Column {number}" in taken:
        number += 1
    return f"Column {number}"


def _check_condition(column: Json) -> None:
    condition = column.get("dataValidationRule", {}).get("condition")
    if column.get("columnType") != "DROPDOWN":
        if condition is not None:
            refuse("Cannot set condition for non-dropdown column type.")
        return
    if condition is None:
        refuse("Condition must be set for dropdown column type.")
    if condition.get("type") != "ONE_OF_LIST" or not condition.get("values"):
        refuse("The condition of a dropdown column type must be ONE_OF_LIST with values.")


def typed_cells(sheet: Sheet, table: Json) -> None:
    """Let the types of the columns work on the cells below the header."""
    box = box_of_table(sheet, table)
    footer = 1 if table.get("rowsProperties", {}).get("footerColorStyle") else 0
    for at, column in enumerate(table["columnProperties"]):
        for row in range(box.top + 1, box.bottom - footer):
            place = box.left + at
            new = _typed(sheet.cell(row, place), column)
            if new is not None:
                sheet.put_row(row, {**sheet.row(row), place: new})


def _typed(cell: Json, column: Json) -> Json | None:
    """Return a cell as its column's type wants it; None where it stays as it is."""
    kind = column.get("columnType")
    value = cell.get("userEnteredValue", {})
    if kind == "BOOLEAN":
        is_kept = value.keys() & {"boolValue", "formulaValue"}
        return None if is_kept else cell | {"userEnteredValue": {"boolValue": False}}
    if kind == "RATINGS_CHIP":
        return None if value else cell | {"userEnteredValue": {"numberValue": 0}}
    if kind == "DROPDOWN":
        condition = column["dataValidationRule"]["condition"]
        rule = tidied_rule({"condition": condition, "showCustomUi": True})
        return cell | {"dataValidation": rule}
    look = cell.get("userEnteredFormat", {})
    if kind in _FORMATS and value and "numberFormat" not in look:
        return cell | {"userEnteredFormat": look | {"numberFormat": _FORMATS[kind]}}
    return None
