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
    over: str = ""
    """Colour of a line above the cell."""
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
    """One cell: a value, or a formula with its known result.

    `link` leads to a sheet of the workbook, there to the cell `spot`.
    """

    line: int
    column: int
    value: Shown
    style: Style
    formula: str = ""
    link: str = ""
    tip: str = ""
    spot: str = "A1"


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """How a column is shown: `level` 1 folds it behind the + of the column before it."""

    width: float
    hidden: bool = False
    level: int = 0
    carries_fold: bool = False
    """A folded group follows: the + stands on this column."""
    style: Style | None = None
    """How cells look that are not written yet, such as those of rows to come."""


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
    last_column: int = 0
    """The last of several columns side by side; 0 if it is one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells, its corners counted from 1."""

    first_line: int
    first_column: int
    last_line: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Series:
    """Points of a chart, joined by a line unless its width is 0.

    `name` is a text, or a formula of a cell with one; `x` and `y` are ranges with their sheet.
    """

    name: str
    x: str
    y: str
    color: str
    width: float = 0
    marker: Literal["circle", "diamond"] = "circle"
    size: int = 7
    label: Literal["", "above", "below", "right"] = ""
    """Where its name stands beside each of its points."""


CHART_NAME = "cjm-sheets"
"""What the names of our charts begin with, so that they can be told from those of people."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that fills a block of cells to its edges, without axes, in a fixed frame.

    Points outside the frame are not shown. `description` says in words what is to be seen.
    """

    place: Block
    series: tuple[Series, ...]
    x: tuple[float, float]
    y: tuple[float, float]
    description: str
    size: tuple[float, float]
    """Width in characters for each column, height in points."""
    legend: tuple[str, ...] = ()
    """The names of those series that are listed above the points."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button over the cells, which runs a macro of the workbook.

    It lies `right` and `down` points from the upper left corner of its cell; `size` is its width
    and height in points. `description` says in words what it does.
    """

    line: int
    column: int
    text: str
    macro: str
    right: float
    down: float
    size: tuple[float, float]
    description: str


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet is printed: the long side across, with header lines repeated."""

    repeat: tuple[int, int] | None = None
    across: int = 1
    """Pages that the columns fill side by side."""
    one_page: bool = False
    last: tuple[int, int] | None = None
    """The last line and column to print; None prints as far as something stands."""
    breaks: tuple[int, ...] = ()
    """The lines after which a new page begins."""
    paper: Literal["A4", "A3"] = "A4"
    centred: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet; `frozen` says how many lines and columns stay in view."""

    title: str
    cells: tuple[Cell, ...] = ()
    columns: tuple[ColumnLook, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    growing: Mapping[int, float] = field(default_factory=dict)
    """Heights that lines have for now, and that grow with what people type."""
    hidden_lines: tuple[int, ...] = ()
    folded_lines: tuple[int, ...] = ()
    """Lines behind a + at the left edge of the line above them."""
    merged: tuple[Block, ...] = ()
    """Blocks that show their first cell only, in a sheet that nobody sorts."""
    charts: tuple[Chart, ...] = ()
    button: Button | None = None
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
    language: str
    font: str = "Calibri"
