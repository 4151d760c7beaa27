"""Decides which numbers and dates cannot be meant, or are none."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.meant import what_is_meant
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables import settings
from cjm_sheets.tables.codec import Unread, Value, number_text
from cjm_sheets.tables.kinds import Kind
from cjm_sheets.tables.table import CellError
from cjm_sheets.words.mark import N_

FIRST_YEAR = 1950
"""A date before it comes from a plain number: 45 typed into a date cell is 1900-02-14."""

_ERROR = N_("This cell shows the error {value} in place of a value.")
_MEND_ERROR = N_("Repair the formula, or type the value.")
_NO_DATE = N_("{value} is not a date.")
_MEND_DATE = N_("Type the date anew, such as 2026-03-31; Excel then moves it to the right.")
_OLD_DATE = N_("{value} cannot be the date that is meant here.")
_FRACTION = N_("{value} is not a whole number.")
_MEND_FRACTION = N_("Type a whole number.")
_RANGE = N_("{value} is not between {low} and {high}.")
_MEND_RANGE = N_("Type a number from {low} to {high}.")
_NEGATIVE = N_("{value} is below {low}.")
_MEND_NEGATIVE = N_("Type a number of at least {low}.")
_MEND_PERCENT = N_(
    "Type {percent} %, with the sign; without it, it means {value} times all of them."
)
_SETTING = N_("The setting {key} is no number, so what depends on it stays blank.")
_MEND_SETTING = N_("Type a number; at first it was {first}.")

_WEIGHTS = ("weight_severity", "weight_frequency", "weight_reach")


@rule(
    "CJ011",
    Severity.ERROR,
    table="",
    reads=("*.*", "Settings.value"),
    summary=N_("a number or a date is impossible, or is none"),
    message=N_("{value} is not a number."),
    fix=N_("Type the number anew; Excel then moves it to the right of its cell."),
)
def impossible_number_or_date(view: View) -> Iterator[Found]:
    """CJ011: a number or a date is impossible, or is none.

    Why: formulas pass over it, so scores, reviews and due dates are blank or wrong without a word.
    Fires: severity 6, 2.5 or high; a reach of 45 where 45 % is meant; -1 people; spring as a date;
        a date in 1900; #REF! in a number; a weight in Settings that is no number.
    Silent: "3" or 31.3.2026 as text (that is CJ115); severity 5; a reach of 0 or 100 %; a blank
        cell; a metric or a target of any size; a formula that failed in a text; a setting of the
        user's own.
    """
    for key, decoded in view.tables.items():
        rows = view.row_ids(key)
        for column in decoded.table.spec.typed:
            if not (column.kind.is_number or column.kind.name == "date"):
                continue
            fits = _fits(column.kind)
            for at, value in enumerate(decoded.columns.get(column.key, ())):
                if value is None or fits(value) or what_is_meant(value, column.kind):
                    continue
                found = Found(key, decoded.lines[at], rows[at], column.key)
                yield _judge(view, found, value, column.kind)
    yield from _settings(view)


def _fits(kind: Kind) -> Callable[[Value], bool]:
    """Return what tells whether a value is one that a column can mean."""
    if kind.name == "date":
        return lambda value: isinstance(value, date) and value.year >= FIRST_YEAR
    low = -math.inf if kind.low is None else kind.low
    high = math.inf if kind.high is None else kind.high
    types = int if kind.name == "int" else (int, float)  # a whole number is read as int
    return lambda value: isinstance(value, types) and low <= value <= high


def _judge(view: View, found: Found, value: Value, kind: Kind) -> Found:
    """Return what is wrong with the value of a cell."""
    match value:
        case Unread():
            return _unread(view, found, kind)
        case int() | float() if not _within(value, kind):
            return _outside(found, value, kind)
        case int() | float():
            return replace(found, message=_FRACTION, fix=_MEND_FRACTION)
    return replace(found, message=_OLD_DATE, fix=_MEND_DATE)


def _within(number: float, kind: Kind) -> bool:
    """Tell whether a number is neither too small nor too great."""
    return (kind.low is None or number >= kind.low) and (kind.high is None or number <= kind.high)


def _unread(view: View, found: Found, kind: Kind) -> Found:
    """Return what is wrong with a cell that is neither blank nor a value of its kind."""
    if isinstance(view.raw(found.table, found.column, found.line), CellError):
        return replace(found, message=_ERROR, fix=_MEND_ERROR)
    return replace(found, message=_NO_DATE, fix=_MEND_DATE) if kind.name == "date" else found


def _outside(found: Found, number: float, kind: Kind) -> Found:
    """Return what is wrong with a number that is too small or too great."""
    facts = {"low": kind.low, "high": kind.high, "percent": number_text(number)}
    if kind.high is None:
        return replace(found, facts=facts, message=_NEGATIVE, fix=_MEND_NEGATIVE)
    if kind.name == "pct":
        shares = facts | {"low": "0 %", "high": "100 %"}
        percent = 1 < number <= 100  # noqa: PLR2004 - per cent
        mend = _MEND_PERCENT if percent else _MEND_RANGE
        return replace(found, facts=shares, message=_RANGE, fix=mend)
    return replace(found, facts=facts, message=_RANGE, fix=_MEND_RANGE)


def _settings(view: View) -> Iterator[Found]:
    """Yield needed settings that are no number, and weights below 0."""
    if not view.has("Settings", "value"):
        return
    first = {offer.key: offer.value for offer in settings.OFFERS}
    decoded = view.tables["Settings"]
    pairs = zip(decoded.lines, decoded.texts("key"), decoded.values("value"), strict=True)
    for line, key, value in pairs:
        needed = isinstance(first.get(key), int | float)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        facts: dict[str, object] = {"key": key, "first": first.get(key), "low": 0}
        found = Found("Settings", line, key, "value", facts=facts)
        if needed and not is_number:
            yield replace(found, message=_SETTING, fix=_MEND_SETTING)
        elif key in _WEIGHTS and isinstance(value, int | float) and value < 0:
            yield replace(found, message=_NEGATIVE, fix=_MEND_NEGATIVE)
