"""Decides how many characters a text has for a cell, how many a cell holds, and which ones."""

import re

EXCEL, SHEETS = 32_767, 50_000
"""Characters that a cell holds at most: Excel's specifications and limits, and Google's."""

_NO_CHARACTER = re.compile("[\ufffe\uffff\ud800-\udfff]")


def length(text: str) -> int:
    """Return how many characters spreadsheets count in a text: as UTF-16 does.

    >>> length("Laden"), length("\N{GRINNING FACE}")
    (5, 2)
    """
    if text.isascii():
        return len(text)
    return len(text) + sum(ord(character) > 0xFFFF for character in text)  # noqa: PLR2004 - UTF-16


def writable(text: str) -> str:
    """Return text with U+FFFD in place of what Unicode has no character for.

    Neither the files of workbooks nor UTF-8 can say those; a service may send them all the same.
    """
    return text if text.isascii() else _NO_CHARACTER.sub("\ufffd", text)
