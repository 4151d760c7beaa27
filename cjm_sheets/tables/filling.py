"""Decides where new rows of a table come, and whether a cell says already what it should.

Lines never move: a row is added in the first blank one after the table's data.
"""

from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.table import Raw, Table

_NUMBERS = {int, float}


def last_filled(table: Table) -> int:
    """Return the last line with more than an id, prefilled and computed cells."""
    own = [
        line
        for column in table.own_columns
        for line, cell in zip(table.lines, column.cells, strict=True)
        if cell is not None and cell != "" and (line, column.at) not in table.formulas
    ]
    return max((table.header_line, *decode(table).lines, *own))


def says_already(now: Raw, wanted: Raw) -> bool:
    """Tell whether a cell says already what it should, so that its rich text is kept."""
    if type(now) in _NUMBERS and type(wanted) in _NUMBERS:
        return now == wanted  # most cells, so first of all
    if wanted is None or wanted == "":
        return now is None or now == ""
    numbers = isinstance(now, int | float) and isinstance(wanted, int | float)
    kinds = isinstance(now, bool) == isinstance(wanted, bool) if numbers else (
        type(now) is type(wanted)
    )  # fmt: skip
    return kinds and now == wanted
