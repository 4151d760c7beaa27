"""Decides how a store without a file or a network behaves: sheets as lists, for tests of sync."""

from dataclasses import dataclass, field
from typing import Any

from cjm_sheets.errors.workbook import ChangedMeanwhileError, OpenElsewhereError
from cjm_sheets.ports.store import AddRow, Changes, DropRow, Outcome, Snapshot
from cjm_sheets.tables import naming, schema
from cjm_sheets.tables.recognise import language_of, recognise
from cjm_sheets.tables.table import Grid, Raw, Table
from cjm_sheets.templates.map_shared import SharedMap


@dataclass
class Sheet:
    """A sheet with a header in its first row; rows are lists as long as the header."""

    title: str
    header: list[str]
    rows: list[list[Raw]] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)

    def grid(self) -> Grid:
        """Return the sheet as it is read."""
        rows = (tuple(self.header), *(tuple(row) for row in self.rows))
        return Grid(self.title, rows, dict(self.formulas), notes=dict(self.notes))


def sheet(table: str, *rows: dict[str, Raw], language: str = "en", keys: str = "") -> Sheet:
    """Return the sheet of a table with rows given by column key."""
    of = schema.BY_KEY[table]
    columns = [of.by_key[key] for key in keys.split()] if keys else list(of.typed)
    header = [naming.column_label(language, of, column) for column in columns]
    body = [[row.get(column.key) for column in columns] for row in rows]
    return Sheet(naming.table_label(language, of), header, body)


class MemoryStore:
    """A store in memory; `removes` tells whether a dropped row goes or is only emptied."""

    def __init__(self, *sheets: Sheet, name: str = "memory", removes: bool = True) -> None:
        self.sheets = list(sheets)
        self.name = name
        self.memory: tuple[str, ...] = ()
        self.removes = removes
        self.writes = 0
        self.busy = False

    def read(self) -> Snapshot:
        """Return the map as it is now."""
        grids = tuple(sheet.grid() for sheet in self.sheets)
        tables = recognise(grids)
        ours = {table.sheet for table in tables}
        others = tuple(grid for grid in grids if grid.sheet not in ours)
        language = language_of(tables) if tables else ""
        return Snapshot(self.name, tables, others, language, str(self.writes), self.memory)

    def refuse_if_busy(self) -> None:
        """Refuse if somebody has it open."""
        if self.busy:
            raise OpenElsewhereError(self.name)

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply all changes."""
        if changes.is_nothing:
            return Outcome(since.stamp)
        self.refuse_if_busy()
        fresh = not self.writes and not since.stamp
        if not fresh and since.stamp != str(self.writes):
            raise ChangedMeanwhileError(self.name)
        tables = {table.spec.key: table for table in since.tables}
        for change in changes.cells:
            table = tables[change.table]
            at = table.by_key[change.column].at
            self._sheet(table).rows[change.line - 2][at - 1] = change.value
            self._sheet(table).formulas.pop((change.line, at), None)
        for note in changes.notes:
            place = note.line, tables[note.table].by_key[note.column].at
            self._sheet(tables[note.table]).notes[place] = note.text
        for table in since.tables:
            self._rows(table, changes)
        for new in changes.tables:
            self.sheets.append(
                sheet(
                    new.spec.key,
                    *(dict(row) for row in new.rows),
                    language=new.language,
                    keys=" ".join(new.columns),
                )
            )
        if changes.memory is not None:
            self.memory = changes.memory
        self.writes += 1
        return Outcome(str(self.writes))

    def mind_map(self) -> None:
        """Do nothing: no map is drawn here."""

    def would_redraw(self, wall: SharedMap, since: Snapshot) -> bool:
        """Tell that no map is drawn here."""
        del wall, since
        return False

    def mind_notes(self) -> None:
        """Do nothing: notes are always read here."""

    def mend(self, since: Snapshot) -> None:
        """Do nothing: nobody comes between reading and writing here."""

    def _rows(self, table: Table, changes: Changes) -> None:
        there = self._sheet(table)
        steps: list[tuple[int, int, Any]] = [
            (d.line - 1, 0, d) for d in changes.dropped if d.table == table.spec.key
        ]
        steps += [
            (len(there.rows) + 1 if add.after is None else add.after, 1, add)
            for add in reversed(changes.added)
            if add.table == table.spec.key
        ]
        for index, _, step in sorted(steps, key=lambda each: (-each[0], each[1])):
            match step:
                case DropRow() if self.removes:
                    del there.rows[index - 1]
                case DropRow():
                    for column in table.by_key.values():
                        there.rows[index - 1][column.at - 1] = None
                case AddRow():
                    row: list[Raw] = [None] * len(there.header)
                    for key, raw in step.cells.items():
                        row[table.by_key[key].at - 1] = raw
                    there.rows.insert(index - 1, row)

    def _sheet(self, table: Table) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.title == table.sheet)

    # ---- what people do --------------------------------------------------------------

    def column(self, table: str, key: str) -> tuple[Sheet, int]:
        """Return a sheet and the 0-based place of a column in it."""
        found = next(t for t in self.read().tables if t.spec.key == table)
        return self._sheet(found), found.by_key[key].at - 1

    def rows(self, table: str) -> list[dict[str, Raw]]:
        """Return the rows of a table by column key."""
        found = next((t for t in self.read().tables if t.spec.key == table), None)
        if found is None:
            return []
        return [
            {key: found.cell(key, line) for key in found.by_key}
            for line in found.lines
            if any(found.cell(key, line) is not None for key in found.by_key)
        ]
