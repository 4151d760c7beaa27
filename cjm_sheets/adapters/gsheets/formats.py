"""Decides how a look of the templates is said in the words of the Sheets interface."""

from typing import Any

from cjm_sheets.templates.plan import Style

Request = dict[str, Any]

_ALIGN = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
_VALIGN = {"top": "TOP", "vcenter": "MIDDLE", "bottom": "BOTTOM"}
_USUAL_SIZE = 10
_INDENT = 6
"""Pixels between a cell's edge and its words; the usual is 3."""


def color(code: str) -> Request:
    """Return a colour such as #1D3A4C in shares of red, green and blue.

    >>> color("#FF0000")
    {'red': 1.0, 'green': 0.0, 'blue': 0.0}
    """
    parts = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return dict(zip(("red", "green", "blue"), (round(part, 4) for part in parts), strict=True))


def cell_format(look: Style) -> Request:
    """Return a look as a cell format, without its lines, and without what is usual anyway."""
    made: Request = {"verticalAlignment": _VALIGN[look.valign], "textFormat": text_format(look)}
    if look.fill:
        made["backgroundColor"] = color(look.fill)
    if look.align:
        made["horizontalAlignment"] = _ALIGN[look.align]
    if look.wrap:
        made["wrapStrategy"] = "WRAP"
    if look.indent:
        made["padding"] = {"left": _INDENT, "right": _INDENT, "top": 2, "bottom": 2}
    if look.number:
        made["numberFormat"] = number_format(look.number)
    return made


def text_format(look: Style) -> Request:
    """Return how the letters of a look are."""
    made: Request = {"foregroundColor": color(look.color)}
    if look.size != _USUAL_SIZE:
        # The interface takes whole sizes only.
        made["fontSize"] = round(look.size)
    made |= {name: True for name in ("bold", "italic", "underline") if getattr(look, name)}
    return made


def number_format(pattern: str) -> Request:
    """Return a number format; days are shown as the spreadsheet's locale writes them.

    >>> number_format("yyyy-mm-dd"), number_format("0%")
    ({'type': 'DATE'}, {'type': 'PERCENT', 'pattern': '0%'})
    """
    if pattern == "yyyy-mm-dd":
        return {"type": "DATE"}
    kind = "TEXT" if pattern == "@" else "PERCENT" if pattern.endswith("%") else "NUMBER"
    return {"type": kind, "pattern": pattern}
