"""Decides whether a changed file says what was asked for, and else what it said before."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cjm_sheets.adapters.xlsx_file import cell_xml
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError, Grid, Raw
from cjm_sheets.templates.titles import MEMORY


@dataclass(frozen=True)
class Expected:
    """What a changed file must say: the patched sheets by title.

    `put` has the sheets that came whole, as they were where they were made.
    """

    sheets: Mapping[str, Patched]
    since_1904: bool
    put: Mapping[str, Grid] = field(default_factory=dict)


def check(before: Sequence[Grid], after: Sequence[Grid], expected: Expected, file: str) -> None:
    """Raise CannotWriteSafelyError naming the first cell that is not as it must be."""
    old = {grid.sheet: grid for grid in before if grid.sheet != MEMORY}
    new = {grid.sheet: grid for grid in after if grid.sheet != MEMORY}
    if expected.put.keys() | old.keys() != new.keys():
        raise CannotWriteSafelyError(file, ", ".join(sorted(old.keys() ^ new.keys())))
    old |= expected.put
    for title, grid in new.items():
        done = expected.sheets.get(title, Patched())
        place = _first_wrong(old[title], grid, done, since_1904=expected.since_1904)
        if place is not None:
            raise CannotWriteSafelyError(file, a1.place(title, *place))


def _first_wrong(
    old: Grid, new: Grid, done: Patched, *, since_1904: bool
) -> tuple[int, int] | None:
    """Return the first cell whose value or formula is wrong."""
    formulas = dict(old.formulas)
    for place, text in done.formulas.items():
        if text is None:
            formulas.pop(place, None)
        else:
            formulas[place] = f"={text}"
    wrong = formulas.items() ^ new.formulas.items()
    if wrong:
        return min(place for place, _ in wrong)
    lines = max(len(old.rows), len(new.rows), *(line for line, _ in done.written), 0)
    changed: dict[int, dict[int, Raw]] = {}
    for (line, column), value in done.written.items():
        changed.setdefault(line, {})[column] = value
    for line in range(1, lines + 1):
        was, now = _line(old, line), _line(new, line)
        edits = changed.get(line, {})
        if now == (_edited(was, edits) if edits else was):
            continue
        for column in range(1, max(len(was), len(now), *edits, 0) + 1):
            wanted = edits[column] if column in edits else _at(was, column)
            if not says(_at(now, column), wanted, since_1904=since_1904):
                return line, column
    return None


def _line(grid: Grid, line: int) -> tuple[Raw, ...]:
    return grid.rows[line - 1] if line <= len(grid.rows) else ()


def _edited(row: tuple[Raw, ...], edits: Mapping[int, Raw]) -> tuple[Raw, ...]:
    """Return a row with its edits; of a date or a longer row the cells are looked at one by one."""
    cells = list(row)
    for column, value in edits.items():
        if column > len(cells) or isinstance(value, bool):
            return ()
        cells[column - 1] = None if value == "" else value
    return tuple(cells)


def _at(row: tuple[Raw, ...], column: int) -> Raw:
    return row[column - 1] if column <= len(row) else None


def says(now: Raw, wanted: Raw, *, since_1904: bool) -> bool:
    """Tell whether a cell reads as the value that was written, to the second for a moment."""
    match wanted:
        case None | "":
            return now is None
        case bool() | str() | CellError():
            return now == wanted and type(now) is type(wanted)
        case dt.date():
            return _serial(now, since_1904=since_1904) == _serial(wanted, since_1904=since_1904)
    number = _serial(now, since_1904=since_1904)
    return number is not None and (number == wanted or (math.isnan(wanted) and math.isnan(number)))


def _serial(value: Raw, *, since_1904: bool) -> float | None:
    """Return the number that a cell holds, a moment to the second."""
    match value:
        case dt.date():
            return round(cell_xml.serial(value, since_1904=since_1904), 5)
        case int() | float():
            return value
    return None
