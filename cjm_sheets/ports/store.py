"""Decides what the program asks of a place where a map lies: read it, and apply changes to it.

A workbook file, a workbook open in Excel and a Google spreadsheet are all stores, so that checks,
scores, drawing and sync are written once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cjm_sheets.model.past import Entry
from cjm_sheets.tables import spec
from cjm_sheets.tables.table import Grid, Raw, Table
from cjm_sheets.templates.map_shared import SharedMap


@dataclass(frozen=True)
class Snapshot:
    """A map as it was read at one moment.

    `stamp` names that moment: a store refuses changes if it is not as it was then. `memory` holds
    the texts of the hidden record sheet, one a cell, () if there is none. `others` are the sheets
    that hold none of our tables. `title` is a file name or the title of a spreadsheet. `made` has
    the titles of the sheets that the program made, by what they are (see templates.titles.MARK).

    Only shared copies have the rest: `generation` counts the writes of all programs; `overwritten`
    is what the last of them replaced unseen, since somebody had moved or edited rows meanwhile.
    """

    title: str
    tables: tuple[Table, ...]
    others: tuple[Grid, ...]
    language: str
    stamp: str
    memory: tuple[str, ...] = ()
    made: Mapping[str, str] = field(default_factory=dict)
    generation: int = 0
    overwritten: tuple[Entry, ...] | None = None
    """None: all was as it should be. It may be () where a row went astray and nothing was lost."""


@dataclass(frozen=True, slots=True)
class SetCell:
    """Write a value into a cell of ours; None clears it. `line` is the 1-based row of the sheet."""

    table: str
    line: int
    column: str
    value: Raw


@dataclass(frozen=True, slots=True)
class AddRow:
    """Add a row with these cells (by column key) after a line; None: at the end of the table."""

    table: str
    after: int | None
    cells: Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class DropRow:
    """Take away a row: what the schema knows of it goes, what users put beside it stays."""

    table: str
    line: int


@dataclass(frozen=True, slots=True)
class SetResult:
    """Refresh what a live formula of ours shows, in stores that do not calculate by themselves."""

    table: str
    line: int
    column: str
    value: Raw


@dataclass(frozen=True, slots=True)
class SetNote:
    """Write a note on a cell of ours in a shared copy; "" takes it off."""

    table: str
    line: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class NewTable:
    """Make a sheet for a table that the store does not have yet, with these rows."""

    spec: spec.Table
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Raw], ...]
    language: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What to change in a store; all of it is applied, or none."""

    cells: tuple[SetCell, ...] = ()
    added: tuple[AddRow, ...] = ()
    dropped: tuple[DropRow, ...] = ()
    tables: tuple[NewTable, ...] = ()
    results: tuple[SetResult, ...] = ()
    memory: tuple[str, ...] | None = None
    """New texts of the hidden record sheet; None leaves it as it is."""
    generation: int = 0
    """What a store that counts the writes to it shall call this one, unless it counts higher."""
    notes: tuple[SetNote, ...] = ()
    """Of shared copies alone; a workbook file gets its notes with whole sheets (ports.sheets)."""
    then_results: Callable[[Snapshot], tuple[SetResult, ...]] | None = None
    """What live formulas show once the rest is written; for stores that write both in one step."""
    wall: SharedMap | None = None
    """Of shared copies alone: the map that a tab is to show."""

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing would be written."""
        parts = (self.cells, self.added, self.dropped, self.tables, self.results, self.notes)
        return not any(parts) and self.memory is None and self.wall is None


@dataclass(frozen=True, slots=True)
class Traffic:
    """How often and how much was said over the network; bytes are whole requests and answers."""

    read: int = 0
    write: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of applying changes: the stamp of the new state, and notes for the person.

    Notes are whole sentences without a name to fill in, in English: they are translated where they
    are said.
    """

    stamp: str
    notes: tuple[str, ...] = field(default=())
    with_results: bool = False
    """What the changes said of results to come (then_results) was written with the rest."""


class Store(Protocol):
    """A place where a map lies."""

    @property
    def name(self) -> str:
        """What a person calls it: a file name or an address."""
        ...

    def read(self) -> Snapshot:
        """Return the map as it is now."""
        ...

    def refuse_if_busy(self) -> None:
        """Raise BusyError if the store is known not to take changes now, OnlyReadError if never."""
        ...

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Apply all changes to the state `since`, or none of them and raise."""
        ...


class SharedStore(Store, Protocol):
    """A place that others write to at any moment, and programs on other machines as well."""

    def mind_notes(self) -> None:
        """Read the notes and comments on cells, too, from now on."""
        ...

    def mind_map(self) -> None:
        """Read which map is drawn, too, from now on."""
        ...

    def would_redraw(self, wall: SharedMap, since: Snapshot) -> bool:
        """Tell whether the map that was drawn is still ours, and is another one than this.

        It can be told once `mind_map` was said and the copy was read after that, as `since`.
        """
        ...

    def mend(self, since: Snapshot) -> None:
        """Put right what the last write replaced unseen, as far as it can be told."""
        ...
