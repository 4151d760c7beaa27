"""Decides which cells a program's values change, before any of them is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cjm_sheets.api import frames
from cjm_sheets.api.cells import cell_of, is_missing, takes
from cjm_sheets.errors.asked import (
    CannotTakeError,
    ComputedColumnError,
    NoSuchColumnError,
    NoSuchRowError,
    UnknownTableError,
)
from cjm_sheets.model import ids
from cjm_sheets.ports.store import AddRow, SetCell
from cjm_sheets.tables import naming, schema, spec
from cjm_sheets.tables.codec import Decoded, Unread, Value, value_of
from cjm_sheets.tables.table import Raw
from cjm_sheets.usecases.reading import Reading

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that is to change: where it is, and its value before and after."""

    table: str
    row: str
    column: str
    cell: str
    before: Value
    after: Value
    write: SetCell


def table_of(reading: Reading, name: str) -> Decoded:
    """Return a table by its key or by the title of its sheet in any language."""
    of = naming.known_titles().get(naming.plain(name))
    decoded = reading.decoded.get(of.key) if of else None
    if decoded is None:
        raise UnknownTableError(name, ", ".join(reading.decoded))
    return decoded


def names(decoded: Decoded) -> dict[str, int]:
    """Return the rows of a table by their ids, or by what else tells them apart: their index."""
    found: dict[str, int] = {}
    for at, name in enumerate(decoded.names):
        found.setdefault(name, at)
    return found


def changes(
    reading: Reading, decoded: Decoded, rows: Iterable[tuple[object, Row]]
) -> Iterator[Change]:
    """Yield the cells that values differ in; rows are pairs of a row id and values by column key.

    A blank for a cell that its column cannot read, and that a frame shows as missing, is no change.
    """
    known = names(decoded)
    for name, values in rows:
        if str(name) not in known:
            raise NoSuchRowError(decoded.table.sheet, str(name))
        for key, value in values.items():
            column = column_of(decoded, key)
            change = _change(reading, decoded, known[str(name)], column, value)
            if change is not None:
                yield change


def column_of(decoded: Decoded, key: str) -> spec.Column:
    """Return a column that the sheet has and that people fill in."""
    of = decoded.table.spec
    column = of.by_key.get(key)
    if column is None or key not in decoded.table.by_key:
        there = ", ".join(each for each in decoded.table.by_key if not of.by_key[each].helper)
        raise NoSuchColumnError(decoded.table.sheet, key, there)
    if column.computed:
        raise ComputedColumnError(decoded.table.sheet, key)
    return column


def _change(
    reading: Reading, decoded: Decoded, at: int, column: spec.Column, value: object
) -> Change | None:
    before = decoded.values(column.key)[at]
    if _is_as_shown(before, column, value):
        return None
    row, line = decoded.names[at], decoded.lines[at]
    cell = _cell(reading, decoded, row, column, value)
    after = value_of(cell, column)
    if after == before and type(after) is type(before):
        return None
    if column.key in decoded.table.spec.identity:
        raise CannotTakeError(decoded.table.sheet, row, column.key, str(value), row)
    place = decoded.table.place(column.key, line)
    key = decoded.table.spec.key
    return Change(key, row, column.key, place, before, after, SetCell(key, line, column.key, cell))


def _is_as_shown(before: Value, column: spec.Column, value: object) -> bool:
    """Tell whether a value is what a frame shows of a cell that its column cannot read."""
    if not isinstance(before, Unread):
        return False
    shown = frames.shown(before, column)
    return is_missing(value) if shown is None else bool(value == shown)


def _cell(reading: Reading, decoded: Decoded, row: str, column: spec.Column, value: object) -> Raw:
    """Return the cell to write; references must lead to rows that exist."""
    language = reading.workbook.language
    try:
        cell = cell_of(value, column, language)
        if column.kind.is_reference:
            _guard_references(reading, column, cell)
    except ValueError as refused:
        wanted = takes(column, language)
        raise CannotTakeError(decoded.table.sheet, row, column.key, str(value), wanted) from refused
    return cell


def _guard_references(reading: Reading, column: spec.Column, cell: Raw) -> None:
    """Raise ValueError if a reference leads to nothing."""
    value = value_of(cell, column)
    named = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    target = reading.decoded.get(column.kind.target)
    there = set(target.texts("id")) if target else set()
    if not there.issuperset(named):
        raise ValueError(cell)


def added(
    reading: Reading, decoded: Decoded, rows: Iterable[Row], draw: Callable[[int], int]
) -> tuple[AddRow, ...]:
    """Return rows to add at the end of a table; each without an id gets one that nobody has."""
    of = decoded.table.spec
    taken = set(decoded.texts("id")) | _named(reading, of.key)
    made = []
    for values in rows:
        given = dict(values)
        if "id" in of.by_key and is_missing(given.get("id")):
            given["id"] = ids.new_id(of.prefix, taken, draw)
        row = str(given.get("id", ""))
        if row in taken or ("id" in of.by_key and not ids.is_id(row, of.prefix)):
            raise CannotTakeError(decoded.table.sheet, row, "id", row, f"{of.prefix}1")
        taken.add(row)
        cells = {
            key: _cell(reading, decoded, row, column_of(decoded, key), value)
            for key, value in given.items()
        }
        made.append(AddRow(of.key, None, cells))
    return tuple(made)


def _named(reading: Reading, table: str) -> set[str]:
    """Return the ids of a table that some row refers to, even if there is no such row."""
    named: set[str] = set()
    for decoded in reading.decoded.values():
        for column in schema.BY_KEY[decoded.table.spec.key].typed:
            if column.kind.target == table:
                for value in decoded.values(column.key):
                    named.update((value,) if isinstance(value, str) else ())
                    named.update(value if isinstance(value, tuple) else ())
    return named
