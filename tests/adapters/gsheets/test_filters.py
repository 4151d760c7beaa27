"""A filter that a write has to take off is set again over just the rows that it had.

A small world, tested whole: every filter over six rows, every pair of rows that come and go.
"""

from itertools import combinations, product

import pytest

from cjm_sheets.adapters.gsheets.guarding import Before, batch
from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.adapters.gsheets.record import ADD, DROP, SET, Touch
from cjm_sheets.adapters.gsheets.writing import Step

ROWS = 6
ID = 7
Span = tuple[int, int | None]


def again(span: Span, gone: tuple[int, ...], come: tuple[int, ...]) -> Span | None:
    """Return the first row and the end of a filter that is set again, None if it is not."""
    first, end = span
    area = {"sheetId": ID, "startRowIndex": first}
    basic = {"range": area if end is None else {**area, "endRowIndex": end}}
    touches = [Touch(SET, ID, 0, {}, {}, {})]
    touches += [Touch(DROP, ID, index, {}, {}, {}) for index in gone]
    touches += [Touch(ADD, ID, index, {}, {}, {}) for index in come]
    sheet = Sheet(ID, "Steps", ROWS, 3, hidden=False)
    before = Before("it", 1, has_record=False, sheets={ID: sheet}, filters={ID: basic})
    body = batch([Step((), tuple(touches))], (), before, 2).body
    found = [r["setBasicFilter"]["filter"] for r in body["requests"] if "setBasicFilter" in r]
    assert len(found) <= 1
    return (
        (found[0]["range"]["startRowIndex"], found[0]["range"].get("endRowIndex"))
        if found
        else None
    )


def expected(span: Span, gone: tuple[int, ...], come: tuple[int, ...]) -> Span | None:
    """Return the same, found by moving rows about.

    A row that comes is in the filter if it stands below the first row of it and above, or right
    below, the last one.
    """
    first, end = span
    rows: list[bool] = []
    for index in range(ROWS + 1):
        rows += [first < index <= (ROWS if end is None else end)] * come.count(index)
        if index < ROWS and index not in gone:
            rows.append(first <= index < (ROWS if end is None else end))
    covered = [at for at, is_in in enumerate(rows) if is_in]
    if end is None:
        return sum(come.count(i) for i in range(first + 1)) + first - sum(
            i < first for i in gone
        ), None
    return (covered[0], covered[-1] + 1) if covered else None


SPANS: list[Span] = [*combinations(range(ROWS + 1), 2), *((first, None) for first in range(3))]


@pytest.mark.parametrize("span", SPANS)
def test_a_filter_keeps_its_rows(span: Span) -> None:
    goes = [(), *combinations(range(ROWS), 1), *combinations(range(ROWS), 2)]
    goes += [tuple(range(ROWS)), (3, 4, 5)]
    comes = [(), *product(range(ROWS + 1), repeat=1), *product(range(ROWS + 1), repeat=2)]
    for gone, come in product(goes, comes):
        assert again(span, gone, come) == expected(span, gone, come), (gone, come)


def test_rows_below_a_filter_go() -> None:
    assert again((0, 4), (3, 4, 5), ()) == (0, 3)


def test_a_filter_without_rows_is_not_set_again() -> None:
    assert again((2, 4), (2, 3), ()) is None
