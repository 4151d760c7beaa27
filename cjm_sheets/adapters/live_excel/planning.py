"""Decides which cells of an open workbook change, and whether they are still as they were read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cjm_sheets.adapters.live_excel.typing_in import Place, Put, says
from cjm_sheets.errors.excel import ChangedInExcelError
from cjm_sheets.errors.workbook import CannotWriteSafelyError, NoRoomError, TextTooLongError
from cjm_sheets.ports.store import AddRow, Changes, Snapshot
from cjm_sheets.tables import naming
from cjm_sheets.tables.filling import last_filled, says_already
from cjm_sheets.tables.formulas_of import FormulasOf
from cjm_sheets.tables.table import Area, Grid, Raw, Table

LONGEST, LINES = 32_767, 1_048_576
"""Characters of a cell, and lines of a sheet."""


@dataclass
class Growing:
    """A table that gets lines at its end; `name` is "" if it is no table object."""

    name: str
    area: Area
    more: int
    formulas: Mapping[int, str]
    """The formulas (without "=") that every new line calculates, by column."""


@dataclass
class Work:
    """The changes of one table: the cells to write, those that must be as they were, its growth."""

    table: Table
    area: Area | None
    name: str
    file: str
    cells: dict[Place, Put] = field(default_factory=dict)
    expected: dict[Place, Raw] = field(default_factory=dict)
    growing: Growing | None = None

    def set_cell(self, line: int, key: str, value: Raw) -> None:
        """Write a cell, if the sheet has such a column and the cell does not say so already."""
        column, lines = self.table.by_key.get(key), self.table.lines
        if column is None:
            return
        place = (line, column.at)
        if isinstance(value, str) and len(value.encode("utf-16-le")) // 2 > LONGEST:
            where = self.table.place(key, line)
            length = len(value.encode("utf-16-le")) // 2
            raise TextTooLongError(self.file, where, length, LONGEST)
        now = column.cells[line - lines[0]] if lines and 0 <= line - lines[0] < len(lines) else None
        self.expected[place] = now
        self._expect_id(line)
        if not says_already(now, value) or place in self.table.formulas:
            self.cells[place] = Put(value if value != "" else None)

    def _expect_id(self, line: int) -> None:
        """Note which row must still lie in a line, so that it is not another one by now."""
        id_, lines = self.table.by_key.get("id"), self.table.lines
        if id_ is not None and lines and 0 <= line - lines[0] < len(lines):
            self.expected[line, id_.at] = id_.cells[line - lines[0]]

    @property
    def last(self) -> int:
        """The last line that belongs to the table, with all rows that it still has room for."""
        return max(self.table.last_line, self.area[2] if self.area else 0)


def planned(
    changes: Changes, since: Snapshot, file: str, areas: Mapping[str, Mapping[str, Area]]
) -> list[Work]:
    """Return the work on each table; `areas` has the table objects of each sheet by name."""
    touched = {cell.table for cell in changes.cells} | {row.table for row in changes.added}
    touched |= {row.table for row in changes.dropped}
    for new in changes.tables:
        raise CannotWriteSafelyError(file, new.spec.label)
    tables = {table.spec.key: table for table in since.tables}
    for unknown in sorted(touched - tables.keys()):
        raise CannotWriteSafelyError(file, unknown)
    formulas = FormulasOf(tables)
    works = []
    for key in sorted(touched):
        table = tables[key]
        name, area = _object(table, areas.get(table.sheet, {}))
        work = Work(table, area, name, file)
        _fill(work, key, changes, formulas)
        works.append(work)
    return works


def _object(table: Table, areas: Mapping[str, Area]) -> tuple[str, Area | None]:
    """Return name and cells of the table object of a table, ("", None) if it is none."""
    for name, area in areas.items():
        if naming.plain(name) == naming.plain(table.spec.key) and area[0] == table.header_line:
            return name, area
    return "", None


def _fill(work: Work, key: str, changes: Changes, formulas: FormulasOf) -> None:
    """Find the cells of one table that change."""
    typed = work.table.spec.typed
    dropped = [gone.line for gone in changes.dropped if gone.table == key]
    for line in dropped:
        for column in typed:
            work.set_cell(line, column.key, None)
    mine = [cell for cell in changes.cells if cell.table == key]
    for cell in mine:
        work.set_cell(cell.line, cell.column, cell.value)
    added = [row for row in changes.added if row.table == key]
    taken = {cell.line for cell in mine} | set(dropped)
    for line, row in zip(_lines_for(work, len(added), taken, formulas), added, strict=True):
        for column in typed:
            work.set_cell(line, column.key, _cell(row, column.key))


def _cell(row: AddRow, key: str) -> Raw:
    return row.cells.get(key)


def _lines_for(work: Work, count: int, taken: set[int], formulas: FormulasOf) -> list[int]:
    """Return a line for every new row: blank ones first, then lines below the table."""
    if not count:
        return []
    filled = last_filled(work.table)
    free = [line for line in range(filled + 1, work.last + 1) if line not in taken]
    more = max(0, count - len(free))
    if work.last + more > LINES:
        raise NoRoomError(work.file, work.table.sheet, LINES)
    if more:
        placed = [column.at for column in work.table.columns]
        area = work.area or (work.table.header_line, min(placed), work.last, max(placed))
        area = (area[0], area[1], work.last, area[3])
        texts = formulas.of(work.table, work.name or work.table.spec.key)
        work.growing = Growing(work.name, area, more, texts)
    return [*free, *range(work.last + 1, work.last + more + 1)][:count]


def refuse_if_changed(work: Work, now: Grid) -> None:
    """Compare a sheet of this moment with what is to be overwritten on it.

    Raises:
        ChangedInExcelError: headers, ids or cells are not where they were, or say something else.
        NoRoomError: something stands where a table is to grow.
    """
    header = work.table.header_line
    headers = {(header, column.at): column.label for column in work.table.columns}
    expected: Iterable[tuple[Place, Raw]] = [*headers.items(), *work.expected.items()]
    new = range(work.last + 1, work.last + 1 + (work.growing.more if work.growing else 0))
    for (line, column), value in expected:
        shown = _at(now, line, column)
        same = str(shown or "") == value if line == header else says(shown, value)
        if not same and line not in new:
            raise ChangedInExcelError(work.file)
        as_before = (line, column) in work.table.formulas or (line, column) not in now.formulas
        if not as_before:
            raise ChangedInExcelError(work.file)
    if work.growing is not None:
        _refuse_occupied(work, work.growing, now)


def _refuse_occupied(work: Work, growing: Growing, now: Grid) -> None:
    """Refuse to write over something that lies below a table."""
    _, left, bottom, right = growing.area
    for line in range(bottom + 1, bottom + growing.more + 1):
        for column in range(left, right + 1):
            if _at(now, line, column) is not None:
                raise NoRoomError(work.file, work.table.sheet, line)


def _at(grid: Grid, line: int, column: int) -> Raw:
    row = grid.rows[line - 1] if line <= len(grid.rows) else ()
    return row[column - 1] if column <= len(row) else None
