"""Decides what an open workbook answers to xlwings, and when its file is written."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine import saving
from cjm_sheets.adapters.xlwings_engine.model import OpenBook, OpenSheet, blank, opened
from cjm_sheets.adapters.xlwings_engine.names import Names
from cjm_sheets.adapters.xlwings_engine.owners import Program
from cjm_sheets.adapters.xlwings_engine.refusing import FAILED, RefusedByProgramError, gone
from cjm_sheets.adapters.xlwings_engine.sheets import Sheets


class Book(base_classes.Book):
    """One workbook."""

    app: Any = None  # the base class has a property of this name

    def __init__(self, app: Program, model: OpenBook, title: str = "") -> None:
        """`title` is what it is called while it has no file."""
        self.app, self.model, self._title = app, model, title
        self.read_only = False
        front = model.formats.active
        shown = [sheet for sheet in model.sheets if sheet.looks_like is front]
        self.active_sheet: OpenSheet = (shown or model.sheets)[0]

    @property
    def api(self) -> "Book":
        """The thing itself."""
        return self

    @property
    def ReadOnly(self) -> bool:  # noqa: N802 - as the object model of Excel calls it
        """Tell whether the file may not be written."""
        return self.read_only

    def json(self) -> dict[str, Any]:
        """Refuse: that is for other engines."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """The name of its file, without the folder."""
        if self.model.closed:
            raise gone()
        return Path(self.model.file).name if self.model.file else self._title

    @property
    def fullname(self) -> str:
        """The name of its file with the folder."""
        return self.model.file or self._title

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        if self.model.closed:
            raise gone()
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its names of cells."""
        return Names(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Write what changed into its file, or a copy with the changes under another name.

        Raises:
            CannotWriteSafelyError: something changed that would spoil the rest of the file.
        """
        if self.model.closed:
            raise gone()
        if password is not None:
            raise RefusedByProgramError(FAILED, "no passwords here")
        self.app.refuse()
        if self.read_only and path is None:
            raise RefusedByProgramError(FAILED, "opened for reading")
        target = os.path.abspath(path) if path else self.model.file or os.path.abspath(self._title)  # noqa: PTH100 - links stay as they are
        front = self.active_sheet.title
        self.model = saving.saved(self.model, target, self.app.files)
        self.active_sheet = self.model.sheet(front)

    def close(self) -> None:
        """Let go of the workbook; what was not saved is lost."""
        self.model.closed = True
        if self in self.app.open_books:
            self.app.open_books.remove(self)

    def activate(self) -> None:
        """Bring it to the front."""
        self.app.open_books.remove(self)
        self.app.open_books.insert(0, self)


class Books(base_classes.Books):
    """The workbooks that are open, the one in front first."""

    def __init__(self, app: Program) -> None:
        self.app = app

    @property
    def api(self) -> "Books":
        """The thing itself."""
        return self

    @property
    def active(self) -> Book:
        """The workbook in front."""
        front: Book = self.app.open_books[0]
        return front

    def __call__(self, name_or_index: str | int) -> Book:
        """Return a workbook by name or by number, from 1 on."""
        if isinstance(name_or_index, int):
            numbered: Book = self.app.open_books[name_or_index - 1]
            return numbered
        for book in self:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.app.open_books))

    def __contains__(self, key: object) -> bool:
        return any(key == book.name for book in self.app.open_books)

    def add(self) -> Book:
        """Make a workbook without a file."""
        self.app.made += 1
        return self._in_front(Book(self.app, blank(), f"Book{self.app.made}"))

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,  # noqa: FBT001 - the same
        *_rest: object,
        **_more: object,
    ) -> Book:
        """Open a workbook file."""
        del update_links
        file = os.fspath(fullname)
        book = Book(self.app, opened(file, self.app.files.read(file)))
        book.read_only = bool(read_only) or not os.access(file, os.W_OK)
        return self._in_front(book)

    def _in_front(self, book: Book) -> Book:
        self.app.open_books.insert(0, book)
        return book
