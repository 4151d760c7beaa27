"""Decides what there is to say of a workbook before it is a file: sheets, cells, looks, rules.

Lines and columns are 1-based, as people count them; colours are `#RRGGBB`; widths are in
characters and heights in points, as spreadsheets count them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Shown = str | int | float | bool | date | None
"""What a cell shows; of a formula the result that is known already."""

Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; "" and 0 leave the program's default."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = "#24303C"
    fill: str = ""
    line: str = ""
    """Colour of thin lines around the cell."""
    under: str = ""
    """Colour of a stronger line below the cell."""
    number: str = ""
    """Number format, in the English form that files use."""
    align: Align = ""
    valign: Literal["top", "vcenter", "bottom"] = "vcenter"
    wrap: bool = False
    indent: int = 0
    shrink: bool = False
    """Make a number smaller rather than show that it does not fit."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a value, or a formula with its known result; `link` leads to a place inside."""

    line: int
    column: int
    value: Shown
    style: Style
    formula: str = ""
    link: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """How a column is shown: `level` 1 folds it behind the + of the column before it."""

    width: float
    hidden: bool = False
    level: int = 0
    carries_fold: bool = False
    """A folded group follows: the + stands on this column."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table object: its header, and the formula that new rows take over."""

    header: str
    formula: str = ""


@dataclass(frozen=True, slots=True)
class TableArea:
    """A table object: named, from its header line to its last line, from column 1 on."""

    name: str
    header_line: int
    last_line: int
    columns: tuple[TableColumn, ...]


@dataclass(frozen=True, slots=True)
class Validation:
    """What a column's cells should hold, offered and explained but never forced on anybody.

    `kind` list takes `source` (a formula of cells), whole/decimal/date take low and high, any only
    explains.
    """

    column: int
    first_line: int
    last_line: int
    kind: Literal["any", "list", "whole", "decimal", "date"]
    title: str = ""
    message: str = ""
    source: str = ""
    low: float = 0
    high: float | None = None
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A look that cells take on while a formula holds (written for the first cell), or a bar."""

    column: int
    first_line: int
    last_line: int
    kind: Literal["formula", "bar", "duplicate"]
    formula: str = ""
    color: str = ""
    fill: str = ""
    bold: bool = False
    top: float = 100
    """The value that a full bar stands for."""


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet is printed: A4, the long side across, with header lines repeated."""

    repeat: tuple[int, int] | None = None
    across: int = 1
    """Pages that the columns fill side by side."""
    one_page: bool = False
    last: tuple[int, int] | None = None
    """The last line and column to print; None prints as far as something stands."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; `frozen` says how many lines and columns stay in view."""

    title: str
    cells: tuple[Cell, ...] = ()
    columns: tuple[ColumnLook, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    growing: Mapping[int, float] = field(default_factory=dict)
    """Heights that lines have for now, and that grow with what people type."""
    table: TableArea | None = None
    validations: tuple[Validation, ...] = ()
    conditions: tuple[Condition, ...] = ()
    frozen: tuple[int, int] = (0, 0)
    page: Page = Page()
    visibility: Literal["shown", "hidden", "very_hidden"] = "shown"
    tab: str = ""
    zoom: int = 100
    gridlines: bool = False


@dataclass(frozen=True)
class Book:
    """A whole workbook: its sheets in order, its names of cells, and what it says of itself.

    `names` maps a name to the place it stands for, such as `Calc!$B$2`.
    """

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    title: str
    subject: str
    comment: str
    created: datetime
    active: str
    font: str = "Calibri"
