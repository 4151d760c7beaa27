"""Decides what an open workbook is while no program shows it: cells, formats, and what changed.

Cells lie here as they were read; openpyxl has formats, names, tables and the order of the sheets.
"""

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cjm_sheets.ports.open_books import BookRead, Drawn, Look, Place, State
from cjm_sheets.tables.table import Grid, Raw

Area = tuple[int, int, int, int]
"""First line, first column, last line and last column of a block of cells, all 1-based."""


@dataclass
class OpenSheet:
    """One sheet: what its cells hold, and what a macro did to it since the file was read.

    `formulas` have their "=". `looks` are those that macros added; those of the file stay in it.
    """

    looks_like: Any
    """The sheet as openpyxl has it."""
    cells: dict[Place, Raw] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    drawn: tuple[Drawn, ...] = ()
    made: bool = False
    """It is not in the file yet."""
    reshaped: bool = False
    """Formats, widths, merged cells or the like changed, and not only what cells hold."""
    written: set[Place] = field(default_factory=set)
    noted: set[Place] = field(default_factory=set)
    grown: dict[str, int] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    looks_gone: set[str] = field(default_factory=set)
    unsaid: list[str] = field(default_factory=list)
    """What was done that cannot be written into the file without risk."""

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.looks_like.title)

    @property
    def state(self) -> State:
        """Whether people see it."""
        state: State = self.looks_like.sheet_state
        return state

    def put(self, place: Place, value: Raw, formula: str = "") -> None:
        """Let a cell hold a value, or a formula of which nobody knows yet what it shows."""
        if formula:
            self.formulas[place] = formula
        else:
            self.formulas.pop(place, None)
        if value is None or value == "":
            self.cells.pop(place, None)
        else:
            self.cells[place] = value
        self.written.add(place)

    def show(self, place: Place, value: Raw) -> None:
        """Let a formula show a result."""
        if place in self.formulas:
            self.put(place, value, self.formulas[place])

    def filled(self) -> Iterator[Place]:
        """Yield the cells that hold anything."""
        yield from self.cells
        yield from (place for place in self.formulas if place not in self.cells)

    def used(self) -> Area:
        """Return the block around all cells that hold anything; A1 if none does."""
        places = list(self.filled())
        if not places:
            return (1, 1, 1, 1)
        lines, columns = zip(*places, strict=True)
        return (min(lines), min(columns), max(lines), max(columns))


@dataclass
class OpenBook:
    """A workbook that is held open; `file` is "" while it has none."""

    file: str
    read: BookRead | None
    formats: Workbook
    sheets: list[OpenSheet]
    names: dict[str, str | None] = field(default_factory=dict)
    """The names that changed, as BookChange has them."""
    states: dict[str, State] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)
    closed: bool = False

    def sheet(self, title: str) -> OpenSheet:
        """Return the sheet of a title, in any case; KeyError if there is none."""
        plain = title.casefold()
        for sheet in self.sheets:
            if sheet.title.casefold() == plain:
                return sheet
        raise KeyError(title)


def opened(file: str, read: BookRead) -> OpenBook:
    """Return a workbook file as it is when it has just been opened."""
    with warnings.catch_warnings():
        # Of what openpyxl cannot keep it says so; here it keeps nothing, it only tells of formats.
        warnings.simplefilter("ignore", UserWarning)
        formats = openpyxl.load_workbook(io.BytesIO(read.data))
    grids = {grid.sheet: grid for grid in read.grids}
    sheets = [
        _sheet(sheet, grids[sheet.title], read.drawn)
        for sheet in formats.worksheets
        if sheet.title in grids
    ]
    return OpenBook(file, read, formats, sheets)


def blank() -> OpenBook:
    """Return a new workbook with one sheet."""
    formats = openpyxl.Workbook()
    formats.worksheets[0].title = "Sheet1"
    return OpenBook("", None, formats, [OpenSheet(formats.worksheets[0], made=True)])


def _sheet(formats: Worksheet, grid: Grid, drawn: Mapping[str, tuple[Drawn, ...]]) -> OpenSheet:
    cells: dict[Place, Raw] = {
        (line, column): value
        for line, row in enumerate(grid.rows, start=1)
        for column, value in enumerate(row, start=1)
        if value is not None and value != ""
    }
    return OpenSheet(formats, cells, dict(grid.formulas), drawn.get(grid.sheet, ()))
