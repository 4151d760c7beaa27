"""Decides how a macro finds its workbook, and how it speaks to whoever pressed the button."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

_TITLE = "cjm-sheets"


def calling() -> Any:
    """Return the workbook from which a macro was called."""
    import xlwings  # noqa: PLC0415 - slow; only whoever runs a macro pays for it

    return xlwings.Book.caller()


def cursor(book: Any) -> tuple[str, int, int]:
    """Return sheet, line and column of the first selected cell; ("", 1, 1) if none is."""
    with suppress(Exception):
        chosen = book.app.selection
        if chosen is not None and chosen.sheet.book.name == book.name:
            return chosen.sheet.name, chosen.row, chosen.column
    return "", 1, 1


def put_cursor(book: Any, sheet: str, cell: str) -> None:
    """Select a cell."""
    book.sheets[sheet].range(cell).select()


def tell(app: Any, text: str, *, bad: bool = False) -> None:
    """Show a message box; nobody's answer is waited for but OK."""
    app.alert(text, _TITLE, mode="critical" if bad else "info")


@contextmanager
def status_bar(book: Any) -> Iterator[Any]:
    """Give what writes into the status bar; afterwards it is the program's again."""

    def say(text: str) -> None:
        with suppress(Exception):  # a status that cannot be shown is no reason to stop
            book.app.status_bar = text

    try:
        yield say
    finally:
        with suppress(Exception):
            book.app.status_bar = False
