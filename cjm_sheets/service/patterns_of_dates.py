"""Decides how a serial number of days reads in a pattern such as ``d. mmmm yyyy`` or ``[h]:mm``."""

import re
from datetime import datetime, timedelta

from cjm_sheets.service.calendar_names import CalendarNames, calendar_names
from cjm_sheets.service.locales import Conventions

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  serial days have no time zone
_NOON = 12
_SHORT_YEAR = 2
_INITIAL = 5
"""``mmmmm`` is the first letter of a month."""
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|\[([hms]+)\]|(am/pm|a/p)|(y+|m+|d+|h+|s+)(?:\.(0+))?|\[\$([^\]-]*)[^\]]*\]'
    r"|\[[^\]]*\]|(.)",
    re.IGNORECASE | re.DOTALL,
)


def date_text(number: float, pattern: str, marks: Conventions) -> str:
    """Return a serial number in a pattern of date tokens, months and days named in the language."""
    tokens = list(_TOKEN.finditer(pattern))
    halves = any(token[4] for token in tokens)
    digits = max((len(token[6] or "") for token in tokens), default=0)
    moment = _rounded(number, digits)
    names = calendar_names(marks.language)
    out: list[str] = []
    for at, token in enumerate(tokens):
        if token[3]:
            out.append(_elapsed(number, token[3].lower(), finest=_is_finest(tokens, at)))
        elif token[4]:
            out.append(_half(moment, token[4]))
        elif token[5]:
            out.append(_part(moment, _unit(tokens, at), names, halves=halves))
            out.append(_fraction(moment, token[6], marks))
        else:
            out.append(token[1] or token[2] or token[7] or token[8] or "")
    return "".join(out)


def _rounded(number: float, digits: int) -> datetime:
    """Return the moment, to the second or to as many decimals of it as are shown."""
    moment = _EPOCH + timedelta(days=float(number))
    step = 10 ** (6 - min(digits, 6))
    rest = moment.microsecond % step
    moment += timedelta(microseconds=step - rest if rest * 2 >= step else -rest)
    return moment


def _half(moment: datetime, token: str) -> str:
    is_morning = moment.hour < _NOON
    if token.lower() == "am/pm":
        return "AM" if is_morning else "PM"
    letter = "a" if is_morning else "p"
    return letter if token[0].islower() else letter.upper()


def _is_finest(tokens: list[re.Match[str]], at: int) -> bool:
    """Say whether no smaller unit of time follows, so that what is left is rounded."""
    return not any(token[5] and token[5][0].lower() in "ms" for token in tokens[at + 1 :])


def _elapsed(number: float, unit: str, *, finest: bool) -> str:
    """Return all hours, minutes or seconds that have passed: ``[h]`` of a day and a half is 36."""
    seconds = round(abs(number) * 86_400, 6)
    amount = seconds / _SECONDS[unit[0]]
    whole = round(amount) if finest and unit[0] == "s" else int(amount)
    return ("-" if number < 0 else "") + f"{whole:0{len(unit)}d}"


def _unit(tokens: list[re.Match[str]], at: int) -> str:
    """Return a token in lower case; ``m`` beside hours or seconds becomes ``n`` (minutes)."""
    unit = tokens[at][5].lower()
    if unit[0] != "m":
        return unit
    before = next((_letter(token) for token in reversed(tokens[:at]) if _letter(token)), "")
    after = next((_letter(token) for token in tokens[at + 1 :] if _letter(token)), "")
    return "n" * len(unit) if before == "h" or after == "s" else unit


def _letter(token: re.Match[str]) -> str:
    text = token[5] or token[3] or ""
    return text[:1].lower()


def _part(moment: datetime, unit: str, names: CalendarNames, *, halves: bool) -> str:
    month, day = moment.month - 1, moment.weekday()
    if unit[0] == "y":
        short = len(unit) <= _SHORT_YEAR
        return f"{moment.year % 100:02d}" if short else f"{moment.year:04d}"
    named = {
        "mmm": names.short_months[month],
        "mmmm": names.months[month],
        "m" * _INITIAL: names.months[month][0],
        "ddd": names.short_days[day],
        "dddd": names.days[day],
    }
    if unit in named:
        return named[unit]
    hour = (moment.hour % _NOON or _NOON) if halves else moment.hour
    numbers = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute}
    return f"{numbers.get(unit[0], moment.second):0{min(len(unit), 2)}d}"


def _fraction(moment: datetime, zeros: str | None, marks: Conventions) -> str:
    if not zeros:
        return ""
    return marks.decimal + f"{moment.microsecond:06d}".ljust(len(zeros), "0")[: len(zeros)]
