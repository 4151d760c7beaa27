"""Decides which results beside live formulas are out of date after the cells were changed.

A program that does not calculate on opening shows them, and so do we when we read.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cjm_sheets.ports.store import Changes, SetResult, Snapshot, Store
from cjm_sheets.scoring.computed import computed_values
from cjm_sheets.scoring.layout import as_it_lies
from cjm_sheets.tables.codec import Decoded
from cjm_sheets.tables.table import Raw, Table
from cjm_sheets.usecases.reading import Reading, reading_of

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
    return tuple(
        SetResult(table, line, key, value)
        for table, columns in shown_results(reading, today).items()
        for key, values in columns.items()
        for lies in [reading.decoded[table].table]
        for line, shown, value in zip(lies.lines, lies.by_key[key].cells, values, strict=True)
        if not _same(shown, value)
    )


def shown_results(reading: Reading, today: date) -> dict[str, dict[str, tuple[Raw, ...]]]:
    """Return what each computed column shows once all is calculated, line by line.

    Table key to column key to one value for each line, blank rows included; a cell in which no
    formula stands shows what was typed there.
    """
    layout = as_it_lies(reading.workbook, reading.snapshot.tables)
    values = computed_values(reading.workbook, reading.scores, today, layout)
    return {
        table: {
            key: _column(decoded, key, values.get(table, {}).get(key, ()))
            for key, placed in decoded.table.by_key.items()
            if decoded.table.spec.by_key[key].computed and placed.cells
        }
        for table, decoded in reading.decoded.items()
    }


def _column(decoded: Decoded, key: str, results: Sequence[Raw]) -> tuple[Raw, ...]:
    """Return what one column shows, line by line."""
    table, placed = decoded.table, decoded.table.by_key[key]
    known = dict(zip(decoded.lines, results, strict=True))
    return tuple(
        cell
        if (line, placed.at) not in table.formulas
        else known[line]
        if line in known
        else blank_result(table, key, line)
        for line, cell in zip(table.lines, placed.cells, strict=True)
    )


def blank_result(table: Table, column: str, line: int) -> Raw:
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
    return ("" if shown is None else shown) == ("" if value is None else value)
