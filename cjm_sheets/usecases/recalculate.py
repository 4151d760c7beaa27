"""Decides which results beside live formulas are out of date after the cells were changed.

A program that does not calculate on opening shows them, and so do we when we read.
"""

import math
from collections.abc import Mapping
from datetime import date, datetime

from cjm_sheets.ports.store import Changes, SetResult, Snapshot, Store
from cjm_sheets.scoring.computed import computed_values
from cjm_sheets.scoring.layout import as_it_lies
from cjm_sheets.tables.codec import Decoded
from cjm_sheets.tables.table import Raw, Table
from cjm_sheets.usecases.reading import reading_of

_CLOSE = 1e-9
_IN_A_BLANK_ROW: Mapping[str, Raw] = {"evidence_list": "  ", "pains_list": "  ", "moment_used": 1}
"""What helper formulas show in rows without content; all others show a blank."""


def refresh_results(store: Store, today: date) -> None:
    """Write those results of live formulas that no longer fit the cells they stand for."""
    snapshot = store.read()
    results = stale_results(snapshot, today)
    if results:
        store.apply(Changes(results=results), snapshot)


def stale_results(snapshot: Snapshot, today: date) -> tuple[SetResult, ...]:
    """Return the results that should stand beside live formulas and do not."""
    reading = reading_of(snapshot)
    layout = as_it_lies(reading.workbook, snapshot.tables)
    values = computed_values(reading.workbook, reading.scores, today, layout)
    return tuple(
        result
        for key, columns in values.items()
        if key in reading.decoded
        for column, results in columns.items()
        for result in _stale(reading.decoded[key], column, results)
    )


def _stale(decoded: Decoded, column: str, results: tuple[Raw, ...]) -> list[SetResult]:
    """Return the results of one column that are out of date, blank rows included."""
    table = decoded.table
    placed = table.by_key.get(column)
    if placed is None:
        return []
    wanted = dict(zip(decoded.lines, results, strict=True))
    stale = []
    for line, shown in zip(table.lines, placed.cells, strict=True):
        if (line, placed.at) not in table.formulas:
            continue
        value = wanted[line] if line in wanted else _blank(table, column, line)
        if not _same(shown, value):
            stale.append(SetResult(table.spec.key, line, column, value))
    return stale


def _blank(table: Table, column: str, line: int) -> Raw:
    """Return what a live formula shows in a row without content."""
    if column == "row_no":
        return line - table.header_line + 1
    return _IN_A_BLANK_ROW.get(column, "")


def _same(shown: Raw, value: Raw) -> bool:
    """Tell whether a stored result is the right one, as far as numbers can be told apart."""
    if isinstance(shown, datetime):
        shown = shown.date()
    if isinstance(shown, int | float) and isinstance(value, int | float):
        return math.isclose(shown, value, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return (shown or "") == (value or "")
