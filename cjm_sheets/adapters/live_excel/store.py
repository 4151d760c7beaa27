"""Decides how a workbook that is open in Excel is a store: read, and changed under people's eyes.

Only the cells that change are written, after they were read once more: nobody's typing of the last
moment is overwritten. What fails halfway is taken back. While several writes are one, the sheets
that none of them touched are not read again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from cjm_sheets.adapters.live_excel import refusals, scratch
from cjm_sheets.adapters.live_excel.grids import grid_of
from cjm_sheets.adapters.live_excel.known import Known
from cjm_sheets.adapters.live_excel.memory import put_memory
from cjm_sheets.adapters.live_excel.planning import Work, planned, refuse_if_changed
from cjm_sheets.adapters.live_excel.quiet import quiet
from cjm_sheets.adapters.live_excel.taking_back import Undo
from cjm_sheets.adapters.live_excel.typing_in import Place, Put, Writer, show_result
from cjm_sheets.adapters.live_excel.whole import Putting
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.excel import ChangedInExcelError, HalfWrittenError, WorkbookClosedError
from cjm_sheets.ports.gathered import gathered
from cjm_sheets.ports.sheets import PutSheets
from cjm_sheets.ports.store import Changes, Outcome, SetResult, Snapshot
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates.titles import MEMORY


class LiveWorkbook:
    """A workbook that somebody has open; `book` is an `xlwings.Book`."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._known = Known()
        self._undo: Undo | None = None
        with refusals.told(book, ""):
            self._name = str(book.name)

    @property
    def name(self) -> str:
        """The name of the workbook, without its folder."""
        return self._name

    def read(self) -> Snapshot:
        """Return the map as it is on the screen, saved or not."""
        with refusals.told(self.book, self.name):
            if self._undo is None:
                self._known = Known()
            there = scratch.sheets(self.book)
            grids = tuple(map(self._known.grid, there))
            made = self._known.made(self.book)
        return gathered(grids, made, _stamp(grids), self.name)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let all that is written meanwhile be one: everything stays, or nothing does.

        What somebody types meanwhile is read only of sheets that were written; none of it is
        overwritten.
        """
        with self._at_once():
            yield

    def refuse_if_busy(self) -> None:
        """Raise a BusyError while Excel takes no changes, an InputError if it never will."""
        refusals.refuse_if_not_ours_to_change(self.book, self.name)

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Write the changes into the open workbook, all of them or none; the file is not saved.

        Lines never move: a new row takes the first blank one after the data, `after` is no more
        than a wish; a row that is dropped leaves a blank one. Results are shown by the formulas
        themselves. Raises ChangedInExcelError where something to be overwritten is not as it was
        read, and what refusals tell of, each with the workbook as it was.
        """
        if changes.is_nothing:
            return Outcome(since.stamp)
        self.refuse_if_busy()
        with refusals.told(self.book, self.name):
            there = scratch.sheets(self.book)
            areas = {s.name: {t.name: _area(t) for t in s.tables} for s in there}
        works = planned(changes, since, self.name, areas)
        self._refuse_if_changed(works, changes, since)
        with self._at_once() as undo, quiet(self.book):
            for work in works:
                self._carry_out(work, undo)
            if changes.memory is not None and changes.memory != since.memory:
                with refusals.told(self.book, self.name, MEMORY):
                    put_memory(self.book, changes.memory, len(since.memory), self.name, undo)
            with refusals.told(self.book, self.name):
                self._show(changes.results, since, undo)
        self._known = Known()  # formulas anywhere may show something else by now
        return Outcome(self.read().stamp)

    def put_sheets(self, put: PutSheets, since: Snapshot) -> Outcome:
        """Write whole sheets of ours into the open workbook, all of them or none.

        Raises:
            SheetInTheWayError: a sheet of somebody else bears one of the titles.
        """
        self.refuse_if_busy()
        with refusals.told(self.book, self.name):
            putting = Putting(self.book, self.name, since)
            putting.refuse_what_is_in_the_way(put)
        with self._at_once() as undo, quiet(self.book), refusals.told(self.book, self.name):
            putting.put(put, undo)
        self._known.forget(put)
        return Outcome(self.read().stamp)

    # ---- one after the other -------------------------------------------------------

    @contextmanager
    def _at_once(self) -> Iterator[Undo]:
        """Take back what was done if anything fails, and all that belongs to it."""
        if self._undo is not None:
            try:
                yield self._undo
            except BaseException as failed:
                # Whoever hears of it and goes on shall not go on with half of it.
                self._take_back(self._undo, failed)
                raise
            return
        undo = self._undo = Undo()
        try:
            with refusals.told(self.book, self.name):
                scratch.sweep(self.book)
            yield undo
        except BaseException as failed:
            self._take_back(undo, failed)
            raise
        else:
            if not undo.is_empty:
                with quiet(self.book):
                    undo.settle()
        finally:
            self._undo = None

    def _take_back(self, undo: Undo, failed: BaseException) -> None:
        """Take everything back; raise HalfWrittenError if something does not come back."""
        self._known = Known()
        if undo.is_empty:
            return
        with quiet(self.book):
            left = undo.take_back()
        if left and isinstance(failed, CjmError) and not isinstance(failed, WorkbookClosedError):
            raise HalfWrittenError(self.name, ", ".join(left), failed) from failed

    def _refuse_if_changed(self, works: Sequence[Work], changes: Changes, since: Snapshot) -> None:
        """Read what is to be overwritten once more, and compare."""
        with refusals.told(self.book, self.name):
            titles_now = {sheet.name for sheet in scratch.sheets(self.book)}
            for work in works:
                if work.table.sheet not in titles_now:
                    raise ChangedInExcelError(self.name)
                sheet = self.book.sheets[work.table.sheet]
                refusals.refuse_if_protected(sheet, self.name)
                refuse_if_changed(work, grid_of(sheet))
            if changes.memory is not None and MEMORY in titles_now:
                rows = grid_of(self.book.sheets[MEMORY]).rows
                found = tuple(row[0] for row in rows if row and isinstance(row[0], str))
                if found != since.memory:
                    raise ChangedInExcelError(self.name)

    def _carry_out(self, work: Work, undo: Undo) -> None:
        with refusals.told(self.book, self.name, work.table.sheet):
            sheet = self.book.sheets[work.table.sheet]
            if work.growing is not None:
                self._grow(sheet, work, undo)
            writer = Writer(sheet, self.name, work.expected)
            undo.later(work.table.sheet, writer.take_back)
            writer.write(work.cells)

    def _grow(self, sheet: Any, work: Work, undo: Undo) -> None:
        """Give a table more lines; new lines calculate what the others do."""
        growing = work.growing
        if growing is None:
            return
        top, left, bottom, right = growing.area
        title = work.table.sheet
        new = sheet.range((bottom + 1, left), (bottom + growing.more, right))
        undo.later(title, _empty, new)  # Excel has filled in formulas that nobody asked for
        if growing.name:
            table = sheet.tables[growing.name]
            with undo.doing(title, table.resize, sheet.range((top, left), (bottom, right))):
                table.resize(sheet.range((top, left), (bottom + growing.more, right)))
        lines = range(bottom + 1, bottom + growing.more + 1)
        writer = Writer(sheet, self.name)
        undo.later(title, writer.take_back)
        for column, text in growing.formulas.items():
            cells: dict[Place, Put] = {
                (line, column): Put(None, f"={text}")
                for line in lines
                if not str(sheet.range((line, column)).formula).startswith("=")
            }
            try:
                writer.write(cells)
            except Exception as refused:
                # It leads to a sheet that the workbook lacks: the rows come without a result.
                if not refusals.is_excels(refused):
                    raise

    def _show(self, results: Sequence[SetResult], since: Snapshot, undo: Undo) -> None:
        """Let formulas show results in a program that calculates nothing."""
        tables = {table.spec.key: table for table in since.tables}
        for result in results:
            column = tables[result.table].by_key.get(result.column)
            if column is None:
                continue
            title = tables[result.table].sheet
            cell = self.book.sheets[title].range((result.line, column.at))
            if not show_result(cell, result.value, undo):
                return


def _empty(block: Any) -> None:
    block.value = None


def _area(table: Any) -> tuple[int, int, int, int]:
    block = table.range
    lines, columns = block.shape
    return block.row, block.column, block.row + lines - 1, block.column + columns - 1


def _stamp(grids: Sequence[Grid]) -> str:
    """Return what tells one state of a workbook from another."""
    said = ((g.sheet, g.rows, sorted(g.formulas.items()), sorted(g.areas.items())) for g in grids)
    return sha256(repr(list(said)).encode("utf-8", "surrogatepass")).hexdigest()
