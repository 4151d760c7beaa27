"""Decides how ranges of plain values are read, written, appended and cleared."""

from dataclasses import dataclass
from typing import Any

from cjm_sheets.service.a1 import box_text, column_letters, parse_area, split_range
from cjm_sheets.service.area import Area, Box, area_of
from cjm_sheets.service.formatting import is_date, shown
from cjm_sheets.service.parsing import Entered
from cjm_sheets.service.proto_text import proto_text
from cjm_sheets.service.refusals import (
    Json,
    JsonValue,
    bad_range,
    exceeds_grid,
    outside_requested,
    refuse,
    too_long,
)
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import MAX_TEXT, Spreadsheet
from cjm_sheets.service.tables import settle_headers
from cjm_sheets.service.typed import VALUE_PARTS, typed_cell, valued_cell


@dataclass(frozen=True, slots=True)
class Rendering:
    """How values are read: the options of the ``values`` methods, Google's names."""

    value: str = "FORMATTED_VALUE"
    date_time: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"


@dataclass(frozen=True, slots=True)
class Entry:
    """Values to write: a ValueRange with its range, and RAW or USER_ENTERED."""

    range: str
    values: list[list[Any]]
    by_columns: bool
    option: str


def resolved(book: Spreadsheet, text: str) -> tuple[Sheet, Area]:
    """Return the tab and the area that a range means; a named range is looked for first."""
    named = _named(book, text)
    if named is not None:
        return book.grid(named.sheet), named
    title, rest = split_range(text)
    sheet = _first_visible(book) if title is None else book.titled(title)
    if sheet is None:
        raise bad_range(text)
    if title is not None:
        area = parse_area(rest, sheet.id) if rest else Area(sheet.id)
        area = area or _named(book, rest)
    else:
        area = parse_area(rest, sheet.id)
        tab = book.titled(rest) if area is None else None
        sheet, area = (tab, Area(tab.id)) if tab is not None else (sheet, area)
    if area is None:
        raise bad_range(text)
    return book.grid(area.sheet), area


def _first_visible(book: Spreadsheet) -> Sheet:
    visible = (sheet for sheet in book.sheets if not sheet.properties.get("hidden"))
    return next(visible, book.sheets[0])


def _named(book: Spreadsheet, name: str) -> Area | None:
    wanted = name.casefold()
    for named in book.named_ranges:
        if named["name"].casefold() == wanted:
            return area_of(named["range"])
    return None


def box_of(book: Spreadsheet, text: str) -> tuple[Sheet, Box]:
    """Return the tab and the cells of a range, cut at the grid's edge."""
    sheet, area = resolved(book, text)
    if (area.top or 0) >= sheet.row_count or (area.left or 0) >= sheet.column_count:
        raise exceeds_grid(text, sheet.row_count, sheet.column_count)
    return sheet, area.within(sheet.row_count, sheet.column_count)


def read(book: Spreadsheet, text: str, how: Rendering) -> Json:
    """Return the ValueRange of a range; empty cells and lines at the end are left out."""
    sheet, box = box_of(book, text)
    return read_box(book, sheet, box, how)


def read_box(book: Spreadsheet, sheet: Sheet, box: Box, how: Rendering) -> Json:
    """Return the ValueRange of some cells."""
    lines = [
        [_rendered(book, sheet, row, column, how) for column in range(box.left, box.right)]
        if sheet.row(row)
        else []
        for row in range(box.top, min(box.bottom, len(sheet.rows)))
    ]
    if how.dimension == "COLUMNS":
        width = box.width
        lines = [[line[at] if line else None for line in lines] for at in range(width)]
    trimmed = _trimmed([_blanks_as_text(_trimmed(line)) for line in lines])
    answer: Json = {"range": box_text(sheet.title, box), "majorDimension": how.dimension}
    return answer | ({"values": trimmed} if trimmed else {})


def _trimmed(line: list[Any]) -> list[Any]:
    end = len(line)
    while end and (line[end - 1] is None or line[end - 1] == []):
        end -= 1
    return line[:end]


def _blanks_as_text(line: list[Any]) -> list[Any]:
    return ["" if value is None else value for value in line]


def _rendered(book: Spreadsheet, sheet: Sheet, row: int, column: int, how: Rendering) -> JsonValue:
    cell = sheet.cell(row, column)
    typed = cell.get("userEnteredValue")
    if typed is None:
        return None
    if how.value == "FORMULA" and "formulaValue" in typed:
        return typed["formulaValue"]
    value = book.effective(sheet, row, column) or {}
    number_format = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    dated = how.date_time == "FORMATTED_STRING" and is_date(number_format)
    if (
        how.value == "FORMATTED_VALUE"
        or "errorValue" in value
        or (dated and "numberValue" in value)
    ):
        return shown(value, number_format, book.properties["locale"])
    return next(iter(value.values()))


def entry_of(value_range: Json, text: str, option: str) -> Entry:
    """Return the values a ValueRange brings for a range; each must be a plain JSON value."""
    values = value_range.get("values", [])
    _check_values(values)
    if option not in {"RAW", "USER_ENTERED"}:
        refuse("'valueInputOption' is required but not specified")
    return Entry(text, values, value_range.get("majorDimension") == "COLUMNS", option)


def _check_values(lines: list[list[Any]]) -> None:
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, dict | list):
                refuse(f"Invalid values[{row}][{column}]: {proto_text(value)}")


def write(book: Spreadsheet, entry: Entry) -> Json:
    """Write values from the start of their range; return an UpdateValuesResponse without ids.

    ``None`` leaves a cell as it is, ``""`` empties it; values outside the range are refused.
    """
    sheet, area = resolved(book, entry.range)
    limit = area.within(sheet.row_count, sheet.column_count)
    if area.top is not None and limit.height == limit.width == 1:
        limit = Box(sheet.id, limit.top, sheet.row_count, limit.left, sheet.column_count)
    lines = _by_rows(entry)
    width = max((len(line) for line in lines), default=0)
    top, left = area.top or 0, area.left or 0
    target = Box(sheet.id, top, top + len(lines), left, left + width)
    if target.bottom > sheet.row_count or target.right > sheet.column_count:
        raise exceeds_grid(box_text(sheet.title, target), sheet.row_count, sheet.column_count)
    if target.bottom > limit.bottom:
        raise outside_requested(box_text(sheet.title, limit), f"row [{limit.bottom + 1}]")
    if target.right > limit.right:
        letters = column_letters(limit.right)
        raise outside_requested(box_text(sheet.title, limit), f"column [{letters}]")
    written = _write_lines(book, sheet, target, (lines, entry.option))
    settle_headers(book)
    return _update_response(sheet, target, written)


def _by_rows(entry: Entry) -> list[list[Any]]:
    if not entry.by_columns:
        return entry.values
    height = max((len(line) for line in entry.values), default=0)
    return [[line[at] if at < len(line) else None for line in entry.values] for at in range(height)]


def _write_lines(
    book: Spreadsheet, sheet: Sheet, target: Box, source: tuple[list[list[Any]], str]
) -> int:
    lines, option = source
    written = 0
    for offset, line in enumerate(lines):
        row = dict(sheet.row(target.top + offset))
        for at, value in enumerate(line):
            if value is None:
                continue
            column = target.left + at
            row[column] = _with_value(book, row.get(column, {}), value, option)
            written += 1
        sheet.put_row(target.top + offset, row)
    book.touch()
    return written


def _update_response(sheet: Sheet, target: Box, written: int) -> Json:
    if not target.width or not target.height:
        end = Box(sheet.id, target.top, target.top + 1, target.left, target.left + 1)
        return {"updatedRange": box_text(sheet.title, end)}
    return {
        "updatedRange": box_text(sheet.title, target),
        "updatedRows": target.height,
        "updatedColumns": target.width,
        "updatedCells": written,
    }


def _with_value(book: Spreadsheet, cell: Json, value: JsonValue, option: str) -> Json:
    if isinstance(value, bool):
        return valued_cell(cell, Entered({"boolValue": value}))
    if isinstance(value, int | float):
        return valued_cell(cell, Entered({"numberValue": value}))
    if option != "RAW":
        return typed_cell(book, cell, value)
    if len(value) > MAX_TEXT:
        raise too_long()
    return valued_cell(cell, Entered({"stringValue": value}) if value else None)


def clear(book: Spreadsheet, text: str) -> str:
    """Remove the values (not the formats) of a range; return the range as cleared."""
    return clear_box(book, *box_of(book, text))


def clear_box(book: Spreadsheet, sheet: Sheet, box: Box) -> str:
    """Remove the values of some cells; return their range."""
    for index in range(box.top, min(box.bottom, len(sheet.rows))):
        row = {
            column: {name: part for name, part in cell.items() if name not in VALUE_PARTS}
            if box.holds(index, column)
            else cell
            for column, cell in sheet.row(index).items()
        }
        sheet.put_row(index, row)
    settle_headers(book)
    book.touch()
    return box_text(sheet.title, box)
