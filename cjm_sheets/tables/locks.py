"""Decides which cells of a sheet the account that reads it may not edit, and where no row may go.

Only shared copies have such ranges: their owner protects them from everybody else.
"""

from collections.abc import Iterable

from cjm_sheets.tables.table import Area, Lock

NO_END = 1 << 31
"""The last line or column of a range that has no end."""


def holds_cell(locks: Iterable[Lock], line: int, column: int) -> bool:
    """Tell whether a cell may not be edited."""
    return any(
        _within(lock.area, line, column)
        and not any(_within(area, line, column) for area in lock.but_for)
        for lock in locks
    )


def holds_line(locks: Iterable[Lock], line: int) -> bool:
    """Tell whether a line may not go, since some of it may not be edited."""
    return any(lock.area[0] <= line <= lock.area[2] for lock in locks)


def holds_gap(locks: Iterable[Lock], line: int) -> bool:
    """Tell whether no row may come below a line, in the midst of what may not be edited."""
    return any(lock.area[0] <= line < lock.area[2] for lock in locks)


def _within(area: Area, line: int, column: int) -> bool:
    return area[0] <= line <= area[2] and area[1] <= column <= area[3]
