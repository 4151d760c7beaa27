"""Decides which ground the cells of banded ranges have, where they have none of their own."""

from collections.abc import Iterator, Mapping
from typing import Any

from cjm_sheets.adapters.xlsx_export.areas import area_of
from cjm_sheets.adapters.xlsx_export.looks import color

Json = Mapping[str, Any]
Place = tuple[int, int]


def grounds(source: Json) -> dict[Place, str]:
    """Return the colours of cells of a tab, 0-based, by its bands; columns go before lines."""
    grid = source["properties"].get("gridProperties", {})
    found: dict[Place, str] = {}
    for banded in source.get("bandedRanges", []):
        top, left, bottom, right = area_of(banded.get("range", {}), grid)
        lines = dict(_colours(banded.get("rowProperties", {}), top, bottom))
        columns = dict(_colours(banded.get("columnProperties", {}), left, right))
        for line in range(top, bottom + 1):
            for column in range(left, right + 1):
                shade = columns.get(column) or lines.get(line)
                if shade:
                    found[line, column] = shade
    return found


def _colours(bands: Json, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield the colour of each line of a range: a header, a footer, and two in turns."""
    shades = {
        name: color(bands, f"{name}Color")
        for name in ("header", "firstBand", "secondBand", "footer")
    }
    at = first
    if shades["header"]:
        yield at, shades["header"]
        at += 1
    if shades["footer"] and last >= at:
        yield last, shades["footer"]
        last -= 1
    pair = shades["firstBand"], shades["secondBand"]
    for number, line in enumerate(range(at, last + 1)):
        shade = pair[number % 2]
        if shade:
            yield line, shade


def grounded(cell: Json, shade: str) -> Json:
    """Return a cell on the colour of its band; a ground of its own covers that."""
    look = cell.get("userEnteredFormat", {})
    if "backgroundColor" in look or "backgroundColorStyle" in look:
        return cell
    parts = (int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5))
    ground = dict(zip(("red", "green", "blue"), parts, strict=True))
    return {**cell, "userEnteredFormat": {**look, "backgroundColor": ground}}
