"""Decides what map the bytes of a workbook file hold, whatever way they came."""

from cjm_sheets.adapters.xlsx_file.defined_names import made_sheets
from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.open_file import stamp
from cjm_sheets.adapters.xlsx_file.outline import outline
from cjm_sheets.adapters.xlsx_file.package import open_package
from cjm_sheets.ports.gathered import gathered
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables.table import Grid


def read_xlsx(data: bytes, file: str) -> tuple[Snapshot, tuple[Grid, ...]]:
    """Return the map in a file and all its sheets; raises an InputError if it cannot be read."""
    package = open_package(data, file)
    grids = read_grids(package)
    made = made_sheets(package.part(outline(package).part))
    return gathered(grids, made, stamp(data), file), grids
