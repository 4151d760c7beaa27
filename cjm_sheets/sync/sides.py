"""Decides how one table of one side is laid out for the merge: its rows by identity."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from cjm_sheets.merge.rows import Content, Identity, SideRow, name_rows, same_row
from cjm_sheets.tables import spec
from cjm_sheets.tables.codec import Decoded, Unread, Value
from cjm_sheets.tables.table import Raw

Named = Callable[[], Identity]


@dataclass(frozen=True)
class Side:
    """One table of one side with the identity of each of its rows, new ones included."""

    decoded: Decoded
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
        return self.decoded.lines[self.at[identity]]

    def raw(self, identity: Identity, key: str) -> Raw:
        """Return a cell as it stands there."""
        return self.decoded.table.cell(key, self.line(identity))

    def has_formula(self, identity: Identity, key: str) -> bool:
        """Tell whether somebody put a formula into a cell."""
        table = self.decoded.table
        return bool(table.formulas) and (
            (self.line(identity), table.by_key[key].at) in table.formulas
        )

    def renamed(self) -> list[tuple[int, Identity]]:
        """Return the lines whose identity on the sheet is not the one they have now."""
        shown = self.decoded.identities
        return [
            (line, identity)
            for line, was, identity in zip(self.decoded.lines, shown, self.identities, strict=True)
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


def rows_of(decoded: Decoded, columns: Collection[spec.Column]) -> tuple[SideRow, ...]:
    """Return the rows of a table with their content in these columns."""
    values = {column.key: decoded.values(column.key) for column in columns}
    return tuple(
        SideRow(line, identity, {key: v[i] for key, v in values.items() if v[i] is not None})
        for i, (line, identity) in enumerate(zip(decoded.lines, decoded.identities, strict=True))
    )


def only(content: Content, columns: Collection[spec.Column]) -> Content:
    """Return the part of a row that lies in these columns."""
    keys = {column.key for column in columns}
    return {key: value for key, value in content.items() if key in keys}


def lay_out(
    decoded: Decoded,
    rows: tuple[SideRow, ...],
    base: Mapping[Identity, Content],
    elsewhere: Mapping[Identity, Content],
    new: Named,
) -> Side:
    """Return a side with every row named."""
    if decoded.table.spec.identity == ("id",):
        names = name_rows(rows, base, elsewhere, new)
    else:
        names = tuple(row.identity for row in rows)
    return Side(decoded, names, tuple(row.content for row in rows))


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
    return Side(side.decoded, tuple(names), side.contents)


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
