"""Decides what map the bytes of a workbook file hold, whatever way they came."""

from pathlib import PurePath

from cjm_sheets.adapters.xlsx_file.defined_names import made_sheets
from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.open_file import stamp
from cjm_sheets.adapters.xlsx_file.outline import outline
from cjm_sheets.adapters.xlsx_file.package import open_package
from cjm_sheets.errors import NoTablesError
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables.recognise import language_of, recognise
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates.titles import MEMORY


def read_xlsx(data: bytes, file: str) -> tuple[Snapshot, tuple[Grid, ...]]:
    """Return the map in a file and all its sheets; raises an InputError if it cannot be read."""
    package = open_package(data, file)
    grids = read_grids(package)
    made = made_sheets(package.part(outline(package).part))
    return snapshot(grids, made, stamp(data), file), grids


def snapshot(grids: tuple[Grid, ...], made: dict[str, str], moment: str, file: str) -> Snapshot:
    """Return the map that sheets hold; raises NoTablesError if there is none."""
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


def _memory(grids: tuple[Grid, ...]) -> tuple[str, ...]:
    """Return the texts of the record sheet, from the top of its first column on."""
    rows = next((grid.rows for grid in grids if grid.sheet == MEMORY), ())
    return tuple(row[0] for row in rows if row and isinstance(row[0], str))
