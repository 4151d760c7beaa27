"""Decides what a value becomes that a macro writes into a cell, as Excel decides it.

A text is typed: with = it is a formula, after ' it is text whatever it looks like, and what looks
like a number, a share, a day or TRUE becomes one.
"""

import datetime as dt
import re
from typing import Any

from cjm_sheets.tables.table import CellError, Raw

TEXT_FORMAT = "@"
LONGEST = 32_767
"""Characters that a cell holds."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
_CENTURY, _TURN = 100, 30
"""Two digits below 30 are a year of this century."""


class RefusedValueError(ValueError):
    """A cell cannot hold this."""


def typed(value: Any, number_format: str, year: int) -> tuple[Raw, str]:
    """Return the value and the formula ("" if none) that a cell gets; `year` is this one.

    >>> typed("0012", "General", 2026), typed("'0012", "General", 2026), typed("0012", "@", 2026)
    ((12.0, ''), ('0012', ''), ('0012', ''))
    >>> typed("=1+1", "General", 2026), typed("3/4", "General", 2026)
    ((None, '=1+1'), (datetime.datetime(2026, 3, 4, 0, 0), ''))
    """
    if isinstance(value, str):
        return _text(value, number_format, year)
    match value:
        case None | bool() | CellError():
            return value, ""
        case dt.datetime():
            return value.replace(tzinfo=None), ""
        case dt.date():
            return dt.datetime(value.year, value.month, value.day), ""  # noqa: DTZ001 - sheets know no zones
        case int() | float():
            return float(value), ""
    raise RefusedValueError(value)


def _text(value: str, number_format: str, year: int) -> tuple[Raw, str]:
    if len(value.encode("utf-16-le")) // 2 > LONGEST + value.startswith("'"):
        raise RefusedValueError(LONGEST)
    if value.startswith("'"):
        return value[1:] or None, ""
    if value == "" or number_format == TEXT_FORMAT:
        return value or None, ""
    if value.startswith("=") and len(value) > 1:
        return None, value
    if value[0] in "+-@" and len(value) > 1 and not _is_number(value):
        return None, "=" + value.removeprefix("@")
    return _meant(value.strip(), value, year), ""


def _meant(plain: str, value: str, year: int) -> Raw:
    if plain.upper() in {"TRUE", "FALSE"}:
        return plain.upper() == "TRUE"
    if plain.upper() in _ERRORS:
        return CellError(plain.upper())
    if plain.endswith("%") and _is_number(plain[:-1]):
        return float(plain[:-1].replace(",", "")) / 100
    if _is_number(plain):
        return float(plain.replace(",", ""))
    return _day(plain, year) or value


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and any(map(str.isdigit, text))


def _day(text: str, year: int) -> dt.datetime | None:
    """Return the day that a text looks like, month first as in Excel's own tongue."""
    if iso := _ISO.fullmatch(text):
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    elif found := _DAY.fullmatch(text):
        said = int(found[3]) if found[3] else year
        if found[3] and said < _CENTURY:
            said += 2000 if said < _TURN else 1900
        parts = (said, int(found[1]), int(found[2]))
    else:
        return None
    try:
        return dt.datetime(*parts)  # noqa: DTZ001 - sheets know no zones
    except ValueError:
        return None
