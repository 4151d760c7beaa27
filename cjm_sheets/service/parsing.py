"""Decides what text becomes when it is entered as a person would type it (``USER_ENTERED``)."""

import re
from dataclasses import dataclass
from datetime import date

from cjm_sheets.service.locales import Conventions, conventions
from cjm_sheets.service.parsing_dates import Moment, moment_of
from cjm_sheets.service.refusals import Json

_CENTURY = 100
_SYMBOLS = ("$", "€", "£", "¥", "₽", "₹", "₺", "₴", "₩", "CHF", "kr.", "kr", "R")
"""Signs of money that are understood: beside the locale's own, those that are no letters."""


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
    marks = conventions(locale)
    stripped = text.strip()
    answer = _answer(stripped.upper(), marks)
    if answer is not None:
        return Entered({"boolValue": answer})
    return _number(stripped, marks) or _dated(stripped, marks, today) or _text(text)


def _text(text: str) -> Entered:
    return Entered({"stringValue": text})


def _answer(text: str, marks: Conventions) -> bool | None:
    if text in {"TRUE", marks.yes}:
        return True
    return False if text in {"FALSE", marks.no} else None


def _number(text: str, marks: Conventions) -> Entered | None:
    if text.startswith("(") and text.endswith(")"):
        inner = _number(text[1:-1].strip(), marks)
        if inner is None or inner.value["numberValue"] <= 0 or text[1] in "+-":
            return None
        return Entered({"numberValue": -inner.value["numberValue"]}, inner.number_format)
    return _amount(text, marks) or _plain(text, marks)


def _plain(text: str, marks: Conventions) -> Entered | None:
    gap = "[\u00a0\u202f ]" if marks.group == "\u00a0" else re.escape(marks.group)
    match = re.fullmatch(
        rf"([+-]?)\s*(\d{{1,3}}(?:{gap}\d{{3}})+|\d+|(?={re.escape(marks.decimal)}\d))"
        rf"(?:{re.escape(marks.decimal)}(\d*))?(?:[eE]([+-]?\d{{1,3}}))?\s*(%?)",
        text,
    )
    if match is None:
        return None
    sign, whole, fraction, exponent, percent = match.groups()
    figures = re.sub(r"\D", "", whole)
    digits = f"{sign}{figures or '0'}.{fraction or '0'}e{exponent or '0'}"
    number = float(digits) / (_CENTURY if percent else 1)
    if abs(number) == float("inf"):
        return None
    grouped = figures != whole
    kind = "percent" if percent else "exponent" if exponent else "grouped" if grouped else ""
    return Entered({"numberValue": _tidy(number)}, _pattern(kind, fraction=bool(fraction)))


def _pattern(kind: str, *, fraction: bool) -> Json | None:
    return {
        "percent": {"type": "PERCENT", "pattern": "0.00%" if fraction else "0%"},
        "exponent": {"type": "SCIENTIFIC", "pattern": "0.00E+00"},
        "grouped": {"type": "NUMBER", "pattern": "#,##0.00" if fraction else "#,##0"},
    }.get(kind)


def _tidy(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _amount(text: str, marks: Conventions) -> Entered | None:
    """Return an amount of money: a number with a sign of money before or behind it."""
    known = {marks.currency, marks.currency.rstrip(".")}
    symbols = [one for one in _SYMBOLS if one in known or not one[0].isalpha()]
    listed = "|".join(re.escape(one) for one in sorted({*symbols, *known}, key=len, reverse=True))
    before = re.fullmatch(rf"([+-]?)\s*({listed})\s*([+-]?)(\d.*|[.,]\d.*)", text)
    behind = re.fullmatch(rf"([+-]?)(\d[^%eE]*?)(\s*)({listed})", text)
    if before is not None and not (before[1] and before[3]):
        number, symbol, sign = before[4], before[2], before[1] or before[3]
        shape = "before"
    elif behind is not None:
        number, symbol, sign = behind[2], behind[4], behind[1]
        shape = "gap" if behind[3] else "behind"
    else:
        return None
    plain = _plain(sign + number, marks)
    if plain is None or (plain.number_format or {}).get("type", "NUMBER") != "NUMBER":
        return None
    digits = "#,##0.00" if marks.decimal in number else "#,##0"
    mark = f'"{symbol}"' if symbol in known else f"[${symbol}]"
    pattern = {
        "before": f"{mark}{digits}",
        "gap": f"{digits}\\ {mark}",
        "behind": f"{digits}{mark}",
    }[shape]
    return Entered(plain.value, {"type": "CURRENCY", "pattern": pattern})


def _dated(text: str, marks: Conventions, today: date) -> Entered | None:
    moment = moment_of(text, marks, today)
    return None if moment is None else Entered({"numberValue": moment.serial}, _format(moment))


def _format(moment: Moment) -> Json:
    return {"type": moment.kind} | ({"pattern": moment.pattern} if moment.pattern else {})
