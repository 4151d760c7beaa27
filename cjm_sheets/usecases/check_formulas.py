"""Decides whether the live formulas of a shared copy that was just made work: none shows an error.

They are written for the spreadsheet's own language and place, which nobody can try beforehand.
"""

from cjm_sheets.errors.sharing import BrokenFormulasError
from cjm_sheets.ports.store import SharedStore, Snapshot
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError

_NAMED = 5
"""Cells that are named; there may be hundreds."""
_LOADING = "LOADING"


def refuse_broken_formulas(store: SharedStore, before: Snapshot) -> None:
    """Read a shared copy back, with one request, after something was made in it.

    Sheets that were there `before` are their owners' own.

    Raises:
        BrokenFormulasError: formulas of sheets that are new show errors. All else is in place.
    """
    known = {grid.sheet for grid in before.others} | {table.sheet for table in before.tables}
    broken = [place for place in _broken(store.read()) if a1.split_place(place)[0] not in known]
    if broken:
        raise BrokenFormulasError(store.name, tuple(broken[:_NAMED]), len(broken))


def _broken(now: Snapshot) -> list[str]:
    """Return the cells whose formulas show an error; one that is still at work shows none yet."""
    found = [
        a1.place(table.sheet, line, column.at)
        for table in now.tables
        for column in table.columns
        for line, cell in zip(table.lines, column.cells, strict=True)
        if _fails(cell) and (line, column.at) in table.formulas
    ]
    for grid in now.others:
        found += [
            a1.place(grid.sheet, line, at)
            for line, at in sorted(grid.formulas)
            if _fails(grid.rows[line - 1][at - 1])
        ]
    return found


def _fails(cell: object) -> bool:
    return isinstance(cell, CellError) and cell.code != _LOADING
