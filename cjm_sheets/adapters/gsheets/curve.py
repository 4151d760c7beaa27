"""Decides how the moods of a map are drawn over it: a chart over the line that is kept for it."""

from typing import Any

from cjm_sheets.adapters.gsheets.formats import color
from cjm_sheets.adapters.gsheets.reading import Sheet, own_id
from cjm_sheets.templates import looks
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.map_shared import Curve
from cjm_sheets.words.catalogue import say

Request = dict[str, Any]

_LINES = (looks.DEEP, "#B2603F", "#6A5190")
_WORST, _BEST = -2, 2


def chart_id(sheet: Sheet, number: int) -> int:
    """Return the id of a curve of a map, counted from 0."""
    return own_id(f"chart {sheet.id} {number}")


def add(sheet: Sheet, number: int, spec: Request, place: Request) -> Request:
    """Return the request that adds a chart."""
    chart = {"chartId": chart_id(sheet, number), "spec": spec, "position": place}
    return {"addChart": {"chart": chart}}


def put_again(sheet: Sheet, number: int, spec: Request, place: Request) -> list[Request]:
    """Return the requests that let a chart show other cells, in their place."""
    id_ = chart_id(sheet, number)
    move = {"objectId": id_, "newPosition": place, "fields": "*"}
    return [
        {"updateChartSpec": {"chartId": id_, "spec": spec}},
        {"updateEmbeddedObjectPosition": move},
    ]


def position(sheet: Sheet, curve: Curve, size: tuple[int, int]) -> Request:
    """Return the place of a chart, of this width and height in pixels."""
    anchor = {
        "sheetId": sheet.id,
        "rowIndex": curve.place.first_line - 1, "columnIndex": curve.place.first_column - 1,
    }  # fmt: skip
    width, height = size
    return {"overlayPosition": {"anchorCell": anchor, "widthPixels": width, "heightPixels": height}}


def spec(sheet: Sheet, curve: Curve, language: str) -> Request:
    """Return what a chart shows: a line through the moods, step by step, for each way."""

    def row(line: int) -> Request:
        area = {
            "sheetId": sheet.id, "startRowIndex": line - 1, "endRowIndex": line,
            "startColumnIndex": curve.place.first_column - 2,
            "endColumnIndex": curve.place.last_column,
        }  # fmt: skip
        return {"sourceRange": {"sources": [area]}}

    several = len(curve.moods) > 1
    series = [
        {
            "series": row(line),
            "targetAxis": "LEFT_AXIS",
            "colorStyle": {"rgbColor": color(_LINES[at % len(_LINES)])},
            "lineStyle": {"width": 2 if at else 3, "type": "SOLID"},
            "pointStyle": {"shape": "CIRCLE", "size": 7},
        }
        for at, line in enumerate(curve.moods)
    ]
    scale = {"viewWindowMode": "EXPLICIT", "viewWindowMin": _WORST, "viewWindowMax": _BEST}
    return {
        "altText": say(language, words.ALT),
        "hiddenDimensionStrategy": "SHOW_ALL",
        "basicChart": {
            "chartType": "LINE",
            "legendPosition": "TOP_LEGEND" if several else "NO_LEGEND",
            "axis": [{"position": "LEFT_AXIS", "viewWindowOptions": scale}],
            "domains": [{"domain": row(curve.names)}],
            "series": series,
            "headerCount": 1,
            "interpolateNulls": True,
        },
    }
