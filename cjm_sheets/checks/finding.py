"""Decides what a finding is: what a rule reports of a place, and what people see of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cjm_sheets.tables import a1


class Severity(StrEnum):
    """How bad a finding is: unreadable as written, to be sent back, or worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule yields: a place, and the facts that its sentences name.

    `line` is the 1-based row of the sheet, 0 for a sheet as a whole; `row` the id that stands
    there. Without `value` the text of the cell is taken. `message`, `fix` and `severity` stand in
    for those of the rule; `cell` for the place that table, column and line give.
    """

    table: str
    line: int = 0
    row: str = ""
    column: str = ""
    value: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    message: str = ""
    fix: str = ""
    severity: Severity | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: which rule, where, what is wrong in a sentence, and how to mend it.

    `map`, `table`, `row` and `column` are ids and keys, `cell` is where it is, such as Pains!F7.
    """

    rule: str
    severity: Severity
    map: str
    table: str
    row: str
    column: str
    cell: str
    value: str
    message: str
    fix: str
    line: int = 0

    @property
    def place(self) -> tuple[str, str]:
        """The title of the sheet and the cell in it, "" for what is not known."""
        sheet, cell = a1.split_place(self.cell)
        return (sheet, cell) if sheet else (a1.untitled(self.cell), "")
