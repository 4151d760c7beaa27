"""Decides how the texts of the record lie in the open workbook: on a sheet that nobody is shown."""

from contextlib import suppress
from typing import Any

from cjm_sheets.adapters.live_excel.scratch import added
from cjm_sheets.adapters.live_excel.taking_back import Undo
from cjm_sheets.adapters.live_excel.typing_in import Put, Writer
from cjm_sheets.templates.titles import MEMORY

_VERY_HIDDEN = 2
"""What Excel calls a sheet that is not even offered for showing."""


def put_memory(book: Any, texts: tuple[str, ...], there: int, file: str, undo: Undo) -> None:
    """Write the record over one of so many texts."""
    sheet = _sheet(book, undo)
    writer = Writer(sheet, file)
    undo.later(MEMORY, writer.take_back)
    cells = {(line, 1): Put(text) for line, text in enumerate(texts, start=1)}
    cells |= {(line, 1): Put(None) for line in range(len(texts) + 1, there + 1)}
    writer.write(cells)


def _sheet(book: Any, undo: Undo) -> Any:
    """Return the record sheet, which is made if there is none."""
    for sheet in book.sheets:
        if sheet.name == MEMORY:
            return sheet
    made = added(book, MEMORY, undo)
    hide(made)
    return made


def hide(sheet: Any) -> None:
    """Hide a sheet as deeply as the program can."""
    sheet.visible = False
    with suppress(Exception):  # macOS says it otherwise; a hidden sheet is well enough
        sheet.api.Visible = _VERY_HIDDEN
