"""Decides what the program asks of the diary of its runs: note them, and find them again."""

from typing import Protocol

from cjm_sheets.model.past import Run


class History(Protocol):
    """A diary of runs; the merge never reads it."""

    def be_ready(self) -> None:
        """Raise OwnFolderError if no run can be noted now."""
        ...

    def begin(self, run: Run) -> int:
        """Note what a run is about to replace; return the number of the run."""
        ...

    def finish(self, number: int) -> None:
        """Note that a run did all it was about to do."""
        ...

    def runs(self, service: str, spreadsheet: str) -> tuple[Run, ...]:
        """Return the runs of a shared copy, oldest first."""
        ...

    def find(self, name: str) -> Run | None:
        """Return the run of a number or a key, None if there is none."""
        ...
