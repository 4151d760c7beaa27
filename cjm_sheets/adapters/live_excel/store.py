"""Decides how a workbook that is open in Excel is a store: read, and changed under people's eyes.

Only the cells that change are written, after they were read once more: nobody's typing of the last
moment is overwritten. What fails halfway is taken back.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from typing import Any

from cjm_sheets.adapters.live_excel import refusals
from cjm_sheets.adapters.live_excel.grids import grid_of
from cjm_sheets.adapters.live_excel.memory import put_memory
from cjm_sheets.adapters.live_excel.planning import Work, planned, refuse_if_changed
from cjm_sheets.adapters.live_excel.quiet import quiet
from cjm_sheets.adapters.live_excel.typing_in import Place, Put, Writer
from cjm_sheets.adapters.live_excel.whole import Putting
from cjm_sheets.errors import ChangedInExcelError
from cjm_sheets.ports.gathered import gathered
from cjm_sheets.ports.sheets import PutSheets
from cjm_sheets.ports.store import Changes, Outcome, SetResult, Snapshot
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates import titles
from cjm_sheets.templates.titles import MEMORY


class LiveWorkbook:
    """A workbook that somebody has open; `book` is an `xlwings.Book`."""

    def __init__(self, book: Any) -> None:
        self.book = book
        with refusals.told(book, ""):
            self._name = str(book.name)

    @property
    def name(self) -> str:
        """The name of the workbook, without its folder."""
        return self._name

    def read(self) -> Snapshot:
        """Return the map as it is on the screen, saved or not."""
        with refusals.told(self.book, self.name):
            grids = tuple(map(grid_of, self.book.sheets))
            made = self._made()
        return gathered(grids, made, _stamp(grids), self.name)

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
            areas = {s.name: {t.name: _area(t) for t in s.tables} for s in self.book.sheets}
        works = planned(changes, since, self.name, areas)
        self._refuse_if_changed(works, changes, since)
        with self._at_once() as undo:
            for work in works:
                self._carry_out(work, undo)
            if changes.memory is not None and changes.memory != since.memory:
                with refusals.told(self.book, self.name, MEMORY):
                    writer = put_memory(self.book, changes.memory, len(since.memory), self.name)
                    undo.callback(writer.take_back)
            self._show(changes.results, since)
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
        with self._at_once() as undo:
            putting.put(put, undo)
        return Outcome(self.read().stamp)

    # ---- one after the other -------------------------------------------------------

    def _made(self) -> dict[str, str]:
        """Return the titles of the sheets that the program made, by what they are."""
        mark = titles.MARK.format("").casefold()
        places = {}
        for name in self.book.names:
            said = name.name
            if said.casefold().startswith(mark):
                refers_to = name.refers_to
                if "#REF" not in refers_to:
                    places[said] = a1.split_place(refers_to.removeprefix("="))[0]
        return titles.roles(places)

    @contextmanager
    def _at_once(self) -> Iterator[ExitStack]:
        """Hold Excel still; take back what was done if anything fails."""
        with quiet(self.book), ExitStack() as undo:
            try:
                yield undo
            except BaseException:
                with suppress(Exception):  # what failed first is what is told
                    undo.close()
                raise
            undo.pop_all()

    def _refuse_if_changed(self, works: Sequence[Work], changes: Changes, since: Snapshot) -> None:
        """Read what is to be overwritten once more, and compare."""
        with refusals.told(self.book, self.name):
            titles_now = {sheet.name for sheet in self.book.sheets}
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

    def _carry_out(self, work: Work, undo: ExitStack) -> None:
        with refusals.told(self.book, self.name, work.table.sheet):
            sheet = self.book.sheets[work.table.sheet]
            if work.growing is not None:
                self._grow(sheet, work, undo)
            writer = Writer(sheet, self.name, work.expected)
            undo.callback(writer.take_back)
            writer.write(work.cells)

    def _grow(self, sheet: Any, work: Work, undo: ExitStack) -> None:
        """Give a table more lines; new lines calculate what the others do."""
        growing = work.growing
        if growing is None:
            return
        top, left, bottom, right = growing.area
        if growing.name:
            table = sheet.tables[growing.name]
            undo.callback(table.resize, sheet.range((top, left), (bottom, right)))
            table.resize(sheet.range((top, left), (bottom + growing.more, right)))
        lines = range(bottom + 1, bottom + growing.more + 1)
        writer = Writer(sheet, self.name)
        undo.callback(writer.take_back)
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

    def _show(self, results: Sequence[SetResult], since: Snapshot) -> None:
        """Let formulas show results in a program that calculates nothing."""
        tables = {table.spec.key: table for table in since.tables}
        for result in results:
            column = tables[result.table].by_key.get(result.column)
            if column is None:
                continue
            cell = self.book.sheets[tables[result.table].sheet].range((result.line, column.at))
            show = getattr(cell.impl, "show_result", None)
            if show is None:
                return
            show(result.value)


def _area(table: Any) -> tuple[int, int, int, int]:
    block = table.range
    lines, columns = block.shape
    return block.row, block.column, block.row + lines - 1, block.column + columns - 1


def _stamp(grids: Sequence[Grid]) -> str:
    """Return what tells one state of a workbook from another."""
    said = ((g.sheet, g.rows, sorted(g.formulas.items()), sorted(g.areas.items())) for g in grids)
    return sha256(repr(list(said)).encode("utf-8", "surrogatepass")).hexdigest()
