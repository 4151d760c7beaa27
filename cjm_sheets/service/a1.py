"""Decides how A1 text is read and written: cells, open-ended ranges, quoted titles."""

import re

from cjm_sheets.service.area import MAX_COLUMNS, Area, Box

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?([1-9][0-9]{0,6})")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBERED = re.compile(
    r"[Rr](?:([1-9]\d{0,6})|\[(-?\d{1,7})\])?[Cc](?:([1-9]\d{0,6})|\[(-?\d{1,7})\])?"
)
_R1C1 = re.compile(r"[Rr]\d*([Cc]\d*)?|[Cc]\d*")


def column_letters(index: int) -> str:
    """Return the letters of a zero-based column.

    >>> column_letters(0), column_letters(26)
    ('A', 'AA')
    """
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the zero-based column of some letters.

    >>> column_index("aa")
    26
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_text(row: int, column: int) -> str:
    """Return the address of a cell: row 0, column 0 is ``A1``."""
    return f"{column_letters(column)}{row + 1}"


def box_text(title: str, box: Box) -> str:
    """Return a range with its title, as answers carry it: ``Sheet1!A1:B2``, ``'My tab'!A1``."""
    start = cell_text(box.top, box.left)
    end = cell_text(box.bottom - 1, box.right - 1)
    place = start if start == end else f"{start}:{end}"
    return f"{quoted_title(title)}!{place}"


def quoted_title(title: str) -> str:
    """Return a title as a range needs it: quoted unless it is a plain word and no address."""
    if _PLAIN_TITLE.fullmatch(title) and not _CELL.fullmatch(title) and not _R1C1.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def split_range(text: str) -> tuple[str | None, str]:
    """Return (title or None, rest) of a range; a quoted title alone gives an empty rest.

    >>> split_range("'It''s'!A1"), split_range("A1:B2")
    (("It's", 'A1'), (None, 'A1:B2'))
    """
    if text.startswith("'"):
        match = re.match(r"'((?:[^']|'')*)'(?:!|$)", text)
        if match:
            return match[1].replace("''", "'"), text[match.end() :]
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def parse_area(text: str, sheet: int) -> Area | None:
    """Return the area of an address without title (``B2``, ``A2:C``, ``1:1``, ``R1C2``), or None.

    The ends may come in either order. Relative places (``R[1]C[2]``) are counted from A1.
    """
    start, mark, end = text.partition(":")
    first = _corner(start)
    last = _corner(end) if mark else first
    if first is None or last is None or (not mark and None in first):
        first = _numbered_corner(start)
        last = _numbered_corner(end) if mark else first
    if first is None or last is None:
        return None
    top, bottom = _span(first[0], last[0])
    left, right = _span(first[1], last[1])
    if right is not None and right > MAX_COLUMNS:
        return None
    return Area(sheet, top, bottom, left, right)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    if match := _CELL.fullmatch(text):
        return int(match[2]) - 1, column_index(match[1])
    if match := _COLUMN.fullmatch(text):
        return None, column_index(match[1])
    if match := _ROW.fullmatch(text):
        return int(match[1]) - 1, None
    return None


def _numbered_corner(text: str) -> tuple[int | None, int | None] | None:
    """Return the corner of an address with two numbers: ``R2C3``, ``r[1]c[2]``."""
    match = _NUMBERED.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    row, column = (_numbered(match[at], match[at + 1]) for at in (1, 3))
    return None if row < 0 or column < 0 else (row, column)


def _numbered(absolute: str | None, relative: str | None) -> int:
    return int(relative or 0) if absolute is None else int(absolute) - 1


def _span(one: int | None, other: int | None) -> tuple[int | None, int | None]:
    if one is None or other is None:
        return (one if other is None else other), None
    return min(one, other), max(one, other) + 1
