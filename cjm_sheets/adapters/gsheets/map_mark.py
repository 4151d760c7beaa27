"""Decides by what a map is known that was drawn in a tab: its size, and a print of what it says."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cjm_sheets.adapters.gsheets.painting import Area
from cjm_sheets.adapters.gsheets.record import Face
from cjm_sheets.adapters.gsheets.writing import Request

KEY = "cjm_map"
"""The key of the mark that says what was drawn."""

_PART = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Z][A-Z.]*(?=\()""")
Said = Face | list[str]
"""What a cell says, or the skeleton of the formula that works it out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was drawn in a tab: how many lines, columns and curves, and what it says.

    `behind` is the id of the hidden sheet behind it.
    """

    lines: int
    columns: int
    curves: int
    behind: int
    print: str

    def __str__(self) -> str:
        return f"{self.lines} {self.columns} {self.curves} {self.behind} {self.print}"


def said_of(cell: Request) -> Said:
    """Return what a cell will say."""
    match cell.get("userEnteredValue"):
        case {"formulaValue": text}:
            return skeleton(text)
        case {"stringValue": said} | {"numberValue": said} | {"boolValue": said}:
            return said if isinstance(said, str | bool) else float(said)
    return None


def skeleton(formula: str) -> list[str]:
    """Return what stays of a formula wherever its references lead.

    >>> skeleton('=IF(Pains!$A$2="";"none";UPPER(Pains!$A$2))')
    ['IF', '""', '"none"', 'UPPER']
    """
    return [part for part in _PART.findall(formula) if not part.startswith("'")]


def print_of(lines: Sequence[Sequence[Said]], merged: Iterable[Area]) -> str:
    """Return a short text that differs as soon as a word or a block of a map does."""
    whole = json.dumps([lines, sorted(merged)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def read(text: str) -> Mark | None:
    """Return the mark that stands there as text, None if it is none."""
    match text.split(" "):
        case [*numbers, print_] if len(numbers) == 4 and all(map(str.isdecimal, numbers)):  # noqa: PLR2004 - lines, columns, curves, behind
            lines, columns, count, behind = map(int, numbers)
            return Mark(lines, columns, count, behind, print_)
    return None
