"""Decides which columns of a workbook are ours though their headers say something else.

A workbook has no hidden marks, so a renamed column is known by what it says: nearly all that the
last sync left in it. Where that is not plain the column is taken for one of the person's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cjm_sheets.merge.base import Base, Rows
from cjm_sheets.merge.rows import Identity
from cjm_sheets.model import ids
from cjm_sheets.ports.store import Changes, Outcome, Snapshot, Store
from cjm_sheets.tables import spec
from cjm_sheets.tables.codec import Value, as_text, value_of
from cjm_sheets.tables.table import Placed, Table

_ALIKE = 0.8
_LEAST = 2
"""Different values that have to be the same: a column of nothing but "yes" says too little."""


@dataclass(frozen=True)
class Followed:
    """A workbook whose renamed columns are known by what the base says of them."""

    workbook: Store
    base: Base

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.workbook.name

    def read(self) -> Snapshot:
        """Return the map as it is now, with the columns that are ours."""
        return with_renamed(self.workbook.read(), self.base)

    def refuse_if_busy(self) -> None:
        """Raise what the workbook raises."""
        self.workbook.refuse_if_busy()

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply changes to a state that was read here."""
        return self.workbook.apply(changes, since)


def with_renamed(workbook: Snapshot, base: Base) -> Snapshot:
    """Return a workbook in which renamed columns are known again."""
    tables = tuple(_known(table, base.tables.get(table.spec.key, {})) for table in workbook.tables)
    return replace(workbook, tables=tables) if tables != workbook.tables else workbook


def _known(table: Table, before: Rows) -> Table:
    """Return a table with the keys of its renamed columns."""
    lacking = [column for column in table.spec.typed if column.key not in table.by_key]
    if not before or not lacking or not table.own_columns:
        return table
    said = frozenset().union(*before.values())
    missing = [each for each in lacking if each.key in said or each.key in table.spec.identity]
    if any(column.key in table.spec.identity for column in missing):
        table = _with_ids(table, before)
    if any(key not in table.by_key for key in table.spec.identity):
        return table
    rows = _rows(table)
    pairs = [
        (own.at, column.key)
        for column in missing
        for own in table.own_columns
        if _is(own, column, rows, before)
    ]
    found = {
        at: key
        for at, key in pairs
        if [each[0] for each in pairs].count(at) == 1 and [e[1] for e in pairs].count(key) == 1
    }
    return _renamed(table, found) if found else table


def _with_ids(table: Table, before: Rows) -> Table:
    """Return a table with its column of ids, if one of the person's own says just those."""
    if table.spec.identity != ("id",):
        return table
    known = {identity[0] for identity in before}
    fits = [
        own.at
        for own in table.own_columns
        if len(known & {ids.tidy(cell) for cell in own.cells if isinstance(cell, str)})
        >= max(1, _ALIKE * len(known))
    ]
    return _renamed(table, {fits[0]: "id"}) if len(fits) == 1 else table


def _rows(table: Table) -> dict[Identity, int]:
    """Return where each row is among the lines of a table."""
    columns = [
        [as_text(value_of(cell, table.spec.by_key[key])) for cell in table.by_key[key].cells]
        for key in table.spec.identity
    ]
    return {identity: at for at, identity in enumerate(zip(*columns, strict=True)) if all(identity)}


def _is(own: Placed, column: spec.Column, rows: Mapping[Identity, int], before: Rows) -> bool:
    """Tell whether a column of the person's own says nearly all that the last sync left in one."""
    said: list[tuple[Value, Value]] = []
    for identity, content in before.items():
        if identity in rows:
            now = value_of(own.cells[rows[identity]], column)
            said.append((content.get(column.key), now))
    filled = [(was, now) for was, now in said if was is not None or now is not None]
    alike = [was for was, now in filled if was == now]
    return len(alike) >= _ALIKE * len(filled) and len(set(alike)) >= _LEAST


def _renamed(table: Table, found: Mapping[int, str]) -> Table:
    """Return a table with keys for the columns at these places."""
    columns = tuple(
        replace(column, key=found[column.at]) if column.at in found else column
        for column in table.columns
    )
    return replace(table, columns=columns)
