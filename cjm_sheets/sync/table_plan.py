"""Decides what one table of both sides needs, row by row.

| row                                   | result                                             |
|---------------------------------------|----------------------------------------------------|
| on both sides                         | its cells are merged one by one (merge.three_way)  |
| only in the workbook, not in the base | new: added to the shared copy                      |
| only in the workbook, as in the base  | deleted in the shared copy: deleted here too       |
| only in the workbook, edited          | the edit wins: the row comes back, and is reported |
| only in the shared copy               | the same, with the sides exchanged; one that       |
|                                       | carries a note or comment stays, and is reported   |
| only in the base                      | deleted on both sides: forgotten                   |

What one side may not do (`--direction`) waits: the base keeps its value, so that the next run that
may do it finds it again.
"""

from dataclasses import dataclass

from cjm_sheets.errors.sharing import MassDeletionError
from cjm_sheets.merge.rows import Content, Identity, too_many_gone
from cjm_sheets.merge.three_way import Agreed, Cell, Conflict, Merged, Pull, Push, decide
from cjm_sheets.ports.store import DropRow
from cjm_sheets.sync import draft as drafting
from cjm_sheets.sync.draft import Draft, Pair, Writes
from cjm_sheets.sync.sides import Side
from cjm_sheets.sync.steps import Move, NotCarried, Options, Restored
from cjm_sheets.tables import spec
from cjm_sheets.tables.characters import EXCEL, SHEETS, length
from cjm_sheets.tables.codec import Unread, Value, encode
from cjm_sheets.tables.table import Raw

LONGEST = {"workbook": EXCEL, "sheet": SHEETS}
"""Characters that a cell holds, in Excel and in Google Sheets."""


@dataclass(frozen=True, slots=True)
class Way:
    """One direction in which rows cross: from where, to where, and who writes it down."""

    source: Side
    target: Side
    language: str
    writes: Writes
    moves: list[Move]
    allowed: bool
    target_name: str


@dataclass(frozen=True)
class TablePlan:
    """One table of both sides, with what both last agreed on.

    Only columns that both sides have are judged, and only those are agreed on: what is not known
    of a column must not look like a change of it when it comes back.
    """

    pair: Pair
    options: Options
    draft: Draft

    def decide(self) -> dict[Identity, Content]:
        """Note all writes of this table in the draft; return what both sides then agree on."""
        workbook, shared = self.pair.workbook, self.pair.shared
        self._guard()
        if self.options.pushes:
            drafting.set_ids(self.draft.to_shared, shared)
        agreed: dict[Identity, Content] = {}
        for identity in dict.fromkeys((*workbook.identities, *shared.identities)):
            was = self.pair.before.get(identity)
            if was is None and self._is_nameless(identity):
                continue
            if identity in workbook.at and identity in shared.at:
                agreed[identity] = self._row(identity, was or {})
            else:
                kept = self._one_sided(identity, was)
                if kept is not None:
                    agreed[identity] = kept
        self._note_what_stays()
        return agreed

    def _is_nameless(self, identity: Identity) -> bool:
        """Tell whether a new row of the shared copy cannot be given its id, and note it.

        Without one it would be another row in each run.
        """
        shared = self.pair.shared
        if identity in self.pair.workbook.at or "id" not in shared.decoded.table.by_key:
            return False
        if shared.shown[shared.at[identity]] == identity or not shared.locks(identity, "id"):
            return False
        self._locked_cell(shared.decoded.table.place("id", shared.line(identity)))
        return True

    def _locked_cell(self, place: str) -> None:
        """Note that a cell of the shared copy is protected from the account."""
        self.draft.left.append(NotCarried("locked", self.pair.of.key, place, "sheet"))

    def _locked_row(self, row: str) -> None:
        """Note that a row can neither come nor go where the shared copy is protected."""
        self.draft.left.append(NotCarried("locked_row", self.pair.of.key, row, "sheet"))

    def _guard(self) -> None:
        """Stop if more than half of the rows vanished on one side."""
        if self.options.allow_mass_delete:
            return
        for side, name in ((self.pair.workbook, "workbook"), (self.pair.shared, "sheet")):
            gone = too_many_gone(self.pair.before, side.identities)
            if gone:
                sheet = self.pair.workbook.decoded.table.sheet
                raise MassDeletionError(sheet, name, gone, len(self.pair.before))

    def _row(self, identity: Identity, was: Content) -> Content:
        """Plan the cells of a row that both sides have; return what they will agree on."""
        agreed = {
            column.key: self._cell(identity, column, was.get(column.key))
            for column in self.pair.columns
        }
        return {key: value for key, value in agreed.items() if value is not None}

    def _cell(self, identity: Identity, column: spec.Column, base: Value) -> Value:
        """Plan one cell; return what both sides will agree on, the base where they will not."""
        workbook = self._side_cell(self.pair.workbook, "workbook", identity, column.key)
        shared = self._side_cell(self.pair.shared, "sheet", identity, column.key)
        decision = decide(base, workbook, shared)
        if isinstance(decision, Conflict):
            prefer = "" if workbook.formula or shared.formula else self.options.prefer
            if not prefer:
                self.draft.conflicts.append(drafting.clash(self.pair, identity, column, base))
                return base
            chosen = decision.workbook if prefer == "workbook" else decision.shared
            decision = Push(chosen) if prefer == "workbook" else Pull(chosen)
        if isinstance(decision, Agreed):
            return decision.value
        return self._carried(identity, column, base, decision)

    def _side_cell(self, side: Side, name: str, identity: Identity, key: str) -> Cell:
        """Return a cell of one side, and note it if it is a formula that failed."""
        value = side.rows[identity].get(key)
        if isinstance(value, Unread) and value.failed:
            where = side.decoded.table.place(key, side.line(identity))
            self.draft.left.append(NotCarried("formula", self.pair.of.key, where, name))
        return Cell(value, side.has_formula(identity, key))

    def _carried(
        self, identity: Identity, column: spec.Column, base: Value, decision: Push | Pull | Merged
    ) -> Value:
        """Note the writes of a decision; return what both sides agree on after them."""
        ways = [
            way
            for way in (self._push, self._pull)
            if way.target.rows[identity].get(column.key) != decision.value
        ]
        if not all(way.allowed for way in ways):
            return base
        raws = [self._raw(way, identity, column, decision) for way in ways]
        if any(self._too_long(way, identity, raw) for way, raw in zip(ways, raws, strict=True)):
            return base
        locked = [way.target for way in ways if way.target.locks(identity, column.key)]
        if locked:
            self._locked_cell(locked[0].decoded.table.place(column.key, locked[0].line(identity)))
            return base
        row = drafting.row_text(identity)
        for way, raw in zip(ways, raws, strict=True):
            there = way.target.rows[identity].get(column.key)
            if way.target.has_looks(identity, column.key):
                place = way.target.decoded.table.place(column.key, way.target.line(identity))
                self.draft.left.append(
                    NotCarried("looks", self.pair.of.key, place, way.target_name)
                )
            way.moves.append(Move(self.pair.of.key, row, column.key, there, decision.value))
            drafting.set_cell(way.writes, way.target, identity, column, raw)
        return decision.value

    @staticmethod
    def _raw(
        way: Way, identity: Identity, column: spec.Column, decision: Push | Pull | Merged
    ) -> Raw:
        """Return the cell that a decision puts on the target side."""
        if isinstance(decision, Merged):
            return encode(decision.value, column, way.language)
        return drafting.cell_to_write(way.source, identity, column, way.language)

    def _too_long(self, way: Way, identity: Identity, raw: Raw) -> bool:
        """Tell whether a text does not fit into a cell of the target side, and note it."""
        long = isinstance(raw, str) and length(raw) > LONGEST[way.target_name]
        if long:
            row = drafting.row_text(identity)
            self.draft.left.append(NotCarried("length", self.pair.of.key, row, way.target_name))
        return long

    @property
    def _push(self) -> Way:
        """The way from the workbook to the shared copy."""
        pair, draft = self.pair, self.draft
        return Way(
            pair.workbook, pair.shared, pair.shared_language,
            draft.to_shared, draft.pushed, self.options.pushes, "sheet",
        )  # fmt: skip

    @property
    def _pull(self) -> Way:
        """The way from the shared copy to the workbook."""
        pair, draft = self.pair, self.draft
        return Way(
            pair.shared, pair.workbook, pair.workbook_language,
            draft.to_workbook, draft.pulled, self.options.pulls, "workbook",
        )  # fmt: skip

    def _one_sided(self, identity: Identity, was: Content | None) -> Content | None:
        """Plan a row that one side has; return what both agree on, None if it is forgotten."""
        here = identity in self.pair.workbook.at
        way, back = (self._push, self._pull) if here else (self._pull, self._push)
        content = way.source.rows[identity]
        if was == content:
            # Deleted on the other side: it goes here too, and the history keeps all of it.
            if not back.allowed:
                return was
            row = drafting.row_text(identity)
            if way.source.locks_row(identity):
                self._locked_row(row)
                return was
            if not here and way.source.is_remarked(identity):
                self.draft.left.append(NotCarried("remarked", self.pair.of.key, row, "sheet"))
                return was
            back.moves.append(Move(self.pair.of.key, row, "", content, None))
            back.writes.dropped.append(DropRow(self.pair.of.key, way.source.line(identity)))
            return None
        return self._added(way, identity, was) if way.allowed else was

    def _added(self, way: Way, identity: Identity, was: Content | None) -> Content | None:
        """Plan a row that is new, or comes back; return what both sides agree on."""
        key, row = self.pair.of.key, drafting.row_text(identity)
        if way.target.decoded.table.locks:
            above = drafting.line_above(way.source, way.target, identity)
            if way.target.locks_place(above):
                self._locked_row(row)
                return was
        carried = {}
        cells = {}
        for column in self.pair.columns:
            value = way.source.rows[identity].get(column.key)
            if value is None or (isinstance(value, Unread) and value.failed):
                continue
            raw = drafting.cell_to_write(way.source, identity, column, way.language)
            if not self._too_long(way, identity, raw):
                carried[column.key], cells[column.key] = value, raw
        if way.source.rows[identity] and not carried:
            # A bare id would be no row over there, and so look deleted.
            side = "workbook" if way.target_name == "sheet" else "sheet"
            self.draft.left.append(NotCarried("row", key, row, side))
            return was
        if was is not None:
            self.draft.restored.append(Restored(key, row, way.target_name))
        drafting.add_row(way.writes, way.source, way.target, identity, cells)
        way.moves.append(Move(key, row, "", None, carried))
        return carried

    def _note_what_stays(self) -> None:
        """Note columns that only one side has: they are neither carried nor cleared."""
        for side, other, name in (
            (self.pair.workbook, self.pair.shared, "workbook"),
            (self.pair.shared, self.pair.workbook, "sheet"),
        ):
            for placed in side.decoded.table.columns:
                known = placed.key in other.decoded.table.by_key if placed.key else False
                if not known and not (placed.key and self.pair.of.by_key[placed.key].computed):
                    self.draft.left.append(
                        NotCarried("column", self.pair.of.key, placed.label, name)
                    )
