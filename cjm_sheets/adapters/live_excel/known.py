"""Decides what of an open workbook need not be read again while several writes to it are one."""

from dataclasses import replace
from typing import Any

from cjm_sheets.adapters.live_excel.grids import grid_of, notes_of
from cjm_sheets.ports.sheets import PutSheets
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates import titles


class Known:
    """The sheets of a workbook as they were read, and which of them the program made."""

    def __init__(self) -> None:
        self._grids: dict[str, Grid] = {}
        self._stale_notes: set[str] = set()
        self._made: dict[str, str] | None = None

    def grid(self, sheet: Any) -> Grid:
        """Return a sheet, which is read if it is not known."""
        title = sheet.name
        if title not in self._grids:
            self._grids[title] = grid_of(sheet)
        elif title in self._stale_notes:
            self._grids[title] = replace(self._grids[title], notes=notes_of(sheet))
        self._stale_notes.discard(title)
        return self._grids[title]

    def made(self, book: Any) -> dict[str, str]:
        """Return the titles of the sheets that the program made, by what they are."""
        if self._made is None:
            self._made = _made(book)
        return self._made

    def forget(self, put: PutSheets) -> None:
        """Forget what whole sheets were put over; of the others, notes are all that changed."""
        touched = {sheet.title.casefold() for sheet in put.book.sheets}
        touched |= {title.casefold() for title in put.unhidden}
        touched |= {more.sheet.casefold() for more in put.lists}
        for title in [title for title in self._grids if title.casefold() in touched]:
            del self._grids[title]
        if put.marks is not None:
            self._stale_notes |= self._grids.keys()
        self._made = None


def _made(book: Any) -> dict[str, str]:
    mark = titles.MARK.format("").casefold()
    places = {}
    for name in book.names:
        said = name.name
        if said.casefold().startswith(mark):
            refers_to = name.refers_to
            if "#REF" not in refers_to:
                places[said] = a1.split_place(refers_to.removeprefix("="))[0]
    return titles.roles(places)
