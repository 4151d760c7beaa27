"""Decides which store and which reader a workbook file gets, by how its content begins."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.adapters.xlsx_file.contents import read_xlsx
from cjm_sheets.adapters.xlsx_file.ods_file import is_opendocument, read_ods
from cjm_sheets.adapters.xlsx_file.only_read import OnlyRead
from cjm_sheets.adapters.xlsx_file.open_file import first_bytes, read_bytes
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import Snapshot

if TYPE_CHECKING:
    from cjm_sheets.ports.builder import Builder
    from cjm_sheets.ports.sheets import SheetStore


class OdsFile(OnlyRead):
    """An OpenDocument spreadsheet, which is only read."""

    def read(self) -> Snapshot:
        """Return the map in the file; raises a CjmError that says why it cannot be read."""
        return read_any(read_bytes(self.path), str(self.path))


def store_of(path: Path, builder: "Callable[[], Builder] | None" = None) -> "SheetStore":
    """Return the store of a file, which need not be there yet."""
    return OdsFile(path) if is_opendocument(first_bytes(path)) else XlsxFile(path, builder)


def read_any(data: bytes, file: str) -> Snapshot:
    """Return the map in a workbook file of any kind that we read."""
    return read_ods(data, file) if is_opendocument(data) else read_xlsx(data, file)[0]
