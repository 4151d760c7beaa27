"""Decides how a chart of a spreadsheet (``EmbeddedChart``) becomes a chart of a workbook.

Lines, columns, bars, areas and points cross; a chart of another kind is left out.
"""

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cjm_sheets.adapters.xlsx_export.areas import Area, area_of, reference
from cjm_sheets.adapters.xlsx_export.looks import color

Json = Mapping[str, Any]
Tabs = Mapping[int, tuple[str, Json]]
"""The new title and the grid of each tab, by its id."""

_KINDS = {"LINE": "line", "COLUMN": "column", "BAR": "bar", "AREA": "area", "SCATTER": "scatter"}
_LEGENDS = {"TOP_LEGEND": "top", "LEFT_LEGEND": "left", "RIGHT_LEGEND": "right"}
_MARKS = {
    "CIRCLE": "circle", "DIAMOND": "diamond", "SQUARE": "square", "TRIANGLE": "triangle",
    "X_MARK": "x", "STAR": "star",
}  # fmt: skip
_POINTS = 3 / 4  # a pixel
_USUAL = (600, 371)  # pixels of a chart that nobody sized
_MOVE_WITH_HIDDEN_CELLS = 4


def draw_charts(workbook: Workbook, sheet: Worksheet, source: Json, tabs: Tabs) -> None:
    """Draw the charts of a tab."""
    for number, chart in enumerate(source.get("charts", []), start=1):
        spec = chart.get("spec", {})
        basic = spec.get("basicChart", {})
        kind = _KINDS.get(basic.get("chartType", ""))
        place = chart.get("position", {}).get("overlayPosition")
        if kind is None or place is None:
            continue
        made = workbook.add_chart({"type": kind, "name": f"Chart {number}"})
        for said in _series(basic, kind, tabs):
            made.add_series(said)
        _dress(made, spec, kind)
        width, height = place.get("widthPixels", _USUAL[0]), place.get("heightPixels", _USUAL[1])
        made.set_size({"width": width, "height": height})
        anchor = place.get("anchorCell", {})
        options = {
            "x_offset": place.get("offsetXPixels", 0),
            "y_offset": place.get("offsetYPixels", 0),
            "description": spec.get("altText", ""),
            "object_position": _MOVE_WITH_HIDDEN_CELLS,
        }
        at = anchor.get("rowIndex", 0), anchor.get("columnIndex", 0)
        sheet.insert_chart(*at, made, options)


def _series(basic: Json, kind: str, tabs: Tabs) -> list[dict[str, Any]]:
    headers = basic.get("headerCount", 0)
    domains = [_source(each.get("domain", {})) for each in basic.get("domains", [])]
    found = []
    for each in basic.get("series", []):
        source = _source(each.get("series", {}))
        if source is None or source.get("sheetId", 0) not in tabs:
            continue
        said = _line(each, kind)
        name, said["values"] = _parts(source, headers, tabs)
        if name:
            said["name"] = name
        domain = domains[0] if domains else None
        if domain is not None and domain.get("sheetId", 0) in tabs:
            said["categories"] = _parts(domain, headers, tabs)[1]
        found.append(said)
    return found


def _source(data: Json) -> Json | None:
    sources = data.get("sourceRange", {}).get("sources", [])
    return sources[0] if sources else None


def _parts(source: Json, headers: int, tabs: Tabs) -> tuple[str, str]:
    """Return the references to the name and the values of a stretch of cells."""
    title, grid = tabs[source.get("sheetId", 0)]
    top, left, bottom, right = area_of(source, grid)
    if not headers:
        return "", reference(title, (top, left, bottom, right))
    name: Area = (top, left, top, left)
    across = top == bottom
    rest = (top, left + headers, bottom, right) if across else (top + headers, left, bottom, right)
    return reference(title, name).partition(":")[0], reference(title, rest)


def _line(series: Json, kind: str) -> dict[str, Any]:
    shade = color(series, "color")
    if kind in {"column", "bar", "area"}:
        return {"fill": {"color": shade}} if shade else {}
    look = series.get("lineStyle", {})
    line: dict[str, Any] = {"width": look.get("width", 2) * _POINTS}
    if shade:
        line["color"] = shade
    point = series.get("pointStyle", {})
    mark: dict[str, Any] = {"type": _MARKS.get(point.get("shape", ""), "none")}
    if mark["type"] != "none":
        mark["size"] = max(2, round(point.get("size", 7) * _POINTS))
        if shade:
            mark |= {"fill": {"color": shade}, "border": {"color": shade}}
    said: dict[str, Any] = {"marker": mark}
    return said | ({"line": {"none": True}} if kind == "scatter" else {"line": line})


def _dress(made: Any, spec: Json, kind: str) -> None:  # noqa: ANN401 - XlsxWriter ships no types
    """Say the title, the axes and the legend of a chart, and what becomes of gaps."""
    made.set_title({"name": spec["title"]} if spec.get("title") else {"none": True})
    basic = spec["basicChart"]
    axes = {each.get("position"): each for each in basic.get("axis", [])}
    low = {"label_position": "low"}  # names stand below numbers that are negative
    bottom, left = (_axis(axes.get(f"{side}_AXIS", {})) for side in ("BOTTOM", "LEFT"))
    made.set_x_axis(bottom if kind == "bar" else bottom | low)
    made.set_y_axis(left | low if kind == "bar" else left)
    legend = basic.get("legendPosition", "BOTTOM_LEGEND")
    made.set_legend(
        {"none": True} if legend == "NO_LEGEND" else {"position": _LEGENDS.get(legend, "bottom")}
    )
    made.show_blanks_as("span" if basic.get("interpolateNulls") else "gap")
    if spec.get("hiddenDimensionStrategy") == "SHOW_ALL":
        made.show_hidden_data()


def _axis(axis: Json) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if axis.get("title"):
        said["name"] = axis["title"]
    shown = axis.get("viewWindowOptions", {})
    for end in ("Min", "Max"):
        if f"viewWindow{end}" in shown:
            said[end.lower()] = shown[f"viewWindow{end}"]
    return said
