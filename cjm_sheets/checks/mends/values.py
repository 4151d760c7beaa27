"""Decides which numbers, dates and list values are mended: those that can mean one thing only."""

from collections.abc import Iterator
from datetime import date

from cjm_sheets.checks.meant import what_is_meant
from cjm_sheets.checks.mends.mend import Mend, cells
from cjm_sheets.checks.nearest import sure_word
from cjm_sheets.checks.view import View
from cjm_sheets.tables import naming
from cjm_sheets.tables.codec import Unread, value_of
from cjm_sheets.tables.kinds import Kind
from cjm_sheets.tables.table import CellError


def numbers_and_dates(view: View) -> Iterator[Mend]:
    """Yield numbers and dates that stand there as text, where their column can take them."""
    for key, decoded in view.tables.items():
        for column in decoded.table.spec.typed:
            if not (column.kind.is_number or column.kind.name == "date"):
                continue
            for line, row, cell in cells(view, key, column):
                meant = what_is_meant(value_of(cell, column), column.kind)
                if meant and meant.value is not None and _fits(meant.value, column.kind):
                    yield Mend("CJ115", key, line, row, column.key, meant.value)


def list_values(view: View) -> Iterator[Mend]:
    """Yield slips of the pen in values of lists, in the language of the workbook."""
    language = view.workbook.language
    for key, decoded in view.tables.items():
        for column in decoded.table.spec.typed:
            if column.kind.name != "list":
                continue
            name = column.kind.target
            added = view.added.get(name, frozenset())
            for line, row, cell in cells(view, key, column):
                value = value_of(cell, column)
                if not isinstance(value, Unread) or isinstance(cell, CellError):
                    continue
                if naming.plain(value.shown) in added:
                    continue
                known = {**naming.known_words(name), **{word: word for word in added}}
                found = sure_word(value.shown, known)
                if found:
                    after = naming.word(language, name, found)
                    yield Mend("CJ010", key, line, row, column.key, after)


def _fits(value: float | date, kind: Kind) -> bool:
    """Tell whether a column can take a value; what it cannot take is left to a person."""
    if isinstance(value, date):
        return kind.name == "date"
    within = (kind.low is None or value >= kind.low) and (kind.high is None or value <= kind.high)
    return within and (kind.name != "int" or value == int(value))
