"""Decides what spreadsheet becomes of a file that is uploaded: a workbook, or a table of text."""

import csv
import io
from pathlib import PurePath

from cjm_sheets.errors import CjmError
from cjm_sheets.service.a1 import box_text
from cjm_sheets.service.calls import Call
from cjm_sheets.service.creation import created, empty_spreadsheet
from cjm_sheets.service.drive.formats import IMPORTS, SEPARATORS
from cjm_sheets.service.drive.refusing import refuse_request
from cjm_sheets.service.refusals import refuse_unsupported
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import Entry, write
from cjm_sheets.words.failures import sentence

_ZIP = b"PK\3\4"
_UNNAMED = frozenset({"", "application/octet-stream"})


def imported(call: Call, kind: str, content: bytes, name: str) -> Spreadsheet:
    """Return the spreadsheet that a file becomes; it has no id yet."""
    suffix = IMPORTS.get(kind)
    if kind in _UNNAMED:
        suffix = "xlsx" if content.startswith(_ZIP) else "csv"
    if suffix is None:
        refuse_unsupported(f"uploads of type {kind}")
    if suffix in SEPARATORS:
        return _from_text(content, SEPARATORS[suffix])
    if call.workbooks is None:
        refuse_unsupported(f"uploads of type {kind}")
    try:
        source = call.workbooks.read(content, name)
    except CjmError as error:
        refuse_request(sentence(error, "en"))
    return created(dict(source))


def _from_text(content: bytes, separator: str) -> Spreadsheet:
    try:
        text = content.decode("utf-8-sig")
        lines = [*csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except UnicodeDecodeError:
        refuse_request("The file is not text in UTF-8.")
    except csv.Error as error:
        refuse_request(f"The file is no table: {error}.")
    book = empty_spreadsheet("")
    width = max((len(line) for line in lines), default=0)
    sheet = book.sheets[0]
    _make_room(book, sheet, len(lines), width)
    if width:
        target = box_text(sheet.title, sheet.box())
        write(book, Entry(target, [*lines], by_columns=False, option="USER_ENTERED"))
    return book


def _make_room(book: Spreadsheet, sheet: Sheet, height: int, width: int) -> None:
    sheet.resize("ROWS", max(sheet.row_count, height))
    sheet.resize("COLUMNS", max(sheet.column_count, width))
    book.check_size()


def title_of(name: str) -> str:
    """Return the title of the spreadsheet that a file of some name becomes."""
    return PurePath(name).stem if PurePath(name).suffix.lower() in {".xlsx", ".xlsm"} else name


def put_into(book: Spreadsheet, new: Spreadsheet) -> None:
    """Let a spreadsheet hold what another one holds; its first tab stays the same one to links."""
    first = book.sheets[0]
    book.sheets, book.named_ranges, book.metadata = new.sheets, new.named_ranges, new.metadata
    if len(book.sheets) == 1:
        only = book.sheets[0]
        only.properties = only.properties | {"sheetId": first.id, "title": first.title}
    book.touch()
