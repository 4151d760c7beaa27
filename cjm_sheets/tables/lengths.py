"""Decides how many characters a text has for a cell, and how many a cell holds."""

EXCEL, SHEETS = 32_767, 50_000
"""Characters that a cell holds at most: Excel's specifications and limits, and Google's."""


def length(text: str) -> int:
    """Return how many characters spreadsheets count in a text: as UTF-16 does.

    >>> length("Laden"), length("\N{GRINNING FACE}")
    (5, 2)
    """
    if text.isascii():
        return len(text)
    return len(text) + sum(ord(character) > 0xFFFF for character in text)  # noqa: PLR2004 - UTF-16
