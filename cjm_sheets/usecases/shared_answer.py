"""Decides what a map is that lies in a spreadsheet of the Sheets interface, as it answers."""

from collections.abc import Mapping
from typing import Any

from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables.answered import grids_of
from cjm_sheets.tables.recognise import language_of, recognise


def snapshot_of(answer: Mapping[str, Any]) -> Snapshot:
    """Return the map of an answer that has the properties and the data of all sheets."""
    grids = grids_of(answer)
    tables = recognise(grids)
    taken = {table.sheet for table in tables}
    return Snapshot(
        title=answer["properties"]["title"],
        tables=tables,
        others=tuple(grid for grid in grids if grid.sheet not in taken),
        language=language_of(tables) if tables else "",
        stamp="",
    )
