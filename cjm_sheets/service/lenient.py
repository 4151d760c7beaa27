"""Decides which other ways of writing a body are read as Google reads them: names in snake_case."""

import re
from typing import Any

from cjm_sheets.service.refusals import Json, JsonValue

_SNAKE_NAME = re.compile(rb'"[a-z]+(?:_[a-z0-9]+)+"\s*:')
_UNDERSCORE = re.compile(r"_([a-z0-9])")


def is_in_snake_case(body: bytes) -> bool:
    """Say whether the JSON of a body may have names such as ``sheet_id``; few clients send any."""
    return _SNAKE_NAME.search(body) is not None


def in_camel_case(value: JsonValue) -> JsonValue:
    """Return JSON with its names, and the names in its field masks, as the interface lists them.

    >>> in_camel_case({"sheet_id": 1, "fields": "grid_properties.row_count", "note": "a_b"})
    {'sheetId': 1, 'fields': 'gridProperties.rowCount', 'note': 'a_b'}
    """
    if isinstance(value, list):
        return [in_camel_case(item) for item in value]
    if not isinstance(value, dict):
        return value
    result: Json = {}
    for name, part in value.items():
        new = _camel(name)
        is_mask = new == "fields" and isinstance(part, str)
        result[new] = _camel(part) if is_mask else in_camel_case(part)
    return result


def _camel(text: str) -> str:
    return _UNDERSCORE.sub(lambda found: found[1].upper(), text)


def listed(requests: JsonValue) -> list[Any]:
    """Return what stands for a list: one thing alone is one of it, lists in it are laid flat."""
    if isinstance(requests, dict):
        return [requests]
    if not isinstance(requests, list):
        return []
    parts = (request if isinstance(request, list) else [request] for request in requests)
    return [request for part in parts for request in part]
