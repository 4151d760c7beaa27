"""Decides how a format of the Sheets interface (``CellFormat``) is said in XlsxWriter's words."""

import json
import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook

Json = Mapping[str, Any]

_NUMBERS = {
    "TEXT": "@",
    "PERCENT": "0.00%",
    "CURRENCY": "[$$-409]#,##0.00",
    "DATE": "yyyy-mm-dd",
    "TIME": "h:mm:ss",
    "DATE_TIME": "yyyy-mm-dd h:mm:ss",
    "SCIENTIFIC": "0.00E+00",
    "NUMBER": "#,##0.00",
}
"""The patterns of the kinds of numbers, where a format names none."""

_HORIZONTAL = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
_VERTICAL = {"TOP": "top", "MIDDLE": "vcenter", "BOTTOM": "bottom"}
_LINES = {
    "SOLID": 1,
    "SOLID_MEDIUM": 2,
    "DASHED": 3,
    "DOTTED": 4,
    "SOLID_THICK": 5,
    "DOUBLE": 6,
}
_PAPER = "#FFFFFF"
_GOOGLE_DURATION = re.compile(r"\[(h|m|s)+\]")


class Looks:
    """The formats of one workbook: one for each look, however many cells share it."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._known: dict[str, Any] = {}

    def of(self, look: Json) -> Any:  # noqa: ANN401 - XlsxWriter ships no types
        """Return the format of a look; None for the one that all cells have."""
        said = _said(look)
        if said.get("bg_color") == _PAPER:
            del said["bg_color"]
        return self._format(said)

    def of_rule(self, look: Json) -> Any:  # noqa: ANN401 - XlsxWriter ships no types
        """Return the format that cells take on while a rule holds, be it the colour of paper."""
        return self._format(_said(look))

    def _format(self, said: dict[str, Any]) -> Any:  # noqa: ANN401 - XlsxWriter ships no types
        if not said:
            return None
        key = json.dumps(said, sort_keys=True)
        if key not in self._known:
            self._known[key] = self._workbook.add_format(said)
        return self._known[key]


def _said(look: Json) -> dict[str, Any]:
    """Return the properties of a look that differ from the default."""
    said: dict[str, Any] = {
        "num_format": _number(look.get("numberFormat", {})),
        "align": _HORIZONTAL.get(look.get("horizontalAlignment", "")),
        "valign": _VERTICAL.get(look.get("verticalAlignment", "")),
        "text_wrap": look.get("wrapStrategy") == "WRAP",
        "rotation": _rotation(look.get("textRotation", {})),
        "bg_color": color(look, "backgroundColor"),
        **_font(look.get("textFormat", {})),
        **_borders(look.get("borders", {})),
    }
    return {name: part for name, part in said.items() if part}


def _number(number_format: Json) -> str:
    pattern: str = number_format.get("pattern", "") or _NUMBERS.get(
        number_format.get("type", ""), ""
    )
    return _GOOGLE_DURATION.sub(lambda found: found[0].lower(), pattern)


def _rotation(rotation: Json) -> int:
    """Return an angle as Excel counts it: 270 for text whose letters stand on each other."""
    if rotation.get("vertical"):
        return 270
    angle = int(rotation.get("angle", 0))
    return max(-90, min(90, angle))


def _font(text: Json) -> dict[str, Any]:
    return {
        "font_name": text.get("fontFamily", "").partition(",")[0],
        "font_size": text.get("fontSize"),
        "font_color": color(text, "foregroundColor"),
        "bold": text.get("bold"),
        "italic": text.get("italic"),
        "font_strikeout": text.get("strikethrough"),
        "underline": 1 if text.get("underline") else 0,
    }


def _borders(borders: Json) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for side, line in borders.items():
        said[side] = _LINES.get(line.get("style", ""))
        said[f"{side}_color"] = color(line, "color")
    return said


def color(holder: Json, name: str) -> str | None:
    """Return a colour as ``#RRGGBB``; None where there is none."""
    found = holder.get(f"{name}Style", {}).get("rgbColor", holder.get(name))
    if found is None:
        return None
    parts = (found.get(part, 0) for part in ("red", "green", "blue"))
    return "#" + "".join(f"{round(max(0, min(1, part)) * 255):02X}" for part in parts)
