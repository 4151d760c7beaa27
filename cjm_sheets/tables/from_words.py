"""Decides what a value means that an older history kept as text, whatever its column holds."""

from datetime import date

from cjm_sheets.tables import spec
from cjm_sheets.tables.codec import Unread, Value


def value_from(value: Value, column: spec.Column) -> Value:
    """Return a value as its column has it; what is no text is so already.

    >>> from cjm_sheets.tables import schema
    >>> value_from("0.25", schema.BY_KEY["Touchpoints"].by_key["reach"])
    0.25
    """
    if not isinstance(value, str):
        return value
    try:
        return _read(value, column.kind.name)
    except ValueError:
        return Unread(value)


def _read(text: str, kind: str) -> Value:
    """Return what a text means in a column of a kind; ValueError if nothing."""
    match kind:
        case "int" | "num" | "pct":
            number = float(text)
            return int(number) if number.is_integer() else number
        case "date":
            return date.fromisoformat(text)
        case "refs":
            return tuple(text.split("; "))
        case "yes_no":
            return {"yes": True, "no": False}.get(text, Unread(text))
    return text
