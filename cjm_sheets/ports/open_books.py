"""Decides what a program that holds workbooks open asks of whoever reads and writes their files.

Whoever holds a workbook open says what it changed, cell by cell, so that everything else of the
file can stay byte for byte as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from cjm_sheets.tables.table import Grid, Raw

Place = tuple[int, int]
"""A cell: its line and its column, both 1-based."""

State = Literal["visible", "hidden", "veryHidden"]
"""Whether a sheet is seen; a very hidden one is not even offered to people."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell holds: a value, or a formula (with its "=") and what it shows."""

    value: Raw
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How some cells look while a formula (without "=") holds; colours are `RRGGBB`, "" is none."""

    cells: tuple[str, ...]
    formula: str
    fill: str = ""
    ink: str = ""


@dataclass(frozen=True)
class SheetChange:
    """What changed on a sheet that is there; its formats are as they were.

    `grown` has the new last line of table objects by name. A note of None is taken off.
    `looks_gone` are the formulas (without "=") of conditional looks that went.
    """

    title: str
    cells: Mapping[Place, Written] = field(default_factory=dict)
    grown: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[Place, tuple[str, str] | None] = field(default_factory=dict)
    looks_gone: frozenset[str] = frozenset()
    looks: tuple[Look, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing changed."""
        return not any((self.cells, self.grown, self.notes, self.looks_gone, self.looks))


@dataclass(frozen=True)
class WholeSheet:
    """A sheet that is new, or of which formats and shape changed as well.

    `cells` has what all its cells hold, each with the number of its format in the donor.
    `before` is the title of the sheet that a new one stands in front of, "" for the last place.
    """

    title: str
    cells: Mapping[Place, tuple[Written, int]]
    state: State = "visible"
    before: str = ""


@dataclass(frozen=True)
class BookChange:
    """All that changed in a workbook since its file was read.

    `donor` is a workbook file with the formats, shapes and tables of the whole sheets, b"" if there
    are none. A name of None is taken away; the others are formulas without "=".
    """

    sheets: tuple[SheetChange, ...] = ()
    whole: tuple[WholeSheet, ...] = ()
    donor: bytes = b""
    names: Mapping[str, str | None] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something that lies on a sheet: its name, its size in points, and whether it is a picture."""

    name: str
    width: float
    height: float
    is_picture: bool


@dataclass(frozen=True)
class BookRead:
    """A workbook file as it was read: its bytes, its sheets, and what is drawn on them."""

    data: bytes
    grids: tuple[Grid, ...]
    drawn: Mapping[str, tuple[Drawn, ...]] = field(default_factory=dict)


class BookFiles(Protocol):
    """Reads and writes the files of workbooks that are held open."""

    def read(self, file: str) -> BookRead:
        """Return what a file holds; raises an InputError that says why it cannot be read."""
        ...

    def changed(self, file: str, read: BookRead, change: BookChange) -> bytes:
        """Return the bytes of a file with changes; raises CannotWriteSafelyError where unsure."""
        ...

    def replace(self, file: str, data: bytes, since: bytes) -> None:
        """Put new bytes in place of a file that holds `since`.

        Raises:
            ChangedMeanwhileError: it holds something else by now.
            OpenElsewhereError, CannotReplaceError
        """
        ...

    def put(self, file: str, data: bytes) -> None:
        """Write a file under a name that may be free."""
        ...
