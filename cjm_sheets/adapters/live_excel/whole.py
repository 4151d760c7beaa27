"""Decides how whole sheets of ours come into an open workbook: what differs, and no more.

Sheets that are there keep what hangs on them and the looks of cells that say what they said; where
other cells are filled than before, all looks come anew.
"""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from cjm_sheets.adapters.live_excel import refusals
from cjm_sheets.adapters.live_excel.grids import cells_of, whole
from cjm_sheets.adapters.live_excel.looks import Dressing
from cjm_sheets.adapters.live_excel.marks import put_marks
from cjm_sheets.adapters.live_excel.memory import hide
from cjm_sheets.adapters.live_excel.typing_in import Place, Put, Writer, says
from cjm_sheets.errors import SheetInTheWayError
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
        there = {sheet.name.casefold(): sheet for sheet in self.book.sheets}
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

    def put(self, put: PutSheets, undo: ExitStack) -> None:
        """Put all sheets into their places, with the names and the marks that go with them."""
        there = {sheet.name.casefold() for sheet in self.book.sheets}
        for planned in put.book.sheets:
            with refusals.told(self.book, self.file, planned.title):
                is_new = planned.title.casefold() not in there
                sheet = self._added(planned, put, undo) if is_new else None
                self._fill(sheet or self.book.sheets[planned.title], planned, undo, is_new=is_new)
        with refusals.told(self.book, self.file):
            self._lists(put.lists, undo)
            self._names(put.book.names, undo)
            for title in put.unhidden:
                self._unhide(title, undo)
        if put.marks is not None:
            put_marks(self.book, self.file, put.marks, undo)

    def _added(self, planned: plan.Sheet, put: PutSheets, undo: ExitStack) -> Any:
        """Add a sheet in its place among the others."""
        before = put.before.get(planned.title, "").casefold()
        near = next((s for s in self.book.sheets if s.name.casefold() == before), None)
        if near is not None:
            sheet = self.book.sheets.add(planned.title, before=near)
        else:
            last = self.book.sheets[len(self.book.sheets) - 1]
            sheet = self.book.sheets.add(planned.title, after=last)
        undo.callback(sheet.delete)
        return sheet

    def _fill(self, sheet: Any, planned: plan.Sheet, undo: ExitStack, *, is_new: bool) -> None:
        """Let a sheet hold just what is planned."""
        rows, formulas = cells_of(whole(sheet))
        now = {
            (line, column): Put(value, formulas.get((line, column), ""))
            for line, row in enumerate(rows, start=1)
            for column, value in enumerate(row, start=1)
            if value is not None or (line, column) in formulas
        }
        cells = {
            (c.line, c.column): c for c in planned.cells if c.formula or c.value not in {None, ""}
        }
        differing = {
            place: _put(cell) for place, cell in cells.items() if not _holds(now.get(place), cell)
        }
        differing |= {place: Put(None) for place in now if place not in cells}
        dressing = Dressing(sheet, planned)
        if is_new:
            dressing.shape()
        elif now.keys() != cells.keys():
            dressing.reshape()
        writer = Writer(sheet, self.file)
        undo.callback(writer.take_back)
        writer.write(differing)
        self._show(sheet, cells)
        if is_new and planned.table:
            self._make_table(sheet, planned.table)
        moved = is_new or now.keys() != cells.keys()
        if moved:
            dressing.merge()
        dressing.dress(None if moved else set(differing))
        if is_new:
            dressing.finish()
            if planned.visibility == "very_hidden":
                hide(sheet)
            elif planned.visibility == "hidden":
                sheet.visible = False

    @staticmethod
    def _show(sheet: Any, cells: Mapping[Place, plan.Cell]) -> None:
        """Let formulas show results in a program that calculates nothing."""
        for place, cell in cells.items():
            if cell.formula:
                show = getattr(sheet.range(place).impl, "show_result", None)
                if show is None:
                    return
                show(cell.value)

    @staticmethod
    def _make_table(sheet: Any, table: plan.TableArea) -> None:
        block = sheet.range((table.header_line, 1), (table.last_line, len(table.columns)))
        sheet.tables.add(block, name=table.name, table_style_name=None)

    def _lists(self, lists: tuple[AddedList, ...], undo: ExitStack) -> None:
        """Put lists into the first free columns of their sheets."""
        known = {name.name.casefold() for name in self.book.names} if lists else set()
        for more in lists:
            if more.name.casefold() in known:
                continue
            sheet = self.book.sheets[more.sheet]
            column = whole(sheet).shape[1] + 1
            writer = Writer(sheet, self.file)
            undo.callback(writer.take_back)
            lines = enumerate(more.words, start=1)
            writer.write({(line, column): Put(word) for line, word in lines})
            letter = a1.letters(column)
            place = f"{a1.title(more.sheet)}!${letter}$2:${letter}${more.last_line}"
            self._names({more.name: place}, undo)

    def _names(self, names: Mapping[str, str], undo: ExitStack) -> None:
        """Let names stand for places, each in place of the one that it was before."""
        now = {name.name: name.refers_to for name in self.book.names} if names else {}
        for name, place in names.items():
            before = now.get(name)
            if before == f"={place}":
                continue
            if before is None:
                undo.callback(self._forget, name)
            else:
                undo.callback(self.book.names.add, name, before)
            self.book.names.add(name, f"={place}")

    def _forget(self, name: str) -> None:
        with suppress(Exception):
            self.book.names[name].delete()

    def _unhide(self, title: str, undo: ExitStack) -> None:
        sheet = self.book.sheets[title]
        if not sheet.visible:
            undo.callback(_hide, sheet)
            sheet.visible = True


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
