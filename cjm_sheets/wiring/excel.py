"""Decides how a workbook that is open is reached, in Excel or without it, and the add-in for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cjm_sheets.wiring.files import heard_notes, workbook_file
from cjm_sheets.wiring.own import chance, clock
from cjm_sheets.wiring.shared_copies import link_to, sharing

if TYPE_CHECKING:
    from cjm_sheets.ports.excel import AddinFolder, Excel
    from cjm_sheets.ports.sheets import SheetStore
    from cjm_sheets.usecases.at_a_click import Desk
    from cjm_sheets.usecases.excel_addin import Installed


def open_headless(path: str) -> Any:  # noqa: ANN401 - xlwings tells no types
    """Return a workbook file as an open `xlwings.Book`, without Excel; raises InputError."""
    from cjm_sheets.adapters.xlsx_file.open_books import OpenXlsx
    from cjm_sheets.adapters.xlwings_engine.engine import open_book

    return open_book(path, OpenXlsx())


def open_workbook(book: Any) -> "SheetStore":  # noqa: ANN401 - as above
    """Return the store of a workbook that is open, an `xlwings.Book` of whichever program."""
    from cjm_sheets.adapters.live_excel.store import LiveWorkbook
    from cjm_sheets.ports.noted import Noted

    return Noted(LiveWorkbook(book), heard_notes.get().append)


def calling_workbook() -> Any:  # noqa: ANN401 - as above
    """Return the open workbook from which a macro was called, an `xlwings.Book`."""
    from cjm_sheets.adapters.live_excel.desk import calling

    return calling()


@contextmanager
def desk_of(book: Any, to: str = "") -> "Iterator[Desk]":  # noqa: ANN401 - as above
    """Give all that a button in an open workbook needs, which is read for its language.

    Raises:
        CjmError: it cannot be read, for a reason that a person can mend.
    """
    from cjm_sheets.adapters.live_excel import desk
    from cjm_sheets.adapters.live_excel.store import LiveWorkbook
    from cjm_sheets.ports.noted import Noted
    from cjm_sheets.usecases.at_a_click import Desk, Selected
    from cjm_sheets.words.catalogue import say

    live = LiveWorkbook(book)
    language = live.read().language
    target = link_to(to) if to else None
    with desk.status_bar(book) as show:
        yield Desk(
            Noted(live, heard_notes.get().append),
            language,
            live.at_once,
            clock(),
            chance(),
            Selected(*desk.cursor(book)),
            lambda text: show(f"cjm-sheets: {say(language, text)}"),
            sharing,
            link_to,
            target,
        )


def tell_in_excel(app: Any, text: str, *, bad: bool = False) -> None:  # noqa: ANN401 - as above
    """Show a message box of the program that holds a workbook open."""
    from cjm_sheets.adapters.live_excel.desk import tell

    tell(app, text, bad=bad)


@contextmanager
def held_open(path: str, at: str = "") -> "Iterator[Any]":
    """Give a workbook file as an open `xlwings.Book`, without Excel; save it if nothing failed.

    `at` is the cell under the cursor, such as Pains!A5.

    Raises:
        NoSuchCellError: there is no such cell.
        CannotWriteSafelyError, ChangedMeanwhileError, OpenElsewhereError
    """
    from cjm_sheets.adapters.live_excel.desk import put_cursor
    from cjm_sheets.errors.asked import NoSuchCellError
    from cjm_sheets.tables.a1 import split_place

    workbook_file(path).refuse_if_busy()
    book = open_headless(path)
    try:
        if at:
            try:
                put_cursor(book, *split_place(at))
            except Exception as refused:
                raise NoSuchCellError(at, path) from refused
        yield book
        book.save()
    finally:
        book.app.quit()


def install_addin(language: str, folder: str = "") -> "Installed":
    """Put the add-in for Excel, in a language, into a folder or into Excel's start folder.

    Raises:
        NoExcelError, CannotReplaceError
    """
    from cjm_sheets.adapters.excel_addin.package import addin
    from cjm_sheets.usecases.excel_addin import install

    excel, place = _excel(folder)
    return install(excel, place, addin, language, here=not folder)


def remove_addin(folder: str = "") -> str:
    """Remove the add-in; return its path, "" if there was none.

    Raises:
        NoExcelError, FileNotReadableError, CannotReplaceError
    """
    from cjm_sheets.usecases.excel_addin import remove

    return remove(_excel(folder)[1])


def addin_there(folder: str = "") -> tuple[str, bool | None]:
    """Return where the add-in is or would be, and whether it is fresh, None if it is not there.

    Raises:
        NoExcelError, FileNotReadableError
    """
    from cjm_sheets.adapters.excel_addin.package import addin
    from cjm_sheets.usecases.excel_addin import fresh

    excel, place = _excel(folder)
    return place.path, fresh(excel, place, addin)


def _excel(folder: str) -> "tuple[Excel, AddinFolder]":
    from cjm_sheets.adapters.excel_program import ExcelProgram, StartFolder
    from cjm_sheets.adapters.new_file import write_over

    excel = ExcelProgram()
    return excel, StartFolder(folder or excel.start_folder(), write_over)
