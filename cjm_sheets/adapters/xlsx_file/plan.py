"""Decides which cells of which sheets change, so that all changes that were asked for are made.

Lines never move: a row is added in the first blank one after the table's data, and the table grows
at its end when none is left; a row that goes leaves a blank one behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cjm_sheets.adapters.xlsx_file import limits
from cjm_sheets.adapters.xlsx_file.edits import Edit, Growth, Place, Refresh, SheetEdit, Write
from cjm_sheets.adapters.xlsx_file.outline import Outline, Sheet, TableObject
from cjm_sheets.errors.workbook import CannotWriteSafelyError, NoRoomError, TextTooLongError
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, Snapshot
from cjm_sheets.tables import naming
from cjm_sheets.tables.characters import EXCEL, length, writable
from cjm_sheets.tables.filling import last_filled, says_already
from cjm_sheets.tables.formulas_of import FormulasOf
from cjm_sheets.tables.table import Raw, Table


@dataclass
class _Work:
    """The changes of one table as they are found."""

    table: Table
    sheet: Sheet
    found: TableObject | None
    file: str
    cells: dict[Place, Edit] = field(default_factory=dict)
    more: int = 0

    @property
    def last(self) -> int:
        """The last line that belongs to the table, with all rows that it still has room for."""
        return max(self.table.last_line, self.found.area[2] if self.found else 0)

    def set_cell(self, line: int, key: str, value: Raw) -> None:
        """Write a cell, if the sheet has such a column and the cell does not say so already."""
        self.set_cells(key, [line], [value])

    def set_cells(self, key: str, lying: Iterable[int], values: Iterable[Raw]) -> None:
        """Write cells of a column, given their lines, as set_cell does."""
        column, lines = self.table.by_key.get(key), self.table.lines
        if column is None:
            return
        at, formulas, first = column.at, self.table.formulas, lines[0] if lines else 1
        there, of = len(lines), column.cells
        for line, value in zip(lying, values, strict=True):
            if isinstance(value, str):
                value = self._writable(line, key, value)  # noqa: PLW2901 - the same, as cells have it
            now = of[line - first] if 0 <= line - first < there else None
            place = (line, at)
            if not says_already(now, value) or (formulas and place in formulas):
                self.cells[place] = Write(value)

    def _writable(self, line: int, key: str, value: str) -> str:
        """Return a text as a cell can hold it; raises if it is too long."""
        if length(value) > EXCEL:
            named = self.table.place(key, line)
            raise TextTooLongError(self.file, named, length(value), EXCEL)
        return writable(value)

    def drop(self, line: int) -> None:
        """Empty what the schema knows of a row, its id as well; own columns and formulas stay."""
        for column in self.table.spec.typed:
            self.set_cell(line, column.key, None)

    def add(self, line: int, cells: Mapping[str, Raw]) -> None:
        """Fill a blank row; what a template filled in and the new row lacks goes."""
        for column in self.table.spec.typed:
            self.set_cell(line, column.key, cells.get(column.key))


def plan_edits(
    changes: Changes, since: Snapshot, plan: Outline, file: str
) -> tuple[SheetEdit, ...]:
    """Return the edits of each sheet; () if all cells say already what they should."""
    touched = _touched(changes)
    works = {t.spec.key: _work(t, plan, file) for t in since.tables if t.spec.key in touched}
    for unknown in sorted(touched - works.keys()):
        raise CannotWriteSafelyError(file, unknown)
    for new in changes.tables:
        raise CannotWriteSafelyError(file, new.spec.label)
    for key, work in works.items():
        _plan_table(work, key, changes)
    formulas = FormulasOf({table.spec.key: table for table in since.tables})
    return tuple(_by_sheet(works.values(), formulas))


def _touched(changes: Changes) -> set[str]:
    """Return the tables of which anything changes."""
    named = {change.table for change in changes.cells} | {row.table for row in changes.added}
    named |= {row.table for row in changes.dropped}
    return named | {result.table for result in changes.results}


def _work(table: Table, plan: Outline, file: str) -> _Work:
    """Return where a table lies in the file."""
    sheet = next(sheet for sheet in plan.sheets if sheet.title == table.sheet)
    found = next(
        (
            entry
            for entry in sheet.tables
            if naming.plain(entry.name) == naming.plain(table.spec.key)
            and entry.area[0] == table.header_line
        ),
        None,
    )
    return _Work(table, sheet, found, file)


def _plan_table(work: _Work, key: str, changes: Changes) -> None:
    """Find the cells of one table that change."""
    mine = [change for change in changes.cells if change.table == key]
    dropped = [change for change in changes.dropped if change.table == key]
    added = [change for change in changes.added if change.table == key]
    for result in changes.results:
        if result.table != key:
            continue
        column = work.table.by_key.get(result.column)
        if column and (result.line, column.at) in work.table.formulas:
            work.cells[result.line, column.at] = Refresh(result.value)
    for gone in dropped:
        work.drop(gone.line)
    by_column: dict[str, list[SetCell]] = {}
    for change in mine:
        by_column.setdefault(change.column, []).append(change)
    for name, cells in by_column.items():
        work.set_cells(name, [cell.line for cell in cells], [cell.value for cell in cells])
    _place_rows(work, added, mine, dropped)


def _place_rows(
    work: _Work, added: list[AddRow], cells: list[SetCell], dropped: list[DropRow]
) -> None:
    """Give every new row a line: blank ones first, then lines below the table."""
    if not added:
        return
    taken = {change.line for change in cells} | {gone.line for gone in dropped}
    filled = last_filled(work.table)
    free = [line for line in range(filled + 1, work.last + 1) if line not in taken]
    work.more = max(0, len(added) - len(free))
    if work.last + work.more > limits.LINES:
        raise NoRoomError(work.file, work.table.sheet, limits.LINES)
    free += range(work.last + 1, work.last + work.more + 1)
    for row, line in zip(added, free, strict=False):
        work.add(line, row.cells)


def _by_sheet(works: Iterable[_Work], formulas: FormulasOf) -> Iterable[SheetEdit]:
    """Return one edit for every sheet on which something changes."""
    by_sheet: dict[str, list[_Work]] = {}
    for work in works:
        if work.cells or work.more:
            by_sheet.setdefault(work.sheet.title, []).append(work)
    for together in by_sheet.values():
        cells: dict[Place, Edit] = {}
        for work in together:
            cells |= work.cells
        growth = tuple(_growth(work, formulas) for work in together if work.more)
        yield SheetEdit(together[0].sheet, cells, growth)


def _growth(work: _Work, formulas: FormulasOf) -> Growth:
    """Return how a table grows; refuses if another one lies in its way."""
    found = work.found
    placed = [column.at for column in work.table.columns]
    columns = (found.area[1], found.area[3]) if found else (min(placed), max(placed))
    for other in work.sheet.tables:
        top, left, bottom, right = other.area
        beside = right < columns[0] or left > columns[1]
        if other != found and not beside and top <= work.last + work.more and bottom > work.last:
            raise NoRoomError(work.file, work.table.sheet, top)
    texts_of = formulas.of(work.table, found.name if found else work.table.spec.key)
    return Growth(found, work.table.header_line, work.last, work.more, columns, texts_of)
