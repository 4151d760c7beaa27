"""Decides how a value stands in the XML of a cell.

New text is an inline string: the shared table stays as it is, and a text that begins with = stays
text. Dates are days since the workbook's epoch.
"""

import datetime as dt
import math

from cjm_sheets.adapters.xlsx_file import texts
from cjm_sheets.tables.table import CellError, Raw

_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)  # noqa: DTZ001 - sheets know no zones
_DAY = 86_400


class UnwritableError(ValueError):
    """A number that no cell can hold, such as infinity, or a day before the epoch."""


def cell(name: str, style: bytes | None, value: Raw, *, since_1904: bool) -> bytes:
    """Return the XML of a cell with a value, b"" for an empty one without a style."""
    kind, content = written(value, since_1904=since_1904)
    return _cell(name, style, kind, content)


def result(name: str, style: bytes | None, formula: bytes, value: Raw, **epoch: bool) -> bytes:
    """Return the XML of a cell with a formula (its whole tag) and what it shows."""
    kind, content = shown(value, since_1904=epoch["since_1904"])
    return _cell(name, style, kind, formula + content)


def uncalculated(name: str, style: bytes | None, formula: str, *, array: bool = False) -> bytes:
    """Return the XML of a cell with a formula that nobody has calculated yet."""
    tag = b'<f t="array" ref="%s">' % name.encode() if array else b"<f>"
    return _cell(name, style, b"", tag + texts.escape(formula) + b"</f>")


def serial(day: dt.date, *, since_1904: bool) -> float:
    """Return the number that stands for a day, and its time as a fraction."""
    moment = day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - sheets know no zones
    passed = moment.replace(tzinfo=None) - (_EPOCH_1904 if since_1904 else _EPOCH)
    if passed.days < 0:
        raise UnwritableError(day)
    return passed.days + passed.seconds / _DAY


def shown(value: Raw, *, since_1904: bool) -> tuple[bytes, bytes]:
    """Return the type and the content of a cell with a formula, without the formula."""
    match value:
        case None | "":
            return b"str", b"<v></v>"
        case str():
            return b"str", b"<v>" + texts.escape(value) + b"</v>"
    return written(value, since_1904=since_1904)


def written(value: Raw, *, since_1904: bool) -> tuple[bytes, bytes]:
    """Return the type and the content of a cell."""
    match value:
        case None | "":
            return b"", b""
        case bool():
            return b"b", b"<v>1</v>" if value else b"<v>0</v>"
        case dt.date():
            return b"", _number(serial(value, since_1904=since_1904))
        case int() | float():
            return b"", _number(value)
        case CellError(code):
            return b"e", b"<v>" + texts.escape(code) + b"</v>"
    return b"inlineStr", b'<is><t xml:space="preserve">' + texts.escape(value) + b"</t></is>"


def _number(value: float) -> bytes:
    if not math.isfinite(value):
        raise UnwritableError(value)
    whole = int(value) if value == int(value) else float(value)
    return b"<v>" + repr(whole).encode() + b"</v>"


def _cell(name: str, style: bytes | None, kind: bytes, content: bytes) -> bytes:
    """Return a cell's tag."""
    if not content and style is None:
        return b""
    opened = b'<c r="' + name.encode() + b'"'
    opened += b' s="' + style + b'"' if style is not None else b""
    opened += b' t="' + kind + b'"' if kind else b""
    return opened + (b">" + content + b"</c>" if content else b"/>")


def is_day(value: Raw) -> bool:
    """Tell whether a value is a day, with or without a time."""
    return isinstance(value, dt.date)
