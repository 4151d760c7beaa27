"""Decides the normal form of a border: its width belongs to its style, black where it has none."""

from cjm_sheets.service.colors import normal
from cjm_sheets.service.refusals import Json

_WIDTHS = {"DOTTED": 1, "DASHED": 1, "SOLID": 1, "SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}
_BY_WIDTH = {1: "SOLID", 2: "SOLID_MEDIUM", 3: "SOLID_THICK"}


def normal_border(border: Json) -> Json | None:
    """Return a border as it is kept; None for one that takes a border away.

    A border of the old form, a width without a style, gets the style of that width.
    """
    style = border.get("style") or _BY_WIDTH.get(border.get("width", 0), "NONE")
    if style == "NONE":
        return None
    kept = {name: part for name, part in border.items() if name in {"color", "colorStyle"}}
    colour: Json = normal(kept) or {"color": {}, "colorStyle": {"rgbColor": {}}}
    return {"style": style, "width": _WIDTHS[style]} | colour


def normal_borders(look: Json) -> Json:
    """Return a CellFormat with its borders in normal form."""
    if "borders" not in look:
        return look
    sides = {side: normal_border(border) for side, border in look["borders"].items()}
    kept = {side: border for side, border in sides.items() if border is not None}
    rest = {name: part for name, part in look.items() if name != "borders"}
    return rest | ({"borders": kept} if kept else {})
