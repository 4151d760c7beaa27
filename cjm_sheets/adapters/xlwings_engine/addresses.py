"""Decides which cells an address means: A1, $B$2:C9, A:C, 2:4, Sheet!A1, and several of them."""

import re

from cjm_sheets.adapters.xlwings_engine.model import Area
from cjm_sheets.tables import a1

LAST_LINE, LAST_COLUMN = 1_048_576, 16_384

_CELLS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_COLUMNS = re.compile(r"([A-Z]{1,3}):([A-Z]{1,3})")
_LINES = re.compile(r"([1-9][0-9]{0,6}):([1-9][0-9]{0,6})")


def area_of(address: str) -> Area:
    """Return the block that an address without a sheet means; ValueError if it is none.

    >>> area_of("$B$2:C9"), area_of("b2"), area_of("2:4")
    ((2, 2, 9, 3), (2, 2, 2, 2), (2, 1, 4, 16384))
    """
    plain = address.replace("$", "").upper().strip()
    if found := _CELLS.fullmatch(plain):
        first = (int(found[2]), a1.number(found[1]))
        last = (int(found[4]), a1.number(found[3])) if found[3] else first
        return _sorted(first, last)
    if found := _COLUMNS.fullmatch(plain):
        return _sorted((1, a1.number(found[1])), (LAST_LINE, a1.number(found[2])))
    if found := _LINES.fullmatch(plain):
        return _sorted((int(found[1]), 1), (int(found[2]), LAST_COLUMN))
    raise ValueError(address)


def _sorted(one: tuple[int, int], other: tuple[int, int]) -> Area:
    lines, columns = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if lines[1] > LAST_LINE or columns[1] > LAST_COLUMN:
        raise ValueError(one, other)
    return lines[0], columns[0], lines[1], columns[1]


def written(area: Area, *, lines_fixed: bool = True, columns_fixed: bool = True) -> str:
    """Return the address of a block.

    >>> written((2, 2, 9, 3)), written((1, 1, 1, 1), lines_fixed=False)
    ('$B$2:$C$9', '$A1')
    """
    lines, columns = ("$" if fixed else "" for fixed in (lines_fixed, columns_fixed))
    top, left, bottom, right = area
    if (top, bottom) == (1, LAST_LINE):
        return f"{columns}{a1.letters(left)}:{columns}{a1.letters(right)}"
    if (left, right) == (1, LAST_COLUMN):
        return f"{lines}{top}:{lines}{bottom}"
    first = f"{columns}{a1.letters(left)}{lines}{top}"
    if (top, left) == (bottom, right):
        return first
    return f"{first}:{columns}{a1.letters(right)}{lines}{bottom}"
