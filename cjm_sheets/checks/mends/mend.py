"""Decides what a mend is: which rule it answers, which cell, and what shall stand there."""

from collections.abc import Iterator
from dataclasses import dataclass

from cjm_sheets.checks.view import View
from cjm_sheets.tables import spec
from cjm_sheets.tables.table import Raw


@dataclass(frozen=True, slots=True)
class Mend:
    """One cell to mend; `row` is the id that stands in its row, `after` the new content."""

    rule: str
    table: str
    line: int
    row: str
    column: str
    after: Raw


def cells(view: View, key: str, column: spec.Column) -> Iterator[tuple[int, str, Raw]]:
    """Yield line, row id and cell of a column's filled rows, without cells that hold a formula."""
    if not view.has(key, column.key):
        return
    table = view.tables[key].table
    at = table.by_key[column.key].at
    for line, row, cell in view.cells(key, column.key):
        if (line, at) not in table.formulas:
            yield line, row, cell
