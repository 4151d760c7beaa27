"""Decides how a plan is put together table by table: what each decision writes, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cjm_sheets.merge.base import Rows
from cjm_sheets.merge.rows import Content, Identity
from cjm_sheets.ports.store import AddRow, Changes, DropRow, NewTable, SetCell
from cjm_sheets.sync.sides import Side
from cjm_sheets.sync.steps import Clash, Move, NotCarried, Restored
from cjm_sheets.tables import spec
from cjm_sheets.tables.codec import Value, as_text, encode, value_of
from cjm_sheets.tables.table import Raw


@dataclass
class Writes:
    """Changes of one side in the making."""

    cells: list[SetCell] = field(default_factory=list)
    added: list[AddRow] = field(default_factory=list)
    dropped: list[DropRow] = field(default_factory=list)
    tables: list[NewTable] = field(default_factory=list)

    def done(self, memory: tuple[str, ...] | None = None) -> Changes:
        """Return the changes as they are to be applied."""
        return Changes(
            tuple(self.cells),
            tuple(self.added),
            tuple(self.dropped),
            tuple(self.tables),
            (),
            memory,
        )


@dataclass
class Draft:
    """A plan in the making."""

    ids: Writes = field(default_factory=Writes)
    to_shared: Writes = field(default_factory=Writes)
    to_workbook: Writes = field(default_factory=Writes)
    tables: dict[str, dict[Identity, Content]] = field(default_factory=dict)
    pushed: list[Move] = field(default_factory=list)
    pulled: list[Move] = field(default_factory=list)
    conflicts: list[Clash] = field(default_factory=list)
    restored: list[Restored] = field(default_factory=list)
    left: list[NotCarried] = field(default_factory=list)


@dataclass(frozen=True)
class Pair:
    """One table on both sides, with the languages that lists are written in."""

    of: spec.Table
    columns: tuple[spec.Column, ...]
    before: Rows
    workbook: Side
    shared: Side
    workbook_language: str
    shared_language: str


def row_text(identity: Identity) -> str:
    """Return what a row is called: its id, or what stands in its identity columns."""
    return " ".join(part for part in identity if part)


def cell_to_write(side: Side, identity: Identity, column: spec.Column, language: str) -> Raw:
    """Return a row's cell as the other side should show it: words behind an id come along."""
    raw = side.raw(identity, column.key)
    value = side.rows[identity].get(column.key)
    if column.kind.name == "ref" and isinstance(raw, str) and value_of(raw, column) == value:
        return raw
    return encode(value, column, language)


def clash(pair: Pair, identity: Identity, column: spec.Column, base: Value) -> Clash:
    """Return a conflict with all that a person needs to settle it."""
    key = column.key
    workbook, shared = pair.workbook, pair.shared
    return Clash(
        table=pair.of.key,
        row=row_text(identity),
        column=key,
        name=_name(workbook.rows[identity], pair.of),
        base=base,
        workbook=workbook.rows[identity].get(key),
        shared=shared.rows[identity].get(key),
        workbook_cell=workbook.decoded.table.place(key, workbook.line(identity)),
        shared_cell=shared.decoded.table.place(key, shared.line(identity)),
    )


def _name(content: Content, of: spec.Table) -> str:
    """Return the words by which people know a row."""
    for column in of.typed:
        if column.required and column.kind.is_text and column.key in content:
            return as_text(content[column.key])
    return ""


def set_cell(writes: Writes, side: Side, identity: Identity, column: spec.Column, raw: Raw) -> None:
    """Note that a cell of an existing row is to be written."""
    writes.cells.append(SetCell(side.decoded.table.spec.key, side.line(identity), column.key, raw))


def set_ids(writes: Writes, side: Side) -> None:
    """Note the ids that rows of a side get, where they can be written."""
    key = side.decoded.table.spec.key
    if "id" not in side.decoded.table.by_key:
        return
    writes.cells.extend(
        SetCell(key, line, "id", identity[0])
        for line, identity in side.renamed()
        if not side.locks(identity, "id")
    )


def add_row(
    writes: Writes, source: Side, target: Side, identity: Identity, cells: Mapping[str, Raw]
) -> None:
    """Note that a row with these cells is to appear on a side, after the same neighbour."""
    of = source.decoded.table.spec
    whole: dict[str, Raw] = dict(zip(of.identity, identity, strict=True))
    whole.update(cells)
    writes.added.append(AddRow(of.key, line_above(source, target, identity), whole))


def line_above(source: Side, target: Side, identity: Identity) -> int | None:
    """Return the line of the nearest row above that both sides have."""
    if not target.at:
        return None
    above = source.identities[: source.at[identity]]
    neighbour = next((other for other in reversed(above) if other in target.at), None)
    return None if neighbour is None else target.line(neighbour)
