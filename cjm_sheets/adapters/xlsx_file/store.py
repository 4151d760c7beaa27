"""Decides how a closed workbook file is a store: what is read from it at one moment."""

from hashlib import sha256
from pathlib import Path

from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.open_file import read_bytes
from cjm_sheets.adapters.xlsx_file.package import open_package
from cjm_sheets.errors import NoTablesError
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables.recognise import language_of, recognise
from cjm_sheets.tables.table import Grid

MEMORY = "_cjm"
"""The title of the hidden record sheet."""


class XlsxFile:
    """A workbook file that no program has open."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.name

    def read(self) -> Snapshot:
        """Return the map in the file; raises an InputError that says why it cannot be read."""
        data = read_bytes(self.path)
        grids = read_grids(open_package(data, str(self.path)))
        shown = [grid for grid in grids if grid.sheet != MEMORY]
        tables = recognise(shown)
        if not tables:
            raise NoTablesError(str(self.path), ", ".join(grid.sheet for grid in shown))
        ours = {table.sheet for table in tables}
        return Snapshot(
            title=self.name,
            tables=tables,
            others=tuple(grid for grid in shown if grid.sheet not in ours),
            language=language_of(tables),
            stamp=sha256(data).hexdigest(),
            memory=_memory(grids),
        )


def _memory(grids: tuple[Grid, ...]) -> tuple[str, ...]:
    """Return the texts of the record sheet, from the top of its first column on."""
    rows = next((grid.rows for grid in grids if grid.sheet == MEMORY), ())
    return tuple(row[0] for row in rows if row and isinstance(row[0], str))
