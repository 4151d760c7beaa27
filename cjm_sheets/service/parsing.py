"""Decides what text becomes when it is entered as a person would type it (``USER_ENTERED``)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cjm_sheets.service.locales import Conventions, conventions
from cjm_sheets.service.refusals import Json

_EPOCH = date(1899, 12, 30)
_CENTURY = 100
_SIXTY = 60
_PIVOT = 50
"""Years typed with two digits below it are of this century."""
_FULL_YEAR = 4
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])[Mm])?")


@dataclass(frozen=True, slots=True)
class Entered:
    """What a typed text is: an ExtendedValue, and the NumberFormat that it brings along."""

    value: Json
    number_format: Json | None = None


def entered(text: str, locale: str, today: date) -> Entered | None:
    """Return what a typed text means in a locale; None for an empty one.

    ``today`` gives the year where a date is typed without one.
    """
    if not text:
        return None
    if text.startswith("'"):
        return Entered({"stringValue": text[1:]})
    if text.startswith("=") and len(text) > 1:
        return Entered({"formulaValue": text})
    stripped = text.strip()
    if stripped.upper() in {"TRUE", "FALSE"}:
        return Entered({"boolValue": stripped.upper() == "TRUE"})
    marks = conventions(locale)
    found = _number(stripped, marks) or _moment(stripped, marks, today)
    return found or Entered({"stringValue": text})


def _number(text: str, marks: Conventions) -> Entered | None:
    group, decimal = re.escape(marks.group), re.escape(marks.decimal)
    match = re.fullmatch(
        rf"([+-]?)(\d{{1,3}}(?:{group}\d{{3}})+|\d+|(?={decimal}\d))(?:{decimal}(\d*))?"
        r"(?:[eE]([+-]?\d{1,3}))?\s*(%?)",
        text,
    )
    if match is None:
        return None
    sign, whole, fraction, exponent, percent = match.groups()
    grouped = marks.group in whole
    digits = f"{sign}{whole.replace(marks.group, '') or '0'}.{fraction or '0'}e{exponent or '0'}"
    number = float(digits) / (_CENTURY if percent else 1)
    pattern = _pattern(
        fraction=bool(fraction), percent=bool(percent), exponent=bool(exponent), grouped=grouped
    )
    return Entered({"numberValue": _tidy(number)}, pattern)


def _pattern(*, fraction: bool, percent: bool, exponent: bool, grouped: bool) -> Json | None:
    if percent:
        return {"type": "PERCENT", "pattern": "0.00%" if fraction else "0%"}
    if exponent:
        return {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if grouped:
        return {"type": "NUMBER", "pattern": "#,##0.00" if fraction else "#,##0"}
    return None


def _tidy(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _moment(text: str, marks: Conventions, today: date) -> Entered | None:
    day_text, _, time_text = text.partition(" ")
    if ":" in day_text:
        fraction = _time(text)
        return None if fraction is None else Entered({"numberValue": fraction}, {"type": "TIME"})
    day = _day(day_text, marks, today)
    if day is None:
        return None
    serial, number_format = day
    if not time_text:
        return Entered({"numberValue": serial}, number_format)
    fraction = _time(time_text)
    if fraction is None:
        return None
    pattern = f"{number_format.get('pattern', marks.date_pattern)} h:mm:ss"
    return Entered({"numberValue": serial + fraction}, {"type": "DATE_TIME", "pattern": pattern})


def _time(text: str) -> float | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    seconds = timedelta(hours=hour, minutes=minute, seconds=second)
    if minute >= _SIXTY or second >= _SIXTY or seconds >= timedelta(days=1):
        return None
    return seconds / timedelta(days=1)


def _day(text: str, marks: Conventions, today: date) -> tuple[int, Json] | None:
    if match := _ISO.fullmatch(text):
        return _serial(int(match[1]), int(match[2]), int(match[3]), "yyyy-mm-dd")
    match = re.fullmatch(r"(\d{1,4})([/.-])(\d{1,2})(?:\2(\d{2,4}|(?<=\.)))?", text)
    if match is None or match[2] == ("." if marks.decimal == "." else "\0"):
        return None
    parts = [int(match[1]), int(match[3])]
    if marks.date_order == "ymd":
        return None
    if match[4] is None and match[2] != "/":
        return None
    year = today.year if not match[4] else int(match[4])
    if match[4] and len(match[4]) < _FULL_YEAR:
        year += 2000 if year < _PIVOT else 1900
    day, month = parts if marks.date_order == "dmy" else reversed(parts)
    return _serial(year, month, day, None if match[4] else "m/d")


def _serial(year: int, month: int, day: int, pattern: str | None) -> tuple[int, Json] | None:
    try:
        serial = (date(year, month, day) - _EPOCH).days
    except ValueError:
        return None
    return serial, {"type": "DATE"} | ({"pattern": pattern} if pattern else {})
