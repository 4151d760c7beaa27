"""Decides how a planned chart is said in XlsxWriter's words."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cjm_sheets.templates.plan import CHART_NAME, Chart, Series

_GRID = "#E6EAEE"
_ZERO = "#9AA5B0"
_MOVE_WITH_HIDDEN_CELLS = 4
_HIDDEN = {"none": True}


def draw(workbook: Workbook, sheet: Worksheet, plan: Chart, font: str) -> None:
    """Put a chart of points and lines on a sheet, from edge to edge of its block of cells."""
    kind = {"type": "scatter", "subtype": "straight_with_markers"}
    name = f"{CHART_NAME} {plan.place.first_line}"
    chart = workbook.add_chart(kind | {"name": name})
    for series in plan.series:
        chart.add_series(_series(series, font))
    chart.set_x_axis(_axis(plan.x) | {"line": {"color": _ZERO, "width": 1}})
    chart.set_y_axis(_axis(plan.y) | {"line": _HIDDEN})
    chart.set_plotarea(
        {"layout": {"x": 0, "y": 0, "width": 1, "height": 1}, "fill": _HIDDEN, "border": _HIDDEN}
    )
    chart.set_chartarea({"border": _HIDDEN, "fill": _HIDDEN})
    chart.set_legend(_legend(plan, font))
    chart.show_hidden_data()  # the cells behind the chart lie on a hidden sheet
    width, height = plan.size
    count = plan.place.last_column - plan.place.first_column + 1
    chart.set_size({"width": count * int(width * 7 + 5.5), "height": int(height * 4 / 3)})
    sheet.insert_chart(
        plan.place.first_line - 1,
        plan.place.first_column - 1,
        chart,
        {"object_position": _MOVE_WITH_HIDDEN_CELLS, "description": plan.description},
    )


def _series(series: Series, font: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": series.name,
        "categories": f"={series.x}",
        "values": f"={series.y}",
        "line": {"color": series.color, "width": series.width} if series.width else _HIDDEN,
        "marker": {
            "type": series.marker,
            "size": series.size,
            "fill": {"color": series.color},
            "border": {"color": "#FFFFFF", "width": 1},
        },
    }
    if series.label:
        said["data_labels"] = {
            "series_name": True,
            "position": series.label,
            "font": {"name": font, "size": 9, "bold": True, "color": series.color},
        }
    return said


def _axis(span: tuple[float, float]) -> dict[str, Any]:
    """Return an axis with a faint line at each whole number, and nothing written on it."""
    low, high = span
    return {
        "min": low,
        "max": high,
        "major_unit": 1,
        "label_position": "none",
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": {"visible": True, "line": {"color": _GRID, "width": 0.5}},
    }


def _legend(plan: Chart, font: str) -> dict[str, Any]:
    if not plan.legend:
        return {"none": True}
    unlisted = [at for at, series in enumerate(plan.series) if series.name not in plan.legend]
    return {
        "position": "top",
        "layout": {"x": 0.01, "y": 0.02, "width": 0.3, "height": 0.12},
        "delete_series": unlisted,
        "font": {"name": font, "size": 9},
    }
