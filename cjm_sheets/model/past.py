"""Decides what is known of something that a run did: which value it replaced, where, and who."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["sync", "first", "undo", "recovered"]
"""The first sync of a workbook with a shared copy only brings together the rows of both.

What was recovered is what an earlier write had replaced unseen.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that was replaced on one side; column "" means the whole row. Values are JSON."""

    side: str
    table: str
    row: str
    column: str
    before: str
    after: str

    @property
    def replaced(self) -> bool:
        """Tell whether something was there before that is there no more."""
        return self.before != "null"


@dataclass(frozen=True, slots=True)
class Run:
    """A sync that changed something, or the undoing of one.

    `key` names it everywhere, `number` on this machine (0: noted elsewhere). `who` is an account or
    a login name, `generation` the one that the run made. What it is known by is the shared copy: a
    workbook may be moved and renamed, so its name is for people alone.
    """

    key: str
    when: datetime
    workbook: str
    service: str
    spreadsheet: str
    generation: int = 0
    who: str = ""
    kind: Kind = "sync"
    finished: bool = False
    entries: tuple[Entry, ...] = ()
    number: int = 0

    @property
    def name(self) -> str:
        """What a person calls it: its number on this machine, else its key."""
        return str(self.number) if self.number else self.key
