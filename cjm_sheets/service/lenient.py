"""Decides which other ways of writing a body are read as Google reads them.

Clients rely on each: names in snake_case (gspread-pandas), one thing where a list is wanted
(gspread-pandas), lists within a list (gspread-formatting).
"""

import re

from cjm_sheets.service.refusals import Json, JsonValue

_SNAKE_NAME = re.compile(rb'"[a-z]+(?:_[a-z0-9]+)+"\s*:')
_UNDERSCORE = re.compile(r"_([a-z0-9])")


def as_google_reads(content: Json, body: bytes) -> Json:
    """Return the object that a body of the Sheets interface stands for."""
    named: Json = _in_camel_case(content) if _SNAKE_NAME.search(body) else content
    requests = named.get("requests")
    if isinstance(requests, dict):
        return named | {"requests": [requests]}
    if isinstance(requests, list) and any(isinstance(item, list) for item in requests):
        return named | {"requests": [each for item in requests for each in _listed(item)]}
    return named


def _listed(item: JsonValue) -> list[JsonValue]:
    return item if isinstance(item, list) else [item]


def _in_camel_case(value: JsonValue) -> JsonValue:
    """Return JSON with its names, and the names in its field masks, as the interface lists them.

    >>> _in_camel_case({"sheet_id": 1, "fields": "grid_properties.row_count", "note": "a_b"})
    {'sheetId': 1, 'fields': 'gridProperties.rowCount', 'note': 'a_b'}
    """
    if isinstance(value, list):
        return [_in_camel_case(item) for item in value]
    if not isinstance(value, dict):
        return value
    result: Json = {}
    for name, part in value.items():
        new = _camel(name)
        is_mask = new == "fields" and isinstance(part, str)
        result[new] = _camel(part) if is_mask else _in_camel_case(part)
    return result


def _camel(text: str) -> str:
    return _UNDERSCORE.sub(lambda found: found[1].upper(), text)
