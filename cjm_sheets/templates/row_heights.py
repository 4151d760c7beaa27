"""Decides how high a row is at first: as high as its longest wrapped text, with a little air."""

import textwrap
from collections.abc import Iterable

from cjm_sheets.templates.plan import Cell, ColumnLook

_LINE = 13.3
"""Points that a line of text takes at size 10."""

_AIR = 7.0
_PER_WIDTH = 1.08
"""Letters that fit into one unit of width, set in size 10; fewer in bold."""

_BOLD = 0.92


def row_heights(cells: Iterable[Cell], columns: tuple[ColumnLook, ...]) -> dict[int, float]:
    """Return the height in points of each line on which these cells lie, hidden columns aside."""
    most: dict[int, int] = {}
    for cell in cells:
        look = columns[cell.column - 1]
        lines = 1 if look.hidden else _lines(cell, look.width)
        most[cell.line] = max(most.get(cell.line, 1), lines)
    return {line: lines * _LINE + _AIR for line, lines in most.items()}


def _lines(cell: Cell, width: float) -> int:
    """Return how many lines the text of a cell takes."""
    if not cell.style.wrap or not isinstance(cell.value, str):
        return 1
    fits = width * _PER_WIDTH * (_BOLD if cell.style.bold else 1)
    return sum(
        max(1, len(textwrap.wrap(part, max(4, int(fits))))) for part in cell.value.split("\n")
    )
