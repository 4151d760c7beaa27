"""Decides which reader a workbook file goes to, by what its first bytes are."""

from cjm_sheets.adapters.xlsx_file.contents import read_xlsx
from cjm_sheets.ports.store import Snapshot


def read_any(data: bytes, file: str) -> Snapshot:
    """Return the map in a workbook file of any kind that we read."""
    return read_xlsx(data, file)[0]
