"""Decides what a rule may look at: the model, the tables as they lie, the scores, and a day."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cjm_sheets.model.belonging import Belonging
from cjm_sheets.model.by_map import MapRows, by_map
from cjm_sheets.model.pending import Pending
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.tables import a1, naming, schema
from cjm_sheets.tables.codec import Decoded, as_text, value_of
from cjm_sheets.tables.table import CellError, Raw

Ties = tuple[tuple[int, ...], ...]


def _no_ties() -> Ties:
    return ()


@dataclass(frozen=True)
class View:
    """A workbook as the rules see it on a day.

    `tables` has the decoded tables that the workbook holds, by key; `scores` one score for each of
    the workbook's pains; `added` the values that users added to lists (see user_lists);
    `language` is that of the sentences; `pending` what a sync left to settle; `ties` gives the
    ranks at the top that are as good as tied, as groups of positions of pains, and is asked only by
    rules that need it; `rules` are the ids of all rules that there are.
    """

    workbook: Workbook
    tables: Mapping[str, Decoded]
    scores: tuple[PainScore, ...]
    as_of: date
    added: Mapping[str, frozenset[str]] = field(default_factory=dict)
    language: str = "en"
    pending: tuple[Pending, ...] = ()
    ties: Callable[[], Ties] = _no_ties
    rules: frozenset[str] = frozenset()

    def has(self, table: str, column: str) -> bool:
        """Tell whether a table of the workbook has a column."""
        return table in self.tables and column in self.tables[table].table.by_key

    def raw(self, table: str, column: str, line: int) -> Raw:
        """Return what the cell in a line of the sheet holds; None if there is no such cell."""
        if not self.has(table, column):
            return None
        at = self._places[table].get(line)
        return None if at is None else self.tables[table].table.by_key[column].cells[at]

    def cells(self, table: str, column: str) -> Iterator[tuple[int, str, Raw]]:
        """Yield line, row id and raw cell of a column for each row that is not blank."""
        if self.has(table, column):
            decoded = self.tables[table]
            there = decoded.table.by_key[column].cells
            first = decoded.table.lines[0] if decoded.table.lines else 0
            for line, row in zip(decoded.lines, self.row_ids(table), strict=True):
                yield line, row, there[line - first]

    def shown(self, table: str, column: str, line: int) -> str:
        """Return the text of a cell as a person reads it."""
        cell = self.raw(table, column, line)
        match cell:
            case str():
                return cell
            case CellError(code):
                return code
        return (
            as_text(value_of(cell, schema.BY_KEY[table].by_key[column]))
            if cell
            else ("" if cell is None else str(cell))
        )

    def sheet(self, table: str) -> str:
        """Return what the sheet of a table is called, there or in the language of the sentences."""
        if table in self.tables:
            return self.tables[table].table.sheet
        return naming.table_label(self.language, schema.BY_KEY[table]) if table else ""

    def label(self, table: str, column: str) -> str:
        """Return the header of a column, as it stands there or in the language of the sentences."""
        if self.has(table, column):
            return self.tables[table].table.by_key[column].label
        known = schema.BY_KEY[table].by_key.get(column) if table else None
        return naming.column_label(self.language, schema.BY_KEY[table], known) if known else column

    def cell(self, table: str, column: str, line: int) -> str:
        """Return where a cell is, such as Pains!F7; the row's first cell if there is no column."""
        if table not in self.tables:
            return ""
        there = self.tables[table].table
        if line and column not in there.by_key and there.columns:
            return a1.place(there.sheet, line, there.columns[0].at)
        return there.place(column, line)

    def map_of(self, table: str, line: int) -> str:
        """Return the id of the map to which a row belongs, "" if to none or to several."""
        return self._belonging.map_of(table, line)

    def row_ids(self, table: str) -> tuple[str, ...]:
        """Return the ids of a table's rows as they stand there, "" for what has none."""
        if table not in self._row_ids:
            self._row_ids[table] = self.tables[table].texts("id")
        return self._row_ids[table]

    @cached_property
    def maps(self) -> tuple[MapRows, ...]:
        """The maps that somebody still works with, which are all but archived ones."""
        every = by_map(self.workbook, self._belonging)
        return tuple(each for each in every if each.row.status != "archived")

    def limit(self, key: str) -> float:
        """Return a limit from Settings (see scales.LIMITS)."""
        return self.workbook.settings.limit(key)

    @cached_property
    def _row_ids(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _belonging(self) -> Belonging:
        return Belonging(self.workbook)

    @cached_property
    def _places(self) -> dict[str, dict[int, int]]:
        """For each table the index of each line among its cells."""
        return {
            key: {line: at for at, line in enumerate(decoded.table.lines)}
            for key, decoded in self.tables.items()
        }
