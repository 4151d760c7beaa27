"""Decides whether rows that were looked at closely changed in no other cells than they should."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file.edits import Place
from cjm_sheets.adapters.xlsx_file.rows import Layout, Row, without_spans
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Raw


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell, its XML before and after (b"" for none), and what it must say."""

    place: Place
    old: bytes
    new: bytes
    value: Raw


def changed_cells(
    old: Layout, new: Layout, may: Callable[[Place], bool], must: Mapping[Place, Raw]
) -> Iterator[Changed]:
    """Yield the cells that changed, and those that must say something, in their order.

    A cell that changed and of which nothing is said must be empty. Raises CannotWriteSafelyError
    where anything changed that may not.
    """
    gone = {row.line for row in old.rows} - {row.line for row in new.rows}
    if gone:
        raise old.unsure(min(gone))
    lines = {line for line, _ in must}
    open_ = {place for place, value in must.items() if value is not None and value != ""}
    for row in new.rows:
        was = old.row(row.line)
        if was is not None and row.line not in lines and _raw(old, was) == _raw(new, row):
            continue
        if was is not None and without_spans(old.tag(was)) != without_spans(new.tag(row)):
            raise new.unsure(row.line)
        for cell in _of_a_row(old, was, new, row, must):
            if cell.old != cell.new and not may(cell.place):
                raise CannotWriteSafelyError(old.file, a1.place(old.place, *cell.place))
            open_.discard(cell.place)
            yield cell
    if open_:
        raise CannotWriteSafelyError(old.file, a1.place(old.place, *min(open_)))


def _of_a_row(
    old: Layout, was: Row | None, new: Layout, row: Row, must: Mapping[Place, Raw]
) -> Iterator[Changed]:
    """Yield the cells of one row that changed or must say something."""
    before = {cell.column: cell.raw.strip() for cell in old.cells(was)} if was else {}
    after = {cell.column: cell.raw.strip() for cell in new.cells(row)}
    for column in sorted(before.keys() | after.keys()):
        place = (row.line, column)
        was_there, is_there = before.get(column, b""), after.get(column, b"")
        if was_there != is_there or place in must:
            yield Changed(place, was_there, is_there, must.get(place))


def _raw(layout: Layout, row: Row) -> bytes:
    return layout.xml[row.start : row.end]
