"""Decides which requests carry changes of rows and cells into sheets that are there already.

Values travel typed, never as text to be parsed, so that what begins with = + - @ stays text. Cells
are written first, then rows go and come from below upwards, so that no request moves the place of
another one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.adapters.gsheets.record import (
    ADD,
    DROP,
    SET,
    Face,
    Head,
    Touch,
    faces_of,
    serial,
    written,
)
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, SetNote
from cjm_sheets.tables.table import CellError, Grid, Raw, Table

Request = dict[str, Any]
Formulas = Callable[[int], Mapping[str, str]]
"""Gives the formulas of a table's computed columns, by key, for the line in which they stand."""


def cell_data(value: Raw) -> Request:
    """Return a typed cell; an empty one clears what was there."""
    match value:
        case None | "":
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case int() | float():
            return {"userEnteredValue": {"numberValue": value}}
        case date():
            return {"userEnteredValue": {"numberValue": serial(value)}}
    text = value.code if isinstance(value, CellError) else str(value)
    return {"userEnteredValue": {"stringValue": text}}


def cell_of(said: Face) -> Request:
    """Return a typed cell that says what was noted of one; an error is left blank."""
    return {} if isinstance(said, tuple) else cell_data(said)


def formula_data(text: str) -> Request:
    """Return a cell that holds a formula."""
    return {"userEnteredValue": {"formulaValue": text}}


def update(sheet: Sheet, line: int, at: int, cells: list[Request]) -> Request:
    """Return the request that writes neighbouring cells of one line; both numbers are 1-based."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet.id, "rowIndex": line - 1, "columnIndex": at - 1},
            "rows": [{"values": cells}],
            "fields": "userEnteredValue",
        }
    }


@dataclass(frozen=True, slots=True)
class Step:
    """Requests that belong together, and the rows of a sheet that they touch."""

    requests: tuple[Request, ...]
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A table where it was read: its sheet with all that stood there."""

    table: Table
    sheet: Sheet
    grid: Grid

    @property
    def head(self) -> Head:
        """The header that writes into this table rely on."""
        said = faces_of(self.grid, self.table.header_line - 1)
        labels = {column.at - 1: said[column.at - 1] for column in self.table.by_key.values()}
        return Head(self.sheet.id, self.table.header_line - 1, labels)

    def typed(self, line: int) -> dict[int, Face]:
        """Return what people typed into a line, by 0-based column; formulas work theirs out."""
        return {
            column: said
            for column, said in enumerate(faces_of(self.grid, line - 1))
            if (line, column + 1) not in self.grid.formulas
        }

    def _all_of(self, line: int) -> dict[int, Face]:
        """Return what goes with a line: all that was typed, and that nothing stands behind it."""
        return self.typed(line) | {len(faces_of(self.grid, line - 1)): None}

    def touch(self, kind: str, line: int, new: Mapping[int, Raw]) -> Touch:
        """Return what a write of these cells (by 0-based column) does to a line."""
        typed = self.typed(line)
        ids = [self.table.by_key[key].at - 1 for key in self.table.spec.identity]
        known = {column: typed.get(column) for column in ids}
        if not all(known.values()):
            known = {column: said for column, said in typed.items() if said is not None}
        overwritten = self._all_of(line) if kind == DROP else {c: typed.get(c) for c in new}
        knows = {column: said for column, said in known.items() if column not in overwritten}
        faces = {column: written(raw) for column, raw in new.items()}
        return Touch(kind, self.sheet.id, line - 1, knows, overwritten, faces)


def cell_steps(changes: Iterable[SetCell], place: Place) -> list[Step]:
    """Return the steps that write single cells, a line each, neighbours together."""
    lines: dict[int, dict[int, Raw]] = {}
    for change in changes:
        if change.column in place.table.by_key:
            column = place.table.by_key[change.column].at
            lines.setdefault(change.line, {})[column] = change.value
    steps = []
    for line, cells in sorted(lines.items()):
        requests = tuple(
            update(place.sheet, line, run[0], [cell_data(cells[at]) for at in run])
            for run in _neighbours(sorted(cells))
        )
        new = {column - 1: raw for column, raw in cells.items()}
        steps.append(Step(requests, (place.touch(SET, line, new),)))
    return steps


def note_steps(notes: Iterable[SetNote], place: Place) -> list[Step]:
    """Return the steps that write notes on single cells; what the cells say is left alone."""
    return [
        Step((_note(place, note),), (place.touch(SET, note.line, {}),))
        for note in notes
        if note.column in place.table.by_key
    ]


def _note(place: Place, note: SetNote) -> Request:
    """Return the request that writes a note on a cell; a blank one takes it off."""
    start = {
        "sheetId": place.sheet.id,
        "rowIndex": note.line - 1,
        "columnIndex": place.table.by_key[note.column].at - 1,
    }
    cell = {"note": note.text} if note.text else {}
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "note"}}


def row_steps(changes: Changes, place: Place, formulas: Formulas) -> list[Step]:
    """Return the steps that take rows away and add some, from below upwards."""
    table, sheet = place.table, place.sheet
    last = max((line for line in table.lines if _is_filled(table, line)), default=table.header_line)
    drops = [(d.line - 1, 0, d) for d in changes.dropped if d.table == table.spec.key]
    adds = [
        (last if add.after is None else add.after, 1, add)
        for add in changes.added
        if add.table == table.spec.key
    ]
    # At one place a row goes before one comes; of rows that come, the last is put in first.
    order = sorted([*drops, *reversed(adds)], key=lambda step: (-step[0], step[1]))
    steps: list[Step] = []
    if any(index >= sheet.rows for index, _, _ in order):
        # Rows are put in above a new last line and never written below the old one, where a
        # colleague may have added some by now.
        grow = {"sheetId": sheet.id, "dimension": "ROWS", "length": 1}
        steps.append(Step(({"appendDimension": grow},)))
    for index, _, step in order:
        match step:
            case DropRow():
                steps.append(_drop(place, index))
            case AddRow():
                steps.append(_add(step, place, index, formulas(index + 1)))
    return steps


def _is_filled(table: Table, line: int) -> bool:
    """Tell whether anything but live formulas stands in a line."""
    return any(
        cell not in {None, ""} and (line, column.at) not in table.formulas
        for column in table.columns
        if (cell := column.cells[line - table.lines[0]]) is not None
    )


def _drop(place: Place, index: int) -> Step:
    """Return the step that takes a row away; index is 0-based.

    Where somebody put something of their own beside it only our cells are cleared, live formulas
    excepted: those show blanks by themselves.
    """
    line, table, sheet = index + 1, place.table, place.sheet
    if any(column.cells[line - table.lines[0]] not in {None, ""} for column in table.own_columns):
        ours = sorted(
            column.at for key, column in table.by_key.items() if not table.spec.by_key[key].computed
        )
        cleared = [update(sheet, line, run[0], [{}] * len(run)) for run in _neighbours(ours)]
        touch = place.touch(SET, line, dict.fromkeys([at - 1 for at in ours]))
        return Step(tuple(cleared), (touch,))
    area = {"sheetId": sheet.id, "dimension": "ROWS", "startIndex": index, "endIndex": line}
    return Step(({"deleteDimension": {"range": area}},), (place.touch(DROP, line, {}),))


def _add(add: AddRow, place: Place, index: int, formulas: Mapping[str, str]) -> Step:
    """Return the step that puts a line in at a 0-based place, looking like the one above.

    Own columns are left alone.
    """
    table, sheet = place.table, place.sheet
    area = {"sheetId": sheet.id, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1}
    below_header = index == table.header_line
    insert: Request = {"insertDimension": {"range": area, "inheritFromBefore": not below_header}}
    typed = {table.by_key[key].at: raw for key, raw in add.cells.items() if key in table.by_key}
    cells = {at: cell_data(raw) for at, raw in typed.items()}
    cells |= {table.by_key[key].at: formula_data(text) for key, text in formulas.items()}
    fill = [
        update(sheet, index + 1, run[0], [cells[at] for at in run])
        for run in _neighbours(sorted(cells))
    ]
    new = {at - 1: written(raw) for at, raw in typed.items()}
    return Step((insert, *fill), (Touch(ADD, sheet.id, index, {}, {}, new),))


def _neighbours(places: Sequence[int]) -> list[list[int]]:
    """Return sorted numbers in runs without gaps.

    >>> _neighbours([1, 2, 5])
    [[1, 2], [5]]
    """
    runs = groupby(enumerate(places), key=lambda item: item[1] - item[0])
    return [[place for _, place in run] for _, run in runs]
