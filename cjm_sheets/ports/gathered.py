"""Decides what map the sheets of a workbook hold, in whatever way they were read."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from cjm_sheets.errors.workbook import NoTablesError
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables.recognise import language_of, recognise
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates.titles import MEMORY


def gathered(grids: Sequence[Grid], made: Mapping[str, str], moment: str, file: str) -> Snapshot:
    """Return the map that sheets hold; raises NoTablesError if there is none.

    `made` has the titles of the sheets that the program made, by what they are; `moment` names the
    state that was read.
    """
    shown = [grid for grid in grids if grid.sheet != MEMORY]
    tables = recognise(shown)
    if not tables:
        raise NoTablesError(file, ", ".join(grid.sheet for grid in shown))
    ours = {table.sheet for table in tables}
    return Snapshot(
        title=PurePath(file).name,
        tables=tables,
        others=tuple(grid for grid in shown if grid.sheet not in ours),
        language=language_of(tables),
        stamp=moment,
        memory=_memory(grids),
        made=made,
    )


def _memory(grids: Sequence[Grid]) -> tuple[str, ...]:
    """Return the texts of the record sheet, from the top of its first column on."""
    rows = next((grid.rows for grid in grids if grid.sheet == MEMORY), ())
    return tuple(row[0] for row in rows if row and isinstance(row[0], str))
