"""Decides what the program asks of a store that can hold whole sheets which the program writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from cjm_sheets.ports.store import Outcome, Snapshot, Store
from cjm_sheets.templates.plan import Book


@dataclass(frozen=True, slots=True)
class AddedList:
    """A list that a sheet gets in its first free column, its header first, unless it is there.

    `name` is what formulas call the cells below the header, down to `last_line`; it tells whether
    the list is there already.
    """

    sheet: str
    name: str
    words: tuple[str, ...]
    last_line: int


@dataclass(frozen=True, slots=True)
class CellMark:
    """What is said of a cell (line and column counted from 1): how bad it is, and a note."""

    sheet: str
    line: int
    column: int
    severity: str
    note: str


@dataclass(frozen=True, slots=True)
class PutSheets:
    """Whole sheets of ours: each takes the place of the one that it was before, or is added.

    `book` holds these sheets alone, and the names that go with them. `before` tells in front of
    which sheet a new one stands (title to title); else it comes last. `unhidden` are the titles of
    sheets that come into sight. `marks` are all marks of cells that the workbook shall have: those
    that it had before go; None leaves them as they are.
    """

    book: Book
    before: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[AddedList, ...] = ()
    unhidden: tuple[str, ...] = ()
    marks: tuple[CellMark, ...] | None = None


@runtime_checkable
class SheetStore(Store, Protocol):
    """A store that can hold sheets of ours, such as a workbook file."""

    def put_sheets(self, put: PutSheets, since: Snapshot) -> Outcome:
        """Write whole sheets into the state `since`, all of them or none.

        Raises:
            SheetInTheWayError: a sheet of somebody else bears one of the titles.
        """
        ...


AUTHOR = "cjm-sheets"
"""Who wrote the notes of findings."""

MARK_LOOKS: Mapping[str, tuple[str, str]] = {
    "error": ("FFC7CE", "9C0006"),
    "warning": ("FFEB9C", "7A4F00"),
    "info": ("DDEBF7", "1F4E79"),
}
"""The colours of a marked cell and of its text by severity, worst first."""

SIGNED = "\n(cjm-sheets)"
"""How the note of a finding ends where its author cannot be told, as in a workbook open in Excel.

A note with this end is ours, whoever is named as its author.
"""
