"""Decides how a formula of a workbook is said by itself: not shared, and without table names.

Excel keeps the text of a filled-down formula once, and names columns of tables. Whoever knows no
such things gets plain references.
"""

import re
from collections.abc import Callable, Mapping

from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Area, Grid

Place = tuple[int, int]

_PIECE = re.compile(
    r"""
      "(?:[^"]|"")*"                                                     # a text
    | '(?:[^']|'')*'!                                                    # a tab
    | \[[^\]]*\]                                                         # a part of a table
    | (?<![\w.$])(?P<from>\$?[A-Z]{1,3}):(?P<to>\$?[A-Z]{1,3})(?![\w.(!])      # columns
    | (?<![\w.$])(?P<above>\$?[1-9]\d{0,6}):(?P<below>\$?[1-9]\d{0,6})(?![\w.(!])  # lines
    | (?<![\w.$])(?P<column>\$?[A-Z]{1,3})(?P<line>\$?[1-9]\d{0,6})(?![\w.(!])     # a cell
    """,
    re.VERBOSE,
)
_TABLE = re.compile(
    r"""
      "(?:[^"]|"")*"
    | '(?:[^']|'')*'!
    | (?P<name>[^\W\d][\w.]*)\[(?P<inner>(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*)\]
    """,
    re.VERBOSE,
)
_INNER = re.compile(r"\[((?:[^\[\]']|'.)*)\](\s*:)?")
_AHEAD = re.compile(r"_xlfn\.(?:_xlws\.)?", re.IGNORECASE)
_LOST = "#REF!"


def shifted(formula: str, lines: int, columns: int) -> str:
    """Return a formula as it reads in a cell so many lines and columns further on.

    >>> shifted('=A1+$B$2&"A1"', 2, 1)
    '=B3+$B$2&"A1"'
    """

    def piece(match: re.Match[str]) -> str:
        if match["column"]:
            return _column(match["column"], columns) + _line(match["line"], lines)
        if match["from"]:
            return f"{_column(match['from'], columns)}:{_column(match['to'], columns)}"
        if match["above"]:
            return f"{_line(match['above'], lines)}:{_line(match['below'], lines)}"
        return match[0]

    return _PIECE.sub(piece, formula) if lines or columns else formula


def _column(text: str, by: int) -> str:
    return text if text.startswith("$") else a1.letters(max(1, a1.number(text) + by))


def _line(text: str, by: int) -> str:
    return text if text.startswith("$") else str(max(1, int(text) + by))


def without_tables(formula: str, place: Place, tables: Mapping[str, tuple[Grid, Area]]) -> str:
    """Return a formula with cells in the place of columns of tables, known by casefolded name.

    What names no table, or a column that it does not have, becomes ``#REF!``.
    """

    def piece(match: re.Match[str]) -> str:
        if not match["name"]:
            return match[0]
        found = tables.get(match["name"].casefold())
        return _cells(match["inner"], place, *found) if found else _LOST

    return _TABLE.sub(piece, _AHEAD.sub("", formula))


def _cells(inner: str, place: Place, grid: Grid, area: Area) -> str:
    """Return the cells that ``[#This Row],[pain]`` or ``pain`` means in a table."""
    parts = [found[1] for found in _INNER.finditer(inner)] or [inner]
    items = {part.casefold() for part in parts if part.startswith("#")}
    names = [re.sub(r"'(.)", r"\1", part) for part in parts if part and not part.startswith("#")]
    heads = grid.rows[area[0] - 1][area[1] - 1 : area[3]]
    by_name = {str(head).casefold(): at for at, head in enumerate(heads, area[1])}
    try:
        columns = [by_name[name.casefold()] for name in names] or [area[1], area[3]]
    except KeyError:
        return _LOST
    meaning = _LINES.get(frozenset(items))
    if meaning is None:
        return _LOST
    lines = meaning(area, place[0])
    first, last = (
        f"${a1.letters(column)}${line}"
        for column, line in zip((min(columns), max(columns)), lines, strict=True)
    )
    return f"{a1.title(grid.sheet)}!{first}" + (f":{last}" if first != last else "")


_LINES: Mapping[frozenset[str], Callable[[Area, int], tuple[int, int]]] = {
    frozenset(): lambda area, _: (area[0] + 1, area[2]),
    frozenset({"#data"}): lambda area, _: (area[0] + 1, area[2]),
    frozenset({"#all"}): lambda area, _: (area[0], area[2]),
    frozenset({"#headers"}): lambda area, _: (area[0], area[0]),
    frozenset({"#headers", "#data"}): lambda area, _: (area[0], area[2]),
    frozenset({"#this row"}): lambda _, line: (line, line),
}
