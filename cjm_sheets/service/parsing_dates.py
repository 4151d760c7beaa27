"""Decides which typed texts are dates, times or durations in a locale, and how they are shown."""

import re
from dataclasses import dataclass
from datetime import date

from cjm_sheets.service.calendar_names import months_by_name
from cjm_sheets.service.locales import Conventions

_EPOCH = date(1899, 12, 30)
_SIXTY = 60
_DAY_HOURS = 24
_NOON = 12
_PIVOT = 50
"""Years typed with two digits below it are of this century."""
_FULL_YEAR = 4
_DAY_SECONDS = 86_400
_TIME = r"\d{1,4}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?(?:\s*[AaPp]\.?[Mm]\.?)?"
_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?")
_DATE_TIME = re.compile(rf"(\S.*?)(?:,?\s+|T)({_TIME})")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})(?:\2\s?(\d{4}|\d{2})?)?")
_WORD = r"([^\W\d_]{3,})\.?"
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:\.?\s+|\.|-){_WORD}(?:(?:,?\s+|-)(\d{{4}}|\d{{2}}))?(?:\s*г\.?)?"
)
_MONTH_FIRST = re.compile(rf"{_WORD}\s+(\d{{1,2}})(?:,?\s+(\d{{4}}))?")
_MONTH_ONLY = re.compile(rf"{_WORD}(?:\s+|-)(\d{{4}})")


@dataclass(frozen=True, slots=True)
class Moment:
    """A serial number of days, the type of its number format, and the pattern as it was typed.

    The pattern is empty where the locale's own way of showing it will do.
    """

    serial: float
    kind: str
    pattern: str = ""


def moment_of(text: str, marks: Conventions, today: date) -> Moment | None:
    """Return what a text means as a date, a time or both; None where it is none of them."""
    clock = _clock(text)
    if clock is not None:
        return clock
    day = _day(text, marks, today)
    if day is not None:
        return day
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    day, clock = _day(match[1], marks, today), _clock(match[2])
    if day is None or clock is None or clock.serial >= 1:
        return None
    pattern = f"{day.pattern or marks.date_pattern} h:mm:ss"
    return Moment(day.serial + clock.serial, "DATE_TIME", pattern)


def _clock(text: str) -> Moment | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if minute >= _SIXTY or second >= _SIXTY or (match[5] and not 0 < hour <= _NOON):
        return None
    if match[5]:
        hour = hour % _NOON + (_NOON if match[5] in "Pp" else 0)
    seconds = hour * 3600 + minute * _SIXTY + second + float(f"0.{match[4] or 0}")
    pattern = "[h]:mm:ss" if hour >= _DAY_HOURS else "h:mm:ss" if match[3] else "h:mm"
    pattern += ".000" if match[4] else ""
    return Moment(seconds / _DAY_SECONDS, "TIME", pattern + (" am/pm" if match[5] else ""))


def _day(text: str, marks: Conventions, today: date) -> Moment | None:
    if match := _YEAR_FIRST.fullmatch(text):
        parts = int(match[1]), int(match[3]), int(match[4])
        pattern = match[2].join(["yyyy", "m" * len(match[3]), "d" * len(match[4])])
        return _dated(*parts, pattern)
    if match := _NUMBERS.fullmatch(text):
        return _in_numbers(match, marks, today)
    return _in_words(text, marks, today)


def _in_numbers(match: re.Match[str], marks: Conventions, today: date) -> Moment | None:
    """Return a date in two or three numbers, in the order of the locale."""
    first, mark, second, year_text = match.groups()
    if marks.date_order == "ymd" or (mark == "." and marks.decimal == "."):
        return None
    if mark != "." and not year_text and match[0].endswith(mark):
        return None
    year = _year(year_text, today)
    day, month = (first, second) if marks.date_order == "dmy" else (second, first)
    if year_text and mark == marks.date_mark:
        return _dated(year, int(month), int(day), "")
    letters = ["d" * len(day), "m" * len(month)]
    letters = letters if marks.date_order == "dmy" else letters[::-1]
    if year_text:
        letters.append("y" * len(year_text))
    tail = mark if not year_text and match[0].endswith(mark) else ""
    return _dated(year, int(month), int(day), mark.join(letters) + tail)


def _year(text: str | None, today: date) -> int:
    if not text:
        return today.year
    year = int(text)
    if len(text) < _FULL_YEAR:
        year += 2000 if year < _PIVOT else 1900
    return year


def _in_words(text: str, marks: Conventions, today: date) -> Moment | None:
    """Return a date with the name of its month, in English or the language of the locale."""
    for expression, places in (
        (_DAY_FIRST, (2, 1, 3)),
        (_MONTH_FIRST, (1, 2, 3)),
        (_MONTH_ONLY, (1, 0, 2)),
    ):
        match = expression.fullmatch(text)
        if match is None:
            continue
        named = months_by_name(marks.language).get(match[places[0]].casefold())
        if named is None:
            continue
        day = int(match[places[1]]) if places[1] else 1
        year = match[places[2]]
        return _dated(_year(year, today), named[0], day, _as_typed(match, places, named[1]))
    return None


def _as_typed(match: re.Match[str], places: tuple[int, int, int], month: str) -> str:
    """Return the text with its parts as tokens: ``5-Jan-2024`` gives ``d-mmm-yyyy``."""
    tokens = {places[0]: month, places[2]: "yyyy"}
    if places[1]:
        tokens[places[1]] = "d"
    text = match[0]
    for place in sorted((p for p in tokens if match[p] is not None), key=match.start, reverse=True):
        end = match.end(place)
        if place == places[0] and text[end : end + 1] == ".":
            end += 1
        text = text[: match.start(place)] + tokens[place] + text[end:]
    return text.replace("г", '"г"')


def _dated(year: int, month: int, day: int, pattern: str) -> Moment | None:
    try:
        serial = (date(year, month, day) - _EPOCH).days
    except ValueError:
        return None
    return Moment(serial, "DATE", pattern)
