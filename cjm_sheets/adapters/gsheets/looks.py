"""Decides how a fresh shared copy looks: formats, widths, drop-downs, a header that warns."""

from typing import Any

from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.tables import spec
from cjm_sheets.tables.answered import COLUMN_MARK
from cjm_sheets.templates import layout as order
from cjm_sheets.templates import looks

Request = dict[str, Any]

_PIXELS = 7.2  # a character's width
_PATTERNS = {
    "pct": {"type": "PERCENT", "pattern": "0%"},
    "date": {"type": "DATE", "pattern": "yyyy-mm-dd"},
    "num": {"type": "NUMBER", "pattern": "#,##0.0"},
    "int": {"type": "NUMBER", "pattern": "0"},
}
_AS_TYPED = {"type": "TEXT", "pattern": "@"}  # so that 0012 stays 0012 and 3/4 stays 3/4


def color(code: str) -> Request:
    """Return a colour such as #1D3A4C in shares of red, green and blue.

    >>> color("#FF0000")
    {'red': 1.0, 'green': 0.0, 'blue': 0.0}
    """
    parts = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return dict(zip(("red", "green", "blue"), (round(part, 4) for part in parts), strict=True))


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


def column_format(column: spec.Column) -> Request:
    """Return the format of a column's cells."""
    number = _PATTERNS.get(column.kind.name, _AS_TYPED if not column.computed else None)
    made: Request = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP"}
    if number is not None and column.kind.name != "any":
        made["numberFormat"] = number
    if column.computed:
        made["backgroundColor"] = color(looks.COMPUTED)
        made["textFormat"] = {"foregroundColor": color(looks.COMPUTED_INK)}
    return made


def column_requests(sheet: Sheet, table: str, column: spec.Column, at: int) -> list[Request]:
    """Return the requests that format a column (1-based) below its header."""
    area = {
        "sheetId": sheet.id, "startRowIndex": 1, "endRowIndex": sheet.rows,
        "startColumnIndex": at - 1, "endColumnIndex": at,
    }  # fmt: skip
    made = column_format(column)
    fields = ",".join(f"userEnteredFormat.{name}" for name in sorted(made))
    width = round(order.width(table, column) * _PIXELS)
    properties: Request = {"pixelSize": width}
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


def header_guard(sheet: Sheet, columns: int, description: str) -> Request:
    """Return the request that makes the header warn before it is changed; it blocks nobody."""
    return {
        "addProtectedRange": {
            "protectedRange": {
                "range": {
                    "sheetId": sheet.id, "startRowIndex": 0, "endRowIndex": 1,
                    "startColumnIndex": 0, "endColumnIndex": columns,
                },
                "description": description,
                "warningOnly": True,
            }
        }
    }  # fmt: skip
