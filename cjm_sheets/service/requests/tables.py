"""Decides what the requests about tables do: their columns, their types, their rows."""

import secrets

from cjm_sheets.service.area import Box, area_of
from cjm_sheets.service.colors import normal
from cjm_sheets.service.fields import overlay
from cjm_sheets.service.ranges_within import stored_object
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests.merges import merges_in
from cjm_sheets.service.requests.registry import handles
from cjm_sheets.service.requests.sheets import required_mask
from cjm_sheets.service.requests.table_columns import checked_columns, typed_cells
from cjm_sheets.service.shapes import check_update_mask
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.tables import KIND, box_of_table, settle_headers

_BANDED = (
    "You cannot add alternating background colors to a range that already has alternating "
    "background colors."
)

_FOOTER = "footerColorStyle"


@handles("addTable", "table")
def add_table(book: Spreadsheet, request: Json) -> Json:
    """Make a table of a range; its first row names the columns."""
    given = request.get("table", {})
    if "range" not in given:
        refuse("Table range must be set.")
    box = book.box(given["range"])
    sheet = book.grid(box.sheet)
    _check_place(sheet, box, None)
    identity = given.get("tableId") or _free_id(book)
    if any(table["tableId"] == identity for _, table in all_tables(book)):
        refuse(f"A table with the id {identity} already exists.")
    name = given.get("name") or free_name(book)
    _check_name(book, name, None)
    columns = checked_columns(sheet, box, given.get("columnProperties", []), named=False)
    table = {"tableId": identity, "name": name, "range": box.json(), "columnProperties": columns}
    if given.get("rowsProperties"):
        table |= {"rowsProperties": given["rowsProperties"]}
    sheet.objects[KIND] = [*sheet.listed(KIND), _stored(book, table)]
    settle_headers(book)
    typed_cells(sheet, table_named(sheet, identity))
    return {"table": table_named(sheet, identity)}


def all_tables(book: Spreadsheet) -> list[tuple[Sheet, Json]]:
    """Return every table with the tab it stands on."""
    return [(sheet, table) for sheet in book.sheets for table in sheet.listed(KIND)]


def table_named(sheet: Sheet, identity: str) -> Json:
    """Return the table with an id on a tab that has it."""
    return next(table for table in sheet.listed(KIND) if table["tableId"] == identity)


def found_table(book: Spreadsheet, identity: str | None) -> tuple[Sheet, Json]:
    """Return (tab, table); raises ``RefusedError`` for an unknown id."""
    for sheet, table in all_tables(book):
        if table["tableId"] == identity:
            return sheet, table
    return refuse(f"No table with id: {identity or ''}")


def _free_id(book: Spreadsheet) -> str:
    taken = {table["tableId"] for _, table in all_tables(book)}
    while (identity := str(secrets.randbelow(2**31 - 1) + 1)) in taken:
        pass
    return identity


def free_name(book: Spreadsheet) -> str:
    """Return a name for a table that none has: ``Table1``, ``Table2`` …."""
    taken = {table["name"].casefold() for _, table in all_tables(book)}
    number = 1
    while f"table{number}" in taken:
        number += 1
    return f"Table{number}"


def _check_name(book: Spreadsheet, name: str, own: str | None) -> None:
    for _, table in all_tables(book):
        if table["tableId"] != own and table["name"].casefold() == name.casefold():
            refuse(f'A table with the name "{name}" already exists. Please enter another name.')


def _check_place(sheet: Sheet, box: Box, own: str | None) -> None:
    for table in sheet.listed(KIND):
        if table["tableId"] != own and box_of_table(sheet, table).meets(box):
            refuse("A table cannot overlap another table.")
    for banded in sheet.listed("bandedRanges"):
        if area_of(banded["range"]).within(sheet.row_count, sheet.column_count).meets(box):
            refuse(_BANDED)
    if merges_in(sheet, box):
        refuse("A table cannot contain merged cells.")


@handles("updateTable", "table", "fields")
def update_table(book: Spreadsheet, request: Json) -> Json:
    """Change the parts of a table that the mask names; its columns are replaced as a whole."""
    given = request.get("table", {})
    mask = required_mask(request)
    check_update_mask(mask, "Table")
    sheet, old = found_table(book, given.get("tableId"))
    changed = dict(mask) if mask else {name: {} for name in given}
    changed.pop("tableId", None)
    table = old | {k: part for k, part in overlay(old, given, changed).items() if k in old}
    if "name" in changed:
        _check_name(book, given.get("name", ""), old["tableId"])
        table |= {"name": given.get("name") or refuse("A table needs a name.")}
    if "range" in changed:
        table = _moved_table(book, sheet, table, given.get("range", {}))
    if "rowsProperties" in changed:
        table = _coloured(book, sheet, table, overlay(old, given, changed))
    if "columnProperties" in changed:
        given_columns = given.get("columnProperties", [])
        box = box_of_table(sheet, table)
        table |= {"columnProperties": checked_columns(sheet, box, given_columns, named=True)}
    _put(sheet, _stored(book, table))
    settle_headers(book)
    if changed.keys() & {"columnProperties", "range"}:
        typed_cells(sheet, table_named(sheet, old["tableId"]))
    return {}


def _coloured(book: Spreadsheet, sheet: Sheet, table: Json, changed: Json) -> Json:
    """Return a table with other colours; a new footer takes one row more."""
    rows = changed.get("rowsProperties", {})
    if _FOOTER in rows and _FOOTER not in table.get("rowsProperties", {}):
        bottom = table["range"]["endRowIndex"]
        range_ = table["range"] | {"endRowIndex": bottom + 1}
        _check_place(sheet, book.box(range_), table["tableId"])
        table = table | {"range": range_}
    return table | {"rowsProperties": rows}


def _stored(book: Spreadsheet, table: Json) -> Json:
    """Return a table as it is kept; its colours have no older twin fields, unlike all others."""
    stored = stored_object(book, table)
    rows = {name: part for name, part in table.get("rowsProperties", {}).items() if part}
    kept = {name: part for name, part in stored.items() if name != "rowsProperties"}
    tidy = {name: _colour(part) for name, part in rows.items()}
    return kept | ({"rowsProperties": tidy} if tidy else {})


def _colour(style: Json) -> Json:
    return {"rgbColor": normal(style["rgbColor"])} if "rgbColor" in style else style


def _moved_table(book: Spreadsheet, sheet: Sheet, table: Json, range_: Json) -> Json:
    """Return a table over another range of its tab; its columns keep their places in it."""
    box = book.box(range_)
    if box.sheet != sheet.id:
        refuse("A table cannot be moved to another sheet.")
    _check_place(sheet, box, table["tableId"])
    known = {column.get("columnIndex", 0): column for column in table["columnProperties"]}
    columns = [known.get(at, {"columnIndex": at} if at else {}) for at in range(box.width)]
    return table | {"range": box.json(), "columnProperties": columns}


def _put(sheet: Sheet, table: Json) -> None:
    sheet.objects[KIND] = [
        table if other["tableId"] == table["tableId"] else other for other in sheet.listed(KIND)
    ]


@handles("deleteTable", "tableId")
def delete_table(book: Spreadsheet, request: Json) -> Json:
    """Remove a table with all that is in its cells, and the conditional formats over it."""
    sheet, table = found_table(book, request.get("tableId"))
    box = box_of_table(sheet, table)
    sheet.objects[KIND] = [one for one in sheet.listed(KIND) if one is not table]
    for row in range(box.top, min(box.bottom, len(sheet.rows))):
        kept = {c: cell for c, cell in sheet.row(row).items() if not box.left <= c < box.right}
        sheet.put_row(row, kept)
    rules = [_without(sheet, rule, box) for rule in sheet.listed("conditionalFormats")]
    sheet.objects["conditionalFormats"] = [rule for rule in rules if rule["ranges"]]
    return {}


def _without(sheet: Sheet, rule: Json, box: Box) -> Json:
    """Return a conditional format without its ranges inside a box."""
    kept = [
        range_
        for range_ in rule["ranges"]
        if not box.covers(area_of(range_).within(sheet.row_count, sheet.column_count))
    ]
    return rule | {"ranges": kept}
