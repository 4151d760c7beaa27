"""Decides what is known of something that a workbook and its shared copy have left to settle."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Pending:
    """A cell that both sides changed, or a row that came back, since they last agreed.

    `ours` and `theirs` are what stood in the workbook and in the shared copy, `agreed` what both
    said before, as people read it; of a row that came back `column` is "" and `ours` the side on
    which it had been deleted ("workbook" or "sheet").
    """

    kind: Literal["conflict", "restored"]
    table: str
    row: str
    column: str = ""
    ours: str = ""
    theirs: str = ""
    agreed: str = ""
