"""Decides what a text is without the blanks and unseen signs around it."""

from functools import cache

from cjm_sheets.model.ids import INVISIBLE

_LAST_BLANK = 0x3000
"""The ideographic blank, behind which Unicode has no other."""


def tidied(text: str, *, is_id: bool = False) -> str:
    r"""Return a text without what nobody sees at its ends; an id in capitals.

    >>> tidied("\u00a0so slow \n"), tidied("t4\u200b", is_id=True)
    ('so slow', 'T4')
    """
    tidy = text.strip(_around())
    return tidy.upper() if is_id else tidy


@cache
def _around() -> str:
    """Return all signs that may be left out at the ends of a text."""
    blanks = (chr(code) for code in range(_LAST_BLANK + 1) if chr(code).isspace())
    return "".join([*blanks, *map(chr, INVISIBLE)])
