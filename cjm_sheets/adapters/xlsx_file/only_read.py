"""Decides what is said where somebody writes into a file that is only read."""

from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.errors.workbook import OnlyReadError
from cjm_sheets.ports.store import Changes, Outcome, Snapshot

if TYPE_CHECKING:  # a check must not wait for what writing needs
    from cjm_sheets.ports.sheets import PutSheets


class OnlyRead:
    """The half of a store that takes no changes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.path.name

    def refuse_if_busy(self) -> None:
        """Raise OnlyReadError: there is no moment at which the file takes changes."""
        raise OnlyReadError(str(self.path))

    def apply(self, changes: Changes, since: Snapshot) -> Outcome:
        """Do nothing if nothing is asked for, else raise OnlyReadError."""
        if changes.is_nothing:
            return Outcome(since.stamp)
        raise OnlyReadError(str(self.path))

    def put_sheets(self, put: "PutSheets", since: Snapshot) -> Outcome:
        """Raise OnlyReadError."""
        del put, since
        raise OnlyReadError(str(self.path))
