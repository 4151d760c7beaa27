"""Decides what the demonstration asks of a colleague who edits the shared copy."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Seen:
    """What a colleague finds on a sheet: ids from top to bottom, own headers, formulas."""

    ids: tuple[str, ...]
    headers: tuple[str, ...]
    formulas: tuple[str, ...]


class Colleague(Protocol):
    """Somebody who has the shared copy open; columns go by the headers that people see."""

    def edit(self, sheet: str, row: str, column: str, value: str | float) -> None:
        """Type a value, or a formula, into the row with this id."""
        ...

    def add_row(self, sheet: str, cells: dict[str, str | float]) -> None:
        """Type a new row below the others, without an id."""
        ...

    def add_column(self, sheet: str, header: str, values: list[str]) -> None:
        """Add a column of one's own to the right, filled from the first row on."""
        ...

    def sort(self, sheet: str, column: str) -> None:
        """Sort the rows of a sheet by a column, smallest first."""
        ...

    def look(self, sheet: str) -> Seen:
        """Return what the sheet shows."""
        ...
