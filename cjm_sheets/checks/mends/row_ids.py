"""Decides which rows get an id: those without one, and those whose id is none and unused."""

from collections.abc import Callable, Iterator

from cjm_sheets.checks.mends.mend import Mend, cells
from cjm_sheets.checks.view import View
from cjm_sheets.model import ids
from cjm_sheets.tables.codec import value_of


def missing_ids(view: View, draw: Callable[[int], int]) -> Iterator[Mend]:
    """Yield new ids; draw(n) returns a whole number from 0 to n - 1.

    An id that is not formed like one is replaced only if no row refers to it: which row was meant
    by such a reference is for a person to say. An id that stands there twice is left alone, too.
    """
    named = _named(view)
    for key, decoded in view.tables.items():
        of = decoded.table.spec
        if "id" not in of.by_key or not view.has(key, "id"):
            continue
        taken = set(view.row_ids(key)) | named
        for line, row, _ in cells(view, key, of.by_key["id"]):
            if ids.is_id(row, of.prefix) or (row and row in named):
                continue
            new = ids.new_id(of.prefix, taken, draw)
            taken.add(new)
            yield Mend("CJ002", key, line, row, "id", new)


def _named(view: View) -> set[str]:
    """Return all ids that some row refers to."""
    named: set[str] = set()
    for key, decoded in view.tables.items():
        for column in decoded.table.spec.typed:
            if column.kind.is_reference:
                for _, _, cell in cells(view, key, column):
                    value = value_of(cell, column)
                    if isinstance(value, str):
                        named.add(value)
                    elif isinstance(value, tuple):
                        named.update(value)
    return named
