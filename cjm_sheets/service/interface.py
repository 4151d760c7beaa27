"""Decides which fields and types Google's Sheets interface has: its discovery document in short.

``interface.json`` is written by ``scripts/make_interface.py`` and lists each object with its fields
and, for each field, its type in one word: ``int32``, ``#GridRange`` (an object), ``[#Sheet`` (a
list), ``{#FilterCriteria`` (a map), ``|ROWS|COLUMNS`` (one of some words).
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

Shape: TypeAlias = Mapping[str, str]

LIST, MAP, OBJECT, CHOICE = "[", "{", "#", "|"
_TOP_LEVEL = {
    "commentsViewMode": "CommentsViewMode",
    "dateTimeRenderOption": "DateTimeRenderOption",
    "dimension": "Dimension",
    "majorDimension": "Dimension",
    "pasteOrientation": "PasteOrientation",
    "pasteType": "PasteType",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
    "responseValueRenderOption": "ValueRenderOption",
    "sheetType": "SheetType",
    "shiftDimension": "Dimension",
    "sortOrder": "SortOrder",
    "valueInputOption": "ValueInputOption",
    "valueRenderOption": "ValueRenderOption",
}
"""Choices that several objects share, by field; the others belong to the object they stand in."""


@cache
def _shapes() -> Mapping[str, Shape]:
    text = Path(__file__).with_name("interface.json").read_text(encoding="utf-8")
    shapes: Mapping[str, Shape] = json.loads(text)
    return shapes


def shape(name: str) -> Shape:
    """Return the fields of an object of the interface, with their types."""
    return _shapes()[name]


@cache
def names_of(name: str) -> Mapping[str, str]:
    """Return the field that each accepted spelling means: ``sheetId`` and ``sheet_id``."""
    fields = shape(name)
    return {snake(field): field for field in fields} | {field: field for field in fields}


@cache
def snake(name: str) -> str:
    """Return a field as Google's errors spell it.

    >>> snake("updateSheetProperties"), snake("a1Range")
    ('update_sheet_properties', 'a1_range')
    """
    return re.sub(r"([A-Z])", lambda match: "_" + match[1].lower(), name)


def type_address(kind: str, owner: str = "", field: str = "") -> str:
    """Return the full name of an object, or of the choices of a field, as errors carry it.

    Where the discovery document is silent on the name of a choice it is taken after its field.
    """
    if kind.startswith(CHOICE):
        own = f"{owner}.{field[:1].upper()}{field[1:]}" if owner else field
        name = _TOP_LEVEL.get(field, _NESTED.get((owner, field), own))
    else:
        name = kind.removeprefix(OBJECT)
    return f"type.googleapis.com/google.apps.sheets.v4.{name}"


_NESTED = {
    ("BooleanCondition", "type"): "ConditionType",
    ("Border", "style"): "Border.Style",
    ("CellFormat", "horizontalAlignment"): "CellFormat.HorizontalAlign",
    ("CellFormat", "verticalAlignment"): "CellFormat.VerticalAlign",
    ("MergeCellsRequest", "mergeType"): "MergeCellsRequest.MergeType",
    ("NumberFormat", "type"): "NumberFormat.NumberFormatType",
    ("PasteDataRequest", "type"): "PasteType",
    ("PieChartSpec", "legendPosition"): "PieChartSpec.PieChartLegendPosition",
}
