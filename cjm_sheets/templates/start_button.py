"""Decides what the button on Start says, where it lies, and which macro it runs."""

from dataclasses import replace

from cjm_sheets.templates import titles
from cjm_sheets.templates.plan import Book, Button, Sheet
from cjm_sheets.templates.start_part import E
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

MACRO = "SampleCall"
"""What xlwings calls the macro that runs `main` of the module named like the workbook."""

_TEXT = N_("Check, score and draw")
_TOLD = N_("Checks the map, scores its pains and draws it.")
_LINE, _RIGHT, _DOWN = 2, 95.0, 2.0
_SIZE = (188.0, 29.0)
"""No higher than the line of the promise: in some languages the next one is longer."""


def with_button(book: Book) -> Book:
    """Return a workbook with the button at the top of Start, right of the promise."""
    button = Button(
        _LINE,
        E,
        say(book.language, _TEXT),
        MACRO,
        _RIGHT,
        _DOWN,
        _SIZE,
        say(book.language, _TOLD),
    )
    start = titles.start(book.language)

    def pressed(sheet: Sheet) -> Sheet:
        return replace(sheet, button=button) if sheet.title == start else sheet

    return replace(book, sheets=tuple(map(pressed, book.sheets)))
