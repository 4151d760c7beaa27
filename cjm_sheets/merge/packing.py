"""Decides how values are written as JSON, so that they come back as what they were."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from cjm_sheets.merge.rows import Content
from cjm_sheets.tables.codec import Unread, Value

_OF_ONE_VALUE = ({"date"}, {"unread", "failed"})


def packed(content: Content) -> dict[str, Any]:
    """Return a row as JSON can hold it."""
    return {column: pack(value) for column, value in content.items()}


def unpacked(content: Mapping[str, Any]) -> dict[str, Value]:
    """Return a row as it was before packing; ValueError if it is none."""
    return {column: unpack(value) for column, value in content.items()}


def pack(value: Value) -> Any:  # noqa: ANN401 - JSON
    """Return a value as JSON can hold it."""
    match value:
        case tuple():
            return list(value)
        case date():
            return {"date": value.isoformat()}
        case Unread(shown, failed):
            return {"unread": shown, "failed": failed}
    return value


def unpack(value: Any) -> Value:  # noqa: ANN401 - JSON
    """Return a value as it was before packing; ValueError if it is none."""
    match value:
        case list():
            return tuple(str(item) for item in value)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"unread": str(shown), "failed": bool(failed)}:
            return Unread(shown, failed)
        case None | str() | bool() | int() | float():
            return value
    raise ValueError(repr(value))


def as_json(value: Value | Content) -> str:
    """Return a value, or a row of values, as JSON text."""
    whole = packed(value) if isinstance(value, Mapping) else pack(value)
    return json.dumps({"row": whole} if isinstance(value, Mapping) else whole, ensure_ascii=False)


def from_json(text: str) -> Value | Content:
    """Return what as_json wrote; ValueError if it is something else."""
    match json.loads(text):
        case {"row": dict(content)}:
            return unpacked(content)
        case dict(content) if set(content) not in _OF_ONE_VALUE:
            # The first version wrote rows without saying so, and every value as text.
            return unpacked(content)
        case value:
            return unpack(value)


def value_from_json(text: str) -> Value:
    """Return the one value that as_json wrote; ValueError if it is something else."""
    return unpack(json.loads(text))
