"""Decides whether letters of a text were read in the wrong encoding, and what they were.

What is looked for are the pairs that the two bytes of a letter in UTF-8 make when they are read as
Windows-1252 or Windows-1251. The repair is left to ftfy (R. Speer, 2019), and taken only if it says
that the text was bad and no letter is lost.
"""

import re

_PAIRS = re.compile(
    r"[\u00c2-\u00c5\u00d0\u00d1][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
    r"\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    r"|[\u0420\u0421][\u0402-\u040f\u0450-\u045f\u00a0-\u00bb\u2013-\u2026\u2030\u2039\u203a\u2116\u2122]"
    r"|\u00e2\u20ac"
)
_LOST = re.compile(r"\ufffd")
_ASKED = re.compile(r"([^\W\d_])\?([^\W\d_])")
_ADDRESS = re.compile(r"\S*(://|www\.)\S*", re.IGNORECASE)


def is_garbled(text: str) -> bool:
    """Tell whether a text holds letters that were read wrongly, or signs in place of lost ones.

    >>> is_garbled("GrÃ¼ÃŸe"), is_garbled("k?be"), is_garbled("Grüße"), is_garbled("Really? Yes")
    (True, True, False, False)
    """
    if text.isascii() and "?" not in text:
        return False
    if "?" in text:
        text = _ADDRESS.sub("", text)
    asked = any(found[1].islower() and found[2].islower() for found in _ASKED.finditer(text))
    return asked or bool(_PAIRS.search(text) or _LOST.search(text))


def repaired(text: str) -> str:
    """Return what was meant, "" if that is not sure.

    >>> repaired("GrÃ¼ÃŸe"), repaired("k?be")
    ('Grüße', '')
    """
    if not _PAIRS.search(text):
        return ""
    from ftfy import fix_encoding  # noqa: PLC0415 - only for the few workbooks that need it
    from ftfy.badness import is_bad  # noqa: PLC0415 - the same

    mended = fix_encoding(text) if is_bad(text) else text
    return "" if mended == text or _LOST.search(mended) or _PAIRS.search(mended) else mended
