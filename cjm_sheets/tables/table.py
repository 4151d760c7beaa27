"""Decides what is known of a table as it lies on a sheet, before anybody interprets its cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Self

from cjm_sheets.tables import a1, spec


@dataclass(frozen=True, slots=True)
class CellError:
    """What a formula shows that failed, such as #REF!."""

    code: str


class ShownNumber(float):
    """A number with the text that its cell shows, for the columns in which text belongs."""

    shown: str

    def __new__(cls, number: float, shown: str) -> Self:
        """Return the number; `shown` is the formatted text of the cell."""
        made = super().__new__(cls, number)
        made.shown = shown
        return made


Raw = str | int | float | bool | date | datetime | CellError | None
"""What a cell holds; None for an empty one. A date without time of day may be date or datetime."""

CHIPS, RUNS = "chips", "runs"
"""What a text can be made of: smart chips, or parts that look different."""

Area = tuple[int, int, int, int]
"""First line, first column, last line and last column of a block of cells, all 1-based."""


@dataclass(frozen=True, slots=True)
class Lock:
    """An area that the account may not edit, but for areas within it.

    Rows in it neither come nor go.
    """

    area: Area
    but_for: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The used part of one sheet, from its first row and column on, row by row.

    `formulas` maps (line, column), both 1-based, to the text of the formula that stands there;
    `areas` maps names of table objects to (first line, first column, last line, last column).
    `hidden` are the 1-based lines that nobody sees, hidden or filtered away; `merged` the areas
    of cells merged into one, as in `areas`; `notes` the words of notes by (line, column);
    `comments` the areas of which people speak in comments, `rich` what the texts of cells are made
    of (CHIPS or RUNS) where they are more than plain, by (line, column).
    `marks` tells of 1-based columns which one of ours they are (`Touchpoints.name`), whatever their
    header says, `locks` what the account may not edit; only a shared copy has these two.
    """

    sheet: str
    rows: tuple[tuple[Raw, ...], ...]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()
    comments: tuple[Area, ...] = ()
    rich: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A column where it lies: 1-based `at`, its key (None: a user's own column), its cells."""

    key: str | None
    label: str
    at: int
    cells: tuple[Raw, ...]


@dataclass(frozen=True)
class Table:
    """A table as it lies on a sheet: one cell per column for each of `lines` (1-based).

    `last_line` is where the table ends on its sheet, blank rows included. `formulas`, `hidden`,
    `merged` and `notes` as in Grid, the part of it that lies in this table; `locks`,
    `comments` and `rich` of the whole sheet. `is_object`: a table object of the table's name spans
    just these lines, so that formulas reach the columns by their labels.
    """

    spec: spec.Table
    sheet: str
    header_line: int
    lines: tuple[int, ...]
    columns: tuple[Placed, ...]
    last_line: int
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    is_object: bool = False
    hidden: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()
    comments: tuple[Area, ...] = ()
    rich: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[str, Placed]:
        """The columns that the schema knows, by key."""
        return {column.key: column for column in self.columns if column.key is not None}

    @property
    def own_columns(self) -> tuple[Placed, ...]:
        """The columns that somebody added."""
        return tuple(column for column in self.columns if column.key is None)

    def cell(self, key: str, line: int) -> Raw:
        """Return a cell of a known column; the lines of a table have no gaps."""
        return self.by_key[key].cells[line - self.lines[0]]

    def place(self, key: str, line: int) -> str:
        """Return where a cell is, such as Pains!F7; the sheet alone if the column is absent."""
        column = self.by_key.get(key)
        if column is None or not line:
            return a1.title(self.sheet)
        return a1.place(self.sheet, line, column.at)
