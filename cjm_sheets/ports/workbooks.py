"""Decides what the embedded service asks of whoever reads and writes workbook files for it.

Both sides speak of a spreadsheet as the Sheets interface does: the JSON object ``Spreadsheet``,
with its grid data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Spreadsheet: TypeAlias = Mapping[str, Any]
"""A ``Spreadsheet`` of the Sheets interface, as JSON."""


@dataclass(frozen=True, slots=True)
class Workbooks:
    """A reader and writer of workbook files.

    ``read`` makes a spreadsheet of the bytes of an Excel workbook, which came under a name; it
    raises a ``CjmError`` that says why they cannot be read. ``build`` makes an Excel workbook of a
    spreadsheet. ``convert`` makes another format (``pdf``, ``ods``) of an Excel workbook; it
    returns None where the program for that is not installed.
    """

    read: Callable[[bytes, str], Spreadsheet]
    build: Callable[[Spreadsheet], bytes]
    convert: Callable[[bytes, str], bytes | None]
