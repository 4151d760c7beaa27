"""Decides how what a cell holds is told to xlwings, and what xlwings tells is written."""

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

from openpyxl.styles import PatternFill

from cjm_sheets.tables.codec import number_text
from cjm_sheets.tables.table import CellError, Raw

HORIZONTAL = {
    "general": "general", "left": "left", "center": "center", "right": "right", "fill": "fill",
    "justify": "justify", "center_across_selection": "centerContinuous",
    "distributed": "distributed",
}  # fmt: skip
HORIZONTAL_BACK = {file: name for name, file in HORIZONTAL.items()}
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no zones


def shown(value: Raw) -> Any:
    """Return what Excel would answer for a cell: numbers are float, days have a time."""
    match value:
        case bool() | str() | None | CellError():
            return value
        case int() | float():
            return float(value)
        case dt.datetime():
            return value
    return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - sheets know no zones


def as_typed(value: Raw) -> str:
    """Return what a cell without a formula holds, as text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return str(value).upper()
        case CellError(code):
            return code
        case int() | float():
            return number_text(value)
    moment = shown(value)
    return number_text((moment - _EPOCH).total_seconds() / 86_400)


def is_one_of(value: Raw, kinds: tuple[type, ...]) -> bool:
    """Tell whether a value is of one of these types; yes and no are no numbers."""
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def cleaned(
    value: Any,
    day: Callable[..., Any],
    empty: Any,
    number: Callable[[float], Any] | None,
    *,
    errors: bool,
) -> Any:
    """Return a value as the options of a range ask for it."""
    match value:
        case None | "":
            return empty
        case CellError(code):
            return code if errors else None
        case dt.datetime():
            return day(
                year=value.year, month=value.month, day=value.day, hour=value.hour,
                minute=value.minute, second=value.second, microsecond=value.microsecond,
                tzinfo=None,
            )  # fmt: skip
        case float() if number is not None:
            return number(value)
    return value


def prepared(value: Any) -> Any:
    """Return a value as it is typed: numbers of NumPy as numbers, what is missing as nothing."""
    if value is None or isinstance(value, str | bool | int | dt.date | CellError):
        return value
    if hasattr(value, "to_pydatetime"):
        moment = value.to_pydatetime()
        return moment if moment == moment else None  # noqa: PLR0124 - NaT is not itself
    if hasattr(value, "item"):
        return prepared(value.item())
    if isinstance(value, float):
        return None if math.isnan(value) else value
    return None if type(value).__name__ in {"NAType", "NaTType"} else value


def filled(color: str | None) -> PatternFill:
    """Return the fill of a colour, None for none."""
    return PatternFill() if color is None else PatternFill("solid", fgColor=color)
