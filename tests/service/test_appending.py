"""Which table a range touches: the block around its last filled cell, found in one walk."""

from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.service.appending import table_in
from cjm_sheets.service.area import Area, Box
from cjm_sheets.service.creation import empty_spreadsheet

PLACES = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 7)), min_size=1, max_size=30)


def plainly(filled: set[tuple[int, int]], start: tuple[int, int]) -> Box:
    """Return the block by its definition: stretched until nothing filled touches it."""
    block = Box(0, start[0], start[0] + 1, start[1], start[1] + 1)
    while True:
        near = [
            (row, column)
            for row, column in filled
            if block.top - 1 <= row <= block.bottom and block.left - 1 <= column <= block.right
        ]
        rows, columns = zip(*near, strict=True)
        grown = Box(0, min(rows), max(rows) + 1, min(columns), max(columns) + 1)
        if grown == block:
            return block
        block = grown


@given(PLACES)
def test_the_block_is_what_nothing_filled_touches(filled: set[tuple[int, int]]) -> None:
    sheet = empty_spreadsheet("Block").sheets[0]
    cell = {"userEnteredValue": {"numberValue": 1}}
    for row in range(10):
        sheet.put_row(row, {column: cell for at, column in filled if at == row})
    assert table_in(sheet, Area(0)) == plainly(filled, max(filled))


def test_a_long_table_is_walked_once() -> None:
    sheet = empty_spreadsheet("Long").sheets[0]
    cell = {"userEnteredValue": {"numberValue": 1}}
    sheet.resize("ROWS", 20_000)
    sheet.rows = [{0: cell, 1: cell, 2: cell} for _ in range(20_000)]
    assert table_in(sheet, Area(0)) == Box(0, 0, 20_000, 0, 3)
