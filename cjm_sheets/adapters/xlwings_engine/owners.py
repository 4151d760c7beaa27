"""Decides what the things of an open workbook know of those that they belong to."""

from collections.abc import Iterator
from typing import Any, Protocol

from cjm_sheets.adapters.xlwings_engine.model import Area, OpenBook, OpenSheet
from cjm_sheets.ports.open_books import BookFiles, Place


class Program(Protocol):
    """What holds workbooks open."""

    user: str
    files: BookFiles
    selection: Any
    open_books: list[Any]
    made: int

    def refuse(self) -> None:
        """Raise what Excel raises if nothing can be changed now."""
        ...


class Workbook(Protocol):
    """A workbook, with its sheets and names of cells."""

    app: Program
    model: OpenBook
    active_sheet: OpenSheet

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def sheets(self) -> Any:
        """Its sheets."""
        ...

    @property
    def names(self) -> Any:
        """Its names of cells."""
        ...


class Worksheet(Protocol):
    """A sheet."""

    book: Workbook
    model: OpenSheet

    def refuse(self) -> None:
        """Raise what Excel raises if nothing can be changed now."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def tables(self) -> Any:
        """Its tables."""
        ...

    def range(self, arg1: Any, arg2: Any = None) -> Any:
        """Return a block of cells."""
        ...

    def activate(self) -> None:
        """Bring it to the front."""
        ...


class Block(Protocol):
    """A block of cells."""

    sheet: Worksheet
    area: Area

    def __call__(self, *args: int) -> Any:
        """Return a cell of the block."""
        ...

    def places(self) -> Iterator[Place]:
        """Yield the cells."""
        ...

    def meets(self, merged: Any) -> bool:
        """Tell whether a range of openpyxl has a cell of the block."""
        ...
