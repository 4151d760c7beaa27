"""Decides what a cell of an OpenDocument spreadsheet holds, from its attributes and its text."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from cjm_sheets.tables.table import CellError, Raw

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
BLANK, TAB, BREAK, PARAGRAPH = "\x01", "\x02", "\x03", "\x04"
"""What stands for blanks, tabs, line breaks and new paragraphs; XML holds no such characters."""

_TYPE, _TYPE_2 = f"{OFFICE} value-type", f"{CALCEXT} value-type"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_TIME = re.compile(r"PT([0-9]+)H([0-9]+)M([0-9]+)(?:[.,][0-9]+)?S")
_SPACE = re.compile(r"[ \t\r\n]+")
_DAY = len("2026-10-16")


def value(attributes: Mapping[str, str], text: str) -> Raw:
    """Return what a cell holds; None if it is empty."""
    if attributes.get(_TYPE_2) == "error":
        return CellError(_shown(text) or "#N/A")
    kind = _KINDS.get(attributes.get(_TYPE, ""))
    if kind is None:
        return _text(attributes, text)
    attribute, read = kind
    return read(attributes.get(f"{OFFICE} {attribute}", ""))


def _text(attributes: Mapping[str, str], text: str) -> str | None:
    said = attributes.get(f"{OFFICE} string-value")
    return (_shown(text) if said is None else said) or None


def _shown(text: str) -> str:
    r"""Return the text of paragraphs, in which only marked blanks count.

    >>> _shown("  a\n   b\x01\x01c \x04\x04d")
    'a b  c\n\nd'
    """
    return "\n".join(map(_paragraph, text.split(PARAGRAPH)))


def _paragraph(text: str) -> str:
    text = _SPACE.sub(" ", text).strip(" ")
    return text.replace(BLANK, " ").replace(TAB, "\t").replace(BREAK, "\n")


def _number(text: str) -> Raw:
    """Return a number; what is none stays the text that it is.

    >>> [_number(text) for text in ("12", "0.5", "1e3", "nan", "1_0", "1e999")]
    [12, 0.5, 1000.0, 'nan', '1_0', '1e999']
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    if not _NUMBER.fullmatch(text) or math.isinf(float(text)):
        return text or None
    return float(text)


def _moment(text: str) -> Raw:
    """Return a date, with its time of day if it has one.

    >>> _moment("2026-10-16"), _moment("2026-10-16T08:30:00.000000000"), _moment("-0001-01-01")
    (datetime.date(2026, 10, 16), datetime.datetime(2026, 10, 16, 8, 30), '-0001-01-01')
    """
    try:
        return date.fromisoformat(text) if len(text) == _DAY else datetime.fromisoformat(text)
    except ValueError:
        return text or None


def _time(text: str) -> Raw:
    """Return a time of day, or a length of time, as text.

    >>> _time("PT08H30M00S"), _time("PT26H00M05S"), _time("soon")
    ('08:30', '26:00:05', 'soon')
    """
    found = _TIME.fullmatch(text)
    if not found:
        return text or None
    hours, minutes, seconds = map(int, found.groups())
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _yes(text: str) -> Raw:
    return text == "true"


_KINDS: dict[str, tuple[str, Callable[[str], Raw]]] = {
    "float": ("value", _number),
    "percentage": ("value", _number),
    "currency": ("value", _number),
    "date": ("date-value", _moment),
    "time": ("time-value", _time),
    "boolean": ("boolean-value", _yes),
}
"""Which attribute says what a cell of a type holds, and how; all others hold text."""
