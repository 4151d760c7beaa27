"""Decides what number or date somebody meant who typed one as text."""

import re
from dataclasses import dataclass
from datetime import date

from cjm_sheets.model.ids import INVISIBLE
from cjm_sheets.tables.codec import Unread, Value
from cjm_sheets.tables.kinds import Kind

_PLAIN = re.compile(r"[+-]?(\d+|\d*\.\d+|\d+,\d+)\s*(%?)")
_GROUPED = re.compile(r"[+-]?\d{1,3}([ \u00a0\u202f'\u2019]\d{3})+\s*(%?)")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}\s*%?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?")
_SLASHED = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text may mean; `value` is None where it may mean two things, told in `either`."""

    value: float | int | date | None
    either: tuple[str, str] | None = None


def what_is_meant(value: Value, kind: Kind) -> Meant | None:
    """Return what the text in a column of numbers or dates means, None if it is another thing."""
    if not isinstance(value, Unread) or value.failed:
        return None
    return meant_date(value.shown) if kind.name == "date" else meant_number(value.shown)


def meant_number(text: str) -> Meant | None:
    """Return the number that a text means, None if it is none; a per cent sign divides by 100.

    One point or comma before exactly three digits may be a decimal sign or part thousands; nobody
    can tell.

    >>> meant_number("0,45"), meant_number("45 %"), meant_number("1 030")
    (Meant(value=0.45, either=None), Meant(value=0.45, either=None), Meant(value=1030, either=None))
    >>> meant_number("1,234").either, meant_number("a few")
    (('1.234', '1234'), None)
    """
    typed = text.translate(INVISIBLE).strip().removeprefix("'")
    share = typed.endswith("%")
    digits = re.sub(r"[\s\u2019'%]", "", typed)
    if _THOUSANDS.fullmatch(typed):
        return Meant(None, (digits.replace(",", "."), re.sub("[.,]", "", digits)))
    if not (_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed)):
        return None
    number = float(digits.replace(",", "."))
    if share:
        number = round(number / 100, 12)
    return Meant(int(number) if number == int(number) else number)


def meant_date(text: str) -> Meant | None:
    """Return the day that a text means, None if it is none.

    With points the day comes first wherever points are used; with strokes it comes first in most of
    the world and second in America, so 3/4/2026 may be two days, and 13/4/2026 one.

    >>> meant_date("2026-03-31").value, meant_date("31.3.2026").value, meant_date("3/31/2026").value
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), datetime.date(2026, 3, 31))
    >>> meant_date("3/4/2026").either, meant_date("spring")
    (('2026-04-03', '2026-03-04'), None)
    """
    typed = text.translate(INVISIBLE).strip().removeprefix("'")
    if found := _ISO.fullmatch(typed):
        return _one(_day(found[1], found[2], found[3]))
    if found := _DOTTED.fullmatch(typed):
        return _one(_day(found[3], found[2], found[1]))
    if found := _SLASHED.fullmatch(typed):
        first, second = _day(found[3], found[2], found[1]), _day(found[3], found[1], found[2])
        if first and second and first != second:
            return Meant(None, (first.isoformat(), second.isoformat()))
        return _one(first or second)
    return None


def _one(day: date | None) -> Meant | None:
    return None if day is None else Meant(day)


def _day(year: str, month: str, day: str) -> date | None:
    """Return a day, None if the calendar has none such."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
