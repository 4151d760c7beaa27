"""Decides what a block of cells answers to xlwings: values, formulas, where it is, how it looks."""

import datetime as dt
import itertools
from typing import Any

from openpyxl.worksheet.hyperlink import Hyperlink
from xlwings import XlwingsError

from cjm_sheets.adapters.xlwings_engine import addresses, values
from cjm_sheets.adapters.xlwings_engine.copying import copied
from cjm_sheets.adapters.xlwings_engine.dressed import Dressed
from cjm_sheets.adapters.xlwings_engine.leading import leads_nowhere
from cjm_sheets.adapters.xlwings_engine.looks import ConditionalFormats
from cjm_sheets.adapters.xlwings_engine.notes import Note
from cjm_sheets.adapters.xlwings_engine.refusing import FAILED, RefusedByProgramError
from cjm_sheets.adapters.xlwings_engine.typed import typed
from cjm_sheets.adapters.xlwings_engine.validations import DataValidation
from cjm_sheets.ports.open_books import Place
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError, Raw

_STEPS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}


class Range(Dressed):
    """A block of cells on a sheet."""

    # ---- where it is ---------------------------------------------------------------

    @property
    def api(self) -> "Range":
        """The thing itself: there is no other program behind it."""
        return self

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Title, first line, first column, number of lines and of columns."""
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def max_cells_per_read(self) -> None:
        """No limit."""
        return

    @property
    def max_cells_per_write(self) -> None:
        """No limit."""
        return

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:  # noqa: FBT001 - xlwings passes them so
        """Return the address; `external` with file and sheet."""
        said = addresses.written(self.area, lines_fixed=row_absolute, columns_fixed=col_absolute)
        if not external:
            return said
        whole = f"[{self.sheet.book.name}]{self.sheet.name}"
        plain = a1.title(self.sheet.name) == self.sheet.name and " " not in self.sheet.book.name
        return f"{whole}!{said}" if plain else f"'{whole}'!{said}"

    @property
    def address(self) -> str:
        """The address, such as $A$1:$B$2."""
        return addresses.written(self.area)

    # ---- what it holds -------------------------------------------------------------

    @property
    def raw_value(self) -> Any:
        """What the cells show, row by row; numbers are float, an error is its CellError."""
        cells = self._model.cells
        rows = [[values.shown(cells.get(place)) for place in row] for row in self._rows()]
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self.sheet.refuse()
        for place, value in self._paired(data):
            self._type(place, value)

    def _type(self, place: Place, value: Any) -> None:
        cell = self._look(place)
        year = dt.datetime.now().astimezone().year
        raw, formula = typed(value, str(cell.number_format), year)
        if formula:
            self._refuse_nowhere(formula)
        self._model.put(place, raw, formula)
        if isinstance(raw, dt.datetime) and not cell.is_date:
            # As Excel does: a day that is typed is shown as one.
            cell.number_format = "mm-dd-yy"

    def _refuse_nowhere(self, formula: str) -> None:
        """Refuse a formula that leads to a sheet or a table that is not there."""
        book = self.sheet.book
        every = book.model.sheets
        sheets = {sheet.title.casefold() for sheet in every}
        tables = {name.casefold() for sheet in every for name in sheet.looks_like.tables}
        if nowhere := leads_nowhere(formula, sheets, tables):
            raise RefusedByProgramError(FAILED, nowhere)

    @property
    def formula(self) -> Any:
        """The formulas, and of cells without one what they hold, as text."""
        rows = tuple(tuple(self._formula(place) for place in row) for row in self._rows())
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    formula2 = formula

    def _formula(self, place: Place) -> str:
        text = self._model.formulas.get(place)
        return values.as_typed(self._model.cells.get(place)) if text is None else text

    @property
    def formula_array(self) -> str | None:
        """The formula, if it is one for all cells at once; nobody tells here."""
        return None

    @property
    def has_array(self) -> bool:
        """Tell whether a formula fills several cells; none does here."""
        return False

    def show_result(self, value: Raw) -> None:
        """Let the formula of the cell show a result: nothing is calculated here."""
        for place in self.places():
            self._model.show(place, value)

    def clear_contents(self) -> None:
        """Empty the cells."""
        self.raw_value = None

    def clear_formats(self) -> None:
        """Let the cells look like new ones."""
        self._reshape()
        formats = self._model.looks_like
        for line, column in self.places():
            formats.cell(line, column)._style = formats.parent._named_styles["Normal"].as_tuple()  # noqa: SLF001 - openpyxl has no other way

    def clear(self) -> None:
        """Empty the cells, take off their notes, and let them look like new ones."""
        self.clear_contents()
        self.clear_formats()
        for place in list(self.places()):
            if Range(self.sheet, (*place, *place)).note is not None:
                Note(self.sheet, place).delete()

    # ---- from here to there --------------------------------------------------------

    def end(self, direction: str) -> "Range":
        """Return where Ctrl and an arrow lead to from the first cell."""
        down, right = _STEPS[direction]
        at = (self.row, self.column)

        def moved(place: Place) -> Place | None:
            new = (place[0] + down, place[1] + right)
            inside = 1 <= new[0] <= addresses.LAST_LINE and 1 <= new[1] <= addresses.LAST_COLUMN
            return new if inside else None

        filled = self._is_filled
        ahead = moved(at)
        if ahead is None:
            return self(1, 1)
        if filled(at) and filled(ahead):
            while (ahead := moved(at)) is not None and filled(ahead):
                at = ahead
        else:
            at = self._next_filled(at, down, right)
        return Range(self.sheet, (*at, *at))

    def _next_filled(self, at: Place, down: int, right: int) -> Place:
        """Return the next filled cell in a direction, else the edge of the sheet."""
        line, column = at
        if down:
            lines = [p[0] for p in self._model.filled() if p[1] == column]
            ahead = [other for other in lines if (other - line) * down > 0]
            edge = addresses.LAST_LINE if down > 0 else 1
            return (min(ahead, key=lambda other: abs(other - line), default=edge), column)
        columns = [p[1] for p in self._model.filled() if p[0] == line]
        ahead = [other for other in columns if (other - column) * right > 0]
        edge = addresses.LAST_COLUMN if right > 0 else 1
        return (line, min(ahead, key=lambda other: abs(other - column), default=edge))

    def expand(self, mode: str) -> "Range":
        """Return the filled block that begins here, as xlwings itself finds it."""
        import xlwings  # noqa: PLC0415 - its main module imports the engines
        from xlwings.expansion import expanders  # noqa: PLC0415 - the same

        found: Range = expanders[mode].expand(xlwings.Range(impl=self)).impl
        return found

    @property
    def current_region(self) -> "Range":
        """The block around this cell that blank lines and columns set apart."""
        top, left, bottom, right = self.area
        filled = set(self._model.filled())
        while True:
            near = [
                p for p in filled
                if top - 1 <= p[0] <= bottom + 1 and left - 1 <= p[1] <= right + 1
            ]  # fmt: skip
            lines = [p[0] for p in near] + [top, bottom]
            columns = [p[1] for p in near] + [left, right]
            new = (min(lines), min(columns), max(lines), max(columns))
            if new == (top, left, bottom, right):
                return Range(self.sheet, new)
            top, left, bottom, right = new

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list["Range"]:
        """Return the visible cells as blocks, or the blank, typed or calculated ones by lines."""
        if cell_type == "visible":
            return self._seen()
        wanted = {
            "blanks": lambda place: not self._is_filled(place),
            "constants": lambda p: self._is_filled(p) and p not in self._model.formulas,
            "formulas": lambda place: place in self._model.formulas,
        }[cell_type]
        kinds = {
            "numbers": (int, float),
            "text": (str,),
            "logical": (bool,),
            "errors": (CellError,),
        }
        found = [
            place
            for place in self.places()
            if wanted(place)
            and (
                value_type is None
                or values.is_one_of(self._model.cells.get(place), kinds[value_type])
            )
        ]
        return [Range(self.sheet, (*place, *place)) for place in found]

    def _seen(self) -> list["Range"]:
        """Return the blocks of lines and columns that nobody hid."""
        top, left, bottom, right = self.area
        one = Range(self.sheet, (1, 1, 1, 1))
        lines = _runs([n for n in range(top, bottom + 1) if not one.line_is_hidden(n)])
        columns = _runs([n for n in range(left, right + 1) if not one.column_is_hidden(n)])
        return [
            Range(self.sheet, (*first, *last))
            for (first_line, last_line), (first_column, last_column) in itertools.product(
                lines, columns
            )
            for first, last in [((first_line, first_column), (last_line, last_column))]
        ]

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Push the cells down or right; formulas elsewhere do not follow here."""
        del copy_origin
        self._shift(down=shift in {None, "down"}, by=1)

    def delete(self, shift: str | None = None) -> None:
        """Let what lies below or to the right take the place of the cells."""
        self._shift(down=shift in {None, "up"}, by=-1)

    def _shift(self, *, down: bool, by: int) -> None:
        """Move all cells from here on by the size of the block."""
        self.sheet.refuse()
        model, (top, left, bottom, right) = self._model, self.area
        lines, columns = self.shape
        step = (lines * by, 0) if down else (0, columns * by)

        def beyond(place: Place) -> bool:
            line, column = place
            if down:
                return left <= column <= right and line >= top
            return top <= line <= bottom and column >= left

        moved = {p: (model.cells.get(p), model.formulas.get(p, "")) for p in model.filled()}
        moved = {place: held for place, held in moved.items() if beyond(place)}
        for place in moved:
            model.put(place, None)
        for place, held in moved.items():
            inside = top <= place[0] <= bottom and left <= place[1] <= right
            if by < 0 and inside:
                continue
            model.put((place[0] + step[0], place[1] + step[1]), *held)
        model.unsaid.append(f"{self.sheet.name}!{self.address}")

    def copy(self, destination: "Range | None" = None) -> None:
        """Copy what the cells hold, how they look, and what hangs on them onto another block."""
        if destination is None:
            raise XlwingsError("there is no clipboard: name a destination")  # noqa: TRY003 - for developers
        there = getattr(destination, "impl", destination)
        there.sheet.refuse()
        copied(self, there)

    # ---- what hangs on it ----------------------------------------------------------

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """How cells look while something holds."""
        return ConditionalFormats(self)

    @property
    def data_validation(self) -> DataValidation:
        """What the cells should hold."""
        return DataValidation(self)

    @property
    def note(self) -> Note | None:
        """The note on the first cell, None if there is none."""
        place = (self.row, self.column)
        return Note(self.sheet, place) if self._look(place).comment is not None else None

    def add_note(self, text: str) -> Note:
        """Write a note on the cell."""
        self.sheet.refuse()
        note = Note(self.sheet, (self.row, self.column))
        note.text = text
        return note

    @property
    def hyperlink(self) -> str:
        """Where the first cell leads to."""
        link = self._first().hyperlink
        if link is None:
            raise XlwingsError("The cell doesn't seem to contain a hyperlink!")  # noqa: TRY003 - as xlwings
        return str(link.target or f"#{link.location}")

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        """Let the cells lead to an address, or with # to a place of the workbook."""
        first = self._first()
        inside = address.startswith("#")
        first.hyperlink = Hyperlink(
            ref=first.coordinate,
            target=None if inside else address,
            location=address[1:] if inside else None,
            tooltip=screen_tip,
        )
        self._reshape()
        self._model.put((self.row, self.column), text_to_display)

    @property
    def table(self) -> Any:
        """The table that the first cell lies in."""
        for table in self.sheet.tables:
            top, left, bottom, right = table.range.area
            if top <= self.row <= bottom and left <= self.column <= right:
                return table
        return None

    @property
    def name(self) -> Any:
        """The name that stands for just these cells, None if there is none."""
        for name in self.sheet.book.names:
            if name.leads_to() == (self.sheet.name, self.area):
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={a1.title(self.sheet.name)}!{self.address}")

    def select(self) -> None:
        """Select the cells."""
        self.sheet.book.app.selection = self


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of numbers that follow each other."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
