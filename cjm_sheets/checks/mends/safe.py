"""Decides which mends are made, in which order: at most one a cell, the surest first."""

from collections.abc import Callable, Iterator

from cjm_sheets.checks.mends import orders, row_ids, texts, values
from cjm_sheets.checks.mends.mend import Mend
from cjm_sheets.checks.view import View

MENDED = ("CJ002", "CJ007", "CJ010", "CJ111", "CJ112", "CJ115")
"""Rules some of whose findings can be mended without judgement."""


def safe_mends(view: View, draw: Callable[[int], int]) -> tuple[Mend, ...]:
    """Return what can be mended in a workbook as it is; draw as in row_ids.

    Numbers of order wait until all of them can be read.
    """
    found: dict[tuple[str, int, str], Mend] = {}
    for mend in _all(view, draw):
        found.setdefault((mend.table, mend.line, mend.column), mend)
    waits = any(mend.column == "order" for mend in found.values())
    for mend in () if waits else orders.order_numbers(view):
        found.setdefault((mend.table, mend.line, mend.column), mend)
    return tuple(found.values())


def _all(view: View, draw: Callable[[int], int]) -> Iterator[Mend]:
    yield from texts.garbled(view)
    yield from values.list_values(view)
    yield from texts.stray_blanks(view)
    yield from values.numbers_and_dates(view)
    yield from row_ids.missing_ids(view, draw)
