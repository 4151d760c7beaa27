"""Decides how a range of the Sheets interface (``GridRange``) is said in a workbook."""

from collections.abc import Mapping
from typing import Any

from cjm_sheets.adapters.xlsx_export.titles import quoted

Json = Mapping[str, Any]

LINES, COLUMNS = 1_048_576, 16_384
"""What a sheet of a workbook holds at most."""

Area = tuple[int, int, int, int]
"""First line, first column, last line, last column, 0-based."""


def area_of(range_: Json, grid: Json) -> Area:
    """Return the cells of a range on a grid of a size; what has no end goes to the edge."""
    bottom = min(range_.get("endRowIndex", grid.get("rowCount", 1)), LINES)
    right = min(range_.get("endColumnIndex", grid.get("columnCount", 1)), COLUMNS)
    return range_.get("startRowIndex", 0), range_.get("startColumnIndex", 0), bottom - 1, right - 1


def cell_name(line: int, column: int, *, fixed: bool = True) -> str:
    """Return the name of a cell.

    >>> cell_name(0, 27), cell_name(0, 27, fixed=False)
    ('$AB$1', 'AB1')
    """
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"${letters}${line + 1}" if fixed else f"{letters}{line + 1}"


def reference(title: str, area: Area) -> str:
    """Return the reference to cells of a sheet.

    >>> reference("My map", (0, 0, 1, 1))
    "='My map'!$A$1:$B$2"
    """
    top, left, bottom, right = area
    return f"={quoted(title)}!{cell_name(top, left)}:{cell_name(bottom, right)}"
