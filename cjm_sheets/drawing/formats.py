"""Decides how numbers, shares and dates are written in each language."""

from dataclasses import dataclass
from datetime import date

_NARROW = "\u00a0"


@dataclass(frozen=True, slots=True)
class _Style:
    decimal: str
    thousands: str
    percent: str
    day: str
    opening: str
    closing: str


# Separators, per cent and numeric dates as in the Unicode CLDR; English dates in ISO order, since
# 3/5 is read as March in one half of the world and as May in the other.
_STYLES = {
    "en": _Style(".", ",", "%", "{y:04}-{m:02}-{d:02}", "“", "”"),
    "de": _Style(",", ".", _NARROW + "%", "{d:02}.{m:02}.{y:04}", "„", "“"),
    "da": _Style(",", ".", _NARROW + "%", "{d:02}.{m:02}.{y:04}", "»", "«"),
    "lv": _Style(",", _NARROW, "%", "{d:02}.{m:02}.{y:04}.", "“", "”"),
    "af": _Style(",", _NARROW, "%", "{y:04}-{m:02}-{d:02}", "“", "”"),
    "ru": _Style(",", _NARROW, _NARROW + "%", "{d:02}.{m:02}.{y:04}", "«", "»"),
}
_QUOTES = "\"'“”„‟«»‹›‘’‚"


def _style(language: str) -> _Style:
    return _STYLES.get(language, _STYLES["en"])


def number(language: str, value: float, digits: int = 0) -> str:
    """Return a number with so many decimals; a real minus sign, never a negative zero.

    >>> number("en", 1234.56, 1), number("de", 1234.56, 1), number("en", -0.01)
    ('1,234.6', '1.234,6', '0')
    """
    style = _style(language)
    plain = f"{abs(value):,.{digits}f}"
    swapped = plain.translate({ord(","): style.thousands, ord("."): style.decimal})
    is_zero = not any(char in "123456789" for char in plain)
    return ("\u2212" if value < 0 and not is_zero else "") + swapped


def short(language: str, value: float) -> str:
    """Return a number with at most two decimals, and none that are zero."""
    digits = next(n for n in (0, 1, 2, 2) if n == 2 or round(value, n) == round(value, 2))  # noqa: PLR2004 - at most two decimals
    return number(language, value, digits)


def signed(value: int) -> str:
    """Return a mood with its sign: +2, 0, −1."""
    return f"+{value}" if value > 0 else f"\u2212{-value}" if value < 0 else "0"


def percent(language: str, value: float) -> str:
    """Return a share 0..1 in whole per cent, with one decimal below 10 % where that says more."""
    hundredfold = value * 100
    below = 10
    rough = hundredfold >= below or round(hundredfold, 1) == round(hundredfold)
    return number(language, hundredfold, 0 if rough else 1) + _style(language).percent


def day(language: str, value: date) -> str:
    """Return a date in figures, as the language writes it (English: 2026-03-05)."""
    return _style(language).day.format(y=value.year, m=value.month, d=value.day)


def quoted(language: str, words: str) -> str:
    """Return words between the language's quotation marks, unless they bring their own."""
    if not words or words[0] in _QUOTES:
        return words
    style = _style(language)
    return f"{style.opening}{words}{style.closing}"
