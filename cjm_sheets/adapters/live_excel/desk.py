"""Decides how a macro finds its workbook, and how it speaks to whoever pressed the button."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from cjm_sheets.adapters.live_excel.taking_back import patiently

_TITLE = "cjm-sheets"


def calling() -> Any:
    """Return the workbook from which a macro was called."""
    import xlwings  # noqa: PLC0415 - slow; only whoever runs a macro pays for it

    return xlwings.Book.caller()


def cursor(book: Any) -> tuple[str, int, int, str]:
    """Return sheet, line, column and text of the first selected cell; ("", 1, 1, "") if none is."""
    with suppress(Exception):
        chosen = book.app.selection
        if chosen is not None and chosen.sheet.book.name == book.name:
            shown = chosen[0, 0].value
            text = shown if isinstance(shown, str) else ""
            return chosen.sheet.name, chosen.row, chosen.column, text
    return "", 1, 1, ""


def put_cursor(book: Any, sheet: str, cell: str) -> None:
    """Select a cell."""
    book.sheets[sheet].range(cell).select()


def tell(app: Any, text: str, *, bad: bool = False) -> None:
    """Show a message box; nobody's answer is waited for but OK."""
    app.alert(text, _TITLE, mode="critical" if bad else "info")


@contextmanager
def status_bar(book: Any) -> Iterator[Any]:
    """Give what writes into the status bar; afterwards it is the program's again."""
    app = book.app  # a workbook that is closed by then has none

    def say(text: str) -> None:
        with suppress(Exception):  # a status that cannot be shown is no reason to stop
            app.status_bar = text

    try:
        yield say
    finally:
        patiently(partial(setattr, app, "status_bar", False))  # noqa: FBT003 - the value, no switch
