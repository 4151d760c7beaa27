"""Decides how whole sheets of ours come into an open workbook: what differs, and no more.

Sheets that are there keep what hangs on them and the looks of cells that say what they said; where
other cells are filled than before, all looks come anew.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cjm_sheets.adapters.live_excel import refusals
from cjm_sheets.adapters.live_excel.grids import cells_of, whole
from cjm_sheets.adapters.live_excel.looks import Dressing
from cjm_sheets.adapters.live_excel.marks import put_marks
from cjm_sheets.adapters.live_excel.memory import hide
from cjm_sheets.adapters.live_excel.scratch import added, keep, sheets
from cjm_sheets.adapters.live_excel.taking_back import Undo
from cjm_sheets.adapters.live_excel.typing_in import Place, Put, Writer, says, show_result
from cjm_sheets.errors.workbook import SheetInTheWayError
from cjm_sheets.ports.sheets import AddedList, PutSheets
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables import a1
from cjm_sheets.templates import plan


@dataclass
class Putting:
    """Puts sheets into one workbook that was read as `since`."""

    book: Any
    file: str
    since: Snapshot

    def refuse_what_is_in_the_way(self, put: PutSheets) -> None:
        """Raise before anything is written if a sheet, a table or a name of others is in the way.

        Raises:
            SheetInTheWayError, SheetProtectedError
        """
        ours = {title.casefold() for title in self.since.made.values()}
        there = {sheet.name.casefold(): sheet for sheet in sheets(self.book)}
        tables = {table.name.casefold() for sheet in there.values() for table in sheet.tables}
        for planned in put.book.sheets:
            title = planned.title.casefold()
            if title in there and title not in ours:
                raise SheetInTheWayError(self.file, planned.title)
            if planned.table and planned.table.name.casefold() in tables:
                raise SheetInTheWayError(self.file, planned.table.name)
            if title in there:
                refusals.refuse_if_protected(there[title], self.file)
        for mark in put.marks or ():
            refusals.refuse_if_protected(self.book.sheets[mark.sheet], self.file)

    def put(self, put: PutSheets, undo: Undo) -> None:
        """Put all sheets into their places, with the names and the marks that go with them.

        Formulas come after all sheets, tables and names: Excel refuses one that leads to nothing.
        """
        fillings = list(self._fillings(put, undo))
        for step in (Filling.hold, Filling.make_table):
            self._each(fillings, step, undo)
        with refusals.told(self.book, self.file):
            self._lists(put.lists, undo)
            self._names(put.book.names, undo)
        for step in (Filling.calculate, Filling.dress):
            self._each(fillings, step, undo)
        with refusals.told(self.book, self.file):
            for title in put.unhidden:
                self._unhide(title, undo)
        if put.marks is not None:
            put_marks(self.book, self.file, put.marks, undo)

    def _each(
        self,
        fillings: "Sequence[Filling]",
        step: "Callable[[Filling, Undo], None]",
        undo: Undo,
    ) -> None:
        for filling in fillings:
            with refusals.told(self.book, self.file, filling.planned.title):
                step(filling, undo)

    def _fillings(self, put: PutSheets, undo: Undo) -> "Iterator[Filling]":
        """Yield what is to be done on each sheet; those that are missing are added."""
        there = {sheet.name.casefold() for sheet in self.book.sheets}
        for planned in put.book.sheets:
            with refusals.told(self.book, self.file, planned.title):
                is_new = planned.title.casefold() not in there
                sheet = self._added(planned, put, undo) if is_new else None
                yield filling_of(
                    sheet or self.book.sheets[planned.title], planned, self.file, is_new=is_new
                )

    def _added(self, planned: plan.Sheet, put: PutSheets, undo: Undo) -> Any:
        """Add a sheet in its place among the others."""
        before = put.before.get(planned.title, "").casefold()
        near = next((s for s in self.book.sheets if s.name.casefold() == before), None)
        return added(self.book, planned.title, undo, near)

    def _lists(self, lists: tuple[AddedList, ...], undo: Undo) -> None:
        """Put lists into the first free columns of their sheets."""
        known = {name.name.casefold() for name in self.book.names} if lists else set()
        for more in lists:
            if more.name.casefold() in known:
                continue
            sheet = self.book.sheets[more.sheet]
            column = whole(sheet).shape[1] + 1
            writer = Writer(sheet, self.file)
            undo.later(more.sheet, writer.take_back)
            lines = enumerate(more.words, start=1)
            writer.write({(line, column): Put(word) for line, word in lines})
            letter = a1.letters(column)
            place = f"{a1.title(more.sheet)}!${letter}$2:${letter}${more.last_line}"
            self._names({more.name: place}, undo)

    def _names(self, names: Mapping[str, str], undo: Undo) -> None:
        """Let names stand for places, each in place of the one that it was before."""
        now = {name.name: name.refers_to for name in self.book.names} if names else {}
        for name, place in names.items():
            before = now.get(name)
            if before == f"={place}":
                continue
            title = a1.split_place(place)[0]
            back = self._forget if before is None else self.book.names.add
            with undo.doing(title, back, name, *filter(None, [before])):
                self.book.names.add(name, f"={place}")

    def _forget(self, name: str) -> None:
        if name in self.book.names:
            self.book.names[name].delete()

    def _unhide(self, title: str, undo: Undo) -> None:
        sheet = self.book.sheets[title]
        if not sheet.visible:
            with undo.doing(title, _hide, sheet):
                sheet.visible = True


@dataclass(frozen=True)
class Filling:
    """One sheet that is to hold just what is planned.

    `differing` are the cells that do not yet; `moved` tells that other cells are filled by now.
    """

    sheet: Any
    planned: plan.Sheet
    writer: Writer
    cells: Mapping[Place, plan.Cell]
    differing: Mapping[Place, Put]
    is_new: bool
    moved: bool

    def hold(self, undo: Undo) -> None:
        """Write what is no formula, and empty what is not planned."""
        dressing = Dressing(self.sheet, self.planned)
        # What stood in the cells comes back last: it is there whatever becomes of the looks.
        undo.later(self.planned.title, self.writer.take_back)
        if self.is_new:
            dressing.shape()
        elif self.differing:
            lines = dressing.lines if self.moved else ()
            keep(self.sheet.book, self.sheet, dressing.area, lines, undo)
        if self.moved and not self.is_new:
            dressing.reshape()
        self.writer.write({p: put for p, put in self.differing.items() if not put.formula})

    def make_table(self, _undo: Undo) -> None:
        """Make the table of a new sheet, which goes with the sheet."""
        table = self.planned.table
        if self.is_new and table:
            first, last = (table.header_line, 1), (table.last_line, len(table.columns))
            block = self.sheet.range(first, last)
            self.sheet.tables.add(block, name=table.name, table_style_name=None)

    def calculate(self, undo: Undo) -> None:
        """Write formulas, with what they show in a program that calculates nothing."""
        self.writer.write({p: put for p, put in self.differing.items() if put.formula})
        for place, cell in self.cells.items():
            if cell.formula and not show_result(self.sheet.range(place), cell.value, undo):
                return

    def dress(self, _undo: Undo) -> None:
        """Let cells look as planned: those that changed, or all of them."""
        dressing = Dressing(self.sheet, self.planned)
        if self.moved:
            dressing.merge()
        dressing.dress(None if self.moved else set(self.differing))
        if self.moved and not self.is_new:
            dressing.condition()
        if self.is_new:
            dressing.finish()
            if self.planned.visibility == "very_hidden":
                hide(self.sheet)
            elif self.planned.visibility == "hidden":
                self.sheet.visible = False


def filling_of(sheet: Any, planned: plan.Sheet, file: str, *, is_new: bool) -> Filling:
    """Return what is to be done so that a sheet holds just what is planned."""
    rows, formulas = cells_of(whole(sheet))
    now = {
        (line, column): Put(value, formulas.get((line, column), ""))
        for line, row in enumerate(rows, start=1)
        for column, value in enumerate(row, start=1)
        if value is not None or (line, column) in formulas
    }
    cells = {(c.line, c.column): c for c in planned.cells if c.formula or c.value not in {None, ""}}
    differing = {
        place: _put(cell) for place, cell in cells.items() if not _holds(now.get(place), cell)
    }
    differing |= {place: Put(None) for place in now if place not in cells}
    moved = is_new or now.keys() != cells.keys()
    return Filling(sheet, planned, Writer(sheet, file), cells, differing, is_new, moved)


def _hide(sheet: Any) -> None:
    sheet.visible = False


def _put(cell: plan.Cell) -> Put:
    formula = cell.formula
    if formula:
        return Put(None, formula if formula.startswith("=") else f"={formula}")
    return Put(cell.value)


def _holds(now: Put | None, cell: plan.Cell) -> bool:
    """Tell whether a cell says already what is planned."""
    if now is None:
        return False
    put = _put(cell)
    if put.formula:
        return _plain(now.formula) == _plain(put.formula)
    if now.formula:
        return False
    if isinstance(put.value, date) and isinstance(now.value, float):
        return False
    return says(now.value, put.value)


def _plain(formula: str) -> str:
    """Return a formula as it is compared: programs write rows and new functions in other ways."""
    plain = formula.replace("_xlfn.", "").replace("[#This Row],", "@").replace(" ", "")
    return plain.replace("[@[", "[[@[").replace("@[", "[").replace("[[", "[").replace("]]", "]")
