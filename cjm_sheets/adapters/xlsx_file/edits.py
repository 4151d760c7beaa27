"""Decides what is said between planning a change of a sheet and writing it into its XML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cjm_sheets.adapters.xlsx_file.outline import Sheet, TableObject
from cjm_sheets.tables.table import Raw

Place = tuple[int, int]
"""A cell: its line and its column, both 1-based."""


class Write(NamedTuple):
    """Put a value into a cell, in place of whatever it holds; None empties it.

    A cell without a format of its own looks like the one at `like`. There are as many of these as
    cells that change, and a tuple is made in half the time of a data class.
    """

    value: Raw
    like: Place | None = None


@dataclass(frozen=True, slots=True)
class Refresh:
    """Let a formula show this value until it is calculated again; a cell without one stays."""

    value: Raw


@dataclass(frozen=True, slots=True)
class Calculate:
    """Put a formula (without "=") into a cell, and what it shows until it is calculated."""

    formula: str
    value: Raw


Edit = Write | Refresh | Calculate


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows that a table gets at its end, after the line `last`; they look like that line.

    `header` is the line of its header. `table` is None if the rows lie in no table object.
    `columns` are the first and the last one. `formulas` are the texts of the columns that every
    new row calculates, without "=".
    """

    table: TableObject | None
    header: int
    last: int
    more: int
    columns: tuple[int, int]
    formulas: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """All changes of one sheet."""

    sheet: Sheet
    cells: Mapping[Place, Edit]
    growth: tuple[Growth, ...] = ()

    @property
    def has_likes(self) -> bool:
        """Tell whether a cell is to look like another one."""
        return any([type(e) is Write and e.like is not None for e in self.cells.values()])  # noqa: C419 - a list is faster
