"""Decides how one table of one side is laid out for the merge: its rows by identity."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cjm_sheets.merge.rows import Content, Identity, SideRow, same_row
from cjm_sheets.sync.own_notes import by_person
from cjm_sheets.tables import spec
from cjm_sheets.tables.codec import Decoded, Unread, Value
from cjm_sheets.tables.locks import holds_cell, holds_gap, holds_line
from cjm_sheets.tables.table import CHIPS, RUNS, Raw

Named = Callable[[], Identity]


@dataclass(frozen=True)
class Side:
    """One table of one side with the identity of each of its rows, new ones included.

    `contents` has all columns of this side, also those that the other side lacks; `shown` is what
    each row calls itself on its sheet.
    """

    decoded: Decoded
    lines: tuple[int, ...]
    shown: tuple[Identity, ...]
    identities: tuple[Identity, ...]
    contents: tuple[Content, ...]

    @cached_property
    def at(self) -> dict[Identity, int]:
        """Where each row is among the rows of this side."""
        return {identity: index for index, identity in enumerate(self.identities)}

    @cached_property
    def rows(self) -> dict[Identity, Content]:
        """What each row says."""
        return dict(zip(self.identities, self.contents, strict=True))

    def line(self, identity: Identity) -> int:
        """Return the line in which a row lies."""
        return self.lines[self.at[identity]]

    def raw(self, identity: Identity, key: str) -> Raw:
        """Return a cell as it stands there."""
        return self.decoded.table.cell(key, self.line(identity))

    def has_formula(self, identity: Identity, key: str) -> bool:
        """Tell whether somebody put a formula into a cell, or smart chips, which are as dear."""
        table = self.decoded.table
        if not table.formulas and not table.rich:
            return False
        place = self._place(identity, key)
        return place in table.formulas or table.rich.get(place) == CHIPS

    def has_looks(self, identity: Identity, key: str) -> bool:
        """Tell whether parts of a text look different, which another value would end."""
        rich = self.decoded.table.rich
        return bool(rich) and rich.get(self._place(identity, key)) == RUNS

    def _place(self, identity: Identity, key: str) -> tuple[int, int]:
        return self.line(identity), self.decoded.table.by_key[key].at

    def locks(self, identity: Identity, key: str) -> bool:
        """Tell whether the account may not edit a cell."""
        table = self.decoded.table
        return bool(table.locks) and holds_cell(
            table.locks, self.line(identity), table.by_key[key].at
        )

    def locks_row(self, identity: Identity) -> bool:
        """Tell whether the account may not take a row away."""
        return holds_line(self.decoded.table.locks, self.line(identity))

    def locks_place(self, line: int | None) -> bool:
        """Tell whether the account may put no row below a line; None: below the last one."""
        if line is None:
            line = max(self.lines, default=self.decoded.table.header_line)
        return holds_gap(self.decoded.table.locks, line)

    def is_remarked(self, identity: Identity) -> bool:
        """Tell whether somebody left a note or a comment in a row, where both were read."""
        line, table = self.line(identity), self.decoded.table
        return any(area[0] <= line <= area[2] for area in table.comments) or any(
            place[0] == line and by_person(note) for place, note in table.notes.items()
        )

    def renamed(self) -> list[tuple[int, Identity]]:
        """Return the lines whose identity on the sheet is not the one they have now."""
        return [
            (line, identity)
            for line, was, identity in zip(self.lines, self.shown, self.identities, strict=True)
            if was != identity
        ]


def typed_columns(of: spec.Table) -> tuple[spec.Column, ...]:
    """Return the columns that are merged: all that people type but what identifies a row."""
    return tuple(column for column in of.typed if column.key not in of.identity)


def common_columns(of: spec.Table, *sides: Decoded | None) -> tuple[spec.Column, ...]:
    """Return the columns that all sides have; what one side lacks is not judged at all."""
    there = [side for side in sides if side is not None]
    return tuple(
        column for column in typed_columns(of) if all(column.key in side.columns for side in there)
    )


def rows_of(decoded: Decoded) -> tuple[SideRow, ...]:
    """Return the rows of a table with their content in all its typed columns.

    In tables without ids a row whose identity is blank, or was there before, is left alone: nobody
    could tell which of two equals is meant.
    """
    values = {
        column.key: decoded.values(column.key)
        for column in typed_columns(decoded.table.spec)
        if column.key in decoded.columns
    }
    rows = (
        SideRow(line, identity, {key: v[i] for key, v in values.items() if v[i] is not None})
        for i, (line, identity) in enumerate(zip(decoded.lines, decoded.identities, strict=True))
    )
    if decoded.table.spec.identity == ("id",):
        return tuple(rows)
    first: dict[Identity, SideRow] = {}
    for row in rows:
        if any(row.identity):
            first.setdefault(row.identity, row)
    return tuple(first.values())


def only(content: Content, columns: Collection[spec.Column]) -> Content:
    """Return the part of a row that lies in these columns."""
    keys = {column.key for column in columns}
    return {key: value for key, value in content.items() if key in keys}


def named(rows: Sequence[SideRow], decoded: Decoded, names: Sequence[Identity]) -> Side:
    """Return a side whose rows have these names."""
    return Side(
        decoded,
        tuple(row.line for row in rows),
        tuple(row.identity for row in rows),
        tuple(names),
        tuple(row.content for row in rows),
    )


def keep_apart(
    side: Side,
    base: Mapping[Identity, Content],
    shared: Mapping[Identity, Content],
    new: Named,
) -> Side:
    """Return the workbook's side with new ids for rows that merely share theirs by accident.

    Only ids that people count can meet by accident; a drawn id is nobody's next number.
    """
    names = list(side.identities)
    for index, identity in enumerate(names):
        if identity in base or identity not in shared:
            continue
        counted = identity[0][1:].isdigit()
        if counted and not same_row(side.contents[index], shared[identity]):
            names[index] = new()
    return replace(side, identities=tuple(names))


def follow(content: Content, of: spec.Table, renamed: Mapping[str, Mapping[str, str]]) -> Content:
    """Return a row with its references led to the new ids, given by table and old id."""
    changed = dict(content)
    for column in of.typed:
        ids = renamed.get(column.kind.target, {}) if column.kind.is_reference else {}
        value = changed.get(column.key)
        if ids and value is not None:
            changed[column.key] = _led(value, ids)
    return changed


def _led(value: Value, ids: Mapping[str, str]) -> Value:
    """Return a reference with renamed ids replaced."""
    match value:
        case tuple():
            return tuple(ids.get(each, each) for each in value)
        case str():
            return ids.get(value, value)
        case Unread() | bool() | int() | float() | None:
            return value
    return value
