"""Decides the text a cell shows: numbers, percentages, dates and errors by their format pattern."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from cjm_sheets.service.handing import ERROR_TEXTS
from cjm_sheets.service.locales import Conventions, conventions
from cjm_sheets.service.refusals import Json

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  serial days have no time zone
_DATE_KINDS = {"DATE", "TIME", "DATE_TIME"}
_MAX_PLAIN = 1e15
_MIN_PLAIN = 1e-5
_NOON = 12
_DIGITS = 700
"""Enough for the largest number, every decimal that a pattern can ask for, and a percent sign."""
_FIRST_DAY, _LAST_DAY = -693_593, 2_958_465
"""The years 1 to 9999: what a calendar can show."""
_WITH_ZERO = 3
"""Sections of a pattern that has one for zero: positive;negative;zero."""
_REMEMBERED = 65_536
"""Texts of numbers: a spreadsheet is read again and again, and few of its numbers change."""
_CORE = re.compile(r"[#0?,]*[#0?](?:\.[#0?]+)?|\.[#0?]+")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DATE_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|(am/pm|a/p)|(y+|m+|d+|h+|s+)((?:\.0+)?)|(.)', re.IGNORECASE | re.DOTALL
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def shown(value: Json | None, number_format: Json, locale: str) -> str | None:
    """Return the text of an ExtendedValue in a NumberFormat; None for an empty cell."""
    if value is None:
        return None
    if "stringValue" in value:
        return str(value["stringValue"])
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
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
    is_beyond = kind in _DATE_KINDS and not _FIRST_DAY <= number <= _LAST_DAY
    if kind == "TEXT" or is_beyond or pattern in {"", "@", "General"}:
        return plain_number(number).replace(".", marks.decimal)
    if kind in _DATE_KINDS:
        return _date_text(number, pattern)
    return _patterned(number, pattern, marks)


def _default_pattern(kind: str, marks: Conventions) -> str:
    return {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": '"$"#,##0.00',
        "SCIENTIFIC": "0.00E+00",
        "DATE": marks.date_pattern,
        "TIME": "h:mm:ss am/pm",
        "DATE_TIME": f"{marks.date_pattern} h:mm:ss",
    }.get(kind, "")


def plain_number(number: float) -> str:
    """Return a number as the automatic format shows it: at most ten significant digits.

    >>> plain_number(1 / 1024), plain_number(42.0), plain_number(1 / 3)
    ('0.0009765625', '42', '0.3333333333')
    """
    if float(number).is_integer() and abs(number) < _MAX_PLAIN:
        return str(int(number))
    text = f"{number:.10g}"
    if "e" not in text:
        return text
    if abs(number) < 1:
        return f"{number:.10f}".rstrip("0") if abs(number) >= _MIN_PLAIN else _scientific(text)
    return _scientific(text)


def _scientific(text: str) -> str:
    mantissa, exponent = text.split("e")
    return f"{mantissa}E{int(exponent):+03d}"


def _patterned(number: float, pattern: str, marks: Conventions) -> str:
    sections = _sections(pattern)
    section, magnitude = _section_for(number, sections)
    blanked = _LITERAL.sub(lambda match: "\x00" * len(match[0]), section)
    core = _CORE.search(blanked)
    if core is None:
        return _literal(section)
    amount = Decimal(repr(magnitude)) * (100 ** blanked.count("%"))
    exponent = re.match(r"[Ee]([+-])(0+)", blanked[core.end() :])
    if exponent:
        digits = _exponential(amount, core[0], len(exponent[2]), marks)
        tail = section[core.end() + exponent.end() :]
    else:
        digits = _digits(amount, core[0], marks)
        tail = section[core.end() :]
    sign = "-" if number < 0 and len(sections) == 1 and re.search(r"[1-9]", digits) else ""
    return sign + _literal(section[: core.start()]) + digits + _literal(tail)


def _sections(pattern: str) -> list[str]:
    return [part for part in re.findall(r'((?:"[^"]*"|\\.|[^;"])*)(?:;|$)', pattern) if part] or [
        pattern
    ]


def _section_for(number: float, sections: list[str]) -> tuple[str, float]:
    if number < 0 and len(sections) > 1:
        return sections[1], abs(number)
    if number == 0 and len(sections) >= _WITH_ZERO:
        return sections[2], 0.0
    return sections[0], abs(number)


def _literal(text: str) -> str:
    return _LITERAL.sub(lambda match: match[1] or match[2] or "", text)


def _digits(amount: Decimal, core: str, marks: Conventions) -> str:
    whole, _, fraction = core.partition(".")
    quantum = Decimal(1).scaleb(-len(fraction))
    with localcontext(prec=_DIGITS):
        text = f"{amount.quantize(quantum, ROUND_HALF_UP):f}"
    integer, _, decimals = text.partition(".")
    needed = sum(mark == "0" for mark in whole)
    integer = integer.lstrip("0").rjust(needed, "0") if needed or integer != "0" else ""
    if "," in whole:
        integer = f"{int(integer or 0):,}".rjust(len(integer), "0").replace(",", marks.group)
    least = sum(mark == "0" for mark in fraction)
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    return integer + (marks.decimal + decimals if decimals else "")


def _exponential(amount: Decimal, core: str, width: int, marks: Conventions) -> str:
    exponent = amount.adjusted() if amount else 0
    digits = _digits(amount.scaleb(-exponent), core, marks)
    return f"{digits}E{'-' if exponent < 0 else '+'}{abs(exponent):0{width}d}"


def _date_text(number: float, pattern: str) -> str:
    moment = _EPOCH + timedelta(days=float(number))
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    tokens = list(_DATE_TOKEN.finditer(pattern))
    halves = any(token[3] for token in tokens)
    out: list[str] = []
    for at, token in enumerate(tokens):
        if token[4]:
            out.append(_date_part(moment, _unit(tokens, at), halves=halves))
        elif token[3]:
            out.append("AM" if moment.hour < _NOON else "PM")
        else:
            out.append(token[1] or token[2] or token[6] or "")
    return "".join(out)


def _unit(tokens: list[re.Match[str]], at: int) -> str:
    """Return a token in lower case; ``m`` beside hours or seconds becomes ``n`` (minutes)."""
    unit = tokens[at][4].lower()
    if unit[0] != "m":
        return unit
    before = next((t[4][0].lower() for t in reversed(tokens[:at]) if t[4]), "")
    after = next((t[4][0].lower() for t in tokens[at + 1 :] if t[4]), "")
    return "n" * len(unit) if before == "h" or after == "s" else unit


def _date_part(moment: datetime, unit: str, *, halves: bool) -> str:
    hour = (moment.hour % 12 or 12) if halves else moment.hour
    parts: dict[str, str] = {
        "yy": f"{moment.year % 100:02d}",
        "mmmm": _MONTHS[moment.month - 1],
        "mmm": _MONTHS[moment.month - 1][:3],
        "dddd": _DAYS[moment.weekday()],
        "ddd": _DAYS[moment.weekday()][:3],
    }
    if unit in parts:
        return parts[unit]
    numbers = {
        "y": moment.year,
        "m": moment.month,
        "d": moment.day,
        "h": hour,
        "n": moment.minute,
        "s": moment.second,
    }
    return f"{numbers[unit[0]]:0{len(unit)}d}"
