"""Decides how places in a sheet are written: T4, 'My sheet'!B2:C9."""

import re

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def letters(column: int) -> str:
    """Return the letters of a 1-based column.

    >>> letters(1), letters(26), letters(27), letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number(column: str) -> int:
    """Return the 1-based number of a column's letters.

    >>> number("A"), number("XFD")
    (1, 16384)
    """
    value = 0
    for letter in column:
        value = value * 26 + ord(letter) - 64
    return value


def cell(line: int, column: int) -> str:
    """Return the name of a cell from its 1-based line and column.

    >>> cell(14, 11)
    'K14'
    """
    return f"{letters(column)}{line}"


def parse_cell(name: str) -> tuple[int, int]:
    """Return (line, column), both 1-based, of a cell's name; ValueError if it is none.

    >>> parse_cell("K14")
    (14, 11)
    """
    found = _CELL.fullmatch(name)
    if found is None:
        raise ValueError(name)
    return int(found[2]), number(found[1])


def title(sheet: str) -> str:
    """Return a sheet's title as it stands in front of a cell, quoted where it must be.

    >>> title("Pains"), title("Anna's map"), title("T4")
    ('Pains', "'Anna''s map'", "'T4'")
    """
    if _PLAIN.fullmatch(sheet) and not _LOOKS_LIKE_A_CELL.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def untitled(written: str) -> str:
    """Return the sheet's title that stands in front of a cell, quoted or not.

    >>> untitled("Pains"), untitled("'Anna''s map'")
    ('Pains', "Anna's map")
    """
    quoted = len(written) > 1 and written.startswith("'") and written.endswith("'")
    return written[1:-1].replace("''", "'") if quoted else written


def split_place(written: str) -> tuple[str, str]:
    """Return title and cells of a place with its sheet; the title is "" if none is named.

    >>> split_place("'Anna''s map'!B2:C9"), split_place("B2")
    (("Anna's map", 'B2:C9'), ('', 'B2'))
    """
    title_, _, cells = written.rpartition("!")
    return untitled(title_), cells


def place(sheet: str, line: int, column: int) -> str:
    """Return a cell with its sheet.

    >>> place("Touchpoints", 14, 11)
    'Touchpoints!K14'
    """
    return f"{title(sheet)}!{cell(line, column)}"
