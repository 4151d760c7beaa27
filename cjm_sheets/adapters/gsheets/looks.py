"""Decides how a table of a fresh shared copy looks: formats, widths, bands, what warns."""

import textwrap
from collections.abc import Sized
from typing import Any

from cjm_sheets.adapters.gsheets.formats import cell_format, color, number_format
from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.tables import naming, spec
from cjm_sheets.tables.answered import COLUMN_MARK
from cjm_sheets.templates import body, looks
from cjm_sheets.templates import content as named
from cjm_sheets.templates import layout as order

Request = dict[str, Any]

_PIXELS = 7.2  # a character's width
_BOLD_PIXELS = 8.2  # a bold letter's width, on average of words with wide ones
_AROUND = 14
_LINE, _LEAST_HEADER = 17, 44
_WIDEST_FROZEN = 420
"""Pixels that columns in view may take, so that the others have room on a small screen."""

_AS_TYPED = {"type": "TEXT", "pattern": "@"}  # so that 0012 stays 0012 and 3/4 stays 3/4
_NUMBERS = {"pct": "0%", "date": "yyyy-mm-dd", "num": "#,##0.0", "int": "0"}


def header_format(table: str, column: spec.Column) -> Request:
    """Return the format of a column's header, in the tone of the band it belongs to."""
    tones = {placed.column.key: placed.tone for placed in order.placed(table, "current")}
    return {
        "backgroundColor": color(looks.TONES[tones[column.key]].strong),
        "textFormat": {"bold": True, "foregroundColor": color("#FFFFFF")},
        "wrapStrategy": "WRAP",
        "verticalAlignment": "MIDDLE",
        "horizontalAlignment": "CENTER",
    }


def column_format(table: str, column: spec.Column) -> Request:
    """Return the format of a column's cells, as in the workbook; the bands colour their ground."""
    look = body.style(table, column, stripe=False)
    made = cell_format(look)
    made["verticalAlignment"] = "TOP"
    pattern = look.number or _NUMBERS.get(column.kind.name, "")
    if pattern:
        made["numberFormat"] = number_format(pattern)
    elif not column.computed and column.kind.name != "any":
        made["numberFormat"] = _AS_TYPED
    return made


def pixels(table: spec.Table, column: spec.Column, language: str) -> int:
    """Return the width of a column, in which no word of its header is broken."""
    words = naming.column_label(language, table, column).split()
    longest = round(max(map(len, words)) * _BOLD_PIXELS) + _AROUND
    return max(round(order.width(table.key, column) * _PIXELS), longest)


def frozen(table: spec.Table, columns: list[spec.Column], language: str) -> tuple[int, int]:
    """Return how many lines and columns stay in view: the ids, and the names if there is room."""
    keys = [column.key for column in columns]
    name = named.name_column(table.key)
    last = keys.index(name) + 1 if name in keys else 1
    wide = sum(pixels(table, each, language) for each in columns[:last] if not each.helper)
    return (1, last if wide <= _WIDEST_FROZEN else 1)


def bands(sheet: Sheet, table: str, columns: int) -> Request:
    """Return the request that colours every other row, those that come included."""
    tone = looks.TONES[order.bands(table, "current")[0].tone]
    area = {
        "sheetId": sheet.id, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": columns,
    }  # fmt: skip
    shades = {"firstBandColor": color("#FFFFFF"), "secondBandColor": color(tone.pale)}
    return {"addBanding": {"bandedRange": {"range": area, "rowProperties": shades}}}


def header_height(
    sheet: Sheet, table: spec.Table, columns: list[spec.Column], language: str
) -> Request:
    """Return the request that gives the header room for its words, two lines of them at least."""
    lines = max(
        len(
            textwrap.wrap(
                naming.column_label(language, table, column),
                int((pixels(table, column, language) - _AROUND) / _BOLD_PIXELS) + 1,
            )
        )
        for column in columns
    )
    height = max(_LEAST_HEADER, lines * _LINE + _AROUND // 2)
    return {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet.id, "dimension": "ROWS", "startIndex": 0, "endIndex": 1},
            "properties": {"pixelSize": height},
            "fields": "pixelSize",
        }
    }


def fitted(sheet: Sheet, rows: Sized) -> Request:
    """Return the request that makes filled lines as high as their words need."""
    lines = {
        "sheetId": sheet.id, "dimension": "ROWS",
        "startIndex": 1, "endIndex": 1 + max(1, len(rows)),
    }  # fmt: skip
    return {"autoResizeDimensions": {"dimensions": lines}}


def guard(area: Request, description: str) -> Request:
    """Return the request that makes a range warn before it is changed; it blocks nobody."""
    return {
        "addProtectedRange": {
            "protectedRange": {"range": area, "description": description, "warningOnly": True}
        }
    }


def header_area(sheet: Sheet, columns: int) -> Request:
    """Return the cells of the header."""
    return {
        "sheetId": sheet.id, "startRowIndex": 0, "endRowIndex": 1,
        "startColumnIndex": 0, "endColumnIndex": columns,
    }  # fmt: skip


def column_area(sheet: Sheet, at: int) -> Request:
    """Return the cells of a column (1-based) below the header, as far as the sheet will reach."""
    return {
        "sheetId": sheet.id, "startRowIndex": 1, "startColumnIndex": at - 1, "endColumnIndex": at,
    }  # fmt: skip


def column_requests(
    sheet: Sheet, table: spec.Table, column: spec.Column, at: int, language: str
) -> list[Request]:
    """Return the requests that format a column (1-based) below its header."""
    area = {
        "sheetId": sheet.id, "startRowIndex": 1, "endRowIndex": sheet.rows,
        "startColumnIndex": at - 1, "endColumnIndex": at,
    }  # fmt: skip
    made = column_format(table.key, column)
    fields = ",".join(f"userEnteredFormat.{name}" for name in sorted(made))
    properties: Request = {"pixelSize": pixels(table, column, language)}
    if column.helper:
        properties["hiddenByUser"] = True
    return [
        {"repeatCell": {"range": area, "cell": {"userEnteredFormat": made}, "fields": fields}},
        {
            "updateDimensionProperties": {
                "range": {
                    "sheetId": sheet.id, "dimension": "COLUMNS",
                    "startIndex": at - 1, "endIndex": at,
                },
                "properties": properties,
                "fields": ",".join(sorted(properties)),
            }
        },
    ]  # fmt: skip


def column_mark(sheet: Sheet, table: str, column: spec.Column, at: int) -> Request:
    """Return the request that marks a column (1-based) as ours, whatever its header will say.

    Everybody may see the mark: one that only we could see would be invisible to the other programs
    of a team that signs in elsewhere.
    """
    place = {
        "sheetId": sheet.id, "dimension": "COLUMNS", "startIndex": at - 1, "endIndex": at,
    }  # fmt: skip
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataKey": COLUMN_MARK,
                "metadataValue": f"{table}.{column.key}",
                "location": {"dimensionRange": place},
                "visibility": "DOCUMENT",
            }
        }
    }


def drop_down(sheet: Sheet, at: int, values: str) -> Request:
    """Return the request that offers a range's values in a column, and forbids no others."""
    return {
        "setDataValidation": {
            "range": {
                "sheetId": sheet.id, "startRowIndex": 1, "endRowIndex": sheet.rows,
                "startColumnIndex": at - 1, "endColumnIndex": at,
            },
            "rule": {
                "condition": {
                    "type": "ONE_OF_RANGE", "values": [{"userEnteredValue": f"={values}"}],
                },
                "showCustomUi": True,
                "strict": False,
            },
        }
    }  # fmt: skip
