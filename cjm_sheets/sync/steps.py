"""Decides what a plan says: the changes for both sides, and what a person is told of them."""

from dataclasses import dataclass

from cjm_sheets.merge.base import Base
from cjm_sheets.merge.rows import Content
from cjm_sheets.ports.store import Changes
from cjm_sheets.tables.codec import Value


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asked for: sides are "workbook" and "sheet"."""

    prefer: str = ""
    direction: str = "both"
    allow_mass_delete: bool = False
    annotate: bool = False
    draws: bool = False
    """Draw the map of the shared copy anew, whatever stands there."""
    redraws: bool = False
    """Draw it anew where it is ours, and another one is to be seen by now."""

    @property
    def pushes(self) -> bool:
        """Tell whether the shared copy may be changed."""
        return self.direction in {"both", "push"}

    @property
    def pulls(self) -> bool:
        """Tell whether the workbook may be changed."""
        return self.direction in {"both", "pull"}


@dataclass(frozen=True, slots=True)
class Move:
    """A value that crosses: column "" means the whole row."""

    table: str
    row: str
    column: str
    before: Value | Content
    after: Value | Content


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that both sides changed: both keep their own, until somebody settles it."""

    table: str
    row: str
    column: str
    name: str
    base: Value
    workbook: Value
    shared: Value
    workbook_cell: str
    shared_cell: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A row that one side deleted and the other edited: the edit wins, the row comes back."""

    table: str
    row: str
    side: str


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Something that stays on its side: a column, a table or a failed formula; kind says which."""

    kind: str
    table: str
    what: str
    side: str


@dataclass(frozen=True)
class Plan:
    """All that one sync does, decided before anything is written.

    `ids` goes into the workbook before anything is pushed; `to_shared` and `to_workbook` follow.
    """

    ids: Changes
    to_shared: Changes
    to_workbook: Changes
    base: Base
    pushed: tuple[Move, ...] = ()
    pulled: tuple[Move, ...] = ()
    conflicts: tuple[Clash, ...] = ()
    restored: tuple[Restored, ...] = ()
    left: tuple[NotCarried, ...] = ()
    reminder: Changes = Changes()  # noqa: RUF009 - frozen, so that sharing one is safe
    """What the workbook shall remember of conflicts, where nothing else is to be written."""

    @property
    def writes_nothing(self) -> bool:
        """Tell whether neither side changes; a reminder is no change."""
        return self.ids.is_nothing and self.to_shared.is_nothing and self.to_workbook.is_nothing
