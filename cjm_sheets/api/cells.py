"""Decides which cell a Python value becomes, and which values a column refuses."""

import math
from collections.abc import Iterable
from datetime import date, datetime
from numbers import Real

from cjm_sheets.tables import naming, spec
from cjm_sheets.tables.codec import Unread, encode, value_of
from cjm_sheets.tables.kinds import Kind
from cjm_sheets.tables.table import Raw

_BOOLS = frozenset({"bool", "bool_"})
"""Types of truth, of Python and of NumPy, which is not loaded for it."""


def is_missing(value: object) -> bool:
    """Tell whether a program means a blank cell: None, "", NaN, NaT, pandas.NA, no ids at all."""
    if value is None or (isinstance(value, str | tuple | list) and not value):
        return True
    try:
        return bool(value != value)  # noqa: PLR0124 - NaN and NaT differ from themselves
    except TypeError:  # pandas.NA cannot say
        return True
    except ValueError:  # an array has several answers
        return False


def cell_of(value: object, column: spec.Column, language: str) -> Raw:
    """Return what to write for a value, with list values in a language; ValueError if refused."""
    kind = column.kind
    if is_missing(value):
        return None
    is_bool = type(value).__name__ in _BOOLS
    if kind.is_number or (kind.name == "any" and isinstance(value, Real) and not is_bool):
        return _number(value, kind)
    if kind.name == "date":
        return _day(value)
    if kind.name == "yes_no" and is_bool:
        return encode(bool(value), column, language)
    if kind.is_reference and isinstance(value, Iterable) and not isinstance(value, str):
        value = "; ".join(map(str, value))
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 - the caller asks whether the value fits
    return _text(value, column, language)


def _text(value: str, column: spec.Column, language: str) -> Raw:
    """Return the cell for a text: words of lists in the language of the workbook."""
    read = value_of(value, column)
    if isinstance(read, Unread):
        raise ValueError(value)  # noqa: TRY004 - the same
    if column.kind.name in {"list", "yes_no"} and read is not None:
        return encode(read, column, language)
    return value


def _number(value: object, kind: Kind) -> Raw:
    if not isinstance(value, Real) or type(value).__name__ in _BOOLS:
        raise ValueError(value)
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    if kind.name == "int" and number != int(number):
        raise ValueError(value)
    if (kind.low is not None and number < kind.low) or (
        kind.high is not None and number > kind.high
    ):
        raise ValueError(value)
    return int(number) if number == int(number) else number


def _day(value: object) -> date:
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case str():
            return date.fromisoformat(value[:10])
    raise ValueError(value)


def takes(column: spec.Column, language: str) -> str:
    """Return what a column takes, as the design writes it: int 1..5, date, or the words of a list.

    >>> from cjm_sheets.tables import schema
    >>> takes(schema.BY_KEY["Pains"].by_key["severity"], "en")
    'int 1..5'
    """
    kind = column.kind
    if kind.name in {"list", "yes_no"}:
        keys = dict.fromkeys(naming.known_words(kind.target).values())
        return ", ".join(naming.word(language, kind.target, key) for key in keys)
    bounds = (kind.low, kind.high)
    if bounds == (None, None):
        return kind.name
    low, high = ("" if bound is None else str(bound) for bound in bounds)
    return f"{kind.name} {low}..{high}"
