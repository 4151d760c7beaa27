"""Decides what is said of an open workbook to whoever writes its file."""

import io

from cjm_sheets.adapters.xlwings_engine.addresses import area_of
from cjm_sheets.adapters.xlwings_engine.model import Area, OpenBook, OpenSheet, opened
from cjm_sheets.adapters.xlwings_engine.values import as_typed
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.ports.open_books import (
    BookChange,
    BookFiles,
    Place,
    SheetChange,
    WholeSheet,
    Written,
)


def saved(book: OpenBook, target: str, files: BookFiles) -> OpenBook:
    """Write a workbook under a name, and return it as it is read from there.

    Raises:
        CannotWriteSafelyError: something changed that would spoil the rest of the file.
        ChangedMeanwhileError: somebody else wrote the file since it was opened.
    """
    read = book.read
    if read is None:
        return _first_time(book, target, files)
    for place in _unsaid(book):
        raise CannotWriteSafelyError(book.file, place)
    data = files.changed(book.file, read, change_of(book))
    if target != book.file:
        files.put(target, data)
    elif data != read.data:
        files.replace(target, data, read.data)
    else:
        return book
    return opened(target, files.read(target))


def _first_time(book: OpenBook, target: str, files: BookFiles) -> OpenBook:
    """Write a workbook that no file holds yet."""
    empty = _donor(book)
    files.put(target, empty)
    read = files.read(target)
    files.put(target, files.changed(target, read, change_of(book)))
    return opened(target, files.read(target))


def _unsaid(book: OpenBook) -> list[str]:
    return [*book.unsaid, *(place for sheet in book.sheets for place in sheet.unsaid)]


def change_of(book: OpenBook) -> BookChange:
    """Return all that changed since the file was read."""
    new = [sheet for sheet in book.sheets if sheet.made or sheet.reshaped]
    donor = _donor(book) if new else b""
    return BookChange(
        sheets=tuple(
            said
            for sheet in book.sheets
            if not (said := _change(sheet, whole=sheet in new)).is_nothing
        ),
        whole=tuple(_whole(book, sheet) for sheet in new),
        donor=donor,
        names=dict(book.names),
        states={t: s for t, s in book.states.items() if any(o.title == t for o in book.sheets)},
    )


def _change(sheet: OpenSheet, *, whole: bool) -> SheetChange:
    """Return what changed on a sheet; of a whole one only what is said beside its cells."""
    notes: dict[Place, tuple[str, str] | None] = {}
    for place in sheet.noted:
        comment = sheet.looks_like.cell(*place).comment
        notes[place] = (str(comment.author or ""), str(comment.text)) if comment else None
    return SheetChange(
        sheet.title,
        {} if whole else {place: _held(sheet, place) for place in sorted(sheet.written)},
        dict(sheet.grown),
        notes,
        frozenset(sheet.looks_gone),
        tuple(sheet.looks),
    )


def _held(sheet: OpenSheet, place: Place) -> Written:
    return Written(sheet.cells.get(place), sheet.formulas.get(place, ""))


def _whole(book: OpenBook, sheet: OpenSheet) -> WholeSheet:
    """Return a sheet with all its cells, those that only look like something as well."""
    cells = {
        (cell.row, cell.column): (_held(sheet, (cell.row, cell.column)), cell.style_id)
        for row in sheet.looks_like.iter_rows()
        for cell in row
        if cell.has_style or (cell.row, cell.column) in sheet.cells
    }
    for place in sheet.filled():
        cells.setdefault(place, (_held(sheet, place), sheet.looks_like.cell(*place).style_id))
    at = book.sheets.index(sheet)
    after = [other for other in book.sheets[at + 1 :] if not other.made]
    return WholeSheet(sheet.title, cells, sheet.state, after[0].title if after else "")


def _donor(book: OpenBook) -> bytes:
    """Return a file of the workbook by openpyxl, from which formats and shapes are taken."""
    for sheet in book.sheets:
        for table in sheet.looks_like.tables.values() if sheet.made else ():
            _name_columns(sheet, area_of(str(table.ref)))
    held = io.BytesIO()
    book.formats.save(held)
    return held.getvalue()


def _name_columns(sheet: OpenSheet, area: Area) -> None:
    """Let openpyxl know the headers of a new table: its file names them too.

    A header that is no text becomes one, as in Excel.
    """
    top, left, _, right = area
    for column in range(left, right + 1):
        said = as_typed(sheet.cells.get((top, column))) or f"Column{column - left + 1}"
        if sheet.cells.get((top, column)) != said:
            sheet.put((top, column), said)
        sheet.looks_like.cell(top, column).value = said
