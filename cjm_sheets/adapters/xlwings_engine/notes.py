"""Decides what a note on a cell answers to xlwings, and who wrote it."""

from typing import Any

from openpyxl.comments import Comment
from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine.owners import Worksheet
from cjm_sheets.ports.open_books import Place


class Note(base_classes.Note):
    """The note of one cell."""

    def __init__(self, sheet: Worksheet, place: Place) -> None:
        self.sheet, self.place = sheet, place

    @property
    def api(self) -> "Note":
        """The thing itself."""
        return self

    @property
    def _cell(self) -> Any:
        return self.sheet.model.looks_like.cell(*self.place)

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._cell.comment.text) if self._cell.comment else ""

    @text.setter
    def text(self, value: str) -> None:
        self.sheet.refuse()
        there = self._cell.comment
        author = there.author if there else self.sheet.book.app.user
        self._cell.comment = Comment(value, author)
        self.sheet.model.noted.add(self.place)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self._cell.comment.author or "") if self._cell.comment else ""

    @property
    def location(self) -> Any:
        """The cell that it is on."""
        return self.sheet.range(self.place)

    def delete(self) -> None:
        """Take it off."""
        self.sheet.refuse()
        self._cell.comment = None
        self.sheet.model.noted.add(self.place)
