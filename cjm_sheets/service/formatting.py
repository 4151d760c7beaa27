"""Decides the text a cell shows: what its value and its number format make in a locale."""

import re
from functools import lru_cache

from cjm_sheets.service.handing import ERROR_TEXTS
from cjm_sheets.service.locales import Conventions, conventions
from cjm_sheets.service.patterns_of_dates import date_text
from cjm_sheets.service.patterns_of_numbers import number_text, plain_number, text_in_pattern
from cjm_sheets.service.refusals import Json

_DATE_KINDS = {"DATE", "TIME", "DATE_TIME"}
_FIRST_DAY, _LAST_DAY = -693_593, 2_958_465
"""The years 1 to 9999: what a calendar can show."""
_REMEMBERED = 65_536
"""Texts of numbers: a spreadsheet is read again and again, and few of its numbers change."""
_IN_WORDS = re.compile(r'"[^"]*"|\\.|\[\$[^\]]*\]')


def shown(value: Json | None, number_format: Json, locale: str) -> str | None:
    """Return the text of an ExtendedValue in a NumberFormat; None for an empty cell."""
    if value is None:
        return None
    if "stringValue" in value:
        pattern = number_format.get("pattern", "")
        text = str(value["stringValue"])
        return text_in_pattern(text, pattern) if "@" in pattern else text
    if "boolValue" in value:
        marks = conventions(locale)
        return marks.yes if value["boolValue"] else marks.no
    if "errorValue" in value:
        return ERROR_TEXTS.get(value["errorValue"]["type"], "#ERROR!")
    kind, pattern = number_format.get("type", ""), number_format.get("pattern", "")
    return _number_text(value["numberValue"], kind, pattern, locale)


def is_date(number_format: Json) -> bool:
    """Say whether a NumberFormat shows a number as a date or a time."""
    return number_format.get("type") in _DATE_KINDS


@lru_cache(maxsize=_REMEMBERED, typed=True)
def _number_text(number: float, kind: str, pattern: str, locale: str) -> str:
    marks = conventions(locale)
    pattern = pattern or _default_pattern(kind, marks)
    if kind in _DATE_KINDS and _FIRST_DAY <= number <= _LAST_DAY and _has_date(pattern):
        return date_text(number, pattern, marks)
    if kind in _DATE_KINDS or kind == "TEXT" or pattern in {"", "@", "General"}:
        return plain_number(number).replace(".", marks.decimal)
    return number_text(number, pattern, marks)


def _has_date(pattern: str) -> bool:
    """Say whether a pattern has any token of a date or a time in it."""
    return re.search(r"[ymdhs]", _IN_WORDS.sub("", pattern), re.IGNORECASE) is not None


def _default_pattern(kind: str, marks: Conventions) -> str:
    return {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": marks.currency_pattern,
        "SCIENTIFIC": "0.00E+00",
        "DATE": marks.date_pattern,
        "TIME": marks.time_pattern,
        "DATE_TIME": f"{marks.date_pattern} h:mm:ss",
    }.get(kind, "")
