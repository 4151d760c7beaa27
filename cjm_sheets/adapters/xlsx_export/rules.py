"""Decides how rules that colour cells (``ConditionalFormatRule``) are said in XlsxWriter's words.

The first rule that holds goes before the others, there as here. A rule of a kind that workbooks do
not have is left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cjm_sheets.adapters.xlsx_export.areas import Area, area_of, cell_name
from cjm_sheets.adapters.xlsx_export.looks import Looks, color
from cjm_sheets.adapters.xlsx_export.titles import followed

Json = Mapping[str, Any]
Said = dict[str, Any]

_NUMBERS = {
    "NUMBER_GREATER": ">", "NUMBER_GREATER_THAN_EQ": ">=", "NUMBER_LESS": "<",
    "NUMBER_LESS_THAN_EQ": "<=", "NUMBER_EQ": "==", "NUMBER_NOT_EQ": "!=",
    "NUMBER_BETWEEN": "between", "NUMBER_NOT_BETWEEN": "not between",
}  # fmt: skip
_TEXTS = {
    "TEXT_CONTAINS": "containing", "TEXT_NOT_CONTAINS": "not containing",
    "TEXT_STARTS_WITH": "begins with", "TEXT_ENDS_WITH": "ends with",
}  # fmt: skip
_DAYS = {
    "DATE_BEFORE": "<", "DATE_AFTER": ">", "DATE_EQ": "=",
    "DATE_ON_OR_BEFORE": "<=", "DATE_ON_OR_AFTER": ">=",
}  # fmt: skip
_RELATIVE = {
    "TODAY": "TODAY()", "TOMORROW": "TODAY()+1", "YESTERDAY": "TODAY()-1",
    "PAST_WEEK": "TODAY()-7", "PAST_MONTH": "EDATE(TODAY(),-1)", "PAST_YEAR": "EDATE(TODAY(),-12)",
}  # fmt: skip
_POINTS = {"minpoint": "min", "midpoint": "mid", "maxpoint": "max"}
_KINDS = {"NUMBER": "num", "PERCENT": "percent", "PERCENTILE": "percentile"}


def write_rules(sheet: Worksheet, source: Json, looks: Looks, titles: Mapping[str, str]) -> None:
    """Write the rules of a tab."""
    grid = source["properties"].get("gridProperties", {})
    for rule in source.get("conditionalFormats", []):
        areas = [area_of(each, grid) for each in rule.get("ranges", [])]
        said = _said(rule, areas[0], looks, titles) if areas else None
        if said is not None:
            if len(areas) > 1:
                said["multi_range"] = " ".join(map(_range, areas))
            sheet.conditional_format(*areas[0], said)


def _range(area: Area) -> str:
    top, left, bottom, right = area
    return f"{cell_name(top, left, fixed=False)}:{cell_name(bottom, right, fixed=False)}"


def _said(rule: Json, area: Area, looks: Looks, titles: Mapping[str, str]) -> Said | None:
    if "gradientRule" in rule:
        return _scale(rule["gradientRule"])
    boolean = rule.get("booleanRule", {})
    said = _condition(boolean.get("condition", {}), cell_name(*area[:2], fixed=False), titles)
    if said is not None:
        said["format"] = looks.of_rule(boolean.get("format", {}))
    return said


def _scale(gradient: Json) -> Said:
    """Return a scale of two or three colours; an end without a value is the least or the most."""
    points = [point for point in _POINTS if point in gradient]
    said: Said = {"type": f"{len(points)}_color_scale"}
    for point in points:
        name, given = _POINTS[point], gradient[point]
        said[f"{name}_color"] = color(given, "color") or "#FFFFFF"
        kind = _KINDS.get(given.get("type", ""))
        if kind is not None:
            said[f"{name}_type"] = kind
            said[f"{name}_value"] = _number(given.get("value", "0"))
    return said


def _number(text: str) -> float | str:
    try:
        number = float(text)
        return int(number) if number.is_integer() else number
    except ValueError:
        return text if text.startswith("=") else 0.0


def _condition(condition: Json, cell: str, titles: Mapping[str, str]) -> Said | None:
    kind = condition.get("type", "")
    values = list(_values(condition, titles))
    said: Said | None = None
    match kind, values:
        case "BLANK", _:
            said = {"type": "blanks"}
        case "NOT_BLANK", _:
            said = {"type": "no_blanks"}
        case "CUSTOM_FORMULA", [text]:
            said = {"type": "formula", "criteria": text if text.startswith("=") else f"={text}"}
        case "TEXT_EQ", [text]:
            said = {"type": "cell", "criteria": "==", "value": _quoted(text)}
        case _, [text] if kind in _TEXTS and not text.startswith("="):
            said = {"type": "text", "criteria": _TEXTS[kind], "value": text}
        case _, [day] if kind in _DAYS:
            reckoned = day.removeprefix("=")
            text = f"=AND(ISNUMBER({cell}),{cell}{_DAYS[kind]}{reckoned})"
            said = {"type": "formula", "criteria": text}
        case _, [value] if kind in _NUMBERS:
            said = {"type": "cell", "criteria": _NUMBERS[kind], "value": _number(value)}
        case _, [least, most] if kind in _NUMBERS:
            ends = {"minimum": _number(least), "maximum": _number(most)}
            said = {"type": "cell", "criteria": _NUMBERS[kind], **ends}
    return said


def _values(condition: Json, titles: Mapping[str, str]) -> Iterator[str]:
    for value in condition.get("values", []):
        if "relativeDate" in value:
            yield _RELATIVE.get(value["relativeDate"], "TODAY()")
            continue
        text = f"{value.get('userEnteredValue', '')}"
        yield followed(text, titles) if text.startswith("=") and titles else text


def _quoted(text: str) -> str:
    return text if text.startswith("=") else '"' + text.replace('"', '""') + '"'
