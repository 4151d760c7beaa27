"""Decides how a block of cells looks, and how that is changed: letters, colours, sizes, merging."""

import itertools
from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any, Self

from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine import addresses, values
from cjm_sheets.adapters.xlwings_engine.looks import Borders, Font, argb, rgb
from cjm_sheets.adapters.xlwings_engine.model import Area
from cjm_sheets.adapters.xlwings_engine.owners import Worksheet
from cjm_sheets.ports.open_books import Place
from cjm_sheets.tables import a1

_WIDTH, _HEIGHT = 8.43, 15.0
"""How wide (in characters) and high (in points) cells are of which nothing is said."""

_POINTS_A_CHARACTER = 5.25


class Dressed(base_classes.Range):
    """A block of cells, as far as it can be seen and not read."""

    sheet: Worksheet
    area: Area

    def __init__(self, sheet: Worksheet, area: Area, asked: object = None) -> None:
        """`asked` is how somebody named it."""
        self.sheet, self.area, self.arg1_input = sheet, area, asked

    # ---- where it is -----------------------------------------------------------------

    @property
    def _model(self) -> Any:
        return self.sheet.model

    @property
    def row(self) -> int:
        """The first line."""
        return self.area[0]

    @property
    def column(self) -> int:
        """The first column."""
        return self.area[1]

    @property
    def shape(self) -> tuple[int, int]:
        """How many lines and columns it has."""
        top, left, bottom, right = self.area
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        lines, columns = self.shape
        return lines * columns

    def __call__(self, *args: int) -> Self:
        """Return a cell by line and column, or by its number, counted from 1 within the block."""
        if len(args) == 1:
            line, column = divmod(args[0] - 1, self.shape[1])
        else:
            line, column = args[0] - 1, args[1] - 1
        at = (self.row + line, self.column + column)
        if min(at) < 1 or at[0] > addresses.LAST_LINE or at[1] > addresses.LAST_COLUMN:
            raise IndexError(args)
        return type(self)(self.sheet, (*at, *at))

    def places(self) -> Iterator[Place]:
        """Yield the cells, of whole columns and lines only as far as something stands or looks."""
        top, left, bottom, right = self._bounded()
        yield from itertools.product(range(top, bottom + 1), range(left, right + 1))

    def _bounded(self) -> Area:
        top, left, bottom, right = self.area
        if bottom == addresses.LAST_LINE or right == addresses.LAST_COLUMN:
            _, _, last_line, last_column = self.sheet.model.used()
            bottom = min(bottom, max(last_line, self.sheet.model.looks_like.max_row))
            right = min(right, max(last_column, self.sheet.model.looks_like.max_column))
        return top, left, bottom, right

    def _rows(self) -> list[list[Place]]:
        top, left, bottom, right = self.area
        return [[(line, c) for c in range(left, right + 1)] for line in range(top, bottom + 1)]

    def _paired(self, data: Any) -> Iterator[tuple[Place, Any]]:
        """Yield each cell with what it gets; one value fills all of them."""
        if not isinstance(data, list | tuple):
            for place in self.places():
                yield place, data
            return
        rows = data if data and isinstance(data[0], list | tuple) else [data]
        for places, row in zip(self._rows(), rows, strict=False):
            yield from zip(places, row, strict=False)

    def _is_filled(self, place: Place) -> bool:
        return place in self._model.cells or place in self._model.formulas

    def line_is_hidden(self, line: int) -> bool:
        """Tell whether a line of the sheet is hidden."""
        known = self._model.looks_like.row_dimensions
        return line in known and bool(known[line].hidden)

    def column_is_hidden(self, column: int) -> bool:
        """Tell whether a column of the sheet is hidden."""
        return any(
            bool(dimension.hidden) and (dimension.min or 0) <= column <= (dimension.max or 0)
            for dimension in self._model.looks_like.column_dimensions.values()
        )

    # ---- how it looks --------------------------------------------------------------

    def _look(self, place: Place) -> Any:
        return self._model.looks_like.cell(*place)

    def _reshape(self) -> None:
        self.sheet.refuse()
        self._model.reshaped = True

    def _looks(self) -> list[Any]:
        """Return the cells whose looks change."""
        self._reshape()
        return [self._look(place) for place in self.places()]

    def _first(self) -> Any:
        return self._look((self.row, self.column))

    @property
    def font(self) -> Font:
        """The letters."""
        return Font(self._first, self._looks)

    @property
    def borders(self) -> Borders:
        """The lines around cells."""
        return Borders(self)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour behind the letters: red, green, blue."""
        fill = self._first().fill
        return rgb(fill.fgColor) if fill.fill_type == "solid" else None

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        for cell in self._looks():
            cell.fill = values.filled(None if color_or_rgb is None else argb(color_or_rgb))

    def set_colors(self, colors: Sequence[Sequence[Any]]) -> None:
        """Give each cell its own colour, None for none."""
        for place, color in self._paired(colors):
            type(self)(self.sheet, (*place, *place)).color = color

    @property
    def number_format(self) -> str:
        """How numbers are shown."""
        return str(self._first().number_format)

    @number_format.setter
    def number_format(self, value: str) -> None:
        for cell in self._looks():
            cell.number_format = value

    @property
    def wrap_text(self) -> bool:
        """Tell whether long texts take several lines."""
        return bool(self._first().alignment.wrap_text)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._align(wrap_text=value)

    @property
    def horizontal_alignment(self) -> str:
        """Where texts stand from left to right."""
        return values.HORIZONTAL_BACK[self._first().alignment.horizontal or "general"]

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self._align(horizontal=values.HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str:
        """Where texts stand from top to bottom."""
        return str(self._first().alignment.vertical or "bottom")

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._align(vertical=value)

    def _align(self, **how: object) -> None:
        for cell in self._looks():
            alignment = copy(cell.alignment)
            for name, value in how.items():
                setattr(alignment, name, value)
            cell.alignment = alignment

    def adjust_indent(self, amount: int) -> None:
        """Move texts away from the edge."""
        for cell in self._looks():
            alignment = copy(cell.alignment)
            alignment.indent = max(0, int(alignment.indent) + amount)
            cell.alignment = alignment

    @property
    def column_width(self) -> float:
        """How many characters are beside each other in the first column."""
        return self._width(self.column)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._reshape()
        for column in range(self.column, self.column + self.shape[1]):
            self._model.looks_like.column_dimensions[a1.letters(column)].width = value

    def _width(self, column: int) -> float:
        known = self._model.looks_like.column_dimensions
        letters = a1.letters(column)
        return float(known[letters].width) if letters in known else _WIDTH

    @property
    def row_height(self) -> float:
        """How high the first line is, in points."""
        return self._height(self.row)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._reshape()
        for line in range(self.row, self.row + self.shape[0]):
            self._model.looks_like.row_dimensions[line].height = value

    def _height(self, line: int) -> float:
        known = self._model.looks_like.row_dimensions
        return float(known[line].height or _HEIGHT) if line in known else _HEIGHT

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        columns = range(self.column, self.column + self.shape[1])
        return sum(self._width(column) for column in columns) * _POINTS_A_CHARACTER

    @property
    def height(self) -> float:
        """How high it is, in points."""
        return sum(self._height(line) for line in range(self.row, self.row + self.shape[0]))

    @property
    def row_hidden(self) -> bool:
        """Tell whether the lines are hidden."""
        return self.line_is_hidden(self.row)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self._reshape()
        for line in range(self.row, self.row + self.shape[0]):
            self._model.looks_like.row_dimensions[line].hidden = value

    @property
    def column_hidden(self) -> bool:
        """Tell whether the columns are hidden."""
        return self.column_is_hidden(self.column)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self._reshape()
        for column in range(self.column, self.column + self.shape[1]):
            self._model.looks_like.column_dimensions[a1.letters(column)].hidden = value

    def autofit(self, axis: str | None = None) -> None:
        """Make columns as wide as their longest line of text; lines fit themselves."""
        self._reshape()
        if axis in {"r", "rows"}:
            return
        _, left, _, right = self._bounded()
        for column in range(left, right + 1):
            texts = [str(v) for p, v in self._model.cells.items() if p[1] == column]
            longest = max((len(line) for t in texts for line in t.splitlines()), default=0)
            if longest:
                self._model.looks_like.column_dimensions[a1.letters(column)].width = longest + 1

    def merge(self, across: bool = False) -> None:  # noqa: FBT001, FBT002 - xlwings passes it so
        """Show the cells as one, line by line if `across`; the first alone keeps what it says."""
        self._reshape()
        top, left, bottom, right = self.area
        blocks = [(n, left, n, right) for n in range(top, bottom + 1)] if across else [self.area]
        for block in blocks:
            for place in list(type(self)(self.sheet, block).places())[1:]:
                if self._is_filled(place):
                    self._model.put(place, None)
            self._model.looks_like.merge_cells(addresses.written(block).replace("$", ""))

    def unmerge(self) -> None:
        """Show each cell by itself again."""
        self._reshape()
        for merged in [m for m in self._model.looks_like.merged_cells.ranges if self.meets(m)]:
            self._model.looks_like.unmerge_cells(str(merged))

    def meets(self, merged: Any) -> bool:
        """Tell whether a range of openpyxl has a cell of this block."""
        top, left, bottom, right = self.area
        beside = merged.min_col > right or merged.max_col < left
        return not beside and merged.min_row <= bottom and merged.max_row >= top

    @property
    def merge_cells(self) -> bool | None:
        """Tell whether all cells are shown as one with others; None if only some are."""
        merged = [m for m in self._model.looks_like.merged_cells.ranges if self.meets(m)]
        if not merged:
            return False
        top, left, bottom, right = self.area
        within = sum(
            (min(m.max_row, bottom) - max(m.min_row, top) + 1)
            * (min(m.max_col, right) - max(m.min_col, left) + 1)
            for m in merged
        )
        return True if within == len(self) else None

    @property
    def merge_area(self) -> Self:
        """The cells that are shown as one with the first."""
        first = type(self)(self.sheet, (self.row, self.column) * 2)
        for merged in self._model.looks_like.merged_cells.ranges:
            if first.meets(merged):
                area = (merged.min_row, merged.min_col, merged.max_row, merged.max_col)
                return type(self)(self.sheet, area)
        return first
