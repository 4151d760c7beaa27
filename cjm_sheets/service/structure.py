"""Decides what follows when rows or columns are inserted, deleted, moved, or a tab goes."""

from collections.abc import Callable
from typing import TypeAlias

from cjm_sheets.service.moving import AxisMove, Band, RangeMover
from cjm_sheets.service.references import AxisChange, followed, retitled
from cjm_sheets.service.refusals import Json, JsonValue
from cjm_sheets.service.sheet import EMPTY_ROW, Row, Sheet
from cjm_sheets.service.shifts import Deletion, Insertion, Move, Shift
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.tables import move_columns

FormulaChange: TypeAlias = Callable[[str, str], str]
"""From a formula and the title of its tab to the formula as it reads after a change."""


def insert_lines(book: Spreadsheet, sheet: Sheet, dimension: str, place: tuple[int, int]) -> None:
    """Insert ``count`` empty rows or columns before ``at``, given as (at, count)."""
    at, count = place
    _shift(book, sheet, dimension, Insertion(at, count))
    if dimension == "ROWS":
        if at < len(sheet.rows):
            sheet.rows[at:at] = [EMPTY_ROW] * count
    else:
        _rekey_columns(sheet, Insertion(at, count))
    sheet.resize(dimension, sheet.size(dimension) + count)


def delete_lines(book: Spreadsheet, sheet: Sheet, dimension: str, span: tuple[int, int]) -> None:
    """Delete the rows or columns of a half-open span."""
    deletion = Deletion(*span)
    _shift(book, sheet, dimension, deletion)
    if dimension == "ROWS":
        del sheet.rows[span[0] : span[1]]
    else:
        _rekey_columns(sheet, deletion)
    sheet.resize(dimension, sheet.size(dimension) - (span[1] - span[0]))


def move_lines(book: Spreadsheet, sheet: Sheet, dimension: str, move: Move) -> None:
    """Move rows or columns within their sheet."""
    _shift(book, sheet, dimension, move)
    if dimension == "COLUMNS":
        _rekey_columns(sheet, move)
        return
    moved: dict[int, Row] = {}
    for old, row in enumerate(sheet.rows):
        new = move.index(old)
        if new is not None:
            moved[new] = row
    last = max((index for index, row in moved.items() if row), default=-1)
    sheet.rows = [moved.get(index, EMPTY_ROW) for index in range(last + 1)]


def _rekey_columns(sheet: Sheet, shift: Shift) -> None:
    rows: list[Row] = []
    for row in sheet.rows:
        pairs = ((shift.index(column), cell) for column, cell in row.items())
        rows.append({column: cell for column, cell in pairs if column is not None})
    sheet.rows = rows


def _shift(book: Spreadsheet, sheet: Sheet, dimension: str, shift: Shift) -> None:
    """Let everything but the cells' places follow: properties, ranges, formulas, metadata."""
    parts = ((shift.index(at), part) for at, part in sheet.axes[dimension].items())
    sheet.axes[dimension] = {at: part for at, part in parts if at is not None}
    _let_follow(book, sheet, dimension, (shift, None))
    book.metadata = RangeMover(AxisMove(sheet.id, dimension, (shift, None))).listed(book.metadata)


def _let_follow(
    book: Spreadsheet, sheet: Sheet, dimension: str, moved: tuple[Shift, Band | None]
) -> None:
    """Let formulas, named ranges and everything over the grid follow."""
    change = AxisChange(sheet.title, dimension == "ROWS", *moved)
    mover = RangeMover(AxisMove(sheet.id, dimension, moved))
    if book.following is None:
        rewrite_formulas(book, lambda formula, home: followed(formula, home, change))
    else:
        book.following.changes.append(change)
        _rewrite_rules(book, lambda formula, home: followed(formula, home, change))
    if dimension == "COLUMNS" and moved[1] is None:
        move_columns(sheet, moved[0])
    move_objects(book, mover)
    sheet.objects["merges"] = [
        merge for merge in sheet.listed("merges") if not _is_single_cell(merge)
    ]
    book.touch()


def move_objects(book: Spreadsheet, mover: RangeMover) -> None:
    """Let what lies over the grids, and the named ranges, follow a change of cells."""
    for tab in book.sheets:
        tab.objects = {name: mover.listed(objects) for name, objects in tab.objects.items()}
        if tab.basic_filter is not None:
            tab.basic_filter = mover.single(tab.basic_filter)
    book.named_ranges = mover.listed(book.named_ranges)


def shift_block(book: Spreadsheet, sheet: Sheet, dimension: str, moved: tuple[Shift, Band]) -> None:
    """Shift the cells of a band (a half-open span of the other axis) along a dimension."""
    shift, band = moved
    _let_follow(book, sheet, dimension, moved)
    cells = [
        (row, column, cell)
        for row, column, cell in sheet.cells()
        if band[0] <= (column if dimension == "ROWS" else row) < band[1]
    ]
    for row, line in enumerate(list(sheet.rows)):
        if dimension == "ROWS" or band[0] <= row < band[1]:
            kept = {c: cell for c, cell in line.items() if not _in_band(dimension, c, band)}
            sheet.put_row(row, kept)
    landed: dict[int, dict[int, Json]] = {}
    for row, column, cell in cells:
        new = shift.index(row if dimension == "ROWS" else column)
        if new is not None:
            place = (new, column) if dimension == "ROWS" else (row, new)
            landed.setdefault(place[0], {})[place[1]] = cell
    for row, line in landed.items():
        sheet.put_row(row, {**sheet.row(row), **line})


def _in_band(dimension: str, column: int, band: Band) -> bool:
    """Say whether a cell of a row that is touched moves: by its column, or every one."""
    return dimension == "COLUMNS" or band[0] <= column < band[1]


def _is_single_cell(merge: Json) -> bool:
    height = merge["endRowIndex"] - merge["startRowIndex"]
    width = merge["endColumnIndex"] - merge["startColumnIndex"]
    return bool(height == 1 and width == 1)


def rewrite_formulas(book: Spreadsheet, change: FormulaChange) -> None:
    """Rewrite every formula: in cells, in validation rules, in conditional formats."""
    for sheet in book.sheets:
        for index, row in enumerate(sheet.rows):
            new = {column: _rewritten(cell, sheet.title, change) for column, cell in row.items()}
            if any(new[column] is not cell for column, cell in row.items()):
                sheet.rows[index] = new
    _rewrite_rules(book, change)


def _rewrite_rules(book: Spreadsheet, change: FormulaChange) -> None:
    for sheet in book.sheets:
        rules = sheet.objects.get("conditionalFormats")
        if rules:
            sheet.objects["conditionalFormats"] = [
                _conditions(rule, sheet.title, change) for rule in rules
            ]


def settle(book: Spreadsheet) -> None:
    """Let the formulas in cells follow what they have not followed yet."""
    if book.following is not None:
        book.following.settle(book.sheets, rewrite_conditions)


def _rewritten(cell: Json, home: str, change: FormulaChange) -> Json:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if formula is not None:
        new = change(formula, home)
        if new != formula:
            cell = cell | {"userEnteredValue": {"formulaValue": new}}
    rule = cell.get("dataValidation")
    if rule is not None:
        new_rule = _conditions(rule, home, change)
        if new_rule != rule:
            cell = cell | {"dataValidation": new_rule}
    return cell


def rewrite_conditions(value: JsonValue, change: Callable[[str], str]) -> JsonValue:
    """Return a rule with the formulas in its conditions changed."""
    if isinstance(value, list):
        return [rewrite_conditions(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: change(part)
        if name == "userEnteredValue" and isinstance(part, str) and part.startswith("=")
        else rewrite_conditions(part, change)
        for name, part in value.items()
    }


def _conditions(rule: Json, home: str, change: FormulaChange) -> Json:
    new: Json = rewrite_conditions(rule, lambda formula: change(formula, home))
    return new


def rename_tab(book: Spreadsheet, sheet: Sheet, title: str) -> None:
    """Give a tab another title; formulas that name it follow."""
    old = sheet.title
    sheet.properties = sheet.properties | {"title": title}
    rewrite_formulas(book, lambda formula, _: retitled(formula, old, title))


def remove_tab(book: Spreadsheet, sheet: Sheet) -> None:
    """Take a tab out; formulas that name it show #REF!, its names and metadata go with it."""
    book.sheets = [tab for tab in book.sheets if tab is not sheet]
    rewrite_formulas(book, lambda formula, _: retitled(formula, sheet.title, None))
    book.named_ranges = [
        named for named in book.named_ranges if named["range"].get("sheetId", 0) != sheet.id
    ]
    book.metadata = [item for item in book.metadata if _metadata_tab(item) != sheet.id]
    book.touch()


def _metadata_tab(item: Json) -> int | None:
    location = item["location"]
    if "dimensionRange" in location:
        return int(location["dimensionRange"].get("sheetId", 0))
    return int(location["sheetId"]) if "sheetId" in location else None
