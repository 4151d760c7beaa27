"""Decides what is kept of a sync for people to look up: every value that was replaced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that was replaced on one side; column "" means the whole row. Values are JSON."""

    side: str
    table: str
    row: str
    column: str
    before: str
    after: str


class History(Protocol):
    """A diary of runs; the merge never reads it."""

    def begin(
        self, when: datetime, workbook: str, spreadsheet: str, entries: Sequence[Entry]
    ) -> int:
        """Note what a run is about to replace; return the number of the run."""
        ...

    def finish(self, run: int) -> None:
        """Note that a run did all it was about to do."""
        ...
