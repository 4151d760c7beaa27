"""Decides which characters of a cell reach a drawing, and when a value counts as missing."""

import math
import re
import unicodedata
from datetime import date, datetime
from typing import Any

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NOT_XML = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff{_BIDI}\u200b\u2060\ufeff]"
)
_HIGH_NONCHARACTERS = re.compile(
    "["
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n\u00a0\u202f]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_EMPTY_LINES = re.compile(r" ?\n[ \n]*")


def text(value: Any) -> str:  # noqa: ANN401 - whatever a cell held
    r"""Return a cell's text without what XML forbids or what turns the writing around.

    Blanks are joined, line ends kept; anything that is no text is "".

    >>> text(" a\x00b\t<c>\r\n\r\nd "), text(None), text(float("nan"))
    ('ab <c>\nd', '', '')
    """
    if not isinstance(value, str):
        return ""
    lines = _LINE_ENDS.sub("\n", value)
    legal = _HIGH_NONCHARACTERS.sub("", _NOT_XML.sub("", _SURROGATES.sub("\ufffd", lines)))
    return _EMPTY_LINES.sub("\n", _BLANKS.sub(" ", legal)).strip()


def words(value: Any) -> str:  # noqa: ANN401 - whatever a cell held
    """Return a cell's text on one line."""
    return text(value).replace("\n", " ")


def number(value: Any) -> float | None:  # noqa: ANN401 - whatever a cell held
    """Return a number, None if it is missing, no number, or endless."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def share(value: Any) -> float | None:  # noqa: ANN401 - whatever a cell held
    """Return a share 0..1, None if it is missing or impossible."""
    found = number(value)
    return found if found is not None and 0 <= found <= 1 else None


def mood(value: Any) -> int | None:  # noqa: ANN401 - whatever a cell held
    """Return a whole number -2..2, None if it is missing or off the scale."""
    found = number(value)
    return int(found) if found in {-2, -1, 0, 1, 2} else None


def day(value: Any) -> date | None:  # noqa: ANN401 - whatever a cell held
    """Return a date, None if it is missing."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def ids(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever a cell held
    """Return the references of a cell, () if there are none."""
    return tuple(v for v in value if isinstance(v, str) and v) if isinstance(value, tuple) else ()


def runs_leftwards(value: str) -> bool:
    """Tell whether the first letter of a text belongs to a script written from right to left."""
    for char in value:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
