"""Decides what the sheets of an open workbook answer to xlwings."""

from collections.abc import Iterator
from typing import Any

from openpyxl.utils.exceptions import SheetTitleException
from xlwings import NoSuchObjectError, base_classes

from cjm_sheets.adapters.xlwings_engine import addresses
from cjm_sheets.adapters.xlwings_engine.model import OpenSheet
from cjm_sheets.adapters.xlwings_engine.names import Names
from cjm_sheets.adapters.xlwings_engine.notes import Note
from cjm_sheets.adapters.xlwings_engine.owners import Workbook
from cjm_sheets.adapters.xlwings_engine.ranges import Range
from cjm_sheets.adapters.xlwings_engine.refusing import gone, protected
from cjm_sheets.adapters.xlwings_engine.shapes import Shapes
from cjm_sheets.adapters.xlwings_engine.tables import Tables


class Sheet(base_classes.Sheet):
    """One sheet."""

    book: Workbook = None  # type: ignore[assignment] # the base class has a property of this name

    def __init__(self, book: Workbook, model: OpenSheet) -> None:
        self.book, self.model = book, model

    def refuse(self) -> None:
        """Raise what Excel raises if nothing can be changed now."""
        if self.book.model.closed:
            raise gone()
        self.book.app.refuse()
        if self.model.looks_like.protection.sheet:
            raise protected()

    @property
    def api(self) -> "Sheet":
        """The thing itself."""
        return self

    @property
    def ProtectContents(self) -> bool:  # noqa: N802 - as the object model of Excel calls it
        """Tell whether the sheet is protected."""
        return bool(self.model.looks_like.protection.sheet)

    @property
    def Visible(self) -> int:  # noqa: N802 - as the object model of Excel calls it
        """Whether people see it: -1, 0 for hidden, 2 for very hidden."""
        return {"visible": -1, "hidden": 0, "veryHidden": 2}[self.model.state]

    @Visible.setter
    def Visible(self, value: int) -> None:  # noqa: N802 - the same
        self._set_state({-1: "visible", 0: "hidden", 2: "veryHidden"}[value])

    @property
    def name(self) -> str:
        """What people call it."""
        return self.model.title

    @name.setter
    def name(self, value: str) -> None:
        self.refuse()
        others = [s.title.casefold() for s in self.book.model.sheets if s is not self.model]
        if value.casefold() in others:
            raise ValueError(value)
        if not self.model.made:
            self.book.model.unsaid.append(self.name)
        try:
            self.model.looks_like.title = value
        except SheetTitleException:
            raise ValueError(value) from None

    @property
    def names(self) -> Names:
        """The names that belong to this sheet."""
        return Names(self.book, self)

    @property
    def notes(self) -> list[Note]:
        """The notes on its cells, line by line."""
        rows = self.model.looks_like.iter_rows()
        cells = (cell for row in rows for cell in row)
        return [Note(self, (c.row, c.column)) for c in cells if c.comment is not None]

    @property
    def index(self) -> int:
        """Its place among the sheets, from 1 on."""
        return self.book.model.sheets.index(self.model) + 1

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Return a block of cells by address, name, or line and column."""
        if isinstance(arg1, int | float) and isinstance(arg2, int | float):
            arg1, arg2 = (int(arg1), int(arg2)), None
        first = self._block(arg1)
        if arg2 is None:
            return first
        last = self._block(arg2)
        top, left, bottom, right = zip(first.area, last.area, strict=True)
        return Range(self, (min(top), min(left), max(bottom), max(right)), arg1)

    def _block(self, asked: Any) -> Range:
        if isinstance(asked, Range):
            return asked
        if isinstance(asked, tuple):
            if 0 in asked:
                raise IndexError("cells are counted from 1")  # noqa: TRY003 - for developers
            if len(asked) == 4:  # noqa: PLR2004 - line, column, lines, columns
                line, column, lines, columns = asked
                return Range(self, (line, column, line + lines - 1, column + columns - 1), asked)
            return Range(self, (asked[0], asked[1], asked[0], asked[1]), asked)
        try:
            return Range(self, addresses.area_of(asked), asked)
        except ValueError:
            return self._named(asked)

    def _named(self, asked: str) -> Range:
        """Return the cells that a name stands for: the sheet's own first, then the workbook's."""
        mine = [(name, name.name.rpartition("!")[2]) for name in self.names]
        every = [(name, name.name) for name in self.book.names]
        for name, said in (*mine, *every):
            if said.casefold() == asked.casefold():
                found: Range = name.refers_to_range
                return found
        for table in self.tables:
            if table.name.casefold() == asked.casefold():
                return table.data_body_range or table.range
        raise NoSuchObjectError(f"The address/named range '{asked}' doesn't exist.")  # noqa: TRY003 - as xlwings

    @property
    def cells(self) -> Range:
        """All cells."""
        return Range(self, (1, 1, addresses.LAST_LINE, addresses.LAST_COLUMN))

    @property
    def used_range(self) -> Range:
        """The block around all cells that hold something."""
        return Range(self, self.model.used())

    def activate(self) -> None:
        """Bring it to the front."""
        self.book.active_sheet = self.model

    select = activate

    def clear_contents(self) -> None:
        """Empty all cells."""
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        """Let all cells look like new ones."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Empty all cells and let them look like new ones."""
        self.cells.clear()
        for merged in list(self.model.looks_like.merged_cells.ranges):
            self.model.looks_like.unmerge_cells(str(merged))

    def autofit(self, axis: str | None = None) -> None:
        """Make columns as wide as what they say."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Take the sheet away."""
        self.refuse()
        if len([s for s in self.book.model.sheets if s.state == "visible"]) == 1 and (
            self.model.state == "visible"
        ):
            raise protected()
        at = self.book.model.sheets.index(self.model)
        self.book.model.sheets.remove(self.model)
        if self.book.active_sheet is self.model:
            self.book.active_sheet = self.book.model.sheets[max(0, at - 1)]
        self.book.model.states.pop(self.name, None)
        self.book.model.formats.remove(self.model.looks_like)
        if not self.model.made:
            self.book.model.unsaid.append(self.name)

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def shapes(self) -> Shapes:
        """What lies on it: pictures, charts, buttons."""
        return Shapes(self)

    @property
    def pictures(self) -> Shapes:
        """The pictures that lie on it."""
        return Shapes(self, pictures=True)

    @property
    def visible(self) -> bool:
        """Tell whether people see it."""
        return self.model.state == "visible"

    @visible.setter
    def visible(self, value: bool) -> None:
        self._set_state("visible" if value else "hidden")

    def _set_state(self, state: Any) -> None:
        self.refuse()
        if state != self.model.state:
            self.model.looks_like.sheet_state = state
            self.book.model.states[self.name] = state

    @property
    def show_gridlines(self) -> bool:
        """Tell whether lines between cells are shown."""
        return bool(self.model.looks_like.sheet_view.showGridLines)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self.refuse()
        self.model.reshaped = True
        self.model.looks_like.sheet_view.showGridLines = value

    @property
    def freeze_panes(self) -> "FreezePanes":
        """What stays in view."""
        return FreezePanes(self)


class FreezePanes(base_classes.FreezePanes):
    """The lines and columns of a sheet that stay in view."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Keep a block in view that begins at the upper left corner."""
        self._sheet.refuse()
        _, _, bottom, right = addresses.area_of(frozen_range)
        bottom = 0 if bottom == addresses.LAST_LINE else bottom
        right = 0 if right == addresses.LAST_COLUMN else right
        self._sheet.model.looks_like.freeze_panes = addresses.written(
            (bottom + 1, right + 1, bottom + 1, right + 1)
        ).replace("$", "")
        self._sheet.model.reshaped = True

    def unfreeze(self) -> None:
        """Let everything move."""
        self._sheet.refuse()
        self._sheet.model.looks_like.freeze_panes = None
        self._sheet.model.reshaped = True


class Sheets(base_classes.Sheets):
    """The sheets of a workbook in their order."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    @property
    def api(self) -> "Sheets":
        """The thing itself."""
        return self

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self._book, self._book.active_sheet)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by title or by number, from 1 on."""
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(self):
                raise IndexError(name_or_index)
            return Sheet(self._book, self._book.model.sheets[name_or_index - 1])
        return Sheet(self._book, self._book.model.sheet(name_or_index))

    def __len__(self) -> int:
        return len(self._book.model.sheets)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, model) for model in list(self._book.model.sheets))

    def __contains__(self, key: object) -> bool:
        try:
            self(key)  # type: ignore[arg-type] # whatever somebody asks for
        except (KeyError, IndexError, AttributeError):
            return False
        return True

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """Add a sheet, in front of the active one unless a place is named."""
        book, model = self._book, self._book.model
        if model.closed:
            raise gone()
        book.app.refuse()
        near = (before or after or self.active).model
        at = model.sheets.index(near) + (after is not None and before is None)
        number = 1
        while name is None and f"Sheet{number}" in self:
            number += 1
        formats = model.formats.create_sheet(name or f"Sheet{number}", at)
        made = OpenSheet(formats, made=True)
        model.sheets.insert(at, made)
        book.active_sheet = made
        return Sheet(book, made)
