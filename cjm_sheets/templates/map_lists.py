"""Decides how the hidden sheet CalcMap is built up: one list a column, its name on line 1.

A place counts the rows of a table from 1 for its header, "" or 0 is none. FAR stands for "not on
this map".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cjm_sheets.tables import a1
from cjm_sheets.templates.live import Live
from cjm_sheets.templates.map_rows import Rows, first_word, id_in, text_of
from cjm_sheets.templates.plan import Cell, ColumnLook, Sheet, Shown, Style
from cjm_sheets.templates.structure import structured

TITLE = "CalcMap"
FAR = 1000000
"""More than any order, rank or line that counts."""

LOOSE = FAR - 1
"""The rank of what is tied to no stage."""

_ROOM = 12
"""Rows that people may add to a table below its blank ones before the map misses them."""

FIRST_LINE = 2
_HEAD = Style(bold=True)

OWN = "ROW()"
"""The place of the row of a table that the own line of CalcMap stands for: the first is 2 here and
there. A formula says it rather than its number, so that it is the same text on all lines, of which
a file takes up far less. It is no use within SUMPRODUCT, where it is not one number but a list.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of CalcMap: where it lies, and what its cells show."""

    letter: str
    values: tuple[Shown, ...]

    @property
    def range(self) -> str:
        """The cells."""
        return f"{TITLE}!{self.within}"

    @property
    def within(self) -> str:
        """The cells, as CalcMap itself speaks of them."""
        return f"${self.letter}${FIRST_LINE}:${self.letter}${FIRST_LINE + len(self.values) - 1}"

    def at(self, index: int) -> Live:
        """Return a cell, counted from 0."""
        return Live(f"{TITLE}!${self.letter}${FIRST_LINE + index}", self.values[index])

    def here(self, index: int) -> str:
        """Return a cell, as CalcMap itself speaks of it."""
        return f"${self.letter}${FIRST_LINE + index}"


class Lists:
    """The sheet CalcMap while it grows to the right."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._cells: list[Cell] = []
        self._column = 0

    def add(self, name: str, cells: Sequence[Live]) -> Listed:
        """Add a column of formulas in canonical text without =, or of values where it is ""."""
        self._column += 1
        self._cells.append(Cell(1, self._column, name, _HEAD))
        for line, cell in enumerate(cells, start=FIRST_LINE):
            text = structured(self.rows.facts.content, f"={cell.formula}") if cell.formula else ""
            self._cells.append(Cell(line, self._column, cell.value, Style(), text))
        return Listed(a1.letters(self._column), tuple(cell.value for cell in cells))

    def next(self, index: int = 0) -> str:
        """Return a cell of the column that is added next."""
        return f"${a1.letters(self._column + 1)}${FIRST_LINE + index}"

    def sheet(self) -> Sheet:
        """Return the hidden sheet."""
        columns = tuple(ColumnLook(12) for _ in range(self._column))
        return Sheet(TITLE, tuple(self._cells), columns, visibility="hidden", gridlines=True)


# ---- rows of tables ---------------------------------------------------------------


def count_of(rows: Rows, table: str) -> int:
    """Return how many rows of a table are looked at: all that are there, and some more."""
    return len(rows.column(table, "id")) + _ROOM


def named(rows: Rows, of: tuple[str, str], target: str, at: int) -> Live:
    """Return the place in `target` of the id that a row's cell names, 0 for none."""
    cell = f"INDEX({of[0]}[[#All],[{of[1]}]],{OWN})"
    found = f'IF(TRIM({cell})="",0,MATCH({first_word(cell)},{target}[[#All],[id]],0))'
    id_ = id_in(rows.value(*of, at + 2))
    return Live(f"IFERROR({found},0)", (rows.place_of(target, id_) or 0) if id_ else 0)


def ranked(lists: Lists, name: str, columns: Sequence[Listed]) -> Listed:
    """Add the rank of each row from 1 by several columns of numbers, then by its line."""
    count = len(columns[0].values)
    keys = [tuple(as_number(c.values[at]) for c in columns) for at in range(count)]
    order = {at: rank for rank, at in enumerate(sorted(range(count), key=keys.__getitem__), 1)}
    cells = []
    for at in range(count):
        test = f"(ROW({columns[-1].within})<ROW())"
        for of in reversed(columns):
            test = f"(({of.within}<{of.here(at)})+({of.within}={of.here(at)})*{test})"
        cells.append(Live(f"1+SUMPRODUCT({test})", order[at]))
    return lists.add(name, cells)


def as_number(value: Shown) -> float:
    """Return a number, 0 for anything else."""
    return value if isinstance(value, int | float) else 0


def order(rows: Rows, table: str, at: int) -> Live:
    """Return the order that a row has, LOOSE where it has none."""
    known = rows.value(table, "order", at + 2)
    is_number = isinstance(known, int | float) and not isinstance(known, bool)
    cell = f"INDEX({table}[[#All],[order]],{OWN})"
    return Live(f"IF(ISNUMBER({cell}),{cell},{LOOSE})", known if is_number else LOOSE)


def by_id(rows: Rows, table: str, step: int) -> Live:
    """Return the place of a row by its id, so that sorting moves nothing on the map."""
    id_ = text_of(rows.value(table, "id", step + 2))
    if rows.place_of(table, id_) != step + 2 or not id_.isalnum():
        return Live(f"{step + 2}", step + 2)
    return Live(f'IFERROR(MATCH("{id_}",{table}[[#All],[id]],0),"")', step + 2)
